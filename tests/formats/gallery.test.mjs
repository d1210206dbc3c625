// Pages of the gallery, worked in on a task, replayed from the exports on a gallery that is fresh: the pages must be the
// same in the end.

import assert from "node:assert/strict";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import test from "node:test";

import { checkout } from "../../packaging/demo/harness/checkout.mjs";
import { startChromium } from "../../packaging/demo/harness/chromium.mjs";
import { sayYes } from "../../packaging/demo/harness/notice.mjs";
import { until } from "../../packaging/demo/harness/until.mjs";
import { Workplace } from "../../packaging/demo/harness/workplace.mjs";
import { startGallery } from "../e2e/gallery/server.mjs";
import { WORK } from "../e2e/gallery/work.mjs";
import { Hand } from "../e2e/hand.mjs";
import { runFlow, runScripts } from "./replay.mjs";

const HOST = "gallery.corp.test";
const FOLDER = join(checkout.build, "formats-gallery");
const DATASET = join(FOLDER, "dataset");

/** By page: the task that it is worked in on, as the team's list has it. */
const TASKS = {
  react: "Enter the item AB-1 among the orders, and go home",
  shoelace: "Order for Kim Lee in green, with a copy; look at the question and close it",
};

/** In a page: what a person sees of it and has entered. */
function shown() {
  const fields = [];
  const look = (root) => {
    for (const element of root.querySelectorAll("*")) {
      if (element instanceof HTMLInputElement) fields.push([element.type, element.value, element.checked]);
      if (element.shadowRoot) look(element.shadowRoot);
    }
  };
  look(document);
  return { at: location.pathname + location.hash, fields, main: document.body.textContent.replace(/\s+/g, " ").trim() };
}

/** Until it is the same twice in a row: pages move for a moment. */
async function settled(page) {
  let last = "";
  return until("the page has settled", async () => {
    const now = JSON.stringify(await page.evaluate(shown));
    const same = now === last;
    last = now;
    await new Promise((resolve) => setTimeout(resolve, 700));
    return same ? JSON.parse(now) : null;
  });
}

/** The work, recorded and exported: by page its trajectory and how it looked in the end. */
async function record() {
  await rm(FOLDER, { recursive: true, force: true });
  const workplace = await Workplace.open({
    folder: FOLDER,
    serve: startGallery,
    allowedHosts: [HOST],
    origins: [`http://${HOST}`],
    tasks: Object.values(TASKS),
    fields: `{ "match": "*", "values": "clear" }`,
  });
  try {
    await sayYes(await workplace.notice());
    const { page } = await workplace.person(`http://${HOST}/end`);
    const hand = new Hand(page, workplace);
    const pages = {};
    const known = new Set();
    for (const [name, words] of Object.entries(TASKS)) {
      await workplace.fieldnote("task", "begin", words);
      // Until the host has heard of it.
      await until("the task is in hand", async () => {
        await hand.open(`http://${HOST}/${name}`);
        return (await workplace.held()).find(({ task, url }) => task && !known.has(task) && url?.endsWith(`/${name}`));
      }).then(({ task }) => known.add(task));
      await WORK[name](hand);
      pages[name] = { shown: await settled(page) };
    }
    await workplace.fieldnote("task", "done");
    await hand.open(`http://${HOST}/end`);
    await workplace.untilHeld("the last page", ({ url, task }) => url?.endsWith("/end") && (!task || known.has(task)));
    const { trajectories, about } = await workplace.dataset({ folder: DATASET, formats: ["recorder", "playwright"] });
    for (const [name, words] of Object.entries(TASKS))
      pages[name].trajectory = trajectories.find(({ instruction }) => instruction.text === words).trajectory;
    return { pages, about };
  } finally {
    await workplace.close();
  }
}

const recorded = record();

test("nearly all that is done in the gallery can be learned", async () => {
  const { yes, consequence, ...others } = (await recorded).about.learnable;
  const all = Object.values(others).reduce((sum, count) => sum + count, yes);
  assert.ok(yes / all >= 0.9, `${yes} of ${all}: ${JSON.stringify(others)}`);
});

test("flows of the Chrome Recorder leave the pages as they were", async (t) => {
  const { pages } = await recorded;
  const gallery = await startGallery();
  t.after(() => gallery.close());
  const browser = await startChromium({ folder: join(FOLDER, "replay"), port: gallery.port });
  t.after(() => browser.close());
  for (const [name, { trajectory, shown: before }] of Object.entries(pages)) {
    const page = await browser.newPage();
    await page.bringToFront();
    await runFlow({ dataset: DATASET, trajectory, values: {}, page });
    assert.deepEqual(await settled(page), before, name);
  }
});

test("scripts of Playwright leave the pages as they were", async (t) => {
  const { pages } = await recorded;
  const gallery = await startGallery();
  t.after(() => gallery.close());
  for (const { trajectory } of Object.values(pages)) {
    // The script as it is, and then a look at the page.
    const file = join(DATASET, "playwright", `${trajectory}.spec.mjs`);
    const script = await readFile(file, "utf8");
    const look = `  await tab1.waitForTimeout(1500);
  const { writeFileSync } = await import("node:fs");
  writeFileSync(${JSON.stringify(join(FOLDER, `${trajectory}.shown.json`))}, JSON.stringify(await tab1.evaluate(${shown})));
});
`;
    await writeFile(file, script.replace(/\}\);\n$/, look));
  }
  await runScripts({ dataset: DATASET, port: gallery.port, results: join(FOLDER, "results") });
  for (const [name, { trajectory, shown: before }] of Object.entries(pages)) {
    const after = JSON.parse(await readFile(join(FOLDER, `${trajectory}.shown.json`), "utf8"));
    assert.deepEqual(after, before, name);
  }
});
