// What axe-core finds on a page.

import assert from "node:assert/strict";
import { mkdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";

import { checkout } from "../../packaging/demo/harness/checkout.mjs";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
/** Where PICTURES of our pages lie. */
export const PICTURES = join(checkout.build, "e2e", "pages");

/** Asserts that axe finds nothing in light and dark, and takes a picture of both, called `name`. */
export async function assertAccessible(page, name, { fullPage = true } = {}) {
  await mkdir(PICTURES, { recursive: true });
  for (const scheme of ["light", "dark"]) {
    await page.emulateMediaFeatures([
      { name: "prefers-color-scheme", value: scheme },
      { name: "prefers-reduced-motion", value: "reduce" },
    ]);
    await page.screenshot({ path: join(PICTURES, `${name}-${scheme}.png`), fullPage });
    await page.evaluate(axe);
    const { violations, passes } = await page.evaluate(() =>
      globalThis.axe.run(document, { resultTypes: ["violations"] }),
    );
    assert.ok(passes.length > 5, `axe looked at ${name}`);
    const found = violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html).join(" ")}`);
    assert.deepEqual(found, [], `${name}, ${scheme}`);
  }
  await page.emulateMediaFeatures([]);
}

/** Asserts that nothing of a page lies outside of it at a narrow width, at 200 %, and written from right to left. */
export async function assertFits(page, name) {
  const viewport = page.viewport();
  for (const direction of ["ltr", "rtl"]) {
    await page.setViewport({ width: 600, height: 800 });
    const wide = await page.evaluate((dir) => {
      document.documentElement.dir = dir;
      document.documentElement.style.fontSize = "200%";
      const wide = document.documentElement.scrollWidth - innerWidth;
      document.documentElement.removeAttribute("dir");
      document.documentElement.style.fontSize = "";
      return wide;
    }, direction);
    assert.ok(wide <= 0, `${name}, ${direction}, at 200 %, is ${wide} pixels too wide`);
  }
  if (viewport !== null) await page.setViewport(viewport);
}
