// `fieldnote doctor` on a machine on which all is well, and with one fault at a time: each is named, with what mends it.

import assert from "node:assert/strict";
import { copyFile, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import test from "node:test";

import { checkout } from "../../packaging/demo/harness/checkout.mjs";
import { CleanTree } from "./clean_tree.mjs";
import { packageOf } from "./packages.mjs";

const STATE = "/home/alice/.local/state/fieldnote";
const CHROMIUM_POLICY = "/etc/chromium/policies/managed/fieldnote.json";
const CHROMIUM_MANIFEST = "/etc/chromium/native-messaging-hosts/org.fieldnote.host.json";
const FIREFOX_MANIFEST = "/usr/lib/mozilla/native-messaging-hosts/org.fieldnote.host.json";
const HOST = "/usr/libexec/fieldnote-host";
const TEAM = "/etc/fieldnote/teams.d/support.json";
const POLICY = "/etc/fieldnote/policy.json";
const AS_ALICE = "setpriv --reuid 1000 --regid 1000 --clear-groups env HOME=/home/alice";
const change = (file, what, instead) => `cp -p ${file} /tmp/kept && sed -i 's#${what}#${instead}#' ${file}`;
const back = (file) => `cp -p /tmp/kept ${file}`;
const hide = (path) => `mv ${path} /tmp/hidden`;
const show = (path) => `mv /tmp/hidden ${path}`;

/** What is planted, what takes it away, which check names it at which level, and what of the sentence or the mending. */
const FAULTS = [
  ["no policy", hide(POLICY), show(POLICY), "policy", "error", /examples\/policy\.json/],
  [
    "a key that no policy has",
    change(POLICY, '"recording"', '"recordings"'),
    back(POLICY),
    "policy",
    "error",
    /policy\.json:\d+:\d+.*"recordings"/,
  ],
  ["a policy that anybody can write", `chmod 666 ${POLICY}`, `chmod 644 ${POLICY}`, "policy", "error", /policy\.json/],
  [
    "a person of no team",
    change(TEAM, "alice", "bob"),
    back(TEAM),
    "account",
    "warning",
    /alice is in no team.*"members"/,
  ],
  [
    "an account of several people",
    change(POLICY, "kiosk", "alice"),
    back(POLICY),
    "account",
    "error",
    /shared_accounts/,
  ],
  [
    "recording is off",
    change(POLICY, '"on"', '"off"'),
    back(POLICY),
    "recording",
    "warning",
    /set "recording" to "on"/,
  ],
  [
    "no manifest for Chromium",
    hide(CHROMIUM_MANIFEST),
    show(CHROMIUM_MANIFEST),
    "native_manifest",
    "error",
    /Chromium finds no.*reinstall/,
  ],
  [
    "a manifest for Firefox that is no JSON",
    change(FIREFOX_MANIFEST, "^{", ""),
    back(FIREFOX_MANIFEST),
    "native_manifest",
    "error",
    /mozilla.*no JSON/,
  ],
  ["no host program", hide(HOST), show(HOST), "host_program", "error", /fieldnote-host, which is not there.*reinstall/],
  ["a host that cannot be started", `chmod 644 ${HOST}`, `chmod 755 ${HOST}`, "host_program", "error", /chmod 755/],
  ["a host that says no hello", `${hide(HOST)} && cp /bin/true ${HOST}`, show(HOST), "handshake", "error", /no hello/],
  [
    "a manifest of the person's own before the machine's",
    "mkdir -p /home/alice/.mozilla/native-messaging-hosts && touch /home/alice/.mozilla/native-messaging-hosts/org.fieldnote.host.json",
    "rm -r /home/alice/.mozilla",
    "shadowed_manifest",
    "error",
    /rm \/home\/alice/,
  ],
  [
    "an extension that the policy does not name",
    change(CHROMIUM_MANIFEST, "extension://.*/", "extension://abcdefghijklmnopabcdefghijklmnop/"),
    back(CHROMIUM_MANIFEST),
    "extension_id",
    "error",
    /add "abcdefghijklmnopabcdefghijklmnop"/,
  ],
  [
    "no browser policy",
    hide(CHROMIUM_POLICY),
    show(CHROMIUM_POLICY),
    "browser_policy",
    "error",
    /policy render --browser chromium/,
  ],
  [
    "another file that sets the same",
    "echo '{\"ExtensionSettings\": {}}' > /etc/chromium/policies/managed/other.json",
    "rm /etc/chromium/policies/managed/other.json",
    "contradicting_policy",
    "error",
    /other\.json both set ExtensionSettings/,
  ],
  [
    "a browser policy of an older list",
    change(TEAM, "https://crm.corp.example/\\*", "https://new.corp.example/*"),
    back(TEAM),
    "stale_browser_policy",
    "warning",
    /policy render/,
  ],
  [
    "native messaging is blocked",
    change(CHROMIUM_POLICY, "NativeMessagingAllowlist", "NativeMessagingForgotten"),
    back(CHROMIUM_POLICY),
    "native_messaging",
    "error",
    /blocks.*add "org\.fieldnote\.host"/,
  ],
  [
    "Firefox in a snap, and no portal allowed",
    "mkdir -p /snap/bin && touch /snap/bin/firefox",
    "rm -r /snap",
    "portal",
    "error",
    /allow_portal/,
  ],
  [
    "Chromium in a flatpak",
    "mkdir -p /var/lib/flatpak/app/org.chromium.Chromium",
    "rm -r /var/lib/flatpak",
    "sandboxed_browser",
    "error",
    /install Chromium as a package/,
  ],
  [
    "AppArmor",
    "mkdir -p /etc/apparmor.d && echo 'profile firefox {}' > /etc/apparmor.d/usr.bin.firefox-esr",
    "rm -r /etc/apparmor.d",
    "apparmor",
    "error",
    /apparmor_parser -r/,
  ],
  [
    "a state folder that others can enter",
    `chmod 755 ${STATE}`,
    `chmod 700 ${STATE}`,
    "state_folder",
    "error",
    /chmod 700/,
  ],
  [
    "a device key that is gone",
    hide(`${STATE}/device.key`),
    show(`${STATE}/device.key`),
    "spool",
    "error",
    /device\.key/,
  ],
  [
    "a store that was damaged",
    `touch ${STATE}/spool.db.damaged-2026-11-28`,
    `rm ${STATE}/spool.db.damaged-*`,
    "damaged_spool",
    "warning",
    /set aside/,
  ],
];

/** Of the running system, so they are put in its place for one run. */
const AROUND = [
  [
    "swap that is not encrypted",
    "printf 'Filename Type\\n/dev/sda3 partition\\n' > tmp/swaps && mount --bind tmp/swaps proc/swaps",
    "swap",
    "warning",
    /swapoff \/dev\/sda3/,
  ],
  [
    "a disk that is full, in memory",
    `mount -t tmpfs -o size=1m,mode=0700,uid=1000 tmpfs .${STATE}`,
    "disk",
    "error",
    /make room/,
  ],
  [
    "a home that does not last",
    `mount -t tmpfs -o mode=0700,uid=1000 tmpfs .${STATE}`,
    "lasting_home",
    "warning",
    /XDG_STATE_HOME/,
  ],
];

test("doctor names each planted fault and what mends it", async (t) => {
  const tree = await CleanTree.make("clean-debian-doctor");
  t.after(() => tree.remove());
  await setUp(tree);
  const doctor = async (mounting) => {
    const answer = await tree.run(`${AS_ALICE} fieldnote doctor --json || true`, mounting);
    return JSON.parse(answer).findings;
  };
  const healthy = await doctor();
  assert.deepEqual(
    healthy.filter(({ level }) => level === "error"),
    [],
    "all is well before",
  );
  assert.ok(healthy.some(({ check, level }) => check === "handshake" && level === "ok"));
  assert.ok(healthy.some(({ check, level }) => check === "browser_policy" && level === "ok"));
  const known = new Set(healthy.map((finding) => JSON.stringify(finding)));

  const named = (findings, check, level, said) =>
    findings.some(
      (finding) =>
        finding.check === check &&
        finding.level === level &&
        !known.has(JSON.stringify(finding)) &&
        finding.mend &&
        said.test(`${finding.sentence} ${finding.mend}`),
    );
  for (const [name, plant, mend, check, level, said] of FAULTS)
    await t.test(name, async () => {
      await tree.run(plant);
      const findings = await doctor();
      await tree.run(mend);
      assert.ok(named(findings, check, level, said), JSON.stringify(findings, null, 1));
    });
  for (const [name, plant, check, level, said] of AROUND)
    await t.test(name, async () => {
      const findings = await doctor(plant);
      assert.ok(named(findings, check, level, said), JSON.stringify(findings, null, 1));
    });
  assert.deepEqual(
    (await doctor()).map(({ check, level }) => `${check} ${level}`),
    healthy.map(({ check, level }) => `${check} ${level}`),
    "all is well again",
  );

  await t.test("the file for support names no person, computer or page", async () => {
    await tree.run(`${AS_ALICE} fieldnote doctor --bundle /tmp/support.json --yes`);
    const text = await readFile(join(tree.folder, "tmp/support.json"), "utf8");
    assert.ok(JSON.parse(text).findings.length >= healthy.length);
    assert.doesNotMatch(text, /alice|crm\.corp|tickets\.corp/);
  });
});

/** A machine as an administrator leaves it: package, policy, both browsers' own policies, a person who has begun. */
async function setUp(tree) {
  await copyFile(await packageOf(".deb"), join(tree.folder, "tmp/fieldnote.deb"));
  await tree.run("dpkg --install /tmp/fieldnote.deb");
  await tree.run(
    "echo alice:x:1000:1000::/home/alice:/bin/sh >> /etc/passwd && echo alice:x:1000: >> /etc/group && mkdir -p /home/alice && chown alice: /home/alice && touch /usr/bin/chromium /usr/bin/firefox-esr",
  );
  const recipient = (await tree.run("fieldnote keys new --out /tmp/organisation.key")).trim();
  const ids = JSON.parse(await readFile(join(checkout.build, "package/extension/ids.json"), "utf8"));
  const example = join(tree.folder, "usr/share/doc/fieldnote/examples");
  const policy = (await readFile(join(example, "policy.json"), "utf8"))
    .replace("age1...", recipient)
    .replace(/^\{$/m, `{ "extension_ids": ["${ids.chromium}", "${ids.firefox}"],`);
  await writeFile(join(tree.folder, POLICY), policy);
  const team = (await readFile(join(example, "teams.d/support.json"), "utf8")).replace(
    '"groups": ["support"]',
    '"users": ["alice"]',
  );
  await writeFile(join(tree.folder, TEAM), team);
  const feed = "--feed https://updates.corp.example/fieldnote";
  await tree.run(`fieldnote policy render --browser chromium ${feed} --out /`);
  await tree.run(
    `fieldnote policy render --browser firefox ${feed} --out /tmp && fieldnote policy merge /tmp/firefox-policies.json --into /etc/firefox/policies/policies.json`,
  );
  await tree.run(`${AS_ALICE} sh -c "fieldnote pause 1m && fieldnote resume"`);
}
