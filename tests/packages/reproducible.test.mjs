import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createHash, verify } from "node:crypto";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import test from "node:test";
import { promisify } from "node:util";

import { checkout } from "../../packaging/demo/harness/checkout.mjs";
import { identityOf, newKey } from "../../packaging/extension/crx.mjs";

const run = promisify(execFile);
const PACKAGE = join(checkout.root, "packaging/extension/package.mjs");
const FEED = "https://updates.corp.example/fieldnote";

async function pack(folder, name, ...options) {
  const out = join(folder, name);
  await run(process.execPath, [PACKAGE, "--out", out, "--key", join(folder, "key.pem"), "--feed", FEED, ...options]);
  const files = {};
  for (const file of (await readdir(out)).sort()) files[file] = await readFile(join(out, file));
  return files;
}

async function folderWithKey(t) {
  const folder = join(checkout.build, "packed", t.name.slice(0, 20).replace(/\W+/g, "-"));
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "key.pem"), newKey(), { mode: 0o600 });
  return folder;
}

test("the same sources, key and options give the same bytes", async (t) => {
  const folder = await folderWithKey(t);
  const hosts = ["--hosts", "*://*.corp.example/*,https://crm.other.example/*"];
  const [once, again] = [await pack(folder, "once", ...hosts), await pack(folder, "again", ...hosts)];
  assert.deepEqual(Object.keys(once), ["fieldnote.crx", "fieldnote.xpi", "ids.json", "updates.json", "updates.xml"]);
  for (const [name, bytes] of Object.entries(once)) assert.ok(bytes.equals(again[name]), name);

  // The archive is stored, not compressed: its texts can be read.
  const xpi = once["fieldnote.xpi"].toString("latin1");
  assert.match(
    xpi,
    /"host_permissions": \[\s*"\*:\/\/\*\.corp\.example\/\*",\s*"https:\/\/crm\.other\.example\/\*"\s*\]/,
  );
  const ids = JSON.parse(once["ids.json"]);
  assert.equal(ids.chromium, identityOf(await readFile(join(folder, "key.pem"))).id);
  assert.ok(once["updates.xml"].includes(`appid="${ids.chromium}"`));
  assert.ok(once["updates.xml"].includes(`codebase="${FEED}/fieldnote.crx" version="${ids.version}"`));
  const [update] = JSON.parse(once["updates.json"]).addons[ids.firefox].updates;
  const hash = createHash("sha256").update(once["fieldnote.xpi"]).digest("hex");
  assert.deepEqual(update, {
    version: ids.version,
    update_link: `${FEED}/fieldnote.xpi`,
    update_hash: `sha256:${hash}`,
  });
  assertSigned(once["fieldnote.crx"], await readFile(join(folder, "key.pem")));
});

test("what Mozilla signed is what the feed names; older code takes a higher number", async (t) => {
  const folder = await folderWithKey(t);
  await writeFile(join(folder, "signed.xpi"), "signed by Mozilla");
  const files = await pack(folder, "signed", "--signed-xpi", join(folder, "signed.xpi"), "--version", "9.8.7");
  assert.equal(files["fieldnote.xpi"].toString(), "signed by Mozilla");
  assert.ok(files["updates.json"].includes(createHash("sha256").update("signed by Mozilla").digest("hex")));
  assert.ok(files["updates.xml"].includes('version="9.8.7"'));
});

test("what a browser would not take is refused", async (t) => {
  const folder = await folderWithKey(t);
  for (const [option, value, said] of [
    ["--hosts", "*://*/*", /no pattern of hosts/],
    ["--hosts", "https://crm.corp.example/orders", /no pattern of hosts/],
    ["--version", "1.2-beta", /no version/],
  ])
    await assert.rejects(pack(folder, "refused", option, value), said);
});

/** The signature of a CRX is over its archive, by the key that its id comes of. */
function assertSigned(crx, pem) {
  assert.equal(crx.toString("latin1", 0, 4), "Cr24");
  const zip = crx.subarray(12 + crx.readUInt32LE(8));
  assert.equal(zip.toString("latin1", 0, 2), "PK");
  const { key } = identityOf(pem);
  const header = crx.subarray(12, 12 + crx.readUInt32LE(8));
  const der = Buffer.from(key, "base64");
  assert.ok(header.includes(der), "the public key is in it");
  // The proof's second field is the signature, of as many bytes as the key has.
  const signature = header.subarray(header.indexOf(der) + der.length + 3).subarray(0, 384);
  const signed = Buffer.concat([Buffer.from([0x0a, 16]), createHash("sha256").update(der).digest().subarray(0, 16)]);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(signed.length);
  const text = Buffer.concat([Buffer.from("CRX3 SignedData\x00"), length, signed, zip]);
  assert.ok(verify("sha256", text, { key: der, format: "der", type: "spki" }, signature));
}
