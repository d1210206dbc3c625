// The packages that `packaging/dev package` built, on systems that have nothing else.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import test from "node:test";
import { promisify } from "node:util";

import { checkout } from "../../packaging/demo/harness/checkout.mjs";
import { CleanTree } from "./clean_tree.mjs";
import { PACKAGES, packageOf } from "./packages.mjs";

const run = promisify(execFile);

const MANIFESTS = [
  "etc/opt/chrome/native-messaging-hosts",
  "etc/chromium/native-messaging-hosts",
  "etc/opt/edge/native-messaging-hosts",
  "usr/lib/mozilla/native-messaging-hosts",
].map((folder) => join(folder, "org.fieldnote.host.json"));

/** Folders that a system has, and an empty tree has not. */
const SYSTEM = new Set([
  "/etc",
  "/etc/opt",
  "/usr",
  "/usr/bin",
  "/usr/lib",
  "/usr/lib64",
  "/usr/libexec",
  "/usr/share",
  "/usr/share/man",
  "/usr/share/man/man1",
  "/usr/share/man/man5",
  "/usr/share/man/man8",
  "/usr/lib/systemd",
  "/usr/lib/systemd/user",
  "/usr/share/doc",
  "/usr/share/licenses",
  "/var",
  "/var/lib",
  "/var/lib/rpm",
]);

/** What dpkg notes of its own doings. */
const DPKG_NOTES = ["/var/lib/dpkg", "/var/log", "/var/cache", "/tmp", "/proc", "/dev"];

test("a deb installs, upgrades, and leaves nothing behind but what people hold and the administrator wrote", async (t) => {
  const tree = await CleanTree.make("clean-debian");
  t.after(() => tree.remove());
  const deb = await packageOf(".deb");
  await copyFile(deb, join(tree.folder, "tmp/fieldnote.deb"));
  const before = await tree.everything("/", DPKG_NOTES);
  const ids = JSON.parse(await readFile(join(PACKAGES, "extension/ids.json"), "utf8"));

  await tree.run("dpkg --install /tmp/fieldnote.deb");
  assert.match(await tree.run("fieldnote --version"), /^fieldnote \d/);
  for (const path of MANIFESTS) {
    const manifest = JSON.parse(await tree.run(`cat /${path}`));
    assert.ok((await tree.run(`test -x '${manifest.path}' && echo yes`)).startsWith("yes"), manifest.path);
    assert.deepEqual(
      manifest.allowed_extensions ?? manifest.allowed_origins,
      path.includes("mozilla") ? [ids.firefox] : [`chrome-extension://${ids.chromium}/`],
    );
  }

  // A person's data and the administrator's policy: no package knows them.
  const [recipient] = (await tree.run("fieldnote keys new --out /tmp/organisation.key")).split("\n");
  const example = join(tree.folder, "usr/share/doc/fieldnote/examples");
  await assert.rejects(tree.run("fieldnote policy check --draft /usr/share/doc/fieldnote/examples"), /age1\.\.\./);
  const policy = await readFile(join(example, "policy.json"), "utf8");
  await writeFile(join(tree.folder, "etc/fieldnote/policy.json"), policy.replace("age1...", recipient));
  await copyFile(join(example, "teams.d/support.json"), join(tree.folder, "etc/fieldnote/teams.d/support.json"));
  assert.match(await tree.run("fieldnote policy check"), /The policy is good/);
  await tree.run("fieldnote keys participant");
  await mkdir(join(tree.folder, "root/.local/state/fieldnote/bundles"), { recursive: true, mode: 0o700 });
  await writeFile(join(tree.folder, "root/.local/state/fieldnote/bundles/1-0123456789abcdef.age"), "held");
  // Exit code 1: there is no browser here.
  const health = JSON.parse(await tree.run("fieldnote doctor --json || true"));
  assert.deepEqual(
    health.findings.filter(({ level }) => level === "error").map(({ check }) => check),
    ["browser"],
  );
  const theirs = async () => ({ ...(await tree.everything("/root")), ...(await tree.everything("/etc/fieldnote")) });
  const kept = await theirs();

  await t.test("upgrade", async () => {
    await tree.run(
      "dpkg-deb -R /tmp/fieldnote.deb /tmp/next && sed -i 's/^Version: .*/Version: 99.0-1/' /tmp/next/DEBIAN/control && dpkg-deb -Znone -b /tmp/next /tmp/next.deb && dpkg --install /tmp/next.deb",
    );
    assert.match(await tree.run("dpkg-query --status fieldnote"), /^Version: 99.0-1$/m);
    assert.deepEqual(await theirs(), kept);
  });
  await t.test("remove", async () => {
    await tree.run("dpkg --remove fieldnote");
    assert.equal(await tree.run("command -v fieldnote || echo gone"), "gone\n");
    assert.deepEqual(await theirs(), kept);
  });
  await t.test("purge", async () => {
    await tree.run("dpkg --purge fieldnote");
    assert.deepEqual(await theirs(), kept);
    assert.deepEqual(differences({ ...before, ...kept }, await tree.everything("/", DPKG_NOTES)), []);
  });
});

test("an rpm puts the same files on Fedora's places, and takes them away again", async (t) => {
  const root = join(checkout.build, "clean-rpm");
  await rm(root, { recursive: true, force: true });
  await mkdir(root, { recursive: true });
  t.after(() => rm(root, { recursive: true, force: true }));
  const rpm = (...words) => run("rpm", ["--root", root, "--dbpath", "/var/lib/rpm", "--nodeps", ...words]);
  const path = await packageOf(".rpm");
  // There is nobody but root in the empty tree.
  await rpm("--install", path);
  for (const manifest of [...MANIFESTS, "usr/lib64/mozilla/native-messaging-hosts/org.fieldnote.host.json"])
    assert.equal(JSON.parse(await readFile(join(root, manifest), "utf8")).path, "/usr/libexec/fieldnote-host");
  await rpm("--erase", "fieldnote");
  const left = (await readdir(root, { recursive: true, withFileTypes: true })).filter(
    (entry) => !join(entry.parentPath ?? entry.path).startsWith(join(root, "var/lib/rpm")),
  );
  assert.deepEqual(
    left
      .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(root.length))
      .filter((path) => !SYSTEM.has(path)),
    [],
  );
});

for (const [shell, complete] of Object.entries({
  bash: (line) => runs("bash", script("complete.bash"), made("fieldnote.bash"), ...line.split(" ")),
  zsh: (line) => runs("zsh", script("complete.zsh"), made(""), line),
  fish: (line) => runs("fish", "-c", "source $argv[1]; complete -C $argv[2]", made("fieldnote.fish"), line),
}))
  test(`in ${shell}, completion offers what the command knows`, async () => {
    const commands = await complete("fieldnote ");
    for (const name of ["policy", "doctor", "seal", "export"]) assert.ok(commands.includes(name), name);
    assert.deepEqual(await complete("fieldnote policy che"), ["check"]);
    assert.ok((await complete("fieldnote policy check --")).includes("--strict"));
    // Also of what stands in a group of its own.
    assert.deepEqual(await complete("fieldnote export --identity-c"), ["--identity-command"]);
  });

const script = (name) => join(checkout.root, "tests/packages", name);
const made = (name) => join(checkout.build, "release/packaging/reference", name);

/** What a shell offers, without what it says of it. */
async function runs(program, ...words) {
  const { stdout, stderr } = await run(program, words, { timeout: 60_000 });
  assert.equal(stderr, "");
  return stdout
    .trim()
    .split("\n")
    .map((offer) => offer.split("\t")[0]);
}

/** What is not as it was, a line each. */
function differences(before, after) {
  const paths = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return paths
    .filter((path) => before[path] !== after[path])
    .map((path) => `${path}: was ${before[path] ?? "not there"}, is ${after[path] ?? "gone"}`);
}
