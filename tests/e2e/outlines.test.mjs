import assert from "node:assert/strict";
import { createServer } from "node:http";
import test from "node:test";

import { onLoopback } from "../../packaging/demo/harness/loopback.mjs";
import { until } from "../../packaging/demo/harness/until.mjs";
import { assertHeld, assertSteps } from "./contract.mjs";
import { BROWSERS, clickOn, recordingFor } from "./recording.mjs";

const SITE = "http://orders.corp.test";
/** Its team wants no outlines. */
const PLAIN = "http://plain.corp.test";

const PAGES = {
  "/": `<h1>Orders</h1><label>Subject <input name="topic"></label><button>Save</button><hidden-tools></hidden-tools>
    <p data-private>Jane Doe owes 400</p><iframe title="Payment" src="/payment"></iframe>
    <script>customElements.define("hidden-tools", class extends HTMLElement {
      constructor() { super(); this.attachShadow({ mode: "closed" }).innerHTML = "<button>In a closed root</button>"; }
    });</script>`,
  "/payment": "<button>Pay now</button>",
};

async function servePages() {
  const server = createServer(({ url }, response) => {
    response.setHeader("content-type", "text/html; charset=utf-8");
    // Firefox asks as it asks a proxy.
    const { pathname } = new URL(url, SITE);
    response.end(`<!doctype html><html lang="en"><title>Orders</title>${PAGES[pathname] ?? ""}</html>`);
  });
  return onLoopback(server);
}

for (const browser of BROWSERS)
  test(`${browser}: each action has the page before it, frames and closed roots included`, async (t) => {
    const workplace = await recordingFor(t, {
      browser,
      serve: servePages,
      allowedHosts: ["orders.corp.test", "plain.corp.test"],
      origins: [SITE],
      teams: { plain: { sites: [{ url: `${PLAIN}/*`, app: "plain" }], capture: { outline: false } } },
    });
    const person = await workplace.person(SITE);
    const { page } = person;
    // An outline is made in idle time: once one is at hand, every action cites one.
    await until("a click that cites an outline", async () => {
      await person.click("button", "Save");
      return (await workplace.held()).some((event) => clickOn("Save")(event) && event.outline?.state === "fresh");
    });
    await person.type("Subject", "Two seats");
    await person.click("button", "Save");
    await page.mouse.click(...(await middleOf(page.frames()[1], "button")));
    await workplace.untilHeld("the click in the frame", clickOn("Pay now"));
    await page.goto(PLAIN);
    await person.click("button", "Save");
    await workplace.untilHeld(
      "the click without an outline",
      ({ url, kind }) => kind === "click" && url.startsWith(PLAIN),
    );

    const held = await workplace.held();
    assertHeld(held);
    assert.deepEqual(
      held.filter(({ url, outline }) => url?.startsWith(PLAIN) && outline),
      [],
      "an outline that the policy does not want",
    );
    assert.match(await workplace.fieldnote("held", "--outlines"), /button "Save"/);
    const { steps, about } = await workplace.dataset();
    assertSteps(steps);
    assert.deepEqual(about.ledger.refused, {});

    const saves = steps.filter(({ action, observation }) => action.target?.name === "Save" && observation);
    const typed = steps.find(({ action }) => action.kind === "input");
    const paid = steps.find(({ action }) => action.target?.name === "Pay now");
    assert.match(lineOf(saves.at(-1)), /^- button "Save"/);
    assert.match(lineOf(paid), /^- button "Pay now"/);
    assert.match(paid.observation.ref, /^f1e/);
    const whole = saves.at(-1).observation.text;
    assert.match(whole, /^ *- iframe \[ref=e\d+\]:\n +- button "Pay now" \[ref=f1e\d+\]/m, "a frame in its page");
    assert.match(whole, /button "In a closed root"/);
    assert.doesNotMatch(whole, /Jane Doe|400/, "what the page marks");
    assert.match(lineOf(typed), /^- textbox "Subject"[^:]*$/, "before it was typed");
  });

/** The line of the outline that a step's action was done on. */
function lineOf({ observation: { text, ref } }) {
  return text
    .split("\n")
    .find((line) => line.includes(`[ref=${ref}]`))
    ?.trim();
}

/** Of an element in a frame, in the page's pixels. */
async function middleOf(frame, selector) {
  const element = await frame.waitForSelector(selector);
  const { x, y, width, height } = await element.boundingBox();
  return [x + width / 2, y + height / 2];
}
