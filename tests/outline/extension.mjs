// A Chromium under Playwright with an extension that makes outlines on demand, and the pages to make them of.

import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { build } from "../../extension/node_modules/esbuild/lib/main.js";
import { CHROMIUM } from "../../packaging/demo/harness/checkout.mjs";
import { rootFlags } from "../../packaging/demo/harness/chromium.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));

export const PAGES = join(here, "pages");

/** Why no test here can run; false where they can. */
export const tooOld = Number(process.versions.node.split(".")[0]) < 20 && "playwright-core needs Node 20";

export async function openBrowser() {
  const { chromium } = await import("playwright-core");
  const folder = await mkdtemp(join(tmpdir(), "fieldnote-outline-"));
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
  const server = createServer(async ({ url }, response) => {
    const html = await readFile(join(PAGES, url.slice(1))).catch(() => "");
    response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(html);
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  const context = await chromium.launchPersistentContext(join(folder, "profile"), {
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
  return {
    async open(name) {
      const page = await context.newPage();
      await page.goto(`http://127.0.0.1:${server.address().port}/${name}`);
      return page;
    },
    async close() {
      await context.close();
      server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Asks our script in a frame: `outline-wanted`, or `citation-wanted` with a selector. */
export const ask = (frame, question, detail) =>
  frame.evaluate(
    ([question, detail]) =>
      new Promise((answered) => {
        addEventListener("outline", ({ detail }) => answered(JSON.parse(detail)), { once: true });
        dispatchEvent(new CustomEvent(question, { detail }));
      }),
    [question, detail],
  );
