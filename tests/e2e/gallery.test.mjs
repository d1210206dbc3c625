// Pages of real component libraries, worked with mouse and keyboard: what is recorded of each is exactly this.
//
// FIELDNOTE_PAGE narrows it to one page, FIELDNOTE_SHOW=1 prints what was recorded.

import assert from "node:assert/strict";
import test from "node:test";

import { assertHeld } from "./contract.mjs";
import { BY_OWN_DRAG, EXPECTED } from "./gallery/expected.mjs";
import { findAgain, isByName, notePresses, pressesOf } from "./gallery/found_again.mjs";
import { startGallery } from "./gallery/server.mjs";
import { WORK } from "./gallery/work.mjs";
import { Hand } from "./hand.mjs";
import { BROWSERS, recordingFor } from "./recording.mjs";
import { inShort } from "./told.mjs";

const HOST = "gallery.corp.test";
/** Where what is typed is told in clear: editors draw it, and it has to be what was typed. */
const CLEAR = "clear.corp.test";
const IN_CLEAR = /^(monaco|ckeditor|editors|tinymce)$/;
const urlOf = (name) => `http://${IN_CLEAR.test(name) ? CLEAR : HOST}/${name}`;
const PAGES = Object.entries(WORK).filter(([name]) => [undefined, name].includes(process.env.FIELDNOTE_PAGE));

for (const browser of BROWSERS)
  test(`${browser}: the gallery is recorded as it was worked in`, async (t) => {
    const workplace = await recordingFor(t, {
      browser,
      serve: startGallery,
      allowedHosts: [HOST, CLEAR],
      origins: [`http://${HOST}`],
      teams: {
        editors: { sites: [{ url: `http://${CLEAR}/*`, app: "editors" }], fields: [{ match: "*", values: "clear" }] },
      },
    });
    const { page } = await workplace.person(`http://${HOST}/plain`);
    const hand = new Hand(page);
    await notePresses(page);
    const left = new Map();
    for (const [name, work] of PAGES) {
      await hand.open(urlOf(name));
      await work(hand);
      left.set(name, { url: await page.evaluate(() => location.href), presses: await pressesOf(page) });
    }
    await hand.open(`http://${HOST}/end`);
    await workplace.untilHeld("the last page", ({ url }) => url?.endsWith("/end"));
    const held = await workplace.held();
    assertHeld(held);
    if (process.env.FIELDNOTE_SHOW)
      for (const event of held) console.log(JSON.stringify([pageOf(event), ...inShort(event, held)]));
    for (const [name] of PAGES) await t.test(name, () => assert.deepEqual(acts(held, name), expectedIn(browser, name)));
    const { about } = await workplace.dataset();
    assert.deepEqual(about.ledger.refused, {});
    assert.deepEqual(about.ledger.lost, {});

    // Firefox takes a second for each accessible name that its driver looks for: there the other selectors are tried.
    const wanted = browser === "firefox" ? (selector) => !isByName(selector) : undefined;
    const again = [];
    for (const [name, { url, presses }] of left) {
      await hand.open(url);
      again.push(...(await findAgain(page, pressedOn(held, name), presses, wanted)));
    }
    await t.test("selectors find their element after a reload", () => assertFound(again));
  });

const pageOf = ({ url }) => (url ? new URL(url).pathname.split("/")[1] : "");

function acts(held, name) {
  const isAct = ({ kind, navigation }) => !/^(effect|outline|tab_opened)$/.test(kind) && navigation !== "load";
  return held.filter((event) => pageOf(event) === name && isAct(event)).map((event) => inShort(event, held));
}

/** What was pressed on a page, outside of the frames in it. */
function pressedOn(held, name) {
  const isPress = ({ target }) => target?.point !== undefined && target.frames === undefined;
  return held.filter((event) => pageOf(event) === name && isPress(event)).map(({ target }) => target);
}

function assertFound(again) {
  if (process.env.FIELDNOTE_SHOW)
    for (const { target, found } of again)
      for (const { selector, isFound, matched, matches } of found)
        console.log(
          isFound ? "found" : "NOT FOUND",
          matched === matches ? "" : `${matched} then, ${matches} now`,
          target.role,
          target.name,
          selector,
        );
  for (const { target, found } of again)
    for (const { selector, matched, matches } of found)
      assert.ok(matched === 0 || matched === matches, `${target.role} ${target.name} by ${selector}: ${matches} match`);
  const first = again.filter(({ found }) => found[0].isFound).length;
  const any = again.filter(({ found }) => found.some(({ isFound }) => isFound)).length;
  if (!process.env.FIELDNOTE_PAGE) assert.ok(again.length >= 40);
  assert.equal(any, again.length);
  assert.ok(first >= 0.95 * again.length, `${first} of ${again.length} by their first selector`);
}

function expectedIn(browser, name) {
  const all = [...EXPECTED[name]];
  const drag = JSON.stringify(BY_OWN_DRAG[name]);
  const at = browser === "firefox" ? all.findIndex((each) => JSON.stringify(each) === drag) : -1;
  if (at >= 0) all.splice(at, 1);
  return all;
}
