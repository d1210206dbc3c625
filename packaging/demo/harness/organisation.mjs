// The organisation's side and the command line: keys, what is held, bundles, datasets.

import { execFile } from "node:child_process";
import { readdir, readFile, writeFile } from "node:fs/promises";
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

/** Makes a dataset in `folder` out of bundles of one person, in `formats` beside the steps, and reads it. */
export async function exportDataset({ identity, bundles, folder, formats = [] }) {
  const roster = `${folder}-roster.json`;
  const keys = new Set(await Promise.all(bundles.map((bundle) => participantOf(bundle, identity))));
  await writeFile(roster, JSON.stringify({ participants: [{ number: 1, keys: [...keys] }] }));
  const options = [
    "--identity",
    identity,
    "--roster",
    roster,
    "--internal",
    "--license",
    "other",
    "--license-name",
    "internal-use",
    "--reason",
    "demo",
    "--out",
    folder,
  ];
  await fieldnote(["export", ...options, "--format", ["steps", ...formats].join(), ...bundles]);
  return {
    steps: await readSteps(folder),
    trajectories: await readTrajectories(folder),
    about: JSON.parse(await readFile(join(folder, "dataset.json"), "utf8")),
  };
}

/** Who sealed a bundle, read with stock tools. A real roster comes from the people themselves. */
async function participantOf(bundle, identity) {
  const words = ["-c", 'age -d -i "$0" "$1" | zstd -dcq', identity, bundle];
  const { stdout } = await promisify(execFile)("sh", words, { maxBuffer: 256 * 1024 * 1024 });
  return parseLines(stdout)[0].participant;
}

/** The rows of a dataset, as any tool would read them. */
export const readSteps = (folder) => readRows(folder, "steps");
export const readTrajectories = (folder) => readRows(folder, "trajectories");

async function readRows(folder, what) {
  const shards = (await readdir(folder)).filter((name) => name.startsWith(`${what}-`)).sort();
  const { stdout } = await promisify(execFile)("zstd", ["-dcq", ...shards.map((name) => join(folder, name))], {
    maxBuffer: 256 * 1024 * 1024,
  });
  return parseLines(stdout);
}
