import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import test from "node:test";

import { POLICY_FOLDER, writeFiles } from "../../packaging/demo/harness/machine_files.mjs";
import { comesToTheFront, sayYes, standing } from "../../packaging/demo/harness/notice.mjs";
import { until } from "../../packaging/demo/harness/until.mjs";
import { DESK } from "../../packaging/demo/harness/workplace.mjs";
import { measured } from "./bar.mjs";
import { agentAt, BROWSERS, clickOn, recordingFor } from "./recording.mjs";

const CRM = "http://crm.corp.test";
const TEAM = "teams.d/support.json";
/** The bar, in milliseconds. */
const HEARD_IN = 10_000;

for (const browser of BROWSERS)
  test(`${browser}: recording off, a site taken away and a site added are heard at once`, async (t) => {
    const workplace = await recordingFor(t, { browser, origins: [DESK, CRM] });
    const person = await agentAt(workplace);
    // The one that the extension has opened, and brings to the front when it asks again.
    const notices = [await workplace.notice()];
    if (browser === "chromium") {
      const second = await workplace.anotherBrowser({ profile: "second" });
      const open = () => workplace.own("notice.html", second).catch(() => null);
      notices.push(await until("the second browser has installed the extension", open));
    }
    const stand = (wanted) =>
      until(`every browser says ${wanted}`, async () => {
        const now = await Promise.all(notices.map(({ page }) => standing(page).catch(() => "")));
        return now.every((one) => one === wanted);
      });
    /** Writes the change, waits until it is heard, and says how long that took. */
    const heard = async (what, file, from, to, wait) => {
      const begin = performance.now();
      await change(file, from, to);
      await wait();
      measured(t, what, [performance.now() - begin], HEARD_IN);
    };
    await stand("recording");

    await t.test("off, and on again", async () => {
      await heard("off after", "policy.json", /"review_window"/, '"recording": "off", "review_window"', () =>
        stand("off"),
      );
      await person.page.bringToFront();
      await person.click("link", "New ticket");
      await person.click("link", "Cancel");
      await heard("on again after", "policy.json", /"recording": "off", /, "", () => stand("recording"));
      await person.page.bringToFront();
      await person.click("link", "Guides");
      await workplace.untilHeld("a click after it is on again", clickOn("Guides"));
      assert.deepEqual((await workplace.held()).filter(clickOn("New ticket")), []);
    });

    await t.test("a site taken away: nothing more, and what was held of it is gone", async () => {
      const atDesk = ({ url }) => url?.startsWith(DESK);
      assert.ok((await workplace.held()).some(atDesk));
      await heard("site gone after", TEAM, /"sites": \[.*\]/, `"sites": [{ "url": "${CRM}/*", "app": "desk" }]`, () =>
        until("nothing is held of the site", async () => !(await workplace.held()).some(atDesk)),
      );
      await person.page.bringToFront();
      await person.click("link", "Tickets");
      await person.click("link", "New ticket");
    });

    await t.test("sites added are recorded after the new yes", async () => {
      await heard(
        "asked after",
        TEAM,
        /"sites": \[.*\]/,
        `"sites": [{ "url": "${DESK}/*", "app": "desk" }, { "url": "http://help.corp.test/*", "app": "help" }]`,
        () => stand("ask"),
      );
      await comesToTheFront(notices[0]);
      await sayYes(notices[0]);
      await person.page.bringToFront();
      await person.click("link", "Cancel");
      await workplace.untilHeld("a click after the yes", clickOn("Cancel"));
      assert.deepEqual((await workplace.held()).filter(clickOn("New ticket")), [], "nothing of the time between");
    });
  });

async function change(file, what, instead) {
  const before = await readFile(join(POLICY_FOLDER, file), "utf8");
  assert.match(before, what);
  await writeFiles(POLICY_FOLDER, { [file]: before.replace(what, instead) });
}
