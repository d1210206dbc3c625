// Two accounts of one machine in two teams: each host knows its own person's sites alone.

import assert from "node:assert/strict";
import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import test from "node:test";

import { CleanTree } from "./clean_tree.mjs";
import { frameOf, packageOf } from "./packages.mjs";

const ID = "abcdefghijklmnopabcdefghijklmnop";
const PEOPLE = {
  alice: { id: 1000, site: "https://crm.corp.example/*" },
  bob: { id: 1001, site: "https://erp.corp.example/*" },
};

test("two people of two teams see different sites on one machine", async (t) => {
  const tree = await CleanTree.make("clean-debian-people");
  t.after(() => tree.remove());
  await copyFile(await packageOf(".deb"), join(tree.folder, "tmp/fieldnote.deb"));
  await tree.run("dpkg --install /tmp/fieldnote.deb");
  const recipient = (await tree.run("fieldnote keys new --out /tmp/organisation.key")).trim();
  const policy = {
    organisation: "Example Corp",
    notice: { purpose: "p", lawful_basis: "l", contact: "c" },
    recipients: [recipient],
  };
  const etc = join(tree.folder, "etc/fieldnote");
  await writeFile(join(etc, "policy.json"), JSON.stringify(policy));
  for (const [name, { id, site }] of Object.entries(PEOPLE)) {
    // bob's team is a group of the system, alice's names her.
    const members = name === "bob" ? { groups: ["bookkeeping"] } : { users: [name] };
    await writeFile(
      join(etc, `teams.d/${name}.json`),
      JSON.stringify({ members, sites: [{ url: site, app: "tool" }] }),
    );
    await tree.run(
      `echo ${name}:x:${id}:${id}::/home/${name}:/bin/sh >> /etc/passwd && mkdir -p /home/${name} && chown ${id} /home/${name}`,
    );
  }
  await tree.run("echo bookkeeping:x:2000:bob >> /etc/group");

  const attach = { type: "attach", protocol: 1, extension: "0.1.0", browser: "chromium", stream: "0".repeat(32) };
  await mkdir(join(tree.folder, "tmp"), { recursive: true });
  await writeFile(join(tree.folder, "tmp/attach"), frameOf(attach));
  for (const [name, { id, site }] of Object.entries(PEOPLE)) {
    await tree.run(
      `cat /tmp/attach | setpriv --reuid ${id} --regid ${id} --init-groups env HOME=/home/${name} /usr/libexec/fieldnote-host chrome-extension://${ID}/ > /tmp/said`,
    );
    const said = messagesIn(await readFile(join(tree.folder, "tmp/said")));
    const told = said.find(({ type }) => type === "policy");
    assert.ok(told, JSON.stringify(said));
    assert.equal(told.state, "ask");
    assert.deepEqual(
      told.teams.flatMap(({ sites }) => sites.map(({ url }) => url)),
      [site],
      name,
    );
  }
});

function messagesIn(bytes) {
  const messages = [];
  for (let at = 0; at + 4 <= bytes.length; ) {
    const end = at + 4 + bytes.readUInt32LE(at);
    messages.push(JSON.parse(bytes.subarray(at + 4, end).toString()));
    at = end;
  }
  return messages;
}
