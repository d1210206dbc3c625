// Exports of one dataset, replayed on a tool that is fresh.

import { execFile } from "node:child_process";
import { readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { createRunner, PuppeteerRunnerExtension, parse } from "@puppeteer/replay";

import { CHROMIUM } from "../../packaging/demo/harness/checkout.mjs";
import { rootFlags } from "../../packaging/demo/harness/chromium.mjs";

const HERE = fileURLToPath(new URL(".", import.meta.url));

// The most that a flow may wait for a step: slow machines are no failure.
const MOST_PATIENCE = 30_000;

const filled = (text, values) => text.replace(/<([A-Z_]+[0-9]*)[^<>]*>/g, (all, name) => values[name] ?? all);

/** Runs the flow of a trajectory in `page`, its placeholders filled. */
export async function runFlow({ dataset, trajectory, values, page }) {
  const text = await readFile(join(dataset, "recorder", `${trajectory}.json`), "utf8");
  const flow = parse(JSON.parse(text, (_, value) => (typeof value === "string" ? filled(value, values) : value)));
  const extension = new PuppeteerRunnerExtension(page.browser(), page, { timeout: MOST_PATIENCE });
  let last;
  extension.beforeEachStep = (step) => {
    last = step;
  };
  await (await createRunner(flow, extension)).run().catch((error) => {
    throw new Error(`${error.message} at ${JSON.stringify(last)}`, { cause: error });
  });
}

/** Runs scripts of a dataset in Playwright, those of a trajectory that `only` names, against what listens at `port`. */
export async function runScripts({ dataset, port, only, results }) {
  await symlink(join(HERE, "node_modules"), join(dataset, "node_modules")).catch(({ code, message }) => {
    if (code !== "EEXIST") throw new Error(message);
  });
  const args = [...rootFlags(), `--host-resolver-rules=MAP *.corp.test 127.0.0.1:${port}`];
  const config = join(dataset, "playwright", "playwright.config.mjs");
  await writeFile(
    config,
    `export default ${JSON.stringify({
      reporter: "line",
      timeout: 0,
      workers: 2,
      use: { actionTimeout: MOST_PATIENCE, launchOptions: { executablePath: CHROMIUM, args } },
      outputDir: results,
    })};\n`,
  );
  const program = join(HERE, "node_modules/@playwright/test/cli.js");
  await promisify(execFile)(process.execPath, [program, "test", "--config", config, ...(only ? [only] : [])], {
    cwd: dataset,
  }).catch((error) => {
    throw new Error(`${error.message}\n${error.stdout}`);
  });
}
