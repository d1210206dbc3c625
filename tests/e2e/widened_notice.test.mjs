import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import test from "node:test";

import { POLICY_FOLDER, writeFiles } from "../../packaging/demo/harness/machine_files.mjs";
import { comesToTheFront, sayNo, sayYes, standing } from "../../packaging/demo/harness/notice.mjs";
import { newOrganisationKey } from "../../packaging/demo/harness/organisation.mjs";
import { until } from "../../packaging/demo/harness/until.mjs";
import { agentAt, clickOn, folderOf, workplaceFor } from "./recording.mjs";

const TEAM = "teams.d/support.json";

test("whatever widens is asked again, says what has changed, and is not recorded until a yes", async (t) => {
  const folder = await folderOf(t);
  const workplace = await workplaceFor(t, { folder });
  const reader = await workplace.notice();
  await sayYes(reader);
  const person = await agentAt(workplace);
  const another = await newOrganisationKey(join(folder, "another.key"));

  /** Kinds of widening: the file, what is put for what, and what the notice says of it. */
  const widenings = [
    ["policy.json", /Train an assistant for the support desk/, "Sell it", /Purpose: it was “Train an.*now “Sell it”/],
    ["policy.json", /Works agreement of 2026-03-01/, "Interest", /Lawful basis: .*now “Interest”/],
    ["policy.json", /"recipients": \[/, `"recipients": ["${another}", `, /More can read it: [0-9a-f]{4}-/],
    ["policy.json", /"Assistant team"/, '"Some vendor"', /More can read it: Some vendor \([0-9a-f]{4}-/],
    ["policy.json", /"24h"/, '"2h"', /before it is sent: 24 hours until now, 2 hours/],
    ["policy.json", /"days": 30/, '"days": 60', /kept on this computer: 30 days until now, 60 days/],
    [
      TEAM,
      /"sites": \[/,
      '"sites": [{ "url": "http://crm.corp.test/*", "app": "crm" }, ',
      /More pages.*crm\.corp\.test/,
    ],
    [TEAM, /"exclude": \[.*\]/, '"exclude": []', /No longer left out: .*\/hr\/\*/],
    [
      TEAM,
      /"#customer", "values": "shape"/,
      '"#customer", "values": "clear"',
      /More fields in which your own words.*#customer/,
    ],
    [TEAM, /"keys": "episodes"/, '"keys": "strokes"', /More is kept of the keys that you press/],
  ];
  for (const [file, what, instead, said] of widenings) {
    await person.page.bringToFront();
    await change(file, what, instead);
    await until(`asked again about ${instead}`, async () => (await standing(reader.page)) === "ask");
    await comesToTheFront(reader);
    await until(`the notice says ${said}`, async () => said.test(await changesOn(reader.page)));
    await person.page.bringToFront();
    await person.click("link", "New ticket");
    await person.click("link", "Cancel");
    await reader.page.bringToFront();
    await sayYes(reader);
    assert.equal(await changesOn(reader.page), "", "nothing is new any more");
  }
  await person.page.bringToFront();
  await person.click("link", "Guides");
  await workplace.untilHeld("work after the last yes", clickOn("Guides"));
  assert.deepEqual((await workplace.held()).filter(clickOn("New ticket")), [], "nothing of the times between");

  // A no to the wider one is as final as any other.
  await change(TEAM, /"#customer", "values": "clear"/, '"main", "values": "clear"');
  await until("asked again", async () => (await standing(reader.page)) === "ask");
  await reader.page.bringToFront();
  await sayNo(reader);
  await reader.page.reload();
  await until("it is still a no", async () => (await standing(reader.page).catch(() => "")) === "declined");
});

async function change(file, what, instead) {
  const before = await readFile(join(POLICY_FOLDER, file), "utf8");
  assert.match(before, what);
  await writeFiles(POLICY_FOLDER, { [file]: before.replace(what, instead) });
}

/** What the notice shows as changed; nothing where it shows nothing. */
const changesOn = (page) =>
  page.$eval("#changed", (element) => (element.hidden ? "" : element.textContent)).catch(() => "");
