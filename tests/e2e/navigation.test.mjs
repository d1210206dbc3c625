// FIELDNOTE_CLICKS: how many in each browser.

import assert from "node:assert/strict";
import test from "node:test";

import { assertHeld } from "./contract.mjs";
import { agentAt, BROWSERS, clickOn, recordingFor } from "./recording.mjs";

const CLICKS = Number(process.env.FIELDNOTE_CLICKS ?? 60);

for (const browser of BROWSERS)
  test(`${browser}: a click that leaves the page at once is recorded, ${CLICKS} of ${CLICKS}`, async (t) => {
    const workplace = await recordingFor(t, { browser });
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
    const loads = events.filter(({ navigation, cause_document }) => navigation === "load" && cause_document);
    const followed = new Set(loads.map(({ cause_document, cause }) => `${cause_document} ${cause}`));
    const unfollowed = next.filter(({ document, n }) => !followed.has(`${document} ${n}`));
    assert.deepEqual(unfollowed, [], "a page follows from each");
    const { about } = await workplace.dataset();
    assert.deepEqual([about.ledger.refused, about.ledger.lost], [{}, {}]);
  });
