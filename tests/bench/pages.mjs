// The three pages that recorders are measured on, served on loopback, cross-origin isolated so that clocks are fine.

import { createServer } from "node:http";
import { fileURLToPath } from "node:url";

import { onLoopback } from "../../packaging/demo/harness/loopback.mjs";
import { build } from "./peers/node_modules/esbuild/lib/main.js";

const field = (i) => `<p><label>Field ${i} <input name="field${i}" data-bench="f${i}"></label></p>`;
const row = (i) =>
  `<tr><td>${i}</td><td>Person ${i % 97}</td><td>open</td><td><button type="button" data-bench="r${i}">Edit</button></td></tr>`;
const times = (count, make) => Array.from({ length: count }, (_, i) => make(i)).join("");

export const PAGES = {
  form: `<form aria-label="Order">${times(12, field)}<button type="button" data-bench="save">Save</button></form>`,
  // 1,100 rows of nine nodes.
  table: `<table><tbody>${times(1100, row)}</tbody></table>`,
  grid: `<table id="live"><tbody>${times(60, row)}</tbody></table>
    <script>const update = () => { for (let i = 0; i < 20; ++i) {
      const cell = document.querySelector("#live").rows[Math.floor(Math.random() * 60)].cells[2];
      cell.textContent = String(Math.random()).slice(2, 8); } };
      const live = setInterval(update, 50);
      window.pace = () => { clearInterval(live); window.update = update; };</script>`,
};

/** `?rrweb`: with that recorder in the page, which counts what it makes. */
export async function startPages() {
  const { outputFiles } = await build({
    stdin: {
      contents: `import { record } from "@rrweb/record"; window.bytes = 0;
        record({ emit: (event) => { window.bytes += JSON.stringify(event).length; } });`,
      resolveDir: fileURLToPath(new URL("peers", import.meta.url)),
    },
    bundle: true,
    minify: true,
    format: "iife",
    write: false,
  });
  const server = createServer((request, response) => {
    const { pathname, search } = new URL(request.url, "http://pages");
    const headers = {
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-embedder-policy": "require-corp",
      "content-type": pathname === "/rrweb.js" ? "text/javascript" : "text/html; charset=utf-8",
    };
    const body = PAGES[pathname.slice(1)] ?? "";
    const recorder = search === "?rrweb" ? '<script src="/rrweb.js"></script>' : "";
    response.writeHead(200, headers);
    response.end(
      pathname === "/rrweb.js"
        ? outputFiles[0].contents
        : `<!doctype html><html lang="en"><title>${pathname}</title><main id="work">${body}</main>${recorder}</html>`,
    );
  });
  return onLoopback(server);
}
