import assert from "node:assert/strict";
import test from "node:test";

import { assertHeld } from "./contract.mjs";
import { agentAt, clickOn, recordingFor } from "./recording.mjs";

test("pushState into an excluded path stops capture before the next event, and back starts it again", async (t) => {
  const workplace = await recordingFor(t);
  const person = await agentAt(workplace);
  const { page } = person;
  const loads = await page.evaluate(() => performance.timeOrigin);

  await person.click("link", "People");
  await person.type("Person", "Ines Calder");
  await person.type("Reason for leave", "Surgery");
  await person.click("button", "Note leave");
  await person.click("link", "Tickets");
  await person.click("link", "New ticket");
  await workplace.untilHeld("the click after the excluded area", clickOn("New ticket"));
  assert.equal(await page.evaluate(() => performance.timeOrigin), loads, "no page was loaded on the way");

  const events = await workplace.held();
  assertHeld(events);
  assert.ok(events.some(clickOn("People")), "the click that led there was on a recorded page");
  assert.deepEqual(
    events.filter(({ url }) => url?.includes("/hr")),
    [],
  );
  const names = events.map(({ target }) => target?.name);
  for (const name of ["Person", "Reason for leave", "Note leave", "Tickets"]) assert.ok(!names.includes(name), name);
  const { about } = await workplace.dataset();
  assert.deepEqual(about.ledger.refused, {}, "the page itself fell silent: the host had nothing to refuse");
});
