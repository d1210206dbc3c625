// Exported rows before readers that are not ours. Two sets: the golden files, which have every kind of step, and a
// dataset of simulated work, as it lies on the disk.

import assert from "node:assert/strict";
import { execFile, execFileSync } from "node:child_process";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import test from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { DuckDBInstance } from "@duckdb/node-api";
import { parse } from "@puppeteer/replay";
import Ajv from "ajv/dist/2020.js";

import { checkout } from "../../packaging/demo/harness/checkout.mjs";
import { fieldnote, newOrganisationKey, parseLines } from "../../packaging/demo/harness/organisation.mjs";
import { assertMatches } from "../e2e/contract.mjs";
import { atTerminal } from "./at_terminal.mjs";
import { listTools, TOOLS_FILE, usedTools } from "./list_tools.mjs";

const GOLDEN = join(checkout.root, "tests/golden/formats");
const FOLDER = join(checkout.build, "formats-readers");
const FORMATS = ["steps", "chat-openai", "chat-hf", "atif", "recorder", "playwright"];

const golden = async (name) => parseLines(await readFile(join(GOLDEN, name), "utf8"));
const unpack = (file) => parseLines(execFileSync("zstd", ["-dcq", file], { maxBuffer: 1 << 30, encoding: "utf8" }));

/** Simulated work, exported twice: in rows of steps and of trajectories. */
async function simulate() {
  await rm(FOLDER, { recursive: true, force: true });
  await mkdir(FOLDER, { recursive: true });
  const identity = join(FOLDER, "organisation.key");
  const recipient = await newOrganisationKey(identity);
  const work = join(FOLDER, "work");
  // With this seed there is a secret in what somebody types.
  const amounts = ["--participants", "4", "--events", "2000", "--min-participants", "2", "--seed", "8"];
  await fieldnote(["simulate", "--out", work, "--recipient", recipient, ...amounts]);
  const out = (rows) => join(FOLDER, rows);
  for (const rows of ["step", "trajectory"])
    await fieldnote([
      "export",
      ...["--identity", identity, "--roster", join(work, "roster.json"), "--out", out(rows), "--rows", rows],
      ...["--license", "cc-by-4.0", "--reason", "tests", "--seed", "1"],
      ...["--format", FORMATS.join(), join(work, "bundles")],
    ]);
  return { identity, recipient, work, step: out("step"), trajectory: out("trajectory") };
}

const simulated = simulate();
const served = listTools();

/** The rows of `format` in both sets, of both kinds. */
async function rowsOf(format) {
  const { step, trajectory } = await simulated;
  const shard = `${format}-00000.jsonl.zst`;
  return [
    ...(await golden(`${format}.jsonl`)),
    ...(await golden(`${format}.step.jsonl`).catch(() => [])),
    ...unpack(join(step, shard)).slice(0, 300),
    ...unpack(join(trajectory, shard)),
  ];
}

async function callChecker() {
  const ajv = new Ajv({ strict: false });
  const checks = new Map((await served).tools.map(({ name, inputSchema }) => [name, ajv.compile(inputSchema)]));
  return ({ name, arguments: given }) => {
    const check = checks.get(name);
    assert.ok(check, `the server has no tool ${name}`);
    assert.ok(check(given), `${name}: ${ajv.errorsText(check.errors)} in ${JSON.stringify(given)}`);
  };
}

test("DuckDB reads the rows, joins them, and turns them into Parquet by one statement", async () => {
  const { step: folder } = await simulated;
  const about = JSON.parse(await readFile(join(folder, "dataset.json"), "utf8"));
  const duck = await (await DuckDBInstance.create()).connect();
  const ask = async (statement) => (await duck.runAndReadAll(statement)).getRowObjects();
  const steps = join(folder, "steps-*.jsonl.zst");
  const parquet = join(FOLDER, "steps.parquet");
  // As the card shows it, but for where the files are.
  const card = await readFile(join(folder, "README.md"), "utf8");
  const statement = /```sql\n([^`]+)```/.exec(card)[1];
  await ask(statement.replace("steps-*.jsonl.zst", steps).replace("steps.parquet", parquet));
  const [{ rows, learnable }] = await ask(
    `SELECT count(*)::INT AS rows, count(*) FILTER (learnable)::INT AS learnable FROM '${parquet}'`,
  );
  assert.equal(rows, about.steps);
  assert.equal(learnable, about.learnable.yes);
  const [{ joined }] = await ask(
    `SELECT count(*)::INT AS joined FROM read_json('${steps}', sample_size = -1)
     JOIN read_json('${join(folder, "trajectories-*.jsonl.zst")}', sample_size = -1) USING (trajectory)`,
  );
  assert.equal(joined, about.steps);
});

test("DuckDB reads every split, and what the card's front matter names is there", async () => {
  const { work } = await simulated;
  const out = join(FOLDER, "splits");
  await fieldnote([
    "export",
    ...["--identity", join(FOLDER, "organisation.key"), "--roster", join(work, "roster.json"), "--out", out],
    ...["--license", "cc-by-4.0", "--reason", "tests", "--seed", "1", "--internal", "--splits", "--held-out", "25"],
    ...["--format", FORMATS.join(), join(work, "bundles")],
  ]);
  const about = JSON.parse(await readFile(join(out, "dataset.json"), "utf8"));
  assertMatches("dataset.schema.json#/$defs/dataset", about);
  const duck = await (await DuckDBInstance.create()).connect();
  const card = await readFile(join(out, "README.md"), "utf8");
  const named = [...card.matchAll(/^ {2}- split: (\w+)\n {4}path: "(\w+\/steps-\*\.jsonl\.zst)"$/gm)];
  assert.deepEqual(named.map(([, split]) => split).sort(), Object.keys(about.splits).sort());
  for (const [, split, path] of named) {
    const reader = await duck.runAndReadAll(
      `SELECT count(*)::INT AS steps, count(DISTINCT trajectory)::INT AS trajectories
       FROM read_json('${join(out, path)}', sample_size = -1)`,
    );
    assert.deepEqual(reader.getRowObjects(), [about.splits[split]]);
  }
  assert.match(await fieldnote(["show", out]), /^Trajectory t[0-9a-f]{16}/m);
  const shard = join(out, "train/steps-00000.jsonl.zst");
  await writeFile(shard, (await readFile(shard)).subarray(0, -9));
  await assert.rejects(fieldnote(["show", out]), (error) => error.message.includes(`fieldnote: ${shard}: `));
});

test("simulated work of many bundles is there whole, and once", async () => {
  const { identity, recipient } = await simulated;
  const work = join(FOLDER, "long-work");
  const out = join(FOLDER, "long");
  const amounts = ["--participants", "1", "--events", "20000"];
  await fieldnote(["simulate", "--out", work, "--recipient", recipient, ...amounts]);
  await fieldnote([
    "export",
    ...["--internal", "--identity", identity, "--roster", join(work, "roster.json"), "--out", out, "--seed", "1"],
    ...["--license", "cc-by-4.0", "--reason", "tests", join(work, "bundles")],
  ]);
  const about = JSON.parse(await readFile(join(out, "dataset.json"), "utf8"));
  assert.ok(about.bundles.length > 1);
  assert.equal(about.doubles, 0);
});

test("rows, losses and the description are what the schema says", async () => {
  for (const row of await golden("steps.jsonl")) assertMatches("dataset.schema.json#/$defs/step", row);
  for (const row of await golden("trajectories.jsonl")) assertMatches("dataset.schema.json#/$defs/trajectory", row);
  const names = (await readdir(GOLDEN)).filter((name) => name.endsWith(".loss.json"));
  assert.equal(names.length, 6);
  for (const name of names) assertMatches("dataset.schema.json#/$defs/loss", (await golden(name))[0]);
  const { step } = await simulated;
  for (const row of unpack(join(step, "steps-00000.jsonl.zst"))) assertMatches("dataset.schema.json#/$defs/step", row);
  const about = JSON.parse(await readFile(join(step, "dataset.json"), "utf8"));
  assertMatches("dataset.schema.json#/$defs/dataset", about);
});

test("no secret that was planted in the work is in any format", async () => {
  const { work, step, trajectory } = await simulated;
  const planted = JSON.parse(await readFile(join(work, "planted.json"), "utf8"));
  assert.ok(planted.length > 0);
  let looked = 0;
  for (const folder of [step, trajectory])
    for (const name of await readdir(folder, { recursive: true })) {
      if (!/\.(zst|json|mjs)$/.test(name)) continue;
      const file = join(folder, name);
      const text = name.endsWith(".zst")
        ? execFileSync("zstd", ["-dcq", file], { maxBuffer: 1 << 30, encoding: "utf8" })
        : await readFile(file, "utf8");
      looked += text.length;
      for (const secret of planted) assert.ok(!text.includes(secret), `${name} has ${secret}`);
    }
  assert.ok(looked > 0);
});

test("the tools that rows bear are those that the pinned server lists", async () => {
  assert.deepEqual(JSON.parse(await readFile(TOOLS_FILE, "utf8")), await usedTools());
});

// What OpenAI, TRL, Axolotl and LLaMA-Factory ask of a conversation: a system message, then the one who asks or a tool
// in turn with the assistant, who has the last word; each message has text; each call is answered once.
function assertConversation(messages) {
  assert.equal(messages[0].role, "system");
  for (const [index, message] of messages.entries()) {
    assert.equal(typeof message.content, "string");
    if (index === 0) continue;
    const wanted = index % 2 === 0 ? "assistant" : index === 1 ? "user" : "tool";
    assert.equal(message.role, wanted, `message ${index}`);
    if (wanted === "tool") assert.equal(message.tool_call_id, messages[index - 1].tool_calls[0].id);
    if (message.tool_calls) assert.equal(message.tool_calls.length, 1);
  }
  assert.equal(messages.at(-1).role, "assistant");
  const ids = messages.flatMap(({ tool_calls = [] }) => tool_calls.map(({ id }) => id));
  // Mistral's templates refuse any other.
  for (const id of ids) assert.match(id, /^[A-Za-z0-9]{9}$/);
  assert.equal(new Set(ids).size, ids.length);
}

test("chat-openai: the server takes every call, trainers every row", async () => {
  const check = await callChecker();
  for (const row of await rowsOf("chat-openai")) {
    assert.deepEqual(Object.keys(row), ["messages", "tools", "parallel_tool_calls"]);
    assertConversation(row.messages);
    for (const { type, function: tool } of row.tools) {
      assert.equal(type, "function");
      assert.equal(typeof tool.parameters, "object");
    }
    for (const { role, weight, tool_calls = [] } of row.messages) {
      assert.equal(weight !== undefined, role === "assistant");
      for (const { function: call } of tool_calls) {
        assert.equal(typeof call.arguments, "string");
        check({ name: call.name, arguments: JSON.parse(call.arguments) });
      }
    }
  }
});

test("a row a step learns its last call alone", async () => {
  const { step } = await simulated;
  const rows = unpack(join(step, "chat-openai-00000.jsonl.zst"));
  assert.ok(rows.length > 0);
  for (const { messages } of rows) {
    const weights = messages.flatMap(({ weight = [] }) => weight);
    assert.deepEqual(
      weights.filter((weight) => weight !== 0),
      [1],
    );
    assert.equal(weights.at(-1), 1);
  }
});

test("chat-hf: the server takes every call, trainers every row", async () => {
  const check = await callChecker();
  for (const { messages, prompt, completion, tools } of await rowsOf("chat-hf")) {
    assertConversation(messages ?? [...prompt, ...completion]);
    if (completion) assert.equal(completion.length, 1);
    assert.equal(typeof tools, "string");
    assert.ok(Array.isArray(JSON.parse(tools)));
    for (const { tool_calls = [] } of messages ?? [...prompt, ...completion])
      for (const { function: call } of tool_calls) check(call);
  }
});

test("atif: every trajectory is one of version 1.7, and the server takes every call", async () => {
  const check = await callChecker();
  const schema = fileURLToPath(new URL("atif-v1.7.schema.json", import.meta.url));
  const ajv = new Ajv({ allErrors: true, allowUnionTypes: true });
  const isAtif = ajv.compile(JSON.parse(await readFile(schema, "utf8")));
  for (const row of await rowsOf("atif")) {
    assert.ok(isAtif(row), ajv.errorsText(isAtif.errors));
    for (const [index, { step_id, source, tool_calls = [], observation }] of row.steps.entries()) {
      assert.equal(step_id, index + 1);
      assert.ok(source === "agent" || tool_calls.length === 0);
      for (const call of tool_calls) check({ name: call.function_name, arguments: call.arguments });
      for (const { source_call_id } of observation?.results ?? [])
        assert.equal(source_call_id, tool_calls[0].tool_call_id);
    }
  }
});

// What the parser does not know it drops without a word.
test("recorder: @puppeteer/replay takes every step of every flow, and drops nothing of it", async () => {
  const plain = (value) => JSON.parse(JSON.stringify(value));
  const { step } = await simulated;
  const flows = (await readdir(join(step, "recorder"))).filter((name) => !name.endsWith(".values.json"));
  assert.ok(flows.length > 0);
  const texts = flows.map((name) => readFile(join(step, "recorder", name), "utf8"));
  for (const text of await Promise.all([readFile(join(GOLDEN, "recorder.json"), "utf8"), ...texts])) {
    const flow = JSON.parse(text);
    assert.deepEqual(plain(parse(flow)), flow);
  }
});

test("each opening is written down before it is done and after, and a key may come from a command", async () => {
  const { work } = await simulated;
  const log = join(FOLDER, "opened.jsonl");
  await rm(log, { force: true });
  const source = ["--identity-command", `cat ${join(FOLDER, "organisation.key")}`, "--access-log", log];
  const out = join(FOLDER, "opened");
  const export_ = (...more) =>
    fieldnote([
      "export",
      ...source,
      ...["--roster", join(work, "roster.json"), "--license", "mit", "--out", out, ...more, join(work, "bundles")],
    ]);
  await assert.rejects(export_(), /--reason/);
  await export_("--reason", "to see who looks", "--seed", "1");
  const [begun, done] = parseLines(await readFile(log, "utf8"));
  assert.equal(begun.reason, "to see who looks");
  assert.equal(begun.account, done.account);
  assert.match(begun.time, /^\d{4}-\d\d-\d\dT/);
  assert.equal(begun.state, "begun");
  const about = JSON.parse(await readFile(join(out, "dataset.json"), "utf8"));
  assert.equal(done.dataset, about.id);
  assert.deepEqual(
    done.bundles,
    about.bundles.map(({ digest }) => digest),
  );
  // The dataset itself says nothing of who opened what.
  for (const name of ["README.md", "dataset.json", "croissant.json", "report.html"])
    assert.ok(!(await readFile(join(out, name), "utf8")).includes("to see who looks"));
  // Also where nothing comes of it, and of what only lists words.
  await rm(out, { recursive: true });
  await assert.rejects(export_("--reason", "too few", "--min-people", "100"), /a dataset needs 200/);
  const [, failed] = parseLines(await readFile(log, "utf8")).slice(2);
  assert.deepEqual([failed.state, failed.reason, failed.bundles], ["failed", "too few", done.bundles]);
  await fieldnote([
    "vocabulary",
    ...source,
    ...["--roster", join(work, "roster.json"), "--reason", "words", join(work, "bundles")],
  ]);
  const [listing, listed] = parseLines(await readFile(log, "utf8")).slice(4);
  assert.deepEqual([listing.did, listing.state], ["vocabulary", "begun"]);
  assert.deepEqual([listed.did, listed.state, listed.bundles], ["vocabulary", "done", done.bundles]);
});

test("a command that fails gives no key, whatever it printed before", async () => {
  const { work } = await simulated;
  const from = (command) =>
    fieldnote([
      "verify",
      ...["--identity-command", command, "--access-log", join(FOLDER, "failed.jsonl"), "--reason", "tests"],
      join(work, "bundles"),
    ]);
  const key = join(FOLDER, "organisation.key");
  await from(`cat ${key}`);
  await assert.rejects(from(`cat ${key}; exit 3`), /--identity-command: failed \(exit code 3\)/);
  await assert.rejects(from("false"), /--identity-command: failed \(exit code 1\)/);
});

test("numbers and days that are none are refused, and a little work of many people is soon made", async () => {
  const { recipient, work } = await simulated;
  const wrong = (...option) =>
    assert.rejects(
      fieldnote([
        "export",
        ...["--identity", join(FOLDER, "organisation.key"), "--roster", join(work, "roster.json"), "--license", "mit"],
        ...["--out", join(FOLDER, "wrong"), "--reason", "tests", ...option, join(work, "bundles")],
      ]),
      (error) => error.message.includes(`fieldnote: ${option[0]}: ${option[1]} is no `),
    );
  await wrong("--seed", "-1");
  await wrong("--seed", "18446744073709551616");
  await wrong("--max-tokens", "-5");
  await wrong("--max-steps", "0");
  await wrong("--min-people", "4294967295");
  for (const day of ["2027-13-01", "2027-02-29", "2027-1-1", "20270101"]) await wrong("--delete-after", day);
  const few = join(FOLDER, "few");
  await fieldnote(["simulate", "--out", few, "--recipient", recipient, "--participants", "20", "--events", "3"]);
  assert.equal((await readdir(join(few, "bundles"))).length, 20);
});

test("a key under a passphrase is asked for at the terminal, and the passphrase is shown nowhere", async () => {
  const { work } = await simulated;
  const passphrase = "correct horse battery staple";
  const locked = join(FOLDER, "locked.key");
  await rm(locked, { force: true });
  const age = await atTerminal(
    ["age", "-p", "-o", locked, join(FOLDER, "organisation.key")],
    [
      [/Enter passphrase.*: ?$/, passphrase],
      [/Confirm passphrase.*: ?$/, passphrase],
    ],
  );
  assert.equal(age.code, 0, age.shown);
  const log = join(FOLDER, "locked.jsonl");
  await rm(log, { force: true });
  const verify = ["verify", "--identity", locked, "--reason", "tests", "--access-log", log, join(work, "bundles")];
  const answer = (text) => atTerminal([checkout.fieldnote, ...verify], [[/Passphrase of .*locked\.key: $/, text]]);
  const opened = await answer(passphrase);
  assert.equal(opened.code, 0, opened.shown);
  assert.match(opened.shown, /\d+ bundles good, 0 wrong/);
  assert.ok(!opened.shown.includes(passphrase));
  const refused = await answer("wrong");
  assert.equal(refused.code, 1);
  assert.match(refused.shown, /locked\.key: /);
  // Without a terminal nobody can be asked.
  await assert.rejects(
    promisify(execFile)("setsid", ["--wait", checkout.fieldnote, ...verify]),
    /there is no terminal to ask for it/,
  );
  const [begun, done] = parseLines(await readFile(log, "utf8"));
  assert.deepEqual([begun.did, begun.state, begun.reason], ["verify", "begun", "tests"]);
  assert.equal(done.state, "done");
  assert.equal(done.bundles.length, (await readdir(join(work, "bundles"))).length);
});

test("no bundle is looked into without a reason", async () => {
  const { work } = await simulated;
  const verify = fieldnote(["verify", "--identity", join(FOLDER, "organisation.key"), join(work, "bundles")]);
  await assert.rejects(verify, /say with --reason why these bundles are opened/);
});

test("the card, the catalogue and the page say which dataset it is, and nothing of it runs", async () => {
  const { step } = await simulated;
  const about = JSON.parse(await readFile(join(step, "dataset.json"), "utf8"));
  const card = await readFile(join(step, "README.md"), "utf8");
  assert.match(card, /^---\nlicense: cc-by-4\.0\n/);
  assert.match(card, /snapshots/);
  assert.ok(card.includes(about.id));
  const catalogue = JSON.parse(await readFile(join(step, "croissant.json"), "utf8"));
  assert.equal(catalogue["@context"].cr, "http://mlcommons.org/croissant/");
  assert.equal(catalogue.identifier, about.id);
  assert.match(catalogue.datePublished, /^\d{4}-\d\d-\d\d$/);
  const page = await readFile(join(step, "report.html"), "utf8");
  assert.ok(page.includes(about.id.slice(0, 16)));
  assert.doesNotMatch(page, /<script|https?:\/\/(?!\w+\.corp\.example)|src=/);
});
