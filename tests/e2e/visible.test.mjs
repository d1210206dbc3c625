import assert from "node:assert/strict";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import test from "node:test";

import { writeFiles } from "../../packaging/demo/harness/machine_files.mjs";
import { Person } from "../../packaging/demo/harness/person.mjs";
import { until } from "../../packaging/demo/harness/until.mjs";
import { DESK } from "../../packaging/demo/harness/workplace.mjs";
import { PICTURES } from "./accessible.mjs";
import { agentAt, clickOn, recordingFor } from "./recording.mjs";

const isMarked = (page) =>
  page.evaluate(() => {
    const mark = document.querySelector("fieldnote-mark");
    return mark !== null && mark.getBoundingClientRect().width > 50;
  });

test("a page that is recorded shows it: by the badge, by a mark where there is no toolbar, or it is not recorded", async (t) => {
  const workplace = await recordingFor(t);
  const person = await agentAt(workplace);
  await person.click("link", "New ticket");
  await person.click("link", "Cancel");
  await workplace.untilHeld("work under the badge", clickOn("Cancel"));
  assert.equal(await isMarked(person.page), false, "the badge says it");

  // A window without a toolbar.
  const own = await workplace.own("review.html");
  const opened = workplace.browser.waitForTarget(
    (target) => target.type() === "page" && target.url().startsWith(DESK) && target !== person.page.target(),
  );
  await own.page.evaluate((url) => void chrome.windows.create({ url, type: "popup" }), DESK);
  const page = await (await opened).page();
  const guest = new Person(page);
  await until("the page bears the mark", () => isMarked(page).catch(() => false));
  assert.equal(await page.$eval("fieldnote-mark", (mark) => mark.getAttribute("aria-label")), MARK);
  await guest.click("link", "Guides");
  await workplace.untilHeld("work under the mark", clickOn("Guides"));
  await until("the next page bears it, too", () => isMarked(page).catch(() => false));
  await mkdir(PICTURES, { recursive: true });
  await page.screenshot({ path: join(PICTURES, "mark.png") });

  // One that hides it, for which a page's own styles do not suffice.
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync("fieldnote-mark { opacity: 0 !important; display: none !important }");
    document.adoptedStyleSheets = [sheet];
    document.querySelector("fieldnote-mark").style.setProperty("display", "none", "important");
  });
  await until("the page bears the mark again", () => isMarked(page));
  assert.equal(await page.$eval("fieldnote-mark", (mark) => getComputedStyle(mark).opacity), "1");

  // One that takes it away.
  await page.evaluate(() => {
    const away = () => document.querySelector("fieldnote-mark")?.remove();
    new MutationObserver(away).observe(document.documentElement, { childList: true });
    away();
  });
  await until("the badge says that it is not recorded", async () =>
    /no sign of recording/.test(await titleOf(own.page)),
  );
  await guest.click("link", "Giving a refund");
  await person.page.bringToFront();
  await person.click("link", "New ticket");
  await until(
    "later work elsewhere is held",
    async () => (await workplace.held()).filter(clickOn("New ticket")).length === 2,
  );
  const held = await workplace.held();
  assert.equal(held.filter(clickOn("Giving a refund")).length, 0, "nothing that could not be seen");

  // Off the toolbar: in a browser that was started without the pin of the policy.
  await unpin();
  const unpinned = await workplace.anotherBrowser({ profile: "unpinned" });
  const elsewhere = await workplace.person(DESK, unpinned);
  await until("a page in an ordinary window bears the mark", () => isMarked(elsewhere.page).catch(() => false));
});

const MARK = "Fieldnote is recording this page";

/** What the button says over the page in the window without a toolbar. */
const titleOf = (page) =>
  page.evaluate(async () => {
    const [{ id }] = await chrome.windows.getAll({ windowTypes: ["popup"] });
    const [tab] = await chrome.tabs.query({ windowId: id });
    return chrome.action.getTitle({ tabId: tab.id });
  });

async function unpin() {
  const file = "/etc/chromium/policies/managed/fieldnote.json";
  const policy = JSON.parse(await readFile(file, "utf8"));
  for (const settings of Object.values(policy.ExtensionSettings)) delete settings.toolbar_pin;
  await writeFiles("/etc/chromium/policies/managed", { "fieldnote.json": JSON.stringify(policy) });
}
