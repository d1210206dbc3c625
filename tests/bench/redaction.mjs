#!/usr/bin/env node
// Scores and times the redaction beside two packages of npm, prints tables, and adds to build/bench.json.
//
//   redaction.mjs [--quick] [--corpora DIR] [--build DIR] [--out FILE]
//
// The labelled corpora, fields.jsonl and sentences.jsonl, are no part of the project: FIELDNOTE_CORPORA or --corpora says
// where they lie; without them there is nothing to measure, and that is said.

import { execFile } from "node:child_process";
import { access, mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs, promisify } from "node:util";

import { printBars, printTable } from "./report.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, "../..");

const { values: options } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    corpora: { type: "string", default: process.env.FIELDNOTE_CORPORA ?? join(root, "../shared/corpora") },
    build: { type: "string", default: join(root, "build/release") },
    out: { type: "string", default: join(root, "build/bench.json") },
  },
});
const corpus = (name) => join(resolve(options.corpora), name);
const rounds = options.quick ? 1 : 5;
const seconds = options.quick ? 0.5 : 1;

const run = async (program, args) =>
  JSON.parse((await promisify(execFile)(program, args, { maxBuffer: 1 << 24 })).stdout);
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

const measureHost = (...flags) =>
  run(join(resolve(options.build), "tests/bench/redaction_bench"), [
    ...["--fields", corpus("fields.jsonl"), "--sentences", corpus("sentences.jsonl"), "--seconds", `${seconds}`],
    ...flags,
  ]);
const measurePeer = (name) =>
  run(process.execPath, [join(here, "peers/redaction_peer.mjs"), name, corpus("fields.jsonl"), `${seconds}`]);

/** Speeds take turns, and each ratio is taken within one round. */
async function measureSpeeds() {
  const speeds = [];
  for (let round = 0; round < rounds; round++) {
    const host = await measureHost("--only-speed");
    const secretlint = await measurePeer("secretlint");
    const redactPii = await measurePeer("redact-pii");
    speeds.push({ host, secretlint, redactPii });
  }
  return speeds;
}

function printScores({ fields, sentences }) {
  const share = ([found, all]) => found / all;
  const rows = Object.entries(fields.labels)
    .filter(([label]) => !label.startsWith("NEG:"))
    .map(([label, counts]) => [
      label,
      counts[1],
      share(counts),
      sentences.labels[label] ? share(sentences.labels[label]) : "",
    ]);
  printTable("Recall by class", ["", "values", "in its field", "in a sentence"], rows);
  const wrong = Object.entries(fields.labels).filter(([label, [found]]) => label.startsWith("NEG:") && found > 0);
  printTable(
    `False alarms: ${fields.false_positives} in ${fields.negatives} values`,
    ["", "values", "found"],
    wrong.map(([label, [found, all]]) => [label, all, found]),
  );
}

try {
  await access(corpus("fields.jsonl"));
} catch {
  console.log(
    `\nThe redaction is not measured: ${resolve(options.corpora)} has no labelled values (FIELDNOTE_CORPORA).`,
  );
  process.exit(0);
}
try {
  const speeds = await measureSpeeds();
  const all = await measureHost();
  const speed = (name) => median(speeds.map((round) => round[name].values_per_second));
  const ratio = (name) => median(speeds.map((round) => round.host.values_per_second / round[name].values_per_second));
  const figures = {
    "redact.recall": all.fields.recall,
    "redact.precision": all.fields.precision,
    "redact.false_positives": all.fields.false_positives / all.fields.negatives,
    "redact.recall_in_sentences": all.sentences.recall,
    "redact.values_per_second": speed("host"),
    "redact.times_redact_pii": ratio("redactPii"),
    "redact.times_secretlint": ratio("secretlint"),
    "redact.mb_per_second": all.long.mb_per_second,
    "redact.p999_ms_4k": all.long.p999_ms_4k,
    "redact.growth": all.long.growth,
  };
  const peer = (title, name) => [title, speed(name), ratio(name), speeds[0][name].recall, speeds[0][name].precision];
  printTable(
    "Values of fields, by class and content",
    ["", "a second", "host / it", "recall", "precision"],
    [
      ["host", speed("host"), "", all.fields.recall, all.fields.precision],
      peer("secretlint", "secretlint"),
      peer("redact-pii", "redactPii"),
    ],
  );
  printScores(all);
  printBars(figures);
  const others = JSON.parse(await readFile(options.out, "utf8").catch(() => "{}"));
  await mkdir(dirname(resolve(options.out)), { recursive: true });
  await writeFile(options.out, `${JSON.stringify({ ...others, ...figures }, null, 2)}\n`);
  console.log(`\nWritten to ${options.out}`);
} catch (error) {
  console.error(`redaction: ${error.stderr?.trim() || error.message}`);
  process.exitCode = 1;
}
