// The host's log where there is a journal: a socket in journald's place hears names and numbers, and nothing of a page.

import assert from "node:assert/strict";
import { copyFile, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import test from "node:test";

import { CleanTree } from "./clean_tree.mjs";
import { frameOf, packageOf } from "./packages.mjs";

const CANARY = "Kanarie7731";
const HOST = "/usr/libexec/fieldnote-host chrome-extension://abcdefghijklmnopabcdefghijklmnop/";

/** Every Debian has perl: binds the socket, runs what stands after it, and prints what was sent. */
const JOURNAL = `use Socket;
unlink "/run/systemd/journal/socket";
socket(J, AF_UNIX, SOCK_DGRAM, 0) && bind(J, pack_sockaddr_un("/run/systemd/journal/socket")) or die $!;
system(@ARGV);
while (defined recv(J, $entry, 8192, MSG_DONTWAIT)) { print "$entry\\n"; }
`;

test("the host logs to the journal, and nothing of a page", async (t) => {
  const tree = await CleanTree.make("clean-debian-journal");
  t.after(() => tree.remove());
  await copyFile(await packageOf(".deb"), join(tree.folder, "tmp/fieldnote.deb"));
  await writeFile(join(tree.folder, "tmp/journal.pl"), JOURNAL);
  const attach = { type: "attach", protocol: 1, extension: "0.1.0", browser: "chromium", stream: "0".repeat(32) };
  const frames = [attach, { type: "state", id: 1, change: CANARY }, { type: CANARY, url: `https://${CANARY}/` }];
  await writeFile(join(tree.folder, "tmp/frames"), Buffer.concat(frames.map(frameOf)));
  await tree.run("dpkg --install /tmp/fieldnote.deb && mkdir -p /run/systemd/journal");

  const work = `cat /tmp/frames | ${HOST} > /tmp/said 2> /tmp/errors`;
  const heard = await tree.run(`perl /tmp/journal.pl sh -c '${work}'`);
  assert.match(heard, /^SYSLOG_IDENTIFIER=fieldnote-host$/m);
  assert.match(heard, /^FIELDNOTE_EVENT=started$/m);
  // There is no policy, and one of the frames is none.
  assert.match(heard, /^FIELDNOTE_EVENT=policy_refused$/m);
  assert.match(heard, /^FIELDNOTE_ERROR=message_unknown$/m);
  assert.doesNotMatch(heard, new RegExp(`${CANARY}|https:|/root|/etc`));
  assert.equal(await readFile(join(tree.folder, "tmp/errors"), "utf8"), "");

  await t.test("doctor says where, and does not stand in it", async () => {
    const doctor = await tree
      .run(`perl /tmp/journal.pl sh -c 'fieldnote doctor > /tmp/doctor; true'`)
      .catch((e) => e.stdout);
    assert.equal(doctor, "");
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
