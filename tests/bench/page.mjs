#!/usr/bin/env node
// Measures what recording costs a page, beside other recorders in the same Chromium, and adds to build/bench.json.
//
//   packaging/demo/private-etc node page.mjs [--quick] [--out FILE]
//
// The same clicks and keys, by the browser's own input, with no recorder, with Fieldnote, with rrweb and with the
// recorder of Playwright. Script time is the browser's own figure for the page's main thread, all scripts together: the
// time that it ran, not what it waited for a core. Of several rounds the median counts, which each take all in turn.

import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";

import { checkout } from "../../packaging/demo/harness/checkout.mjs";
import { sayYes } from "../../packaging/demo/harness/notice.mjs";
import { until } from "../../packaging/demo/harness/until.mjs";
import { Workplace } from "../../packaging/demo/harness/workplace.mjs";
import { PAGES, startPages } from "./pages.mjs";
import { chromium } from "./peers/node_modules/playwright-core/index.mjs";
import { printBars, printTable } from "./report.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const { values: options } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    out: { type: "string", default: join(here, "../../build/bench.json") },
  },
});
const INPUTS = options.quick ? 60 : 500;
/** Playwright's takes up to a second an input. */
const FEW_INPUTS = options.quick ? 6 : 30;
const ROUNDS = options.quick ? 1 : 3;
/** With outlines; a team of its own has none. */
const LISTED = "http://bench.corp.test";
const PLAIN = "http://plain.corp.test";
const UNLISTED = "http://other.example.test";
const US = "content.js";
const LOOKS_MS = 2000;
/** As many as are clicked in the 50 ms of the live grid's timer, where nothing holds it up. */
const CLICKS_AN_UPDATE = 20;

/** Clicks and keys in turn on what bears `data-bench`; returns what was clicked, in order. */
async function interact(page, inputs) {
  const places = await page.evaluate(() =>
    [...document.querySelectorAll("[data-bench]")].slice(0, 12).map((element) => {
      const { x, y, width, height } = element.getBoundingClientRect();
      return { id: element.dataset.bench, x: x + width / 2, y: y + height / 2, writes: element.matches("input") };
    }),
  );
  const clicked = [];
  for (let done = 0, at = 0; done < inputs; ++at) {
    const place = places[at % places.length];
    await page.mouse.click(place.x, place.y);
    clicked.push(place.id);
    ++done;
    if (at % CLICKS_AN_UPDATE === 0) await page.evaluate(() => window.update?.());
    for (let keys = 0; place.writes && keys < 4 && done < inputs; ++keys, ++done) await page.keyboard.press("a");
  }
  return clicked;
}

/**
 * Script time an input, our own handlers, the heap. `paced`: what the page does of itself it does as often for each
 * recorder. Left to its timer it does so 7 times or 60: the browser lets inputs go first.
 */
async function measure(page, inputs, { traces = false, looks = false, paced = false } = {}) {
  if (paced) await page.evaluate(() => window.pace?.());
  // Somebody looks at a page before they work in it.
  if (looks) await pause(LOOKS_MS);
  const client = await page.createCDPSession();
  await client.send("Performance.enable", { timeDomain: "threadTicks" });
  const read = async () =>
    Object.fromEntries((await client.send("Performance.getMetrics")).metrics.map(({ name, value }) => [name, value]));
  if (traces) await page.tracing.start({ categories: ["devtools.timeline"] });
  const before = await read();
  const clicked = await interact(page, inputs);
  const after = await read();
  const { handlers, others } = traces ? ourCalls(await page.tracing.stop()) : { handlers: [], others: [] };
  await client.detach();
  return {
    clicked,
    handlers,
    others,
    script_ms: (1000 * (after.ScriptDuration - before.ScriptDuration)) / inputs,
    heap_mb: after.JSHeapUsedSize / 2 ** 20,
  };
}

/** Milliseconds of each call into our content script: of what listens to events, and of what waits for idle time. */
function ourCalls(trace) {
  const { traceEvents } = JSON.parse(Buffer.from(trace).toString());
  const events = traceEvents.filter(({ name, ph }) => name === "EventDispatch" && ph === "X");
  const calls = traceEvents.filter(({ name, args }) => name === "FunctionCall" && args?.data?.url?.endsWith(US));
  const isIn = (call, event) => event.tid === call.tid && event.ts <= call.ts && call.ts <= event.ts + event.dur;
  const lengths = (some) => some.map(({ dur = 0 }) => dur / 1000).sort((a, b) => a - b);
  const isHandler = (call) => events.some((event) => isIn(call, event));
  return { handlers: lengths(calls.filter(isHandler)), others: lengths(calls.filter((call) => !isHandler(call))) };
}

const at = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;

const median = (figures) => figures.sort((a, b) => a - b)[Math.floor(figures.length / 2)];

/** After a reload: does each selector find what was clicked, and the first of them? */
async function selectorsHold(page, clicked, events) {
  const kept = { first: 0, any: 0, all: 0 };
  const clicks = events.filter(({ kind }) => kind === "click" || kind === "double_click");
  const seen = new Set();
  for (const [index, id] of clicked.entries()) {
    const event = clicks[index];
    if (event === undefined || seen.has(id)) continue;
    seen.add(id);
    const found = [];
    for (const [selector] of event.target.selectors) found.push(await finds(page, selector, id));
    kept.all++;
    if (found[0]) kept.first++;
    if (found.includes(true)) kept.any++;
  }
  return kept;
}

async function finds(page, selector, id) {
  const query = selector.startsWith("aria/")
    ? `::-p-aria(${selector.slice(5)})`
    : selector.startsWith("xpath/")
      ? `::-p-xpath(${selector.slice(6)})`
      : selector;
  const elements = await page.$$(query).catch(() => []);
  return (await elements[0]?.evaluate((element) => element.dataset.bench)) === id;
}

const folder = resolve(dirname(resolve(options.out)), "bench-page");
await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
const workplace = await Workplace.open({
  folder,
  serve: startPages,
  allowedHosts: ["bench.corp.test", "plain.corp.test"],
  origins: [LISTED],
  teams: { plain: { sites: [{ url: `${PLAIN}/*`, app: "plain" }], capture: { outline: false } } },
});
try {
  await sayYes(await workplace.notice());
  const results = {};
  const { page } = await workplace.person(`${LISTED}/form`);
  const kept = { first: 0, any: 0, all: 0 };
  const calls = [];
  let heldBytes = 0;
  let acts = 0;
  const aimed = { all: 0, found: 0 };
  /** To a page without anything, until all that was done before is held. */
  const leave = async (page, name) => {
    const url = `${LISTED}/left/${name}`;
    await page.goto(url);
    await workplace.untilHeld("all that was done", (event) => event.url === url);
  };
  for (const name of Object.keys(PAGES)) {
    const visit = async (url, inputs, how) => {
      await page.goto(url);
      await page.waitForSelector("[data-bench]");
      return measure(page, inputs, how);
    };
    const places = {
      none: `${UNLISTED}/${name}`,
      rrweb: `${UNLISTED}/${name}?rrweb`,
      plain: `${PLAIN}/${name}`,
      fieldnote: `${LISTED}/${name}`,
    };
    const rounds = [];
    for (let round = 0; round < ROUNDS; ++round) {
      const measured = {};
      for (const [who, url] of Object.entries(places)) measured[who] = await visit(url, INPUTS, { paced: true });
      rounds.push(measured);
    }
    await leave(page, `${name}/before`);
    const before = (await workplace.held()).length;
    const traced = await visit(`${LISTED}/${name}`, INPUTS, { traces: true, looks: true });
    await leave(page, `${name}/after`);
    await page.goto(`${LISTED}/${name}`);
    const events = (await workplace.held()).slice(before).filter(({ url }) => url?.endsWith(`/${name}`));
    const mine = await selectorsHold(page, traced.clicked, afterLoad(events));
    for (const key of Object.keys(kept)) kept[key] += mine[key];
    const told = events.filter(({ kind }) => kind !== "outline");
    heldBytes += told.reduce((sum, event) => sum + JSON.stringify(event).length, 0);
    acts += told.filter(({ kind }) => kind !== "effect" && kind !== "navigate").length;
    const targets = told.filter(({ target }) => target);
    aimed.all += targets.length;
    aimed.found += targets.filter(({ outline }) => outline?.ref).length;
    const { handlers, others } = traced;
    calls.push({ name, handlers, others });
    results[name] = Object.fromEntries(
      Object.keys(places).map((who) => {
        const middle = (figure) => median(rounds.map((measured) => measured[who][figure]));
        return [who, { script_ms: middle("script_ms"), heap_mb: middle("heap_mb") }];
      }),
    );
  }

  // In the same browser, last: it stays once it is on.
  const peer = await chromium.connectOverCDP(workplace.browser.wsEndpoint());
  const [context] = peer.contexts();
  let recorded = 0;
  await context._startRecording({ language: "javascript" }, { actionAdded: () => recorded++ });
  for (const name of Object.keys(PAGES)) {
    await page.goto(`${UNLISTED}/${name}`);
    await page.waitForSelector("[data-bench]");
    // It asks whether it is to record when a page begins, and then once a second.
    await until("Playwright records", async () => {
      await page.mouse.click(5, 5);
      return recorded > 0;
    });
    results[name].playwright = await measure(page, FEW_INPUTS);
    if (recorded < FEW_INPUTS / 5) throw new Error(`Playwright recorded ${recorded} actions on ${name}`);
    recorded = 0;
  }
  await peer.close().catch(() => {});

  const added = (name, who) => Math.max(0, results[name][who].script_ms - results[name].none.script_ms);
  const worst = (of) => Math.max(...Object.keys(PAGES).map(of));
  const script = gzipSync(await readFile(join(checkout.extension, "content.js")), { level: 9 });
  const figures = {
    "page.content_script_gzip_kb": script.length / 1000,
    "page.handler_p98_ms": Math.max(...calls.map(({ handlers }) => at(handlers, 0.98))),
    "page.longest_call_ms": Math.max(...calls.map(({ handlers, others }) => Math.max(at(handlers, 1), at(others, 1)))),
    "page.script_of_rrweb_plain": worst((name) => added(name, "plain") / Math.max(0.01, added(name, "rrweb"))),
    "page.script_of_playwright": worst((name) => added(name, "fieldnote") / Math.max(0.01, added(name, "playwright"))),
    "page.bytes_per_step": heldBytes / acts,
    "page.first_selector_percent": (100 * kept.first) / kept.all,
    "page.any_selector_percent": (100 * kept.any) / kept.all,
    "page.target_in_outline_percent": (100 * aimed.found) / aimed.all,
  };
  const who = ["none", "plain", "fieldnote", "rrweb", "playwright"];
  printTable(
    `Script time of the page's main thread, ms an input (${ROUNDS} rounds of ${INPUTS} inputs; Playwright one of ${FEW_INPUTS})`,
    ["", ...who],
    Object.entries(results).map(([name, of]) => [name, ...who.map((each) => of[each].script_ms)]),
  );
  printTable(
    "Heap after it, MB",
    ["", ...who],
    Object.entries(results).map(([name, of]) => [name, ...who.map((each) => of[each].heap_mb)]),
  );
  printTable(
    "Calls into our content script",
    ["", "handlers", "p98 ms", "longest ms", "slices", "p98 ms", "longest ms"],
    calls.map(({ name, ...of }) => [
      name,
      ...[of.handlers, of.others].flatMap((each) => [each.length, at(each, 0.98), at(each, 1)]),
    ]),
  );
  printBars(figures);
  const others = JSON.parse(await readFile(options.out, "utf8").catch(() => "{}"));
  await writeFile(options.out, `${JSON.stringify({ ...others, ...figures }, null, 2)}\n`);
  console.log(`\nWritten to ${options.out}`);
} catch (error) {
  console.error(`page: ${error.stack}`);
  process.exitCode = 1;
} finally {
  await workplace.close();
  await rm(folder, { recursive: true, force: true });
}

/** The events of the last load: the page was visited before. */
function afterLoad(events) {
  const last = events.findLastIndex?.(({ navigation }) => navigation === "load") ?? -1;
  const { document } = events.findLast(({ kind }) => kind === "click") ?? {};
  return last < 0 ? events : events.filter((event) => event.document === document);
}
