// The extension as an organisation hands it out: signed with the organisation's own key, with an update feed.

import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";

import { archive } from "../../extension/archive.mjs";
import { identityOf, newKey, signCrx } from "../../extension/crx.mjs";
import { chromiumFeed } from "../../extension/feeds.mjs";
import { onLoopback } from "./loopback.mjs";

/** Makes a signing key in `file` (PEM). */
export const newExtensionKey = (file) => writeFile(file, newKey(), { mode: 0o600 });

/** What manifest.json calls `key`, and the id that Chromium derives from it. */
export const extensionIdentity = async (keyFile) => identityOf(await readFile(keyFile));

/** Copies the built extension `source` to `target`, with `stamps` in its manifest; returns its version. */
export async function copyExtension(source, target, stamps) {
  await rm(target, { recursive: true, force: true });
  await cp(source, target, { recursive: true });
  const manifestFile = join(target, "manifest.json");
  const manifest = { ...JSON.parse(await readFile(manifestFile, "utf8")), ...stamps };
  await writeFile(manifestFile, JSON.stringify(manifest, null, 2));
  return manifest.version;
}

/**
 * Packs the built extension `source`, with a key made on the spot if there is none in `folder` yet; working files go there.
 * @param {{version?: string}} [stamps]
 * @returns {Promise<{id: string, version: string, crx: Buffer}>}
 */
export async function packExtension(source, folder, stamps = {}) {
  await mkdir(folder, { recursive: true });
  const keyFile = join(folder, "extension.pem");
  const pem = await readFile(keyFile).catch(() => newKey());
  await writeFile(keyFile, pem, { mode: 0o600 });
  const { id, key } = identityOf(pem);
  const unpacked = join(folder, "extension");
  const version = await copyExtension(source, unpacked, { key, ...stamps });
  return { id, version, crx: signCrx(await archive(unpacked), pem) };
}

/**
 * Serves a packed extension and its update feed on loopback; `publish` puts another in its place.
 * @returns {Promise<{base: string, publish: (pack: {id: string, version: string, crx: Buffer}) => void,
 *   fetched: () => string | null, close: () => Promise<void>}>}
 */
export async function serveExtension(pack) {
  let current = pack;
  let fetched = null;
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://feed");
    if (pathname === "/fieldnote.crx") {
      fetched = current.version;
      response.writeHead(200, { "content-type": "application/x-chrome-extension" }).end(current.crx);
    } else if (pathname === "/updates.xml") {
      response.writeHead(200, { "content-type": "text/xml" }).end(chromiumFeed({ ...current, feed: base }));
    } else {
      response.writeHead(404).end();
    }
  });
  const { port, close } = await onLoopback(server);
  const base = `http://127.0.0.1:${port}`;
  return {
    base,
    /** The version that a browser took last. */
    fetched: () => fetched,
    publish: (next) => {
      current = next;
    },
    close,
  };
}
