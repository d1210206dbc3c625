import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import test from "node:test";

import { POLICY_FOLDER, writeFiles } from "../../packaging/demo/harness/machine_files.mjs";
import { sayNo, sayYes, standing } from "../../packaging/demo/harness/notice.mjs";
import { until } from "../../packaging/demo/harness/until.mjs";
import { work } from "../../packaging/demo/work.mjs";
import { assertAccessible, assertFits } from "./accessible.mjs";
import { clickOn, workplaceFor } from "./recording.mjs";

test("axe finds nothing on any page and state, in light and dark, and nothing is cut off at 200 % or from the right", async (t) => {
  const workplace = await workplaceFor(t);
  const reader = await workplace.notice();
  await until("the notice asks", async () => (await standing(reader.page)) === "ask");
  await assertAccessible(reader.page, "notice-ask");
  await assertFits(reader.page, "notice");
  const person = await workplace.person();
  await assertAccessible((await workplace.popup(person.page)).page, "popup-ask");
  await reader.page.bringToFront();
  await sayNo(reader);
  await assertAccessible(reader.page, "notice-declined");
  await sayYes(reader);
  await assertAccessible(reader.page, "notice-recording");
  const empty = await workplace.own("review.html");
  await empty.page.setViewport({ width: 1100, height: 900 });
  await until("nothing is held", () =>
    empty.page.$eval("main", (main) => /There is nothing here/.test(main.textContent)),
  );
  await assertAccessible(empty.page, "review-empty");
  await empty.page.close();

  await person.page.bringToFront();
  const popup = async (name, act = async () => {}) => {
    const opened = await workplace.popup(person.page);
    await act(opened);
    await assertAccessible(opened.page, name, { fullPage: false });
  };
  await popup("popup-recording", (opened) => assertFits(opened.page, "popup"));
  await popup("popup-task", async (opened) => {
    await opened.choose("What are you working on?", "Open a ticket");
    await opened.click("button", "Begin");
    await opened.see("button", "Done");
  });
  await person.page.bringToFront();
  await work(person, { password: "correct horse" });
  await workplace.untilHeld("the last click", clickOn("Sign out"));
  await popup("popup-own-words", async (opened) => {
    await opened.click("button", "Done");
    await opened.choose("What are you working on?", "Something else …");
    await opened.see("textbox", "In your own words");
  });

  const review = await workplace.own("review.html");
  await review.page.setViewport({ width: 1100, height: 1300 });
  await review.see("heading", "What you typed");
  await assertAccessible(review.page, "review-texts", { fullPage: false });
  await assertFits(review.page, "review");
  await review.click("tab", "Everything, in order");
  await review.see("heading", "Task: Open a ticket");
  await assertAccessible(review.page, "review-events", { fullPage: false });
  const [box] = await review.page.$$("#events-list input");
  await box.click();
  const [details] = await review.page.$$("#events-list summary");
  await details.click();
  await review.see("button", "Select none");
  await assertAccessible(review.page, "review-selected", { fullPage: false });
  await review.click("button", "Give to a task");
  await review.see("button", "Save");
  await assertAccessible(review.page, "review-ask", { fullPage: false });
  await review.click("button", "Cancel");
  await review.click("tab", "Tasks");
  await review.see("button", "Rename: Open a ticket");
  await assertAccessible(review.page, "review-tasks");
  await review.click("tab", "My data");
  await review.see("button", "Save as a file");
  await until("the answers are listed", () => review.page.$("#receipts details"));
  await assertAccessible(review.page, "review-mine");

  await popup("popup-paused", async (opened) => {
    await opened.click("button", "15 minutes");
    await opened.see("button", "Resume recording");
  });
  assert.equal(await standing(review.page), "paused");

  const file = join(POLICY_FOLDER, "policy.json");
  const widened = (await readFile(file, "utf8")).replace("Train an assistant", "Train and sell an assistant");
  await writeFiles(POLICY_FOLDER, { "policy.json": widened });
  await until("the notice asks again", async () => (await standing(reader.page)) === "ask");
  await until("it says what has changed", () => reader.page.$eval("#changed", (changed) => !changed.hidden));
  await assertAccessible(reader.page, "notice-changed");
});

test("axe finds nothing on pages that have no host to speak to", async (t) => {
  const workplace = await workplaceFor(t, { host: null });
  const notice = await until("the extension is there", () => workplace.own("notice.html").catch(() => null));
  await until("there is no host", async () => (await standing(notice.page)) === "no_host");
  await assertAccessible(notice.page, "notice-no-host");
  await assertAccessible((await workplace.own("review.html")).page, "review-no-host");
  const person = await workplace.person();
  await assertAccessible((await workplace.popup(person.page)).page, "popup-no-host", { fullPage: false });
});

test("the pages speak the browser's language", async (t) => {
  const workplace = await workplaceFor(t);
  await workplace.notice();
  for (const [language, heading] of [
    ["de", "Was aufgezeichnet wird"],
    ["fr", "Ce qui est enregistré"],
    ["es", "Qué se registra"],
  ]) {
    const browser = await workplace.anotherBrowser({ profile: `profile-${language}`, language });
    const target = await browser.waitForTarget((candidate) => candidate.url().endsWith("/notice.html"));
    const page = await target.page();
    await until(`the notice is in ${language}`, async () =>
      (await page.$$eval("h3", (all) => all.map((each) => each.textContent))).includes(heading),
    );
    assert.equal(await page.evaluate(() => document.documentElement.lang), language);
    await assertAccessible(page, `notice-${language}`);
    await browser.close();
  }
});
