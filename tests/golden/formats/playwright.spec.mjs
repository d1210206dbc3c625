// Written by fieldnote export. Run: npx playwright test
import { existsSync, readFileSync } from "node:fs";
import { test } from "@playwright/test";

// What the placeholders stand for: FIELDNOTE_VALUES, or the file beside this one.
const file = process.env.FIELDNOTE_VALUES ?? new URL("t171f50366037561f.values.json", import.meta.url);
const values = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
const fill = (text) => text.replace(/<([A-Z_]+[0-9]*)[^<>]*>/g, (all, name) => values[name] ?? all);

const drag = async (page, from, onto, { at, to } = {}) => {
  await onto.scrollIntoViewIfNeeded();
  await from.hover({ position: at });
  const { x, y, width, height } = await onto.boundingBox();
  const end = [x + (to?.x ?? width / 2), y + (to?.y ?? height / 2)];
  await page.mouse.down();
  await page.mouse.move(...end, { steps: 8 });
  await page.evaluate(() => new Promise((done) => setTimeout(done, 200)));
  await page.mouse.move(end[0] + 1, end[1] + 1);
  await page.mouse.up();
};

test.use({ viewport: { width: 1200, height: 800 } });

test("t171f50366037561f: Give the money of an order back", async ({ page: tab1, context }) => {
  await context.addInitScript(() => {
    const attach = Element.prototype.attachShadow;
    Element.prototype.attachShadow = function (options) {
      return attach.call(this, { ...options, mode: "open" });
    };
  });
  await tab1.goto("https://desk.example.com/sign-in");
  await tab1.locator("css=#email").click();
  await tab1.locator("css=#email").fill(fill("<EMAIL_1>"));
  await tab1.locator("css=#password").fill(fill("<PASSWORD_1>"));
  await tab1.keyboard.press("Enter");
  await tab1.waitForURL(/^https:\/\/desk\.example\.com\/orders([?#].*)?$/);
  await tab1.locator("css=main").evaluate((element, [x, y]) => element.scrollTo(x, y), [0, 640]);
  await tab1.locator("role=link[name=\"Help\"]").hover();
  await tab1.locator("css=#status").selectOption([{ label: "Refunded" }]);
  await tab1.locator("css=#tell").check({ force: true });
  await tab1.locator("css=#reply").fill(fill("<EMAIL_1>"));
  await tab1.locator("css=#note").fill(fill("<FREE_TEXT_1>"));
  await tab1.keyboard.press("Control+a");
  await drag(tab1, tab1.locator("css=#lanes > li:nth-of-type(1)"), tab1.locator("css=#lanes > li:nth-of-type(2)"));
  await tab1.mainFrame().childFrames()[0].locator("css=#host >> css=button.pay").click();
  await tab1.locator("role=button[name=\"Save\"]").click();
  const [tab2] = await Promise.all([context.waitForEvent("page"), tab1.locator("role=link[name=\"Help\"]").click({ modifiers: ["Control"] })]);
  await tab2.locator("role=button[name=\"Print\"]").click();
  await tab2.locator("css=#attach").setInputFiles(fill("<FILE_1>"));
  await tab2.close();
  await tab1.locator("role=button[name=\"Save\"]").click();
});
