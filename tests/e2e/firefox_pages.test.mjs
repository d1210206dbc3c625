import assert from "node:assert/strict";
import test from "node:test";

import { standing } from "../../packaging/demo/harness/notice.mjs";
import { until } from "../../packaging/demo/harness/until.mjs";
import { agentAt, clickOn, recordingFor } from "./recording.mjs";

const textOf = (person, id) => person.page.$eval(`#${id}`, (element) => element.textContent);

// WebDriver BiDi cannot press the toolbar's button, so the popup is opened as a page of its own.
test("in Firefox, too, the popup pauses and names the task, and the review shows what is held", async (t) => {
  const workplace = await recordingFor(t, { browser: "firefox" });
  const person = await agentAt(workplace);
  const popup = await workplace.own("popup.html");
  await popup.choose("What are you working on?", "Answer a ticket");
  await popup.click("button", "Begin");
  await until("the task is named", async () => /Answer a ticket/.test(await textOf(popup, "doing-words")));
  await popup.click("button", "Until I resume");
  await until("it is paused", async () => (await standing(popup.page)) === "paused");
  await person.page.bringToFront();
  await person.click("link", "New ticket");
  await popup.page.bringToFront();
  await popup.click("button", "Resume recording");
  await until("it is recorded", async () => (await standing(popup.page)) === "recording");
  await person.page.bringToFront();
  await person.click("link", "Cancel");
  await workplace.untilHeld("a click after the pause", clickOn("Cancel"));
  assert.equal((await workplace.held()).filter(clickOn("New ticket")).length, 0);

  const review = await workplace.own("review.html#events");
  await review.see("heading", "Task: Answer a ticket");
  await review.click("button", "Delete: Clicked “Cancel” (link)");
  await review.click("button", "Delete");
  await until("it says so", async () => /1 entry is deleted for good/.test(await textOf(review, "done")));
  assert.equal((await workplace.held()).filter(clickOn("Cancel")).length, 0);
});
