#!/usr/bin/env node
// What two packages of npm find in the same values, and how fast, for tests/bench/redaction.mjs: secretlint with its
// recommended rules, and redact-pii. They know no fields: they are given the values alone. Prints one JSON object.
//
//   redaction_peer.mjs NAME FIELDS.jsonl SECONDS

import { readFile } from "node:fs/promises";
import { performance } from "node:perf_hooks";

import { lintSource } from "@secretlint/core";
import { creator as recommended } from "@secretlint/secretlint-rule-preset-recommend";
import redactPii from "redact-pii";

const [name, file, seconds] = process.argv.slice(2);

function secretlint() {
  const config = { rules: [{ id: "@secretlint/secretlint-rule-preset-recommend", rule: recommended, options: {} }] };
  return async (content) => {
    const source = { filePath: "value.txt", content, contentType: "text", ext: ".txt" };
    const { messages } = await lintSource({ source, options: { config, noPhysicFilePath: true } });
    return messages.length > 0;
  };
}

function redact() {
  const redactor = new redactPii.SyncRedactor();
  return (content) => redactor.redact(content) !== content;
}

const find = { secretlint, "redact-pii": redact }[name]();
const samples = (await readFile(file, "utf8")).trim().split("\n").map(JSON.parse);

let truePositives = 0;
let falsePositives = 0;
const first = samples.slice(0, Number(seconds) < 1 ? 2000 : samples.length);
for (const { text, positive } of first) {
  if (!(await find(text))) continue;
  if (positive) truePositives++;
  else falsePositives++;
}

let values = 0;
const start = performance.now();
const took = () => (performance.now() - start) / 1000;
while (took() < Number(seconds)) {
  for (let i = 0; i < 200; i++) await find(samples[values++ % samples.length].text);
}

const figures = JSON.stringify({
  values_per_second: values / took(),
  recall: truePositives / first.filter(({ positive }) => positive).length,
  precision: truePositives / (truePositives + falsePositives || 1),
});
// secretlint's profiler would go through all that it noted once more, for many minutes.
process.stdout.write(`${figures}\n`, () => process.exit());
