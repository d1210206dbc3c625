// A visible browser of one's own. Run by `packaging/dev try [URL]`; needs no root: the extension is loaded unpacked, and
// the native manifest lies in the browser's own profile, which is gone afterwards.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { homedir, tmpdir, userInfo } from "node:os";
import { join, relative } from "node:path";
import { createInterface } from "node:readline";

import { startDesk } from "./desk/server.mjs";
import { CHROMIUM, checkout } from "./harness/checkout.mjs";
import { browserEnvironment, COMMON_FLAGS, rootFlags } from "./harness/chromium.mjs";
import { copyExtension, extensionIdentity, newExtensionKey } from "./harness/extension_package.mjs";
import { fieldnotePolicy, HOST_NAME, nativeManifest, writeFiles } from "./harness/machine_files.mjs";
import { bundlesIn, exportDataset, fieldnote, newOrganisationKey, parseLines } from "./harness/organisation.mjs";
import { processesWith } from "./harness/processes.mjs";
import { until } from "./harness/until.mjs";
import { ledgerRows } from "./ledger.mjs";
import { bold, dim, heading, pairs } from "./terminal.mjs";

const result = join(checkout.build, "try");
const identity = join(result, "organisation.key");
const working = await mkdtemp(join(tmpdir(), "fieldnote-try-"));
const policy = join(working, "policy");
const env = {
  ...browserEnvironment(working),
  // Where a display keeps its cookie when nothing else is said: in the home that the browser does not get.
  XAUTHORITY: process.env.XAUTHORITY ?? join(homedir(), ".Xauthority"),
};

async function installFor(origins) {
  const keyFile = join(working, "extension.pem");
  await newExtensionKey(keyFile);
  const { id, key } = await extensionIdentity(keyFile);
  const extension = join(working, "extension");
  await copyExtension(checkout.extension, extension, { key });

  const recipient = await newOrganisationKey(identity);
  await writeFiles(
    policy,
    fieldnotePolicy({
      recipient,
      id,
      user: userInfo().username,
      origins,
      exclude: origins.map((origin) => `${origin}/hr/*`),
    }),
  );
  // Native messaging starts a program without arguments of ours: this one says which policy and state are meant.
  const host = join(working, "fieldnote-host");
  await writeFile(host, `#!/bin/sh\nexec ${[checkout.host, "--policy", policy].map(quoted).join(" ")} "$@"\n`, {
    mode: 0o755,
  });
  const manifests = join(working, "profile", "NativeMessagingHosts");
  await writeFiles(manifests, { [`${HOST_NAME}.json`]: JSON.stringify(nativeManifest({ id, host })) });
  return extension;
}

const quoted = (word) => `'${word.replaceAll("'", "'\\''")}'`;

/** Prints each event as it comes, until the browser is `gone` and the host has put away what it had. */
async function follow(gone) {
  const held = spawn(checkout.fieldnote, ["held", "--json", "--follow"], { env, stdio: ["ignore", "pipe", "inherit"] });
  let events = 0;
  createInterface(held.stdout).on("line", (line) => {
    ++events;
    console.log(`${bold(inWords(JSON.parse(line)))}\n${dim(line)}`);
  });
  await gone;
  await until("the host ends", async () => (await processesWith(policy)).length === 0);
  const all = parseLines(await fieldnote(["held", "--json"], env)).length;
  await until("every event is printed", () => events === all);
  held.kill();
}

function inWords({ kind, target, value, navigation, url }) {
  if (navigation) return `${kind} ${navigation} ${url}`;
  if (!target) return kind;
  const done = `${kind} ${target.role} "${target.name}"`;
  if (!value) return done;
  return `${done} = ${value.text ?? value.options?.join(", ") ?? value.checked ?? `${value.disclosure} (${value.class})`}`;
}

function originOf(argument) {
  let url;
  try {
    url = new URL(argument);
  } catch {
    throw new Error(`"${argument}" is no address; write it like https://tool.corp.example/`);
  }
  if (!/^https?:$/.test(url.protocol))
    throw new Error(`Only http and https pages can be recorded, and "${argument}" is neither.`);
  return url.origin;
}

async function main(argument) {
  const origin = argument && originOf(argument);
  await rm(result, { recursive: true, force: true });
  await mkdir(result, { recursive: true });
  await mkdir(env.XDG_STATE_HOME, { recursive: true, mode: 0o700 });
  const desk = origin ? undefined : await startDesk();
  const url = argument ?? `http://desk.localhost:${desk.port}/`;
  const extension = await installFor([origin ?? new URL(url).origin]);

  const browser = spawn(
    CHROMIUM,
    [
      ...rootFlags(),
      ...COMMON_FLAGS,
      `--user-data-dir=${join(working, "profile")}`,
      `--load-extension=${extension}`,
      url,
    ],
    { env, stdio: "ignore" },
  );
  const gone = once(browser, "exit");
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => browser.kill("SIGTERM"));

  console.log(`\nA browser opens with the notice and ${url}`);
  console.log(
    "Say yes to the notice, work on that page, and watch here what would leave. Close the window when done.\n",
  );
  await follow(gone);
  await desk?.close();
  await report();
}

async function report() {
  if ((await fieldnote(["held", "--json"], env)) === "") {
    await rm(result, { recursive: true, force: true });
    console.log("Nothing was recorded, so there is nothing to show.");
    return;
  }
  await fieldnote(["seal", "--now", "--policy", policy], env);
  const bundles = join(result, "bundles");
  await cp(join(env.XDG_STATE_HOME, "fieldnote", "bundles"), bundles, { recursive: true });
  const dataset = join(result, "dataset");
  const { about } = await exportDataset({ identity, bundles: await bundlesIn(bundles), folder: dataset });
  heading("The trajectory");
  console.log(await fieldnote(["show", dataset]));
  heading("What was withheld or masked, and why");
  pairs(ledgerRows(about.ledger));
  heading("Where it lies");
  pairs([dataset, bundles, identity].map((path) => [relative(checkout.root, path), ""]));
}

try {
  await main(process.argv[2]);
} catch (error) {
  console.error(`packaging/dev try: ${error.message}`);
  process.exitCode = 1;
} finally {
  await rm(working, { recursive: true, force: true });
}
