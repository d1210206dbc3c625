import { execFile } from "node:child_process";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { checkout } from "../../packaging/demo/harness/checkout.mjs";
import { sayYes } from "../../packaging/demo/harness/notice.mjs";
import { DESK, Workplace } from "../../packaging/demo/harness/workplace.mjs";

/** Those that a test runs in; FIELDNOTE_BROWSER narrows it to one. */
export const BROWSERS = process.env.FIELDNOTE_BROWSER ? [process.env.FIELDNOTE_BROWSER] : ["chromium", "firefox"];

/** The folder of a test, fresh. */
export async function folderOf(t) {
  const folder = join(checkout.build, "e2e", t.name.replace(/[^a-z0-9]+/gi, "-").slice(0, 60));
  await rm(folder, { recursive: true, force: true });
  return folder;
}

/** A workplace that lasts as long as the test. */
export async function workplaceFor(t, { folder, ...options } = {}) {
  const workplace = await Workplace.open({ folder: folder ?? (await folderOf(t)), ...options });
  t.after(() => workplace.close());
  return workplace;
}

/** A workplace in which somebody has said yes to the notice. */
export async function recordingFor(t, options) {
  const workplace = await workplaceFor(t, options);
  await sayYes(await workplace.notice());
  return workplace;
}

/** Somebody who has signed in to the desk and sees the tickets. */
export async function agentAt(workplace, { password = "a password", browser } = {}) {
  const person = await workplace.person(DESK, browser);
  await person.type("Work email", "sam.rivers@corp.test");
  await person.type("Password", password);
  await person.follow("button", "Sign in");
  await person.see("link", "New ticket");
  return person;
}

/** Is this held event a click on what bears `name`? */
export const clickOn =
  (name) =>
  ({ kind, target }) =>
    kind === "click" && target.name === name;

/** A program for the browser to start as its host: one of between/, with the words that it is to get first. */
export function hostBehind(name, folder, ...words) {
  return startedBy(folder, name.replace(/\..*/, ""), [
    process.execPath,
    fileURLToPath(new URL(`between/${name}`, import.meta.url)),
    ...words,
  ]);
}

/** A script that starts `command`, with what the browser adds and then with `redirection`. */
export async function startedBy(folder, name, command, redirection = "") {
  const program = join(folder, name);
  await mkdir(folder, { recursive: true });
  const words = command.map((word) => `'${word}'`).join(" ");
  await writeFile(program, `#!/bin/sh\nexec ${words} "$@" ${redirection}\n`, { mode: 0o755 });
  return program;
}

/** The extension with one of its sources, below src/, built from another file. */
export async function extensionWith(source, file, folder) {
  const out = join(folder, "altered-extension");
  await promisify(execFile)("node", [checkout.extensionBuild, "--out", out, "--alias", `${source}=${file}`]);
  return out;
}
