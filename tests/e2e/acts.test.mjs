// Every kind of act on every kind of surface, worked with mouse and keyboard: what is recorded is exactly what was done.
//
// FIELDNOTE_CASE narrows it to the cases whose name begins so, FIELDNOTE_SHOW=1 prints what was recorded.

import assert from "node:assert/strict";
import test from "node:test";

import { drawn } from "./acts/drawn.mjs";
import { fields } from "./acts/fields.mjs";
import { frames } from "./acts/frames.mjs";
import { keyboard } from "./acts/keyboard.mjs";
import { moving } from "./acts/moving.mjs";
import { pointer } from "./acts/pointer.mjs";
import { serving } from "./acts/server.mjs";
import { surfaces } from "./acts/surfaces.mjs";
import { assertHeld } from "./contract.mjs";
import { Hand } from "./hand.mjs";
import { BROWSERS, recordingFor } from "./recording.mjs";
import { inShort } from "./told.mjs";

const HOST = "acts.corp.test";
const HOME = `http://${HOST}`;
const CASES = Object.fromEntries(
  Object.entries({ ...pointer, ...keyboard, ...fields, ...drawn, ...surfaces, ...frames, ...moving }).filter(([name]) =>
    name.startsWith(process.env.FIELDNOTE_CASE ?? ""),
  ),
);

for (const browser of BROWSERS)
  test(`${browser}: what is done is recorded, once, and what follows from it is linked to it`, async (t) => {
    const cases = Object.entries(CASES).filter(([, { only = browser }]) => only === browser);
    const workplace = await recordingFor(t, {
      browser,
      serve: serving(CASES),
      allowedHosts: [HOST, "second.corp.test"],
      origins: [HOME, "http://second.corp.test"],
    });
    const { page } = await workplace.person(`${HOME}/begin`);
    const hand = new Hand(page, workplace);
    hand.browser = browser;
    const failed = new Map();
    for (const [name, { work }] of cases) {
      if (process.env.FIELDNOTE_SHOW) console.log(`${new Date().toISOString()} ${name}`);
      await hand
        .open(`${HOME}/${name}`)
        .then(() => work(hand))
        .catch((error) => failed.set(name, error));
    }
    await hand.open(`${HOME}/end`);
    await workplace.untilHeld("the last page", ({ url }) => url === `${HOME}/end`);
    const held = (await workplace.held()).filter(({ kind }) => kind !== "outline");
    assertHeld(held);
    for (const [name, { expected, inFirefox = expected, effects = false }] of cases)
      await t.test(name, () => {
        const told = partOf(held, name).filter(({ kind }) => effects || kind !== "effect");
        const short = told.map((event) => inShort(event, held));
        if (process.env.FIELDNOTE_SHOW)
          console.log(name, short.map((each) => `\n    ${JSON.stringify(each)},`).join(""));
        if (failed.has(name)) throw failed.get(name);
        assert.deepEqual(short, browser === "firefox" ? inFirefox : expected);
      });
  });

/** From the load of the case's page to that of the next one. */
function partOf(held, name) {
  const isLoad = ({ kind, navigation, url }) =>
    kind === "navigate" && navigation === "load" && /^\/[^/]+$/.test(new URL(url).pathname);
  const begin = held.findIndex((event) => isLoad(event) && new URL(event.url).pathname === `/${name}`);
  if (begin < 0) return [];
  const length = held.slice(begin + 1).findIndex(isLoad);
  return held.slice(begin + 1, length < 0 ? undefined : begin + 1 + length);
}
