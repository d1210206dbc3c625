import assert from "node:assert/strict";
import test from "node:test";

import { standing } from "../../packaging/demo/harness/notice.mjs";
import { processesWith } from "../../packaging/demo/harness/processes.mjs";
import { startScreen } from "../../packaging/demo/harness/screen.mjs";
import { until } from "../../packaging/demo/harness/until.mjs";
import { agentAt, clickOn, recordingFor } from "./recording.mjs";

test("a start of the browser tells that events wait; what comes later waits for the next start", async (t) => {
  const workplace = await recordingFor(t);
  const waiting = async () => JSON.parse(await workplace.fieldnote("status", "--json")).held;
  const person = await agentAt(workplace);
  await person.click("link", "New ticket");
  await workplace.untilHeld("a click", clickOn("New ticket"));
  assert.equal((await waiting()).told, 0, "nothing waited when this browser was started");
  await workplace.browser.close();
  const before = await waiting();

  // The host hears of it once the system has taken the message.
  const again = await workplace.anotherBrowser({ profile: "profile" });
  await until("the person was told", async () => (await waiting()).told === before.up_to);
  const later = await agentAt(workplace, { browser: again });
  await later.click("link", "Guides");
  await workplace.untilHeld("more work", clickOn("Guides"));
  for (const host of await processesWith(`chrome-extension://${workplace.id}/`)) process.kill(host, "SIGKILL");
  await later.click("link", "Tickets");
  await workplace.untilHeld("work after another host has told how things stand", clickOn("Tickets"));
  const { told, up_to } = await waiting();
  assert.equal(told, before.up_to);
  assert.ok(up_to > told);
});

test("the keyboard alone pauses and resumes", async (t) => {
  const workplace = await recordingFor(t);
  const screen = await startScreen();
  t.after(() => screen.close());
  const browser = await workplace.anotherBrowser({ profile: "on-a-screen", display: screen.display });
  const { page } = await until("the extension is there", () => workplace.own("review.html", browser).catch(() => null));
  const stands = (wanted) => until(`it stands ${wanted}`, async () => (await standing(page)) === wanted);
  await stands("recording");
  await screen.press("alt+shift+u");
  await stands("paused");
  await screen.press("alt+shift+u");
  await stands("recording");
});
