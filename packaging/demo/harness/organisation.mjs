// The organisation's side and the command line: keys, what is held, bundles, datasets.

import { execFile } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

import { checkout } from "./checkout.mjs";

/** Runs `fieldnote` and returns what it printed; its one sentence is the error when it fails. */
export async function fieldnote(args, env = process.env) {
  try {
    const { stdout } = await promisify(execFile)(checkout.fieldnote, args, { env, maxBuffer: 256 * 1024 * 1024 });
    return stdout;
  } catch (error) {
    throw new Error(`fieldnote ${args[0]}: ${error.stderr?.trim() || error.message}`);
  }
}

/** Makes the organisation's key in `file`; returns its recipient, the half that machines get. */
export const newOrganisationKey = async (file) => (await fieldnote(["keys", "new", "--out", file])).trim();

/** The text of JSON Lines as objects. */
export const parseLines = (text) =>
  text
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));

/** The bundles in `folder`, in the order of their numbers. */
export async function bundlesIn(folder) {
  const number = (name) => Number(name.split("-")[0]);
  const names = (await readdir(folder)).filter((name) => name.endsWith(".age"));
  return names.sort((a, b) => number(a) - number(b)).map((name) => join(folder, name));
}

/** Makes a dataset in `folder` out of bundles and reads it. */
export async function exportDataset({ identity, bundles, folder }) {
  await fieldnote(["export", "--identity", identity, "--out", folder, ...bundles]);
  return {
    steps: parseLines(await readFile(join(folder, "steps.jsonl"), "utf8")),
    about: JSON.parse(await readFile(join(folder, "dataset.json"), "utf8")),
  };
}
