import assert from "node:assert/strict";
import test from "node:test";
import { DESK } from "../../packaging/demo/harness/workplace.mjs";
import { work } from "../../packaging/demo/work.mjs";
import { assertHeld, assertMatches, assertSteps } from "./contract.mjs";
import { BROWSERS, clickOn, recordingFor } from "./recording.mjs";

// What `work` does, as the dataset tells it: kind, role and name, value; for a navigation how, and where to.
const STEPS = [
  ["tab_opened"],
  ["navigate", "load", "/sign-in"],
  ["click", "textbox", "Work email"],
  // Where one signs in, only the shape of what is typed leaves.
  [
    "input",
    "textbox",
    "Work email",
    {
      class: "email",
      disclosure: "shape",
      shape: { length: "17-64", characters: ["letters", "punctuation"], lines: "one" },
    },
  ],
  ["click", "textbox", "Password"],
  ["input", "textbox", "Password", { class: "password", disclosure: "withheld" }],
  ["click", "button", "Show password"],
  ["click", "textbox", "Password"],
  ["submit", "form", "Sign in"],
  ["navigate", "load", "/tickets"],
  ["click", "link", "New ticket"],
  ["navigate", "same_document", "/tickets/new"],
  ["click", "textbox", "Subject"],
  // The policy tells it in clear, and yet one person alone does not bring it into a dataset.
  ["input", "textbox", "Subject", { class: "text", disclosure: "placeholder", text: "<TEXT>" }],
  ["click", "textbox", "Customer email"],
  [
    "input",
    "textbox",
    "Customer email",
    {
      class: "email",
      disclosure: "shape",
      shape: { length: "17-64", characters: ["letters", "punctuation"], lines: "one" },
    },
  ],
  ["key", "Tab", "textbox", "Customer email"],
  ["select", "combobox", "Category", { class: "choice", disclosure: "clear", options: ["Billing"] }],
  ["check", "radio", "High", { class: "choice", disclosure: "clear", options: ["High"], checked: true }],
  ["key", "Tab", "radio", "High"],
  [
    "input",
    "textbox",
    "Due date",
    {
      class: "date",
      disclosure: "shape",
      shape: { length: "9-16", characters: ["digits", "punctuation"], lines: "one" },
    },
  ],
  ["click", "textbox", "What happened"],
  ["input", "textbox", "What happened", { class: "free_text", disclosure: "placeholder", text: "<TEXT>" }],
  ["check", "checkbox", "Send the customer a copy", { class: "toggle", disclosure: "clear", checked: true }],
  ["click", "button", "Create ticket"],
  ["submit", "form", "New ticket"],
  ["navigate", "same_document", "/tickets/:id"],
  ["key", "Tab", "main", ""],
  ["key", "Tab", "link", "Tickets"],
  ["select", "combobox", "Status", { class: "choice", disclosure: "clear", options: ["Waiting"] }],
  ["click", "textbox", "Reply"],
  ["input", "textbox", "Reply", { class: "free_text", disclosure: "placeholder", text: "<TEXT>" }],
  ["click", "button", "Send reply"],
  ["submit", "form", "Reply"],
  ["reset", "form", "Reply"],
  ["click", "link", "People"],
];

// Between them the person was in /hr/, of which nothing is told; a trajectory ends where the lists are left.
const STEPS_AFTER = [
  ["navigate", "load", "/guides"],
  ["click", "link", "<TEXT>"],
  ["navigate", "load", "/guides/:id"],
  ["click", "link", "Tickets"],
  ["navigate", "load", "/tickets"],
  ["click", "link", "<TEXT>"],
  ["navigate", "same_document", "/tickets/:id"],
  ["click", "button", "Sign out"],
];

for (const browser of BROWSERS)
  test(`${browser}: every step of the work is in the dataset, in order, with the right role and name`, (t) =>
    worksIn(browser, t));

async function worksIn(browser, t) {
  const workplace = await recordingFor(t, { browser });
  await work(await workplace.person(), { password: "correct horse battery staple" });
  await workplace.untilHeld("the last click", clickOn("Sign out"));
  const held = await workplace.held();
  assertHeld(held);
  const leaving = held.filter(({ kind }) => kind === "away" || kind === "back");
  assert.deepEqual(
    leaving.map(({ kind, url, title, target }) => [kind, url, title, target]),
    [
      ["away", undefined, undefined, undefined],
      ["back", undefined, undefined, undefined],
    ],
  );

  const { steps, about } = await workplace.dataset();
  assertSteps(steps);
  assertMatches("dataset.schema.json#/$defs/dataset", about);
  // After the last click the sign-in page comes, which may or may not have been held yet.
  const [before, after, ...none] = trajectoriesOf(steps);
  assert.deepEqual(before.map(inShort), STEPS);
  assert.deepEqual(after.slice(0, STEPS_AFTER.length).map(inShort), STEPS_AFTER);
  assert.deepEqual(none, []);
  for (const trajectory of [before, after])
    assert.deepEqual(
      trajectory.map(({ step }) => step),
      trajectory.map((_, index) => index + 1),
    );
  assert.deepEqual([...new Set(steps.map(({ app, tab, frame }) => `${app} ${tab} ${frame}`))], ["desk 1 0"]);
  const aimed = steps.filter(({ action }) => action.target);
  for (const { action } of aimed) assert.notEqual(action.target.selectors.length, 0);
  assertSeen(aimed);
  assert.deepEqual(about.ledger.refused, {});
  assert.deepEqual(about.ledger.lost, {});
}

/** An outline is made in idle time: the first actions on a page may come before it. The others have it, and are in it. */
function assertSeen(steps) {
  const seen = steps.filter(({ observation }) => observation);
  assert.ok(seen.length > 0.8 * steps.length, `${seen.length} of ${steps.length} actions have the page before them`);
  // Nobody acts as fast as this: a page that has just changed may not have been looked at, and then its outline is stale.
  const missing = ({ observation: { text, ref } }) => !ref || !text.includes(`[ref=${ref}]`);
  const lost = seen.filter((step) => missing(step) && step.observation.state === "fresh").map(inShort);
  assert.deepEqual(lost, [], "actions on what is not in a fresh outline");
  assert.ok(seen.filter(missing).length <= 0.2 * seen.length, "actions on what is in no outline");
  const everything = seen.map(({ observation }) => observation.text).join("\n");
  assert.match(everything, /button "Create ticket"/);
  assert.doesNotMatch(everything, /correct horse|sam\.rivers|Sam Rivers|kim\.lee|Kim Lee|7946/);
}

/** The one with the longest work first: their names are made up. */
function trajectoriesOf(steps) {
  const all = new Map();
  for (const step of steps) all.set(step.trajectory, [...(all.get(step.trajectory) ?? []), step]);
  return [...all.values()].sort((a, b) => b.length - a.length);
}

function inShort({ url, action: { kind, navigation, target, value, key, modifiers = [] } }) {
  if (navigation) return [kind, navigation, url.slice(DESK.length)];
  if (!target) return [kind];
  // Which text it is by number depends on all that was masked before.
  const name = target.name.replace(/<TEXT[^>]*>/, "<TEXT>");
  if (key) return [kind, [...modifiers, key].join("+"), target.role, name];
  const text = value?.text?.replace(/<TEXT[^>]*>/, "<TEXT>");
  return [kind, target.role, name, ...(value ? [text === undefined ? value : { ...value, text }] : [])];
}
