import assert from "node:assert/strict";
import test from "node:test";

import { assertHeld } from "./contract.mjs";
import { agentAt, clickOn, recordingFor } from "./recording.mjs";

// A lone surrogate is valid in a page's strings and in JavaScript's JSON, and no valid UTF-8: the host refuses it.
const HALF = "\ud83d";

test("half an emoji in a field and in a name stops nothing", async (t) => {
  const workplace = await recordingFor(t);
  const person = await agentAt(workplace);
  await person.click("link", "New ticket");

  const subject = await person.find("textbox", "Subject");
  await subject.evaluate((field, half) => (field.value = `Broken ${half}`), HALF);
  await person.type("Subject", "!");
  assert.match(await subject.evaluate((field) => field.value), /\ud83d(?![\udc00-\udfff])/, "the half is in the field");
  await person.page.evaluate((half) => document.querySelector("#customer").setAttribute("title", `Who ${half}`), HALF);
  await person.type("Customer email", "kim.lee@orchard.example");
  await person.click("link", "Cancel");
  await workplace.untilHeld("the click after the half emoji", clickOn("Cancel"));

  const events = await workplace.held();
  assertHeld(events);
  const input = events.find(({ kind, target }) => kind === "input" && target.name === "Subject");
  assert.ok(input, "the field with the half emoji is recorded");
  const { about } = await workplace.dataset();
  assert.deepEqual(about.ledger.lost, {});
  assert.deepEqual(about.ledger.refused, {});
});
