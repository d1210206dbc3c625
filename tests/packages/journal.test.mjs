// The host's log where there is a journal: names and numbers, and nothing of a page.

import assert from "node:assert/strict";
import { copyFile, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import test from "node:test";

import { CleanTree } from "./clean_tree.mjs";
import { frameOf, packageOf } from "./packages.mjs";

const CANARY = "Kanarie7731";
const HOST = "/usr/libexec/fieldnote-host chrome-extension://abcdefghijklmnopabcdefghijklmnop/";

/** Runs what stands after it beside a journal of the tree's own, and prints what of the host came into that. */
const BESIDE_JOURNAL = `/lib/systemd/systemd-journald 2> /tmp/journald & journal=$!
until journalctl --sync 2> /tmp/sync; do kill -0 $journal; done
"$@"
until journalctl --sync 2> /tmp/sync; do kill -0 $journal; done
journalctl --output=json SYSLOG_IDENTIFIER=fieldnote-host
kill $journal
wait $journal || true
`;

/** Without it the journal does not know its place among control groups. */
const SYSTEM = "mount --rbind /sys sys";

/** What the host itself wrote: the journal adds who that was. */
const ownFields = (entry) => Object.fromEntries(Object.entries(entry).filter(([name]) => !name.startsWith("_")));

test("the host logs to the journal, and nothing of a page", async (t) => {
  const tree = await CleanTree.make("clean-debian-journal");
  t.after(() => tree.remove());
  await copyFile(await packageOf(".deb"), join(tree.folder, "tmp/fieldnote.deb"));
  await writeFile(join(tree.folder, "tmp/beside_journal"), BESIDE_JOURNAL);
  const attach = { type: "attach", protocol: 1, extension: "0.1.0", browser: "chromium", stream: "0".repeat(32) };
  const frames = [attach, { type: "state", id: 1, change: CANARY }, { type: CANARY, url: `https://${CANARY}/` }];
  await writeFile(join(tree.folder, "tmp/frames"), Buffer.concat(frames.map(frameOf)));
  await tree.run("dpkg --install /tmp/fieldnote.deb && systemd-machine-id-setup 2> /tmp/id");

  const work = `cat /tmp/frames | ${HOST} > /tmp/said 2> /tmp/errors`;
  const told = (await tree.run(`sh -e /tmp/beside_journal sh -c '${work}'`, SYSTEM))
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  const said = (wanted) => told.some((entry) => Object.entries(wanted).every(([name, value]) => entry[name] === value));
  assert.ok(
    said({ FIELDNOTE_EVENT: "started", PRIORITY: "6", _EXE: "/usr/libexec/fieldnote-host" }),
    JSON.stringify(told),
  );
  // There is no policy, and one of the frames is none.
  assert.ok(said({ FIELDNOTE_EVENT: "policy_refused", PRIORITY: "3" }), JSON.stringify(told));
  assert.ok(said({ FIELDNOTE_ERROR: "message_unknown" }), JSON.stringify(told));
  assert.doesNotMatch(JSON.stringify(told.map(ownFields)), new RegExp(`${CANARY}|https:|/root|/etc`));
  assert.equal(await readFile(join(tree.folder, "tmp/errors"), "utf8"), "");

  await t.test("doctor says where, and its own host does not write there", async () => {
    await tree.run("rm -rf /run/log/journal");
    const doctor = "sh -c 'fieldnote doctor > /tmp/doctor; true'";
    assert.equal(await tree.run(`sh -e /tmp/beside_journal ${doctor}`, SYSTEM), "");
    assert.match(await readFile(join(tree.folder, "tmp/doctor"), "utf8"), /journalctl -t fieldnote-host/);
  });
  await t.test("without a journal it says the same on standard error", async () => {
    await tree.run("rm /run/systemd/journal/socket");
    await tree.run(work);
    const errors = await readFile(join(tree.folder, "tmp/errors"), "utf8");
    assert.match(errors, /^fieldnote-host: started: version /m);
    assert.match(errors, /^fieldnote-host: error_told: .*message_unknown/m);
    assert.doesNotMatch(errors, new RegExp(CANARY));
  });
});
