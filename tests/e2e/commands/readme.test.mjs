import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import test from "node:test";
import { promisify } from "node:util";

import { checkout } from "../../../packaging/demo/harness/checkout.mjs";

const run = promisify(execFile);

test("the commands of README and ml-engineers.md do what they say", async (t) => {
  const pages = ["README.md", "packaging/ml-engineers.md"].map((name) => readFile(join(checkout.root, name), "utf8"));
  const blocks = (await Promise.all(pages)).flatMap((page) => [...page.matchAll(/^```sh\n(.*?)^```$/gms)]);
  assert.ok(blocks.length >= 4, "the pages have commands");
  for (const [, commands] of blocks) {
    await t.test(commands.trim().split("\n")[0], async () => {
      // Warnings of a pipe that `head` closes are none of ours.
      const { stdout } = await run("bash", ["-e", "-c", commands], { cwd: checkout.root, maxBuffer: 16 << 20 });
      assert.notEqual(stdout.trim(), "");
      if (commands.includes("zstd -dc | head -1")) assert.equal(JSON.parse(stdout.split("\n")[0]).kind, "header");
    });
  }
});
