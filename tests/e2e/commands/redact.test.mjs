import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import test from "node:test";

import { checkout } from "../../../packaging/demo/harness/checkout.mjs";

const CARD = "4111 1111 1111 1111";

function redact(input, ...words) {
  const { status, stdout, stderr } = spawnSync(checkout.fieldnote, ["redact", ...words], { input, encoding: "utf8" });
  return { status, stderr, lines: stdout.split("\n").slice(0, -1) };
}

test("fieldnote redact shows a text as it would be held, line by line", () => {
  const { status, stderr, lines } = redact(
    `mail mira@orchard.net\r\n\npay with ${CARD}\nMIRA@orchard.net, fine\nthe end`,
  );
  assert.deepEqual(lines, ["mail <EMAIL_1>", "", "pay with <PAYMENT_CARD>", "<EMAIL_1>, fine", "the end"]);
  assert.deepEqual([status, stderr], [0, ""]);
});

test("and with --json which detector found what, where, and how sure it is", () => {
  const text = `für Łukasz: ${CARD} \u001b[31m`;
  const { lines } = redact(`${text}\nnothing here\n`, "--json");
  const [found, nothing] = lines.map((line) => JSON.parse(line));
  assert.equal(found.masked, "für Łukasz: <PAYMENT_CARD> \u001b[31m");
  const [{ begin, end, score, ...of }] = found.findings;
  assert.deepEqual(of, { entity: "payment_card", detector: "payment_card" });
  assert.equal(Buffer.from(text).subarray(begin, end).toString(), CARD, "bytes, not characters");
  assert.ok(score >= 0.4 && score <= 2, `${score}`);
  assert.deepEqual(nothing, { masked: "nothing here", findings: [] });
});

test("and with --fields what the field makes of it", () => {
  const fields = [
    { text: "hunter2", field: { label: "Passwort" } },
    { text: "4711", field: { name: "otp", autocomplete: "one-time-code" } },
    { text: "Mira Kettle", field: { label: "Customer name" } },
    { text: CARD, field: { label: "Remark" } },
    { text: "as it stands" },
  ];
  const { lines } = redact(fields.map((field) => JSON.stringify(field)).join("\n"), "--fields", "--json");
  const told = lines.map((line) => JSON.parse(line)).map((line) => [line.masked, line.class, line.disclosure]);
  assert.deepEqual(told, [
    ["<PASSWORD>", "password", "withheld"],
    ["<ONE_TIME_CODE>", "one_time_code", "withheld"],
    ["<NAME_1>", "name", "placeholder"],
    ["<PAYMENT_CARD>", "text", "withheld"],
    ["as it stands", undefined, undefined],
  ]);
});

test("and says which line of which file is none", async () => {
  const folder = join(checkout.build, "e2e", "redact");
  await mkdir(folder, { recursive: true });
  const file = join(folder, "fields.jsonl");
  for (const [line, says] of [
    ['{"text": "x"', /not JSON/],
    ['["x"]', /must be an object with a "text"/],
    ['{"text": 7}', /must be an object with a "text"/],
    ['{"text": "x", "text": "y"}', /text/],
  ]) {
    await writeFile(file, `{"text": "first"}\n${line}\n{"text": "third"}\n`);
    const { status, stderr, lines } = redact("", "--fields", file);
    assert.deepEqual([status, lines], [1, ["first"]], line);
    assert.ok(stderr.startsWith(`fieldnote: ${file}:2: `), stderr);
    assert.match(stderr, says);
    assert.equal(stderr.trim().split("\n").length, 1, stderr);
  }
  const missing = redact("", join(folder, "nowhere"));
  assert.equal(missing.status, 1);
  assert.match(missing.stderr, /^fieldnote: cannot read .*nowhere\n$/);
});

test("and escapes what would move a terminal's cursor, and takes any bytes", () => {
  assert.deepEqual(redact("say \u001b[31mred\n").lines.join().includes("\u001b"), false);
  const bytes = Buffer.from(Array.from({ length: 4096 }, (_, i) => (i * 167 + (i >> 3)) % 256));
  const { status, stdout } = spawnSync(checkout.fieldnote, ["redact", "--json"], { input: bytes });
  assert.equal(status, 0);
  const lines = new TextDecoder("utf-8", { fatal: true }).decode(stdout).trim().split("\n");
  for (const line of lines) JSON.parse(line);
});
