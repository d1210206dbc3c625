// Builds the extension as an organisation hands it out, into one folder that a web server serves as it is:
// fieldnote.crx with updates.xml for Chromium's kin, fieldnote.xpi with updates.json for Firefox, and ids.json.
//
//   node package.mjs --out DIR --key FILE --feed URL [--hosts PATTERN,...] [--version N] [--firefox-id ID]
//                    [--signed-xpi FILE]
//
// --key         the organisation's signing key (PEM, RSA): the id in Chromium's kin comes of it, and never changes with it
// --feed        where DIR will be served, as for `fieldnote policy render --feed`
// --hosts       match patterns of the organisation's hosts; without, the extension may be used anywhere: for a trial
// --version     of the extension, where it is not that of the project: going back is older code under a higher number
// --signed-xpi  what Mozilla made of fieldnote.xpi, to be served in its place

import { execFile } from "node:child_process";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs, promisify } from "node:util";

import { archive } from "./archive.mjs";
import { identityOf, signCrx } from "./crx.mjs";
import { chromiumFeed, firefoxFeed } from "./feeds.mjs";

const BUILD = fileURLToPath(new URL("../../extension/build.mjs", import.meta.url));

/** A host pattern (developer.chrome.com/docs/extensions/develop/concepts/match-patterns) that is not every host. */
const HOSTS = /^(\*|https?):\/\/(\*\.)?[^*/:]+\/\*$/;
/** One to four numbers up to 65535: what both browsers take. */
const VERSION = /^(0|[1-9]\d{0,4})(\.(0|[1-9]\d{0,4})){0,3}$/;

function readOptions() {
  const { values } = parseArgs({
    options: {
      out: { type: "string" },
      key: { type: "string" },
      feed: { type: "string" },
      hosts: { type: "string" },
      version: { type: "string" },
      "firefox-id": { type: "string" },
      "signed-xpi": { type: "string" },
    },
  });
  for (const name of ["out", "key", "feed"]) if (values[name] === undefined) throw new Error(`--${name} is missing`);
  for (const pattern of values.hosts?.split(",") ?? [])
    if (!HOSTS.test(pattern))
      throw new Error(`"${pattern}" is no pattern of hosts; write it like *://*.corp.example/*`);
  if (values.version !== undefined && !VERSION.test(values.version))
    throw new Error(`"${values.version}" is no version of an extension; write it like 1.2.3`);
  return values;
}

async function main() {
  const options = readOptions();
  const out = resolve(options.out);
  const feed = options.feed.replace(/\/$/, "");
  const pem = await readFile(options.key);
  const { id, key } = identityOf(pem);
  const unpacked = join(out, "unpacked");
  await rm(out, { recursive: true, force: true });
  await mkdir(out, { recursive: true });
  const stamps = Object.entries({
    key,
    hosts: options.hosts,
    version: options.version,
    "firefox-id": options["firefox-id"],
  }).flatMap(([name, value]) => (value === undefined ? [] : [`--${name}`, value]));
  await promisify(execFile)(process.execPath, [BUILD, "--out", unpacked, ...stamps]);

  const manifest = JSON.parse(await readFile(join(unpacked, "manifest.json"), "utf8"));
  const { version } = manifest;
  const firefox = manifest.browser_specific_settings.gecko.id;
  const zip = await archive(unpacked);
  const xpi = options["signed-xpi"] === undefined ? zip : await readFile(options["signed-xpi"]);
  const files = {
    "fieldnote.crx": signCrx(zip, pem),
    "updates.xml": chromiumFeed({ id, version, feed }),
    "fieldnote.xpi": xpi,
    "updates.json": firefoxFeed({ id: firefox, version, feed, xpi }),
    "ids.json": `${JSON.stringify({ chromium: id, firefox, version }, null, 2)}\n`,
  };
  await Promise.all(Object.entries(files).map(([name, content]) => writeFile(join(out, name), content)));
  await rm(unpacked, { recursive: true });
  console.log(`${id} and ${firefox}, version ${version}`);
}

try {
  await main();
} catch (error) {
  console.error(error.stderr?.trim() || error.message);
  process.exitCode = 1;
}
