// Lines as they come from a page, in the dialect: by the code that the host does it with.

import { execFileSync } from "node:child_process";
import { join } from "node:path";

import { checkout } from "../../packaging/demo/harness/checkout.mjs";

const PROGRAM = join(checkout.build, "release", "tests", "outline", "render_outline");

/** @param {string[]} wire @returns {string[]} */
export function render(wire) {
  const text = execFileSync(PROGRAM, { input: `${JSON.stringify(wire)}\n`, maxBuffer: 1 << 26, encoding: "utf8" });
  const lines = text.slice(0, text.lastIndexOf("\n")).split("\n");
  return wire.length === 0 ? [] : lines;
}
