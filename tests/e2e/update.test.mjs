import assert from "node:assert/strict";
import { join } from "node:path";
import test from "node:test";

import { checkout } from "../../packaging/demo/harness/checkout.mjs";
import { packExtension } from "../../packaging/demo/harness/extension_package.mjs";
import { processesWith } from "../../packaging/demo/harness/processes.mjs";
import { until } from "../../packaging/demo/harness/until.mjs";
import { assertHeld } from "./contract.mjs";
import { agentAt, clickOn, folderOf, recordingFor } from "./recording.mjs";

test("an update of the extension in a running browser loses no event; older code comes as a newer version", async (t) => {
  const folder = await folderOf(t);
  const workplace = await recordingFor(t, { folder });
  const person = await agentAt(workplace);
  let tickets = 0;
  const createTicket = async () => {
    await person.click("link", "New ticket");
    await person.type("Subject", `Ticket ${++tickets}`);
    await person.click("link", "Cancel");
    await person.see("heading", "Tickets");
  };
  // Going back is the same: what was built earlier, under a higher number.
  for (const version of ["0.1.1", "0.1.2"]) {
    workplace.publish(await packExtension(checkout.extension, join(folder, "packed"), { version }));
    // The host is slow to answer: what waits for it when the update is there must not go with the old extension.
    const hosts = await processesWith(checkout.host);
    for (const pid of hosts) process.kill(pid, "SIGSTOP");
    await createTicket();
    await workplace.fetchUpdate(version);
    await person.page.bringToFront();
    await createTicket();
    for (const pid of hosts) process.kill(pid, "SIGCONT");
    await workplace.untilUpdated(version);
    await until("the page is recorded again", async () => (await workplace.badge(person.page)) === "REC");
    await createTicket();
    // By the host of the new version, which is the one to stop in the next round.
    await until("each is held", async () => (await workplace.held()).filter(clickOn("Cancel")).length === tickets);
  }
  const events = await workplace.held();
  assertHeld(events);
  assert.equal(events.filter(clickOn("New ticket")).length, tickets);
  const { about } = await workplace.dataset();
  assert.deepEqual(about.ledger.lost, {});
  assert.deepEqual(about.ledger.refused, {});
});
