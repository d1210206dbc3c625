import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import test from "node:test";
import { promisify } from "node:util";

import { checkout } from "../../../packaging/demo/harness/checkout.mjs";

const run = promisify(execFile);

test("the README's commands do what it says", async (t) => {
  const readme = await readFile(join(checkout.root, "README.md"), "utf8");
  const blocks = [...readme.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, commands]) => commands);
  assert.ok(blocks.length >= 3, "the README has commands");
  for (const commands of blocks) {
    await t.test(commands.trim().split("\n")[0], async () => {
      // Warnings of a pipe that `head` closes are none of ours.
      const { stdout } = await run("bash", ["-e", "-c", commands], { cwd: checkout.root, maxBuffer: 16 << 20 });
      assert.notEqual(stdout.trim(), "");
      if (commands.includes("| head -1")) assert.equal(JSON.parse(stdout.split("\n")[0]).kind, "header");
    });
  }
});
