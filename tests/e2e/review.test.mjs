import assert from "node:assert/strict";
import { mkdir, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import test from "node:test";

import { standing } from "../../packaging/demo/harness/notice.mjs";

import { until } from "../../packaging/demo/harness/until.mjs";
import { DESK } from "../../packaging/demo/harness/workplace.mjs";
import { work } from "../../packaging/demo/work.mjs";
import { measured } from "./bar.mjs";
import { assertHeld } from "./contract.mjs";
import { holdWork } from "./held_work.mjs";
import { clickOn, folderOf, recordingFor } from "./recording.mjs";

const MANY = 5000;
/** The bar, in milliseconds. */
const FIRST_SCREEN = 500;

const textOf = (person, id) => person.page.$eval(`#${id}`, (element) => element.textContent);
const says = (person, id, wanted) =>
  until(`#${id} says ${wanted}`, async () => wanted.test(await textOf(person, id).catch(() => "")));
const sentences = (person) =>
  person.page.$$eval("#events-list .said > p:first-child", (all) => all.map((each) => each.textContent));
const heldCount = async (workplace) => (await workplace.held()).length;

test("what is held is read, searched, named, deleted, sent, saved and taken back", async (t) => {
  const folder = await folderOf(t);
  const workplace = await recordingFor(t, { folder });
  const person = await workplace.person();
  const popup = await workplace.popup(person.page);
  await popup.choose("What are you working on?", "Open a ticket");
  await popup.click("button", "Begin");
  await popup.see("button", "Done");
  await person.page.bringToFront();
  await work(person, { password: "correct horse" });
  await workplace.untilHeld("the last click", clickOn("Sign out"));
  const review = await workplace.own("review.html");

  await t.test("it opens on what leaves in readable text, and on nothing else", async () => {
    await review.see("heading", "What you typed");
    await says(review, "lead", /^\d+ entries\. Nobody but you/);
    const rows = await review.page.$$eval("#texts-list .row", (all) =>
      all.map((row) => [row.dataset.where, row.querySelector(".readable").textContent]),
    );
    const readable = rows.map(([, text]) => text);
    assert.ok(readable.includes("Refund for a double charge"), "a subject, which the team agreed to");
    assert.ok(readable.includes("Billing"), "a choice");
    assert.equal(new Set(rows.map(String)).size, rows.length, "each once of its kind");
    assert.doesNotMatch(readable.join("\n"), /correct horse|kim\.lee|7946/);
  });

  await t.test("every event is a sentence, and in the form that leaves", async () => {
    await review.click("tab", "Everything, in order");
    await review.see("heading", "Task: Open a ticket");
    const said = await sentences(review);
    assert.equal(said.filter((sentence) => sentence === "Clicked “Sign out” (button)").length, 1);
    assert.doesNotMatch(said.join("\n"), /does not know|\[[a-z_]+\]/, "every kind and word is known");
    const [details] = await review.page.$$("#events-list summary");
    await details.click();
    await review.page.waitForSelector("#events-list pre");
    const form = JSON.parse(await review.page.$eval("#events-list pre", (pre) => pre.textContent));
    assertHeld([form]);
    assert.ok(
      (await workplace.held()).some((event) => JSON.stringify(event) === JSON.stringify(form)),
      "it is what `fieldnote held` shows",
    );
  });

  await t.test("it is searched by text", async () => {
    const searchFor = async (words) => {
      await review.click("searchbox", "Search");
      await review.page.$eval("#events-search", (field) => field.select());
      await review.press("Backspace");
      await review.page.keyboard.type(words);
    };
    await searchFor("double charge");
    await says(review, "events-count", /entr(y|ies) found$/);
    const found = await sentences(review);
    assert.ok(found.includes("Filled in “Subject” (text field): Refund for a double charge"), found.join("\n"));
    await searchFor("Password");
    await until("another search", async () => (await sentences(review)).join() !== found.join());
    await says(review, "events-list", /Left out, because it is a password/);
    await searchFor("no such thing");
    await says(review, "events-count", /^Nothing that is here fits/);
    await searchFor("");
    await until("all are shown again", async () => (await sentences(review)).length > 20);
  });

  await t.test("entries are given to a task, and the task is named anew", async () => {
    const boxes = await review.page.$$("#events-list input");
    await boxes[0].click();
    await review.page.keyboard.down("Shift");
    await boxes[2].click();
    await review.page.keyboard.up("Shift");
    await says(review, "selected-count", /^3 entries selected$/);
    await review.click("button", "Give to a task");
    await review.type("In your own words", "Closing the day", "combobox");
    await review.click("button", "Save");
    await says(review, "done", /^3 entries have their task/);
    await review.click("tab", "Tasks");
    await review.click("button", "Rename: Closing the day");
    await review.click("combobox", "In your own words");
    await review.page.$eval("#task-name", (field) => field.select());
    await review.page.keyboard.type("Evening");
    await review.click("button", "Save");
    await says(review, "done", /now called Evening\. Your words stay on this computer/);
  });

  await t.test("one is deleted, a range, a text, a task", async () => {
    await review.click("tab", "Everything, in order");
    await until("the list is there", async () => (await sentences(review)).length > 10);
    const before = await heldCount(workplace);
    await review.click("button", `Delete: Clicked “Sign out” (button)`);
    await review.click("button", "Delete");
    await says(review, "done", /^1 entry is deleted for good/);
    assert.equal((await workplace.held()).filter(clickOn("Sign out")).length, 0);

    await until("the list is there again", async () => (await sentences(review)).length > 10);
    const boxes = await review.page.$$("#events-list input");
    await boxes[3].click();
    await review.page.keyboard.down("Shift");
    await boxes[5].click();
    await review.page.keyboard.up("Shift");
    await review.page.click("#selected-delete");
    await review.click("button", "Delete");
    await says(review, "done", /^\d entries are deleted for good/);
    assert.ok((await heldCount(workplace)) <= before - 3);

    await review.click("tab", "What can be read");
    await review.click("button", "Delete: Refund for a double charge");
    await review.click("button", "Delete");
    await until("the text is gone", async () => !(await textOf(review, "texts-list")).includes("Refund for a double"));
    assert.doesNotMatch(JSON.stringify(await workplace.held()), /Refund for a double charge/);

    await review.click("tab", "Tasks");
    await review.click("button", "Delete: Evening");
    await review.click("button", "Delete");
    await says(review, "done", /deleted for good/);
  });

  await t.test("it is saved as a readable file", async () => {
    const downloads = join(folder, "downloads");
    await mkdir(downloads, { recursive: true });
    const session = await review.page.createCDPSession();
    await session.send("Browser.setDownloadBehavior", { behavior: "allow", downloadPath: downloads });
    await review.click("tab", "My data");
    await review.click("button", "Save as a file");
    await says(review, "done", /^A file with \d+ entries was saved/);
    const file = await until("the file is there", async () =>
      (await readdir(downloads)).find((name) => name.endsWith(".json")),
    );
    const saved = JSON.parse(await readFile(join(downloads, file), "utf8"));
    assert.deepEqual(saved.held, await workplace.held());
    assert.equal(saved.receipts.at(-1).answer, "yes");
  });

  await t.test("it is sent at once", async () => {
    await review.click("button", "Send now");
    await review.page.click("#sure-yes");
    await says(review, "done", /sealed and leave/);
    assert.equal((await workplace.bundles()).length, 1);
    assert.deepEqual(await workplace.held(), []);
    await says(review, "lead", /There is nothing here/);
  });

  await t.test("the yes is taken back, what is here is gone, what has left is asked for", async () => {
    await person.page.goto(DESK);
    await person.press("Escape");
    await workplace.untilHeld("a key", ({ key }) => key === "Escape");
    await review.page.bringToFront();
    await review.page.reload();
    await review.click("tab", "My data");
    await review.click("radio", "Delete it");
    await review.click("radio", "Ask the organisation to delete all of it");
    await review.click("button", "Take back …");
    await review.click("button", "Yes, take it back");
    await says(review, "done", /Nothing is recorded any more\..*asked to delete what has left/);
    await until("it stands declined", async () => (await standing(review.page)) === "declined");
    assert.deepEqual(await workplace.held(), []);
    assert.equal((await workplace.bundles()).length, 2, "the one that asks is a bundle of its own");
    await until("it is listed", async () => /asks for deletion/.test(await textOf(review, "bundles")));
  });
});

test("five thousand events: the first screen is fast, the last one is reached, a tool is deleted and then everything", async (t) => {
  const crm = "http://crm.corp.test";
  const workplace = await recordingFor(t, { teams: { sales: { sites: [{ url: `${crm}/*`, app: "crm" }] } } });
  await holdWork(workplace, MANY, (n) => ({
    kind: "click",
    url: n % 5 === 0 ? `${crm}/` : `${DESK}/tickets`,
    target: { role: "button", name: `Button ${n % 700}`, tag: "button", selectors: [["button"]], box: [0, 0, 80, 24] },
  }));
  assert.equal(await heldCount(workplace), MANY);
  for (const [tab, row] of [
    ["texts", ".readable"],
    ["events", "#events-list .entry"],
  ]) {
    const rounds = [];
    for (let round = 0; round < 3; ++round) {
      const { page } = await workplace.own(`review.html#${tab}`);
      await until("it is drawn", () => page.evaluate(() => performance.getEntriesByName("drawn").length > 0));
      assert.ok((await page.$$(row)).length > 20, "a screen full of rows");
      rounds.push(await page.evaluate(() => performance.getEntriesByName("drawn")[0].startTime));
      await page.close();
    }
    measured(t, `${tab} of ${MANY} events: first screen after`, rounds, FIRST_SCREEN);
  }

  const review = await workplace.own("review.html#events");
  await says(review, "events-count", /^5,000 entries$/);
  await until("the end is reached by scrolling", async () => {
    await review.page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
    return (await textOf(review, "events-end")) === "";
  });
  const rows = await review.page.$$eval("#events-list .entry", (all) => all.length);
  assert.ok(rows < 1000, `${rows} rows are drawn of ${MANY}`);
  await review.choose("Tool", "crm");
  await says(review, "events-count", /entries found/);
  await review.click("button", "Delete all that fit");
  await review.page.click("#sure-yes");
  await says(review, "done", /^1,000 entries are deleted for good/);
  assert.deepEqual(new Set((await workplace.held()).map(({ app }) => app)), new Set(["desk"]));
  await review.click("button", "Delete everything");
  await review.page.click("#sure-yes");
  await says(review, "done", /^4,000 entries are deleted for good/);
  assert.equal(await heldCount(workplace), 0);
});
