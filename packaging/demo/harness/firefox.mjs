// A real Firefox ESR with a profile of its own, driven by WebDriver BiDi.

import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import puppeteer from "puppeteer-core";

import { archive } from "../../extension/archive.mjs";
import { FIREFOX } from "./checkout.mjs";
import { browserEnvironment } from "./chromium.mjs";
import { HOST_NAME, writeFiles } from "./machine_files.mjs";
import { fieldnote } from "./organisation.mjs";

/** The id in the manifest, and the part of our own pages' addresses that Firefox would make up otherwise. */
export const FIREFOX_ID = "fieldnote@fieldnote.org";
const UUID = "b1a5c0de-f1e1-4d0e-8a11-000000000001";
export const FIREFOX_ORIGIN = `moz-extension://${UUID}`;

/**
 * Rolls out the built `extension` by the policy that `fieldnote policy render` makes of the Fieldnote policy in
 * `source`. `host`: the program behind the native messaging manifest, or null.
 */
export async function rollOutInFirefox({ folder, extension, host, source, allowedHosts }) {
  const xpi = join(folder, "fieldnote.xpi");
  await writeFile(xpi, await archive(extension));
  const feed = "https://updates.corp.test/fieldnote";
  const { file } = JSON.parse(
    await fieldnote(["policy", "render", source, "--browser", "firefox", "--out", folder, "--feed", feed, "--json"]),
  );
  const rendered = JSON.parse(await readFile(file, "utf8"));
  const ours = rendered.policies.ExtensionSettings[FIREFOX_ID];
  // Not for a real machine: an XPI that Mozilla has not signed, from a file.
  ours.install_url = `file://${xpi}`;
  delete ours.update_url;
  if (!allowedHosts) {
    delete ours.runtime_blocked_hosts;
    delete ours.runtime_allowed_hosts;
  }
  rendered.policies.Preferences = {
    ...rendered.policies.Preferences,
    "xpinstall.signatures.required": { Value: false, Status: "locked" },
  };
  await writeFiles("/etc/firefox/policies", { "policies.json": JSON.stringify(rendered, null, 2) });
  if (!host) return;
  // The system's folder for these is not below /etc, which is all that we may write to; the account's own does as well.
  const { HOME } = browserEnvironment(folder);
  await writeFiles(join(HOME, ".mozilla/native-messaging-hosts"), {
    [`${HOST_NAME}.json`]: JSON.stringify({
      name: HOST_NAME,
      description: "Fieldnote",
      path: host,
      type: "stdio",
      allowed_extensions: [FIREFOX_ID],
    }),
  });
}

/** Starts Firefox; every http host is served by `port` on loopback, which takes requests as a proxy does. */
export async function startFirefox({ folder, port }) {
  const env = browserEnvironment(folder);
  await mkdir(env.XDG_STATE_HOME, { recursive: true, mode: 0o700 });
  const userDataDir = join(folder, "profile");
  await mkdir(userDataDir, { recursive: true });
  return puppeteer.launch({
    browser: "firefox",
    executablePath: FIREFOX,
    headless: true,
    userDataDir,
    env,
    extraPrefsFirefox: {
      "network.proxy.type": 1,
      "network.proxy.http": "127.0.0.1",
      "network.proxy.http_port": port,
      "extensions.webextensions.uuids": JSON.stringify({ [FIREFOX_ID]: UUID }),
      "intl.accept_languages": "en-US",
    },
    defaultViewport: { width: 1200, height: 800 },
  });
}
