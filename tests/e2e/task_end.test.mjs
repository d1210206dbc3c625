import assert from "node:assert/strict";
import test from "node:test";

import { until } from "../../packaging/demo/harness/until.mjs";
import { assertMatches } from "./contract.mjs";
import { agentAt, clickOn, recordingFor } from "./recording.mjs";

const TASK = "Open a ticket";

test("the page as it is when a task ends is in the dataset, after the last step of the task", async (t) => {
  const workplace = await recordingFor(t);
  const person = await agentAt(workplace);
  await inPopup(workplace, person, async (popup) => {
    await popup.choose("What are you working on?", TASK);
    await popup.click("button", "Begin");
    await popup.see("button", "Done");
  });
  await person.click("link", "New ticket");
  await person.type("Subject", "Refund for a double charge");
  await person.type("Customer email", "kim.lee@orchard.example");
  await person.choose("Category", "Billing");
  await person.click("radio", "High");
  await person.date("Due date", "2026-12-04");
  await person.type("What happened", "Charged twice.");
  await person.click("button", "Create ticket");
  await person.see("heading", "Refund for a double charge");
  await workplace.untilHeld("the last click", clickOn("Create ticket"));
  await workplace.untilHeld(
    "what came of it",
    ({ kind, changes }) => kind === "effect" && changes[0].what !== "nothing",
  );
  // Somebody looks at what came of it before they say that it is done.
  await person.see("textbox", "Reply");
  await inPopup(workplace, person, async (popup) => {
    await popup.click("button", "Done");
    await popup.see("button", "Begin");
  });
  await person.click("link", "Tickets");
  await workplace.untilHeld("a click after it", clickOn("Tickets"));

  const { trajectories, steps } = await workplace.dataset();
  for (const trajectory of trajectories) assertMatches("dataset.schema.json#/$defs/trajectory", trajectory);
  const told = trajectories.filter(({ outcome }) => outcome === "done");
  assert.deepEqual(
    told.map(({ instruction }) => instruction),
    [{ source: "list", text: TASK }],
  );
  const [{ trajectory, after }] = told;
  const last = steps.filter((step) => step.trajectory === trajectory).at(-1);
  assert.notEqual(last.action.target?.name, "Tickets");
  // What the last step was done on, and what came of it.
  assert.ok(after, "nothing is told of the page after the last step");
  assert.match(after.text, /button "Send reply"/);
  assert.doesNotMatch(after.text, /button "Create ticket"/);
});

async function inPopup(workplace, person, act) {
  const popup = await workplace.popup(person.page);
  await act(popup);
  await person.page.bringToFront();
  await until("the page is in front", () => person.page.evaluate(() => document.visibilityState === "visible"));
}
