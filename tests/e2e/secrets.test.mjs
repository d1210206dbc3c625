import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import test from "node:test";

import { checkout } from "../../packaging/demo/harness/checkout.mjs";
import { work } from "../../packaging/demo/work.mjs";
import { clickOn, folderOf, recordingFor, startedBy } from "./recording.mjs";
import { findTexts, layOpen } from "./search.mjs";

test("a password is nowhere: not in spool, WAL, bundles, dataset, host log or browser profile", async (t) => {
  const canary = `Kanarie${randomBytes(9).toString("hex")}`;
  const folder = await folderOf(t);
  const host = await startedBy(folder, "host", [checkout.host, "--log-to-stderr"], `2>>'${join(folder, "host.log")}'`);
  const workplace = await recordingFor(t, { folder, host });
  await work(await workplace.person(), { password: canary });
  await workplace.untilHeld("the last click", clickOn("Sign out"));

  assert.deepEqual(await findTexts([canary], folder), [], "while the browser runs");
  const dataset = join(folder, "dataset");
  const { steps } = await workplace.dataset({ folder: dataset });
  await layOpen(folder, { identity: workplace.identity, bundles: await workplace.bundles(), dataset });
  await workplace.close();
  assert.deepEqual(await findTexts([canary], folder), [], "afterwards");

  // The search finds what is there: the subject is clear by policy.
  assert.notDeepEqual(await findTexts(["Refund for a double charge"], folder), []);
  const password = steps.find(({ action }) => action.target?.name === "Password" && action.value);
  assert.deepEqual(password?.action.value, { class: "password", disclosure: "withheld" });
});
