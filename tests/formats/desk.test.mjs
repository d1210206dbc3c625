// The work that the demo does, replayed from the exports of its recording on a desk that is fresh: the tickets must be
// the same in the end.

import assert from "node:assert/strict";
import { readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import test from "node:test";
import { setTimeout as pause } from "node:timers/promises";

import { startDesk } from "../../packaging/demo/desk/server.mjs";
import { checkout } from "../../packaging/demo/harness/checkout.mjs";
import { startChromium } from "../../packaging/demo/harness/chromium.mjs";
import { sayYes } from "../../packaging/demo/harness/notice.mjs";
import { Workplace } from "../../packaging/demo/harness/workplace.mjs";
import { FIELDS, TASK } from "../../packaging/demo/told.mjs";
import { work } from "../../packaging/demo/work.mjs";
import { runFlow, runScripts } from "./replay.mjs";
import { valuesFor } from "./values.mjs";

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
  const workplace = await Workplace.open({ folder: FOLDER, serve, tasks: [TASK], fields: FIELDS });
  try {
    await sayYes(await workplace.notice());
    await workplace.fieldnote("task", "begin", TASK);
    await work(await workplace.person(), { password: TYPED.Password, look: () => pause(800) });
    await workplace.untilHeld("the last click", ({ kind, target }) => kind === "click" && target.name === "Sign out");
    const { steps, about } = await workplace.dataset({ folder: DATASET, formats: ["recorder", "playwright"] });
    const lengths = new Map();
    for (const { trajectory } of steps) lengths.set(trajectory, (lengths.get(trajectory) ?? 0) + 1);
    const trajectories = [...lengths.keys()].sort((a, b) => lengths.get(b) - lengths.get(a));
    return { steps, about, trajectories, tickets: await ticketsOf(desk) };
  } finally {
    await workplace.close();
  }
}

const valuesOf = (trajectory, steps, format) =>
  valuesFor({ dataset: DATASET, format, trajectory, steps, typed: ({ action }) => TYPED[action.target?.name] });

async function freshDesk(t) {
  const desk = await startDesk();
  t.after(() => desk.close());
  return desk;
}

const recorded = record();

test("nearly all that is done on a task that says what to type can be learned", async () => {
  const { yes, consequence, ...others } = (await recorded).about.learnable;
  const all = Object.values(others).reduce((sum, count) => sum + count, yes);
  assert.ok(yes / all >= 0.9, `${yes} of ${all}: ${JSON.stringify(others)}`);
  // What is withheld stays so, whoever says it.
  assert.equal(others.value_untold, 2);
});

test("flows of the Chrome Recorder reach the same tickets", async (t) => {
  const { steps, trajectories, tickets } = await recorded;
  const desk = await freshDesk(t);
  const browser = await startChromium({ folder: join(FOLDER, "replay"), port: desk.port });
  t.after(() => browser.close());
  const page = await browser.newPage();
  for (const trajectory of trajectories) {
    const values = await valuesOf(trajectory, steps, "recorder");
    await runFlow({ dataset: DATASET, trajectory, values, page });
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
      JSON.stringify(await valuesOf(trajectory, steps, "playwright")),
    );
  // The other one begins signed in, as the person was.
  const [longest] = trajectories;
  assert.ok((await readdir(scripts)).includes(`${longest}.spec.mjs`));
  await runScripts({ dataset: DATASET, port: desk.port, only: longest, results: join(FOLDER, "results") });
  assert.deepEqual(await ticketsOf(desk), tickets);
});
