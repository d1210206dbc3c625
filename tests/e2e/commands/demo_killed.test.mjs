import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { lstat, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import test from "node:test";

import { checkout } from "../../../packaging/demo/harness/checkout.mjs";
import { processesWith } from "../../../packaging/demo/harness/processes.mjs";
import { until } from "../../../packaging/demo/harness/until.mjs";

test("a demo that is killed midway leaves /etc as it was, and no process behind", async () => {
  await rm(join(checkout.build, "demo"), { recursive: true, force: true });
  const before = await everythingBelow("/etc");
  const demo = spawn(
    join(checkout.root, "packaging/demo/private-etc"),
    ["node", join(checkout.root, "packaging/demo/demo.mjs")],
    {
      stdio: "ignore",
    },
  );
  const exited = once(demo, "exit");
  await until("the demo is in the middle of its work", async () =>
    (await readdir(join(checkout.build, "demo/screenshots")).catch(() => [])).some((name) =>
      name.includes("new-ticket"),
    ),
  );
  assert.notDeepEqual(await processesOfDemo(), [], "its browser runs");
  demo.kill("SIGKILL");
  assert.deepEqual(await exited, [null, "SIGKILL"]);

  await until("its processes are gone", async () => (await processesOfDemo()).length === 0);
  assert.deepEqual(await everythingBelow("/etc"), before);
});

/** Every path below `folder` with what would tell that it was touched. */
async function everythingBelow(folder) {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const nested = await Promise.all(
    entries.map(async (entry) => {
      const path = join(folder, entry.name);
      const { mode, uid, gid, size, mtimeMs } = await lstat(path);
      return [{ path, mode, uid, gid, size, mtimeMs }, ...(entry.isDirectory() ? await everythingBelow(path) : [])];
    }),
  );
  return nested.flat();
}

const processesOfDemo = () => processesWith(join(checkout.build, "demo/working"));
