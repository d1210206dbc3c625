// The work that the demo does, replayed from the exports of its recording on a desk that is fresh: the tickets must be
// the same in the end.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import test from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { createRunner, PuppeteerRunnerExtension, parse } from "@puppeteer/replay";

import { startDesk } from "../../packaging/demo/desk/server.mjs";
import { CHROMIUM, checkout } from "../../packaging/demo/harness/checkout.mjs";
import { rootFlags, startChromium } from "../../packaging/demo/harness/chromium.mjs";
import { sayYes } from "../../packaging/demo/harness/notice.mjs";
import { Workplace } from "../../packaging/demo/harness/workplace.mjs";
import { work } from "../../packaging/demo/work.mjs";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const FOLDER = join(checkout.build, "formats-desk");
const DATASET = join(FOLDER, "dataset");

// What `work` typed, by the names of the fields.
const TYPED = {
  "Work email": "sam.rivers@corp.test",
  Password: "correct horse battery staple",
  Subject: "Refund for a double charge",
  "Customer email": "kim.lee@orchard.example",
  "Due date": "2026-12-04",
  "What happened": "Kim Lee was charged twice, call +44 20 7946 0018.",
  Reply: "The refund is on its way.",
};

// The most that a flow may wait for a step: slow machines are no failure.
const MOST_PATIENCE = 30_000;

/** The tickets of a desk, as the desk itself has them. */
async function ticketsOf({ port }) {
  const desk = `http://127.0.0.1:${port}`;
  const form = new URLSearchParams({ email: "x@corp.test", password: "x" });
  const answer = await fetch(`${desk}/sign-in`, { method: "POST", body: form, redirect: "manual" });
  const cookie = answer.headers.get("set-cookie").split(";")[0];
  return (await fetch(`${desk}/api/tickets`, { headers: { cookie } })).json();
}

/** The work, recorded, exported; the trajectories by length, the longest first, and the tickets in the end. */
async function record() {
  await rm(FOLDER, { recursive: true, force: true });
  let desk;
  const serve = async () => {
    desk = await startDesk();
    return desk;
  };
  const workplace = await Workplace.open({ folder: FOLDER, serve });
  try {
    await sayYes(await workplace.notice());
    await work(await workplace.person(), { password: TYPED.Password });
    await workplace.untilHeld("the last click", ({ kind, target }) => kind === "click" && target.name === "Sign out");
    const { steps } = await workplace.dataset({ folder: DATASET, formats: ["recorder", "playwright"] });
    const lengths = new Map();
    for (const { trajectory } of steps) lengths.set(trajectory, (lengths.get(trajectory) ?? 0) + 1);
    const trajectories = [...lengths.keys()].sort((a, b) => lengths.get(b) - lengths.get(a));
    return { steps, trajectories, tickets: await ticketsOf(desk) };
  } finally {
    await workplace.close();
  }
}

/** What stands for the placeholders of one trajectory: what a person would fill in. */
async function valuesFor(trajectory, steps, format) {
  const file = join(DATASET, format, `${trajectory}.values.json`);
  const values = JSON.parse(await readFile(file, "utf8").catch(() => "{}"));
  for (const { trajectory: own, action, stand_in } of steps) {
    const name = /^<(\w+)/.exec(stand_in ?? action.value?.text ?? "")?.[1];
    if (own === trajectory && name in values) values[name] = TYPED[action.target.name];
  }
  for (const [name, value] of Object.entries(values)) assert.notEqual(value, `<${name}>`, "somebody knows each value");
  return values;
}

const filled = (text, values) => text.replace(/<([A-Z_]+[0-9]*)[^<>]*>/g, (all, name) => values[name] ?? all);

async function freshDesk(t) {
  const desk = await startDesk();
  t.after(() => desk.close());
  return desk;
}

const recorded = record();

test("flows of the Chrome Recorder reach the same tickets", async (t) => {
  const { steps, trajectories, tickets } = await recorded;
  const desk = await freshDesk(t);
  const browser = await startChromium({ folder: join(FOLDER, "replay"), port: desk.port });
  t.after(() => browser.close());
  const page = await browser.newPage();
  for (const trajectory of trajectories) {
    const text = await readFile(join(DATASET, "recorder", `${trajectory}.json`), "utf8");
    const values = await valuesFor(trajectory, steps, "recorder");
    const flow = parse(JSON.parse(text, (_, value) => (typeof value === "string" ? filled(value, values) : value)));
    await (await createRunner(flow, new PuppeteerRunnerExtension(browser, page, { timeout: MOST_PATIENCE }))).run();
  }
  assert.deepEqual(await ticketsOf(desk), tickets);
});

test("scripts of Playwright reach the same tickets", async (t) => {
  const { steps, trajectories, tickets } = await recorded;
  const desk = await freshDesk(t);
  const scripts = join(DATASET, "playwright");
  for (const trajectory of trajectories)
    await writeFile(
      join(scripts, `${trajectory}.values.json`),
      JSON.stringify(await valuesFor(trajectory, steps, "playwright")),
    );
  await symlink(join(HERE, "node_modules"), join(DATASET, "node_modules"));
  const args = [...rootFlags(), `--host-resolver-rules=MAP *.corp.test 127.0.0.1:${desk.port}`];
  const config = join(scripts, "playwright.config.mjs");
  await writeFile(
    config,
    `export default ${JSON.stringify({
      reporter: "line",
      timeout: 0,
      use: { launchOptions: { executablePath: CHROMIUM, args } },
      outputDir: join(FOLDER, "results"),
    })};\n`,
  );
  // The other one begins signed in, as the person was.
  const [longest] = trajectories;
  assert.ok((await readdir(scripts)).includes(`${longest}.spec.mjs`));
  const program = join(HERE, "node_modules/@playwright/test/cli.js");
  await promisify(execFile)(process.execPath, [program, "test", "--config", config, longest], {
    cwd: DATASET,
  }).catch((error) => {
    throw new Error(`${error.message}\n${error.stdout}`);
  });
  assert.deepEqual(await ticketsOf(desk), tickets);
});
