import { until } from "./until.mjs";

/** Somebody reads the notice and says yes; returns when recording is on. */
export async function sayYes(reader) {
  await reader.click("button", "Yes, record my work");
  await until("the notice says that recording is on", async () => (await standing(reader.page)) === "recording");
}

/** Somebody reads the notice and says no; returns when that is noted. */
export async function sayNo(reader) {
  await reader.click("button", "No, do not record it");
  await until("the notice says that the no is noted", async () => (await standing(reader.page)) === "declined");
}

/** How things stand, as the notice page tells it. */
export const standing = (page) => page.$eval("#standing", (element) => element.dataset.standing);

/**
 * When something new is asked, the notice comes to the front by itself, a moment after it says so. A page that is put in front
 * before loses its place again.
 */
export const comesToTheFront = ({ page }) =>
  until("the notice comes to the front by itself", () => page.evaluate(() => document.visibilityState === "visible"));
