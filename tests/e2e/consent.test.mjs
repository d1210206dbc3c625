import assert from "node:assert/strict";
import test from "node:test";

import { sayNo, sayYes } from "../../packaging/demo/harness/notice.mjs";
import { until } from "../../packaging/demo/harness/until.mjs";
import { assertHeld } from "./contract.mjs";
import { agentAt, clickOn, workplaceFor } from "./recording.mjs";

const ASKED = "?";
const OFF = "off";
const RECORDING = "REC";

test("nothing is recorded before yes, a no is final until the person reopens the notice, a yes begins at once", async (t) => {
  const workplace = await workplaceFor(t);
  const reader = await workplace.notice();
  const person = await agentAt(workplace);
  const badge = () => workplace.badge(person.page);
  const work = async (subject) => {
    await person.click("link", "New ticket");
    await person.type("Subject", subject);
    await person.click("link", "Cancel");
    await person.see("heading", "Tickets");
  };

  await until("the badge says that the person is asked", async () => (await badge()) === ASKED);
  await work("Before the answer");
  assert.deepEqual(await workplace.held(), [], "nothing before an answer");

  await reader.page.bringToFront();
  await sayNo(reader);
  await until("the badge says off", async () => (await badge()) === OFF);
  await work("After a no");
  await person.page.reload();
  await work("After a no, on a page loaded anew");
  assert.deepEqual(await workplace.held(), [], "nothing after a no");
  assert.equal((await workplace.notices()).length, 1, "nobody is asked again after a no");

  await reader.page.bringToFront();
  await sayYes(reader);
  await until("the badge says that this page is recorded", async () => (await badge()) === RECORDING);
  await person.click("link", "New ticket");
  await workplace.untilHeld("the first click after yes", clickOn("New ticket"));
  const events = await workplace.held();
  assertHeld(events);
  assert.equal(events.filter(clickOn("New ticket")).length, 1, "and none of the clicks before it");
});
