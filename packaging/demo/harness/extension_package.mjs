// The extension as an organisation hands it out: signed with the organisation's own key, with an update feed.

import { execFile } from "node:child_process";
import { createHash, createPublicKey, generateKeyPairSync } from "node:crypto";
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";
import { promisify } from "node:util";

import { CHROMIUM } from "./checkout.mjs";
import { rootFlags } from "./chromium.mjs";

/** Makes a signing key in `file` (PEM). */
export async function newExtensionKey(file) {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  await writeFile(file, privateKey.export({ type: "pkcs8", format: "pem" }), { mode: 0o600 });
}

/** The public half of a signing key: what manifest.json calls `key`, and the id that Chromium derives from it. */
export async function extensionIdentity(keyFile) {
  const der = createPublicKey(await readFile(keyFile)).export({ type: "spki", format: "der" });
  const digest = createHash("sha256").update(der).digest("hex").slice(0, 32);
  const id = digest.replace(/./g, (digit) => String.fromCharCode("a".charCodeAt(0) + parseInt(digit, 16)));
  return { id, key: der.toString("base64") };
}

/** Copies the built extension `source` to `target`, with `key` in its manifest, so that it has its id unpacked too. */
export async function copyExtension(source, target, key) {
  await rm(target, { recursive: true, force: true });
  await cp(source, target, { recursive: true });
  const manifestFile = join(target, "manifest.json");
  const manifest = JSON.parse(await readFile(manifestFile, "utf8"));
  await writeFile(manifestFile, JSON.stringify({ ...manifest, key }, null, 2));
  return manifest.version;
}

/**
 * Packs the built extension `source` with a key made on the spot; working files go to `folder`.
 * @returns {Promise<{id: string, version: string, crx: Buffer}>}
 */
export async function packExtension(source, folder) {
  await mkdir(folder, { recursive: true });
  const keyFile = join(folder, "extension.pem");
  await newExtensionKey(keyFile);
  const { id, key } = await extensionIdentity(keyFile);
  const unpacked = join(folder, "extension");
  const version = await copyExtension(source, unpacked, key);
  const profile = join(folder, "packing-profile");
  await promisify(execFile)(CHROMIUM, [
    ...rootFlags(),
    "--headless=new",
    "--disable-gpu",
    `--user-data-dir=${profile}`,
    `--pack-extension=${unpacked}`,
    `--pack-extension-key=${keyFile}`,
  ]);
  await rm(profile, { recursive: true, force: true });
  return { id, version, crx: await readFile(`${unpacked}.crx`) };
}

/**
 * Serves a packed extension and its update feed on loopback.
 * @returns {Promise<{base: string, close: () => Promise<void>}>}
 */
export async function serveExtension({ id, version, crx }) {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://feed");
    if (pathname === "/fieldnote.crx") {
      response.writeHead(200, { "content-type": "application/x-chrome-extension" }).end(crx);
    } else if (pathname === "/updates.xml") {
      response.writeHead(200, { "content-type": "text/xml" }).end(feed());
    } else {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve, reject) => server.once("error", reject).listen(0, "127.0.0.1", resolve));
  const base = `http://127.0.0.1:${server.address().port}`;
  const feed = () => `<?xml version="1.0" encoding="UTF-8"?>
<gupdate xmlns="http://www.google.com/update2/response" protocol="2.0">
  <app appid="${id}"><updatecheck codebase="${base}/fieldnote.crx" version="${version}"/></app>
</gupdate>
`;
  return {
    base,
    close: () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
}
