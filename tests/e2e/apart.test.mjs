// Host and extension are updated by different ways at different times. One protocol version apart they work together;
// further apart both say so, and nothing is recorded.

import assert from "node:assert/strict";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import test from "node:test";

import { checkout } from "../../packaging/demo/harness/checkout.mjs";
import { standing } from "../../packaging/demo/harness/notice.mjs";
import { until } from "../../packaging/demo/harness/until.mjs";
import { assertHeld } from "./contract.mjs";
import { agentAt, clickOn, extensionWith, folderOf, recordingFor, workplaceFor } from "./recording.mjs";

const MESSAGES = join(checkout.root, "extension/src/shared/message.ts");
const PROTOCOL = /(?<=^export const PROTOCOL = )\d+(?=;$)/m;

test("an extension one protocol version ahead of the host works with it", async (t) => {
  const folder = await folderOf(t);
  const workplace = await recordingFor(t, { folder, extension: await extensionAhead(1, folder) });
  const person = await agentAt(workplace);
  await person.click("link", "New ticket");
  await person.type("Subject", "From a newer extension");
  await person.click("link", "Cancel");
  await workplace.untilHeld("the last click", clickOn("Cancel"));
  assertHeld(await workplace.held());
  const { about } = await workplace.dataset();
  assert.deepEqual([about.ledger.lost, about.ledger.refused], [{}, {}]);
});

test("further apart both say so, and nothing is recorded", async (t) => {
  const folder = await folderOf(t);
  const workplace = await workplaceFor(t, { folder, extension: await extensionAhead(2, folder) });
  const person = await agentAt(workplace);
  await until("the badge says that something is wrong", async () => (await workplace.badge(person.page)) === "!");
  const popup = await workplace.popup(person.page);
  await until("the popup says what", async () => (await standing(popup.page)) === "incompatible");
  assert.match(await popup.page.$eval("#standing-text", (element) => element.textContent), /needs an update/);
  await person.click("link", "New ticket");
  await person.click("link", "Cancel");
  assert.deepEqual(await workplace.held(), []);
});

/** The extension as it will be so many versions of the protocol from now. */
async function extensionAhead(versions, folder) {
  const text = await readFile(MESSAGES, "utf8");
  const [now] = text.match(PROTOCOL);
  const messages = join(folder, "message.ts");
  await mkdir(folder, { recursive: true });
  await writeFile(messages, text.replace(PROTOCOL, String(Number(now) + versions)));
  return extensionWith("shared/message.ts", messages, folder);
}
