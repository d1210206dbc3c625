import assert from "node:assert/strict";
import test from "node:test";

import { assertHeld } from "./contract.mjs";
import { agentAt, clickOn, recordingFor } from "./recording.mjs";

const CLICKS = 200;

test("a click that leaves the page at once is recorded, 200 of 200", async (t) => {
  const workplace = await recordingFor(t);
  const person = await agentAt(workplace);
  await person.follow("link", "Guides");
  await person.follow("link", "Giving a refund");
  for (let clicks = 0; clicks < CLICKS; ++clicks) await person.follow("link", "Next guide");
  await person.follow("link", "All guides");
  await workplace.untilHeld("the click after them", clickOn("All guides"));

  const events = await workplace.held();
  assertHeld(events);
  const next = events.filter(clickOn("Next guide"));
  assert.equal(next.length, CLICKS);
  assert.equal(new Set(next.map(({ document }) => document)).size, CLICKS, "one click a page");
});
