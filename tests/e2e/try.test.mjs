import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import test from "node:test";
import { checkout } from "../../packaging/demo/harness/checkout.mjs";
import { attach } from "../../packaging/demo/harness/chromium.mjs";
import { sayYes } from "../../packaging/demo/harness/notice.mjs";
import { readSteps } from "../../packaging/demo/harness/organisation.mjs";
import { Person } from "../../packaging/demo/harness/person.mjs";
import { until } from "../../packaging/demo/harness/until.mjs";
import { work } from "../../packaging/demo/work.mjs";
import { assertSteps } from "./contract.mjs";

const dev = join(checkout.root, "packaging/dev");

test("try without a display says so and names the demo", async () => {
  const { DISPLAY, WAYLAND_DISPLAY, ...env } = process.env;
  const { status, output } = await run(dev, ["try"], env);
  assert.equal(status, 1);
  assert.match(output, /no display.*packaging\/dev demo/);
});

test("try shows each event as it would leave, prints the trajectory, and leaves nothing else behind", async (t) => {
  // Short: a browser puts a socket there, whose path has at most 107 bytes.
  const temporary = await mkdtemp("/tmp/try-");
  t.after(() => rm(temporary, { recursive: true, force: true }));
  // The browser of `try` has no debugging port; here, in an /etc of our own, the machine gives it one.
  await writeFile("/etc/chromium.d/test", 'CHROMIUM_FLAGS="$CHROMIUM_FLAGS --remote-debugging-port=0"\n');
  const finished = run("xvfb-run", ["--auto-servernum", dev, "try"], { ...process.env, TMPDIR: temporary });

  const browser = await attach(
    await until("the browser's debugging port", () => debuggerOf(temporary), { patience: 60_000 }),
  );
  const notice = await (await browser.waitForTarget((target) => target.url().endsWith("/notice.html"))).page();
  await notice.bringToFront();
  await sayYes(new Person(notice));
  const desk = await (
    await browser.waitForTarget((target) => target.url().startsWith("http://desk.localhost:"))
  ).page();
  await desk.bringToFront();
  await work(new Person(desk), { password: "correct horse" });
  await closeWindow(browser);

  const { status, output } = await finished;
  assert.equal(status, 0, output);
  assert.match(output, /click button "Create ticket"\n\{.*"name":"Create ticket"/);
  assert.match(output, /The trajectory[\s\S]*Create ticket[\s\S]*build\/try\/dataset/);
  assert.doesNotMatch(output, /correct horse/);
  const steps = await readSteps(join(checkout.build, "try/dataset"));
  assertSteps(steps);
  assert.ok(steps.some(({ action }) => action.kind === "submit"));
  assert.deepEqual(await readdir(temporary), []);
});

async function debuggerOf(temporary) {
  const [working] = (await readdir(temporary)).filter((name) => name.startsWith("fieldnote-try-"));
  const text =
    working && (await readFile(join(temporary, working, "profile/DevToolsActivePort"), "utf8").catch(() => ""));
  const [port, path] = text ? text.trim().split("\n") : [];
  return path && `ws://127.0.0.1:${port}${path}`;
}

async function closeWindow(browser) {
  for (const page of await browser.pages()) await page.close().catch(() => {});
}

async function run(program, args, env) {
  const child = spawn(program, args, { env, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text) => (output += text));
  const [status] = await once(child, "close");
  return { status, output };
}
