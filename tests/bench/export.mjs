#!/usr/bin/env node
// Measures an export of simulated work beside stock tools, a Python script and its own bare parts, prints tables, and adds to
// build/bench.json.
//
//   export.mjs [--quick] [--most] [--build DIR] [--out FILE]
//
// --most adds 10 million events, which takes minutes and 2 GB. What is compared takes turns within one run, and a figure is
// the median of the rounds. One core is one: the export and its peers are bound to the same, so that a pipe has no more of them.

import { execFile, execFileSync } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs, promisify } from "node:util";

import { makeTable } from "./peers/make_table.mjs";
import { printBars, printTable } from "./report.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, "../..");
const { values: options } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    most: { type: "boolean", default: false },
    build: { type: "string", default: join(root, "build/release") },
    out: { type: "string", default: join(root, "build/bench.json") },
  },
});
const build = resolve(options.build);
const fieldnote = join(build, "host/cli/fieldnote");
const PEOPLE = 40;
const sizes = [10_000, ...(options.quick ? [100_000] : [1_000_000]), ...(options.most ? [10_000_000] : [])];
const compared = options.quick ? 100_000 : 1_000_000;
const rounds = options.quick ? 1 : 3;
/** Peers are slow, and as fast on a part of the bundles as on all. */
const peerBundles = options.quick ? 10 : 20;

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const run = async (program, args) => (await promisify(execFile)(program, args, { maxBuffer: 1 << 28 })).stdout;

/** Runs a program on so many cores; how long it took, and what of memory it had at the most, in MB, as the kernel counts it. */
async function timed(cores, program, args) {
  const script =
    "import resource, subprocess, sys, time; t = time.monotonic(); subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL); " +
    "print(time.monotonic() - t, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)";
  const [seconds, megabytes] = (
    await run("taskset", ["-c", `0-${cores - 1}`, "/usr/bin/python3", "-c", script, program, ...args])
  )
    .trim()
    .split(" ");
  return { seconds: Number(seconds), megabytes: Number(megabytes) };
}

async function simulate(folder, recipient, events) {
  const work = join(folder, `work-${events}`);
  const amounts = ["--participants", `${PEOPLE}`, "--events", `${events}`];
  await run(fieldnote, ["simulate", "--out", work, "--recipient", recipient, ...amounts]);
  const names = await readdir(join(work, "bundles"), { recursive: true });
  return {
    work,
    events,
    bundles: names.filter((name) => name.endsWith(".age")).map((name) => join(work, "bundles", name)),
  };
}

async function exportOnce(folder, identity, { work, events }, threads) {
  const out = join(folder, "dataset");
  await rm(out, { recursive: true, force: true });
  const args = ["--identity", identity, "--roster", join(work, "roster.json"), "--out", out, "--threads", `${threads}`];
  const told = ["--license", "cc-by-4.0", "--reason", "bench", "--seed", "1", join(work, "bundles")];
  const { seconds, megabytes } = await timed(threads, fieldnote, ["export", ...args, ...told]);
  return { rate: events / seconds, megabytes };
}

/** Of the work in the demo, which is on a task: simulated people have none. */
async function learnableInDemo() {
  await run(join(root, "packaging/demo/private-etc"), [process.execPath, join(root, "packaging/demo/demo.mjs")]);
  const { learnable, steps } = JSON.parse(await readFile(join(root, "build/demo/dataset/dataset.json"), "utf8"));
  return (100 * (learnable.yes ?? 0)) / (steps - (learnable.consequence ?? 0));
}

/** Events in these bundles, which the peers are timed on. */
async function peers(folder, identity, { bundles, events }) {
  const part = bundles.slice(0, peerBundles);
  const share = (events * part.length) / bundles.length;
  const out = join(folder, "peer.jsonl");
  const pipe = 'key=$1 out=$2; shift 2; for b; do age -d -i "$key" "$b" | zstd -dc | jq -c .; done > "$out"';
  const python = (...args) =>
    timed(1, "/usr/bin/python3", [join(here, "export_peer.py"), ...args, identity, out, ...part]);
  const jq = await timed(1, "/bin/bash", ["-c", pipe, "-", identity, out, ...part]);
  const whole = await python();
  const decode = await python("--decode");
  const rows = join(folder, "parts");
  await rm(rows, { recursive: true, force: true });
  const told = ["--identity", identity, "--out", rows, ...part];
  const parts = JSON.parse(await run("taskset", ["-c", "0", join(build, "tests/bench/export_parts"), ...told]));
  return {
    jq: share / jq.seconds,
    python: share / whole.seconds,
    decode: share / decode.seconds,
    parts: parts.events_per_second,
  };
}

async function measure(folder) {
  const identity = join(folder, "organisation.key");
  const recipient = (await run(fieldnote, ["keys", "new", "--out", identity])).trim();
  const rows = [];
  const figures = {};
  for (const events of sizes) {
    const work = await simulate(folder, recipient, events);
    const seen = [];
    for (let round = 0; round < (events === compared ? rounds : 1); ++round) {
      const one = await exportOnce(folder, identity, work, 1);
      const two = await exportOnce(folder, identity, work, 2);
      seen.push({ one, two, ...(events === compared ? await peers(folder, identity, work) : {}) });
    }
    const of = (take) => median(seen.map(take));
    rows.push([
      events.toLocaleString("en-US"),
      of(({ one }) => one.rate),
      of(({ two }) => two.rate),
      of(({ two }) => two.megabytes),
    ]);
    figures["export.peak_rss_mb"] = of(({ two }) => two.megabytes);
    if (events === compared)
      Object.assign(figures, {
        "export.times_age_zstd_jq": of(({ one, jq }) => one.rate / jq),
        "export.times_python": of(({ one, python }) => one.rate / python),
        "export.times_python_decode": of(({ one, decode }) => one.rate / decode),
        "export.share_of_parts": of(({ one, parts }) => one.rate / parts),
        "export.two_core_ratio": of(({ one, two }) => two.rate / one.rate),
        "export.events_per_second": of(({ one }) => one.rate),
      });
    if (events === compared)
      printTable(
        "Events a second, one core",
        ["", "export", "parts", "age | zstd | jq", "Python, decode", "Python, parts"],
        [
          [
            "",
            of(({ one }) => one.rate),
            of(({ parts }) => parts),
            of(({ jq }) => jq),
            of(({ decode }) => decode),
            of(({ python }) => python),
          ],
        ],
      );
    await rm(work.work, { recursive: true, force: true });
  }
  figures["export.learnable_percent"] = await learnableInDemo();
  printTable("Export", ["events", "a second, one core", "two cores", "peak MB"], rows);
  return figures;
}

execFileSync("jq", ["--version"], { stdio: "ignore" });
const folder = await mkdtemp(join(tmpdir(), "fieldnote-export-"));
try {
  // What the Python peer reads the detectors' rows from.
  process.env.FIELDNOTE_TABLE = join(folder, "detectors.json");
  await makeTable(join(root, "host/redact/detectors"), process.env.FIELDNOTE_TABLE);
  const figures = await measure(folder);
  const before = JSON.parse(await readFile(options.out, "utf8").catch(() => "{}"));
  await writeFile(options.out, `${JSON.stringify({ ...before, ...figures }, null, 2)}\n`);
  printBars(figures);
  console.log(`\nWritten to ${options.out}`);
} catch (error) {
  console.error(`export: ${error.stderr?.trim() || error.message}`);
  process.exitCode = 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}
