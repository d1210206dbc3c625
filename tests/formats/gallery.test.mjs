// The pages of the gallery, each worked in on a task, replayed from the exports on a gallery that is fresh: the pages must
// be the same in the end, but for what the format says that it cannot do.
//
// FIELDNOTE_PAGE narrows it to one page.

import assert from "node:assert/strict";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import test, { describe } from "node:test";

import { checkout } from "../../packaging/demo/harness/checkout.mjs";
import { startChromium } from "../../packaging/demo/harness/chromium.mjs";
import { sayYes } from "../../packaging/demo/harness/notice.mjs";
import { until } from "../../packaging/demo/harness/until.mjs";
import { Workplace } from "../../packaging/demo/harness/workplace.mjs";
import { startGallery } from "../e2e/gallery/server.mjs";
import { WORK } from "../e2e/gallery/work.mjs";
import { Hand } from "../e2e/hand.mjs";
import { runFlow, runScripts } from "./replay.mjs";
import { notePresses, settled } from "./shown.mjs";
import { valuesFor } from "./values.mjs";

const HOST = "gallery.corp.test";
const FOLDER = join(checkout.build, "formats-gallery");
const DATASET = join(FOLDER, "dataset");

/** By page: the task that it is worked in on, as a lead puts it on the team's list. */
const TASKS = {
  plain:
    "Order for Kim with the note Mind the gap, start again and order for Lee; merge, print, delete all, throw the card away",
  shoelace: "Order for Kim Lee in green, with a copy; look at the question and close it",
  antd: "Order for Kim Lee in green, with a copy; cancel the order, and edit the second row",
  tabulator: "Set the second person's state to opened, and look further down",
  editors: 'Write as the story "Once upon a time\nthere was", and as the code "let x = 1;\nx + 1"',
  board: "Paint the fence comes before Wash the car, and is done; call the bank now",
  vue: "Note Soon among the orders, go home and back",
  react: "Enter the item AB-1 among the orders, and go home",
  aggrid: "Sort by name, choose the second row, set the state of the third to closed, and look at row 99",
  monaco: "Write as the query and as the script:\nselect name\nand age\nfrom people",
  radix: "Pick Apple, not Banana; share by mail; agree; no notice; volume a step higher than the middle; size Large",
  mui: "Team Support, priority High, with the note:\nSoon\nplease\nNotify, with the effort of 51; delete it",
  tinymce: 'Write, what was done in bold:\n"Dear customer\nWe have paid"',
  pickers: "Country Spain, state Closed, due on 2026-04-11",
  ckeditor: "Answer twice, the first time in bold:\nThank you, we look into it\nBy tomorrow",
};
const PAGES = Object.keys(TASKS).filter((name) => [undefined, name].includes(process.env.FIELDNOTE_PAGE));

/** By page: what its fields held, in the order in which that is told; of the others the instruction says it. */
const QUERY = "select name\nand age\nfrom people";
const THANKS = "Thank you, we look into it";
const TYPED = {
  plain: ["Kim", "Mind the gap", "Mind the gapMind the gap", "Lee", "abc"],
  tabulator: ["opened"],
  radix: ["76"],
  mui: ["s", undefined, "51"],
  pickers: ["sp"],
  monaco: [QUERY, QUERY, QUERY + QUERY],
  ckeditor: [`${THANKS}\nBy tomorrow`, `${THANKS}${THANKS}\nBy tomorrow\nBy tomorrow`],
};

/** Of steps. */
const ofKind =
  (kind) =>
  ({ action }) =>
    action.kind === kind;
const isDrawn = ({ action: { kind, target } }) => kind === "input" && !/^(input|textarea|select)$/.test(target.tag);
const isSlider = ({ action }) => action.target.role === "slider";
const isBack = ({ action }) => action.navigation === "back_forward";
const PASTED = "paste: what came of it is in the text that follows";

/** By format: why it leaves steps out or changes them, and which; and how pages differ for that in the end. */
const LOST = {
  recorder: {
    left_out: {
      "drag: the recorder has no step that drags": ofKind("drag"),
      "input: the recorder has no step that moves a slider of the page's own": (step) =>
        isDrawn(step) && isSlider(step),
      [PASTED]: ofKind("paste"),
    },
    changed: {
      "input: an editor gets its text as a paste, without its form": (step) => isDrawn(step) && !isSlider(step),
      "navigate: back or forward, by its address": isBack,
    },
    shown: {
      plain: () => ({
        places: [
          ["Archive", "UL"],
          ["Merge", "UL"],
          ["Card", "MAIN"],
        ],
      }),
      board: () => ({
        text: "Paint the fence Mow the lawn Wash the car Call the bank Pay the bill",
        places: [
          ["Paint the fence", "To do"],
          ["Mow the lawn", "To do"],
          ["Wash the car", "Done"],
          ["Call the bank", "Later"],
          ["Pay the bill", "Now"],
        ],
      }),
      radix: ({ states }) => ({ states: ["20", ...states.slice(1)] }),
      ckeditor: () => ({ bold: [] }),
      tinymce: withoutBold,
      // It is another document.
      vue: () => ({ pressed: [[]] }),
    },
  },
  playwright: {
    left_out: { [PASTED]: ofKind("paste") },
    changed: {
      "input: an editor gets its text without its form": (step) => isDrawn(step) && !isSlider(step),
    },
    shown: { ckeditor: () => ({ bold: [] }), tinymce: withoutBold },
  },
};

/** Its toolbar says what the text is at the caret. */
function withoutBold({ text, states }) {
  return { text: text.replace("Bold p › strong", "Paragraph p"), states };
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
    await page.evaluateOnNewDocument(notePresses);
    // Outlines come when a page has time, which it has little of on a busy machine.
    const hand = new Hand(page, workplace, 2000);
    const pages = {};
    const known = new Set();
    for (const name of PAGES) {
      await workplace.fieldnote("task", "begin", TASKS[name]);
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
    const { steps, trajectories, about } = await workplace.dataset({ folder: DATASET, formats: Object.keys(LOST) });
    for (const name of PAGES)
      pages[name].trajectory = trajectories.find(({ instruction }) => instruction.text === TASKS[name]).trajectory;
    return { pages, steps, about };
  } finally {
    await workplace.close();
  }
}

const recorded = record();

function valuesOf(name, format, { pages, steps }) {
  const held = steps.filter(
    ({ trajectory, action }) => trajectory === pages[name].trajectory && action.kind === "input",
  );
  const typed = (step) => TYPED[name]?.[held.indexOf(step)];
  return valuesFor({ dataset: DATASET, format, trajectory: pages[name].trajectory, steps, typed });
}

/** How a page is to look after a replay. */
const due = (name, format, { pages }) => {
  const { shown } = pages[name];
  return { ...shown, ...LOST[format].shown[name]?.(shown) };
};

test("nearly all that is done in the gallery can be learned", async (t) => {
  const { about, steps, pages } = await recorded;
  for (const [name, { trajectory }] of Object.entries(pages)) {
    const done = steps.filter((step) => step.trajectory === trajectory && step.why !== "consequence");
    const not = done.filter(({ learnable }) => !learnable);
    const told = not.map(({ action, why }) => `${action.kind} ${action.target?.role} ${action.target?.name}: ${why}`);
    t.diagnostic(`${name}: ${done.length - not.length} of ${done.length} ${told.join("; ")}`);
  }
  const { yes, consequence, ...others } = about.learnable;
  const all = Object.values(others).reduce((sum, count) => sum + count, yes);
  assert.ok(yes / all >= 0.9, `${yes} of ${all}: ${JSON.stringify(others)}`);
});

// Beside each other: they wait more than they work.
describe("replayed", { concurrency: 2 }, () => {
  test("flows of the Chrome Recorder leave the pages as they were", async (t) => {
    const work = await recorded;
    const gallery = await startGallery();
    t.after(() => gallery.close());
    const browser = await startChromium({ folder: join(FOLDER, "replay"), port: gallery.port });
    t.after(() => browser.close());
    for (const [name, { trajectory }] of Object.entries(work.pages))
      await t.test(name, async () => {
        const page = await browser.newPage();
        await page.evaluateOnNewDocument(notePresses);
        await page.bringToFront();
        const values = await valuesOf(name, "recorder", work);
        await runFlow({ dataset: DATASET, trajectory, values, page });
        assert.deepEqual(await settled(page), due(name, "recorder", work));
      });
  });

  test("scripts of Playwright leave the pages as they were", async (t) => {
    const work = await recorded;
    const gallery = await startGallery();
    t.after(() => gallery.close());
    const seen = (trajectory) => join(FOLDER, `${trajectory}.shown.json`);
    for (const [name, { trajectory }] of Object.entries(work.pages)) {
      const script = join(DATASET, "playwright", trajectory);
      await writeFile(`${script}.values.json`, JSON.stringify(await valuesOf(name, "playwright", work)));
      // The script as it is, and then a look at the page.
      const text = await readFile(`${script}.spec.mjs`, "utf8");
      const [head, body] = text.split(/(?<= context }\) => \{\n)/);
      const look = `  const { settled } = await import(${JSON.stringify(new URL("shown.mjs", import.meta.url))});
    const { writeFileSync } = await import("node:fs");
    writeFileSync(${JSON.stringify(seen(trajectory))}, JSON.stringify(await settled(tab1)));
  });
  `;
      const noting = `  await context.addInitScript(${notePresses});\n`;
      await writeFile(`${script}.spec.mjs`, head + noting + body.replace(/\}\);\n$/, look));
    }
    await runScripts({ dataset: DATASET, port: gallery.port, results: join(FOLDER, "results") });
    for (const [name, { trajectory }] of Object.entries(work.pages))
      await t.test(name, async () => {
        assert.deepEqual(JSON.parse(await readFile(seen(trajectory), "utf8")), due(name, "playwright", work));
      });
  });
});

test("what they cannot do again is counted", async () => {
  const { steps } = await recorded;
  for (const [format, { left_out, changed }] of Object.entries(LOST)) {
    const loss = JSON.parse(await readFile(join(DATASET, `${format}.loss.json`), "utf8"));
    const count = (which) => steps.filter(which).length;
    for (const [why, which] of Object.entries(left_out)) assert.equal(loss.left_out[why] ?? 0, count(which), why);
    for (const [how, which] of Object.entries(changed)) assert.equal(loss.changed[how] ?? 0, count(which), how);
    for (const why of Object.keys(loss.left_out).filter((each) => !(each in left_out)))
      assert.match(why, /: it followed from the step before$|^tab_opened: /, format);
  }
});
