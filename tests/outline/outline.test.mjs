// Our outlines are Playwright's own snapshots of the same pages, line for line, refs included, but for the differences
// that are named below.

import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { after, before, describe, test } from "node:test";

import { render } from "./dialect.mjs";
import { ask, openBrowser, PAGES, tooOld } from "./extension.mjs";

let browser;
before(async () => {
  if (!tooOld) browser = await openBrowser();
});
after(() => browser?.close());

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

const NAMES = (await readdir(PAGES)).map((name) => name.replace(".html", ""));

describe("an outline is Playwright's snapshot", { skip: tooOld }, () => {
  for (const name of NAMES) {
    test(name.replaceAll("_", " "), async () => {
      const page = await browser.open(`${name}.html`);
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
  const wire = await ask(frame, "outline-wanted");
  const children = frame.childFrames();
  const lines = [];
  for (const rendered of render(wire)) {
    const line = rendered.replace(/\[ref=(?=e\d+\])/, `[ref=${prefix}`);
    const [, start, indent, child] = /^(( *)- iframe\b.*) \[frame=(\d+)\]$/.exec(line) ?? [];
    if (start === undefined) {
      lines.push(line);
      continue;
    }
    const inner = line.includes("[ref=") ? await outline(page, children[child], number) : [];
    lines.push(inner.length > 0 ? `${start}:` : start, ...inner.map((below) => `${indent}  ${below}`));
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
