// Browser, extension and host each keep out what is not listed. Every set of them is switched off in turn: as long as
// one layer is left, a page of a site that is not listed leaves nothing. With none left it is recorded, which shows that
// the layers that were off really were.

import assert from "node:assert/strict";
import { join } from "node:path";
import test from "node:test";
import { fileURLToPath } from "node:url";

import { checkout } from "../../packaging/demo/harness/checkout.mjs";
import { DESK, DESK_HOST } from "../../packaging/demo/harness/workplace.mjs";
import { assertHeld } from "./contract.mjs";
import { agentAt, BROWSERS, clickOn, extensionWith, folderOf, hostBehind, recordingFor } from "./recording.mjs";

const LAYERS = ["browser", "extension", "host"];
const UNLISTED_HOST = "bank.example.test";
const UNLISTED = `http://${UNLISTED_HOST}`;

/** In Firefox, which starts slowly: each layer alone, and none. */
const cases = BROWSERS.flatMap((browser) =>
  subsets(LAYERS)
    .filter((off) => browser === "chromium" || off.length >= 2)
    .map((off) => ({ browser, off })),
);

/** An extension that keeps out nothing. */
const permissive = await extensionWith(
  "shared/site.ts",
  fileURLToPath(new URL("between/permissive_site.ts", import.meta.url)),
  join(checkout.build, "e2e", "permissive"),
);

for (const { browser, off } of cases) {
  const on = LAYERS.filter((layer) => !off.includes(layer));
  const outcome = on.length ? "leaves nothing" : "is recorded, so the layers were really off";
  test(`${browser}: a site that is not listed ${outcome}; switched off: ${off.join(", ") || "no layer"}`, async (t) => {
    const folder = await folderOf(t);
    const workplace = await recordingFor(t, {
      folder,
      browser,
      allowedHosts: off.includes("browser") ? null : [DESK_HOST],
      extension: off.includes("extension") ? permissive : checkout.extension,
      origins: off.includes("host") ? [DESK, UNLISTED] : [DESK],
      // Where only the host's layer is off, the extension still hears of the right sites.
      host:
        off.includes("host") && on.includes("extension")
          ? await hostBehind("narrowing_host.mjs", folder, checkout.host, DESK)
          : checkout.host,
    });

    const agent = await agentAt(workplace);
    const elsewhere = await workplace.person(UNLISTED);
    await elsewhere.type("Work email", "private@bank.example");
    await elsewhere.click("button", "Show password");
    await elsewhere.see("button", "Hide password");
    // What is done with its tab is the browser's to tell, and told of no page that we are not in.
    await agent.page.bringToFront();
    await elsewhere.page.bringToFront();
    await elsewhere.page.close();
    await agent.page.bringToFront();
    await agent.click("link", "New ticket");
    await workplace.untilHeld("the click after the other site", clickOn("New ticket"));

    const events = await workplace.held();
    assertHeld(events);
    const unlisted = events.filter(({ url }) => url?.includes(UNLISTED_HOST));
    if (on.length) assert.deepEqual(unlisted, []);
    else assert.ok(unlisted.some(clickOn("Show password")));

    const { about } = await workplace.dataset();
    if (on.join() === "host")
      assert.ok(about.ledger.refused.site > 0, "what reached the host was refused, and counted");
  });
}

function subsets([first, ...rest]) {
  if (first === undefined) return [[]];
  return subsets(rest).flatMap((subset) => [subset, [first, ...subset]]);
}
