// Our outlines are Playwright's own snapshots of the same pages, line for line, refs included, but for the differences
// that are named below.

import assert from "node:assert/strict";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { build } from "../../extension/node_modules/esbuild/lib/main.js";
import { CHROMIUM } from "../../packaging/demo/harness/checkout.mjs";
import { rootFlags } from "../../packaging/demo/harness/chromium.mjs";
import { render } from "./dialect.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const pages = join(here, "pages");

let folder, server, context;

const tooOld = Number(process.versions.node.split(".")[0]) < 20 && "playwright-core needs Node 20";

before(async () => {
  if (tooOld) return;
  const { chromium } = await import("playwright-core");
  folder = await mkdtemp(join(tmpdir(), "fieldnote-outline-"));
  const extension = join(folder, "extension");
  await mkdir(extension);
  await build({
    entryPoints: [join(here, "page.ts")],
    outfile: join(extension, "page.js"),
    bundle: true,
    format: "iife",
    logLevel: "warning",
  });
  const script = { js: ["page.js"], matches: ["<all_urls>"], all_frames: true, match_origin_as_fallback: true };
  const manifest = { manifest_version: 3, name: "outline", version: "1", content_scripts: [script] };
  await writeFile(join(extension, "manifest.json"), JSON.stringify(manifest));
  server = createServer(async ({ url }, response) => {
    const html = await readFile(join(pages, url.slice(1))).catch(() => "");
    response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(html);
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  context = await chromium.launchPersistentContext(join(folder, "profile"), {
    executablePath: CHROMIUM,
    ignoreDefaultArgs: ["--disable-extensions"],
    args: [
      "--headless=new",
      ...rootFlags(),
      `--disable-extensions-except=${extension}`,
      `--load-extension=${extension}`,
    ],
    headless: false,
  });
});

after(async () => {
  await context?.close();
  server?.close();
  if (folder) await rm(folder, { recursive: true, force: true });
});

/** What DESIGN wants otherwise than Playwright does it, by page: from Playwright's lines to those that we should have. */
const WANTED = {
  // DESIGN, section 3: closed shadow roots are looked into, as agents that drive a browser by CDP see them.
  closed_shadow: (theirs) => [
    ...theirs.slice(0, 2),
    "  - generic [ref=e3]:",
    "    - generic [ref=e4]:",
    "      - text: Closed field",
    '      - textbox "Closed field" [ref=e5]: v',
    '    - button "Slotted" [ref=e6]',
    '    - button "Deep inside" [ref=e8]',
    "  - paragraph [ref=e9]: After",
  ],
  // What is in an editor is its value, told by disclosure like that of any field, and not its parts.
  editors: (theirs) => [
    theirs[0],
    '  - textbox "Message" [ref=e2]: Dear Jane, bye',
    ...theirs.slice(4).map((line) => line.replace(/ref=e(\d)/, (_, number) => `ref=e${number - 2}`)),
  ],
};

const NAMES = (await readdir(pages)).map((name) => name.replace(".html", ""));

describe("an outline is Playwright's snapshot", { skip: tooOld }, () => {
  for (const name of NAMES) {
    test(name.replaceAll("_", " "), async () => {
      const page = await context.newPage();
      await page.goto(`http://127.0.0.1:${server.address().port}/${name}.html`);
      const theirs = (await page.ariaSnapshot({ mode: "ai" })).split("\n").map(withoutQuery);
      const ours = await outline(page, page.mainFrame());
      if (process.env.SHOW) console.log(ours.join("\n"));
      assert.equal(numbered(ours), numbered(WANTED[name]?.(theirs) ?? theirs));
      await page.close();
    });
  }
});

/** The outline of a page with those of its frames in it, each behind the line of its frame. */
async function outline(page, frame, number = { next: 1 }) {
  const prefix = frame === page.mainFrame() ? "" : `f${number.next++}`;
  const wire = await frame.evaluate(() => {
    dispatchEvent(new Event("outline-wanted"));
    return document.documentElement.dataset.outline;
  });
  const children = frame.childFrames();
  const visible = [];
  for (const child of children) {
    const element = await child.frameElement();
    if ((await element.boundingBox()) !== null) visible.push(child);
  }
  const lines = [];
  for (const line of render(wire, (ref) => prefix + ref)) {
    lines.push(line);
    const [, indent] = /^( *)- iframe .*\[ref=/.exec(line) ?? [];
    if (indent === undefined) continue;
    const inner = await outline(page, visible.shift(), number);
    if (inner.length === 0 || inner[0] === "") continue;
    lines[lines.length - 1] += ":";
    lines.push(...inner.map((below) => `${indent}  ${below}`));
  }
  return lines;
}

/** Playwright numbers frames as they come and go; here, as they appear. */
function numbered(lines) {
  const frames = [];
  return lines.join("\n").replace(/\[ref=f(\d+)e/g, (_, frame) => {
    if (!frames.includes(frame)) frames.push(frame);
    return `[ref=f${frames.indexOf(frame) + 1}e`;
  });
}

/** We tell addresses without query and fragment, and of others their kind alone. */
function withoutQuery(line) {
  return line
    .replace(/^( *- \/url: )"?(mailto:|tel:|javascript:|data:).*$/, (_, before, scheme) => `${before}"${scheme}"`)
    .replace(/^( *- \/url: )"?([^"?#]*)[?#].*$/, (_, before, path) => before + (path === "" ? '""' : path));
}
