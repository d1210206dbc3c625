import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import test from "node:test";
import { promisify } from "node:util";

import { checkout } from "../../packaging/demo/harness/checkout.mjs";
import { work } from "../../packaging/demo/work.mjs";
import { clickOn, folderOf, recordingFor, startedBy } from "./recording.mjs";

test("a password is nowhere: not in spool, WAL, bundles, dataset, host log or browser profile", async (t) => {
  const canary = `Kanarie${randomBytes(9).toString("hex")}`;
  const folder = await folderOf(t);
  const host = await startedBy(folder, "host", [checkout.host], `2>>'${join(folder, "host.log")}'`);
  const workplace = await recordingFor(t, { folder, host });
  await work(await workplace.person(), { password: canary });
  await workplace.untilHeld("the last click", clickOn("Sign out"));

  await assertNowhere(canary, folder, "while the browser runs");
  const { steps } = await workplace.dataset();
  const opened = await Promise.all((await workplace.bundles()).map((bundle) => openBundle(workplace.identity, bundle)));
  await writeFile(join(folder, "bundles.opened"), opened.join(""));
  await workplace.close();
  await assertNowhere(canary, folder, "afterwards");

  // The search finds what is there: the subject is clear by policy.
  await assert.rejects(assertNowhere("Refund for a double charge", folder, ""), /has it as UTF-8/);
  const password = steps.find(({ action }) => action.target?.name === "Password" && action.value);
  assert.deepEqual(password?.action.value, { class: "password", disclosure: "withheld" });
});

const openBundle = async (identity, bundle) =>
  (await promisify(execFile)("sh", ["-c", 'age -d -i "$0" "$1" | zstd -dc', identity, bundle], { maxBuffer: 2 ** 28 }))
    .stdout;

/** Searches the bytes of every file below `folder` for `text`, plain and in the forms in which it could hide. */
async function assertNowhere(text, folder, when) {
  const needles = formsOf(text);
  for (const path of await filesBelow(folder)) {
    const bytes = await readFile(path).catch((error) => {
      if (error.code === "ENOENT") return Buffer.alloc(0); // The browser tidied up meanwhile.
      throw error;
    });
    for (const [form, needle] of needles) assert.ok(!bytes.includes(needle), `${path} has it as ${form} ${when}`);
  }
}

function formsOf(text) {
  const utf8 = Buffer.from(text, "utf8");
  const utf16 = Buffer.from(text, "utf16le");
  return [
    ["UTF-8", utf8],
    ["UTF-16LE", utf16],
    ["UTF-16BE", Buffer.from(utf16).swap16()],
    ["hex", Buffer.from(utf8.toString("hex"))],
    ["reversed", Buffer.from([...text].reverse().join(""))],
    ...base64Forms(utf8).map((form) => ["base64", form]),
    ...base64Forms(utf16).map((form) => ["base64 of UTF-16LE", form]),
  ];
}

/** Base64 of `bytes` at each of the three places where it can begin, less the digits that its neighbours share. */
const base64Forms = (bytes) =>
  [0, 1, 2].map((before) => {
    const digits = Buffer.concat([Buffer.alloc(before), bytes])
      .toString("base64")
      .replace(/=+$/, "");
    return Buffer.from(digits.slice(Math.ceil((before * 4) / 3), Math.floor(((before + bytes.length) * 4) / 3)));
  });

async function filesBelow(folder) {
  const entries = await readdir(folder, { withFileTypes: true });
  const nested = await Promise.all(
    entries.map((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? filesBelow(path) : entry.isFile() ? [path] : [];
    }),
  );
  return nested.flat();
}
