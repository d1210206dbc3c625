#!/usr/bin/env node
// Measures the host beside its peers and its bare parts, prints tables, and writes build/bench.json.
//
//   bench.mjs [--quick] [--build DIR] [--out FILE]
//
// Absolute figures tell about the machine and about what else runs on it. So whatever is compared takes turns within one
// run, each ratio is taken within one round, and what is reported is the median of the rounds.

import { execFile, execFileSync } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { userInfo } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs, promisify } from "node:util";

import { makeTable } from "./peers/make_table.mjs";
import { printBars, printTable } from "./report.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, "../..");
const CALLER = "chrome-extension://abcdefghijklmnopabcdefghijklmnop/";
const MEGABYTE_KB = 1024;

const { values: options } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    build: { type: "string", default: join(root, "build/release") },
    out: { type: "string", default: join(root, "build/bench.json") },
  },
});
const build = resolve(options.build);
const fieldnote = join(build, "host/cli/fieldnote");
/** How much is sent under load: about a second's work for each. */
const plan = options.quick
  ? {
      rounds: 2,
      starts: 4,
      acks: 80,
      seconds: 1,
      sizes: [10],
      load: { host: 30000, parts: 60000, python: 3000, node: 15000 },
    }
  : {
      rounds: 7,
      starts: 6,
      acks: 200,
      seconds: 2,
      sizes: [1, 10, 50],
      load: { host: 90000, parts: 120000, python: 9000, node: 40000 },
    };

const run = async (program, args, env) => (await promisify(execFile)(program, args, { env })).stdout;

// --- what is measured -------------------------------------------------------------------------------------------------

/** Debian's interpreter first: its packages are what `packaging/dev` installs. Without the shims of version managers. */
function findPython() {
  for (const candidate of ["/usr/bin/python3", "python3"]) {
    try {
      const args = [
        "-c",
        "import sys, ahocorasick, zstandard, cryptography.hazmat.primitives.ciphers.aead; print(sys.executable)",
      ];
      return execFileSync(candidate, args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
    } catch {
      // The next one may have it.
    }
  }
  throw new Error(
    "the peer in Python needs Debian's packages python3-ahocorasick, python3-cryptography and python3-zstandard",
  );
}

/** A policy that lists the corpus' sites for whoever runs this, and a key of its own. */
async function makePolicy(folder) {
  const recipient = (await run(fieldnote, ["keys", "new", "--out", join(folder, "organisation.key")])).trim();
  const policy = join(folder, "policy");
  await mkdir(join(policy, "teams.d"), { recursive: true, mode: 0o755 });
  const files = {
    "policy.json": {
      organisation: "Example Corp",
      notice: {
        purpose: "Train an assistant for the support desk",
        lawful_basis: "Works agreement of 2026-03-01",
        contact: "privacy@corp.example",
      },
      recipients: [recipient],
      review_window: "24h",
    },
    "teams.d/support.json": {
      members: { users: [userInfo().username] },
      sites: [
        { url: "https://desk.corp.example/*", app: "desk" },
        { url: "https://crm.corp.example/*", app: "crm" },
      ],
      exclude: ["https://crm.corp.example/hr/*"],
      tasks: ["Answer a ticket"],
      capture: { values: "placeholder", keys: "episodes", outline: true },
      fields: [{ match: "input[name=subject]", values: "clear" }],
    },
  };
  for (const [name, content] of Object.entries(files)) {
    await writeFile(join(policy, name), JSON.stringify(content), { mode: 0o644 });
  }
  return policy;
}

// --- how it is measured -----------------------------------------------------------------------------------------------

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

class Bench {
  #folder;
  #programs;
  #states = 0;

  constructor(folder, policy) {
    this.#folder = folder;
    const called = ["--policy", policy, CALLER];
    this.#programs = {
      host: [join(build, "host/cli/fieldnote-host"), ...called],
      python: [findPython(), join(here, "peers/host_peer.py"), ...called],
      node: [process.execPath, join(here, "peers/host_peer.mjs"), ...called],
    };
  }

  async #withState(use) {
    const state = join(this.#folder, String(++this.#states));
    await mkdir(state, { mode: 0o700 });
    const result = await use(state);
    await rm(state, { recursive: true });
    return result;
  }

  #measureIn(state, measurement, program, args) {
    const corpus = ["--corpus", join(here, "corpus/events.jsonl"), "--state", state];
    const driver = measurement === "parts" ? "parts" : "host_bench";
    const what = measurement === "parts" ? [] : [measurement];
    const command = measurement === "parts" ? [] : ["--", ...this.#programs[program]];
    const words = Object.entries(args).flatMap(([name, value]) =>
      value === true ? [`--${name}`] : [`--${name}`, `${value}`],
    );
    return run(join(build, "tests/bench", driver), [...what, ...corpus, ...words, ...command]).then(JSON.parse);
  }

  /** One measurement of host_bench, or of parts, with a new state folder. */
  measure(measurement, program, args) {
    return this.#withState((state) => this.#measureIn(state, measurement, program, args));
  }

  /** The corpus held and sealed: bytes of the bundles and how many events are in them. */
  async seal(policy) {
    return this.#withState(async (state) => {
      await this.#measureIn(state, "fill", "host", {});
      const env = { ...process.env, XDG_STATE_HOME: state };
      const { bundles } = JSON.parse(await run(fieldnote, ["seal", "--now", "--json", "--policy", policy], env));
      const sum = (key) => bundles.reduce((total, bundle) => total + bundle[key], 0);
      return { bytes: sum("bytes"), events: sum("events") };
    });
  }
}

/** Collects what each round gave; a figure is the median over rounds. */
class Rounds {
  #rounds = [];
  async add(measure) {
    this.#rounds.push(await measure());
  }
  /** `pick`: what of a round is meant; a ratio is taken inside of it. */
  median(pick) {
    return median(this.#rounds.map(pick));
  }
}

// --- the measurements -------------------------------------------------------------------------------------------------

const rounds = async (measure, times = plan.rounds) => {
  const all = new Rounds();
  for (let i = 0; i < times; ++i) await all.add(measure);
  return all;
};

async function measureLoad(bench, figures) {
  const rows = [];
  for (const size of plan.sizes) {
    const all = await rounds(async () => {
      const args = (name) => ({
        "per-frame": size,
        events: size === 1 ? Math.ceil(plan.load[name] / 3) : plan.load[name],
      });
      return {
        host: await bench.measure("load", "host", args("host")),
        parts: await bench.measure("parts", "", args("parts")),
        python: await bench.measure("load", "python", args("python")),
        node: await bench.measure("load", "node", args("node")),
      };
    });
    const rate = (name) => all.median((round) => round[name].events_per_second);
    const share = (name) => all.median((round) => round.host.events_per_second / round[name].events_per_second);
    const cpu = (name) => all.median((round) => round[name].cpu_us_per_event);
    const peak = (name) => all.median((round) => round[name].peak_rss_kb / MEGABYTE_KB);
    rows.push(
      [`${size} a frame: host`, rate("host"), cpu("host"), peak("host"), ""],
      ["  bare parts", rate("parts"), "", "", share("parts")],
      ["  Python peer", rate("python"), cpu("python"), peak("python"), share("python")],
      ["  Node peer", rate("node"), cpu("node"), peak("node"), share("node")],
    );
    if (size !== 10) continue;
    figures["host.times_python"] = share("python");
    figures["host.times_node"] = share("node");
    figures["host.share_of_parts"] = share("parts");
    figures["host.events_per_second"] = rate("host");
    figures["host.cpu_us_per_event"] = cpu("host");
    figures["host.peak_rss_mb"] = peak("host");
  }
  const fourHosts = { writers: 4, events: Math.ceil(plan.load.host / 4) };
  const four = await rounds(() => bench.measure("load", "host", fourHosts), Math.min(3, plan.rounds));
  const of = (key) => four.median((round) => round[key]);
  rows.push([
    "10 a frame: 4 hosts",
    of("events_per_second"),
    of("cpu_us_per_event"),
    of("peak_rss_kb") / MEGABYTE_KB,
    "",
  ]);
  printTable("Under load, the pipe kept full", ["events", "a second", "CPU us", "peak MB", "host / it"], rows);
}

async function measureStart(bench, figures) {
  const rows = [];
  for (const [label, existing] of [
    ["new spool", {}],
    ["existing spool", { existing: true }],
  ]) {
    const all = await rounds(
      async () => {
        const args = { times: plan.starts, ...existing };
        return {
          host: await bench.measure("start", "host", args),
          python: await bench.measure("start", "python", args),
          node: await bench.measure("start", "node", args),
        };
      },
      Math.min(4, plan.rounds),
    );
    const ms = (name) => all.median((round) => round[name].p50_ms);
    const share = (name) => all.median((round) => round.host.p50_ms / round[name].p50_ms);
    rows.push([label, ms("host"), ms("python"), ms("node"), share("python"), share("node")]);
    // The bar is on what happens each time a browser starts. A new spool, which also makes keys, tables and the consent
    // durable, waits for a person's yes in any case.
    if (label === "existing spool") {
      figures["host.first_ack_ms"] = ms("host");
      figures["host.first_ack_of_python"] = share("python");
    }
  }
  printTable("From exec to the first durable ack, ms", ["", "host", "Python", "Node", "of Python", "of Node"], rows);
}

async function measureIdle(bench, figures) {
  const rows = [];
  const all = await rounds(
    async () => {
      const args = { times: plan.acks };
      return {
        host: await bench.measure("idle", "host", args),
        python: await bench.measure("idle", "python", args),
        node: await bench.measure("idle", "node", args),
      };
    },
    Math.min(3, plan.rounds),
  );
  for (const name of ["host", "python", "node"]) {
    const of = (key) => all.median((round) => round[name][key]);
    rows.push([name, of("p50_ms"), of("p99_ms"), of("idle_rss_kb") / MEGABYTE_KB]);
  }
  figures["host.idle_rss_mb"] = all.median(({ host }) => host.idle_rss_kb / MEGABYTE_KB);
  printTable("One frame of 10 events at a time, 3 ms apart", ["", "ack p50 ms", "p99 ms", "idle MB"], rows);
}

async function measureWriters(bench, figures) {
  const all = await rounds(
    async () => ({
      one: await bench.measure("writers", "host", { seconds: plan.seconds }),
      four: await bench.measure("writers", "host", { seconds: plan.seconds, writers: 4 }),
    }),
    Math.min(5, plan.rounds),
  );
  figures["host.writers_fairness"] = all.median(({ four }) => four.fairness);
  figures["host.writers_p99_ratio"] = all.median(({ one, four }) => four.p99_ms / one.p50_ms);
  printTable(
    "Hosts on one spool, each sending its next frame when the last is acked",
    ["hosts", "commits a second", "ack p50 ms", "p99 ms", "worst ms"],
    ["one", "four"].map((name) => [
      name,
      ...["commits_per_second", "p50_ms", "p99_ms", "worst_ms"].map((key) => all.median((round) => round[name][key])),
    ]),
  );
}

async function measureBundle(bench, policy, figures) {
  const { bytes, events } = await bench.seal(policy);
  if (events < 500) throw new Error(`only ${events} events were sealed; at least 500 are meant`);
  figures["host.bundle_bytes_per_event"] = bytes / events;
  printTable("Sealed, nothing twice", ["events", "bytes", "bytes an event"], [[String(events), bytes, bytes / events]]);
}

async function measurePolicy(folder, figures) {
  const all = await rounds(async () => {
    const policy = join(folder, "large-policy");
    const figure = JSON.parse(await run(join(build, "tests/bench/policy_bench"), [policy]));
    await rm(policy, { recursive: true });
    return figure;
  });
  figures["policy.check_ms"] = all.median((round) => round.check_ms);
  figures["policy.match_us"] = all.median((round) => round.match_us);
  printTable(
    "A policy of 1,000 teams with 20,000 sites; a page against one person's 500 sites",
    ["", "check ms", "match us"],
    [["", figures["policy.check_ms"], figures["policy.match_us"]]],
  );
}

// --- a run ------------------------------------------------------------------------------------------------------------

await mkdir(dirname(resolve(options.out)), { recursive: true });
// Beside the build, on a real disk: a sync in memory costs nothing.
const folder = await mkdtemp(join(dirname(resolve(options.out)), "bench-run-"));
try {
  const policy = await makePolicy(folder);
  const bench = new Bench(folder, policy);
  const figures = {};
  // What the peers read the detectors' rows from.
  process.env.FIELDNOTE_TABLE = join(folder, "detectors.json");
  await makeTable(join(root, "host/redact/detectors"), process.env.FIELDNOTE_TABLE);
  await measureLoad(bench, figures);
  await measureStart(bench, figures);
  await measureIdle(bench, figures);
  await measureWriters(bench, figures);
  await measureBundle(bench, policy, figures);
  await measurePolicy(folder, figures);
  printBars(figures);
  const others = JSON.parse(await readFile(options.out, "utf8").catch(() => "{}"));
  await writeFile(options.out, `${JSON.stringify({ ...others, ...figures }, null, 2)}\n`);
  console.log(`\nWritten to ${options.out}`);
} catch (error) {
  console.error(`bench: ${error.stderr?.trim() || error.message}`);
  process.exitCode = 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}
