import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import test from "node:test";

import { checkout } from "../../packaging/demo/harness/checkout.mjs";
import { processesWith } from "../../packaging/demo/harness/processes.mjs";
import { until } from "../../packaging/demo/harness/until.mjs";
import { work } from "../../packaging/demo/work.mjs";
import { assertHeld } from "./contract.mjs";
import { agentAt, clickOn, folderOf, hostBehind, recordingFor, workplaceFor } from "./recording.mjs";

const NO_HOST = "!";

test("without a host nothing is recorded, and the badge says so", async (t) => {
  const workplace = await workplaceFor(t, { host: null });
  const person = await agentAt(workplace);
  const badge = () => workplace.badge(person.page);
  await until("the badge says that there is no host", async () => (await badge()) === NO_HOST);
  await person.click("link", "New ticket");
  await person.type("Subject", "Nobody sees this");
  await person.click("link", "Cancel");
  assert.equal(await badge(), NO_HOST);
  assert.deepEqual(await readdir(workplace.state).catch(() => []), [], "nothing was written");
});

test("a host that is killed comes back, and no event is lost or doubled", async (t) => {
  const workplace = await recordingFor(t);
  const person = await agentAt(workplace);
  const killed = [];
  for (let round = 1; round <= 5; ++round) {
    await person.click("link", "New ticket");
    await person.type("Subject", `Ticket of round ${round}`);
    // Straight into the middle of it: some of these events are not acked yet.
    killed.push(await killHost());
    await person.type("Customer email", `round${round}@orchard.example`);
    await person.click("link", "Cancel");
    await person.see("heading", "Tickets");
    await until("another host runs", async () => (await hosts()).some((pid) => !killed.includes(pid)));
  }
  await person.click("link", "Invoice shows the old address");
  await person.see("heading", "Invoice shows the old address");
  await person.choose("Status", "Waiting");
  await person.click("button", "Send reply");
  await workplace.untilHeld("the last click", clickOn("Send reply"));

  assert.equal(new Set(killed).size, 5, "five hosts were killed");
  const events = await workplace.held();
  assertWhole(events);
  assert.equal(events.filter(clickOn("Cancel")).length, 5);
  await assertNothingLost(workplace);
});

test("a host that dies between storing and telling so: no event is lost or doubled", async (t) => {
  const folder = await folderOf(t);
  const workplace = await recordingFor(t, {
    folder,
    host: await hostBehind("forgetful_host.mjs", folder, checkout.host),
  });
  await work(await workplace.person(), { password: "correct horse" });
  await workplace.untilHeld("the last click", clickOn("Sign out"));

  const events = await workplace.held();
  assertWhole(events);
  assert.equal(events.filter(({ kind, cause }) => kind === "submit" && cause === undefined).length, 1);
  await assertNothingLost(workplace);
});

/** The events are valid, and each document's numbers without gaps and doubles. */
function assertWhole(events) {
  assertHeld(events);
  for (const [document, numbers] of numbersByDocument(events)) {
    assert.deepEqual(
      numbers,
      numbers.map((_, index) => index),
      `events of document ${document}`,
    );
  }
}

async function assertNothingLost(workplace) {
  const { about } = await workplace.dataset();
  assert.deepEqual(about.ledger.lost, {});
  assert.deepEqual(about.ledger.refused, {});
}

const hosts = () => processesWith(checkout.host);

async function killHost() {
  const [pid] = await until("a host runs", async () => ((running) => running.length && running)(await hosts()));
  process.kill(pid, "SIGKILL");
  return pid;
}

function numbersByDocument(events) {
  const numbers = new Map();
  for (const { document, n } of events)
    numbers.set(
      document,
      [...(numbers.get(document) ?? []), n].sort((a, b) => a - b),
    );
  return numbers;
}
