// @vitest-environment jsdom

// What is remembered of an element, and what makes it be asked for again.
import { expect, it } from "vitest";

import { once } from "../src/content/still.js";
import { subjectAround } from "../src/content/subject.js";
import { find, page } from "./page.js";

const PAGE =
  '<p id="clock">12:00</p><table><tr><td id="a">1</td><td><button id="it">Edit</button></td></tr>' +
  '<tr><td id="b">2</td><td></td></tr></table>';

/** How often each kind of answer about the button was found out anew after `change`. */
function askedAfter(change: () => void) {
  page(PAGE);
  const asked = { none: 0, rows: 0, all: 0 };
  const asks = [once(() => ++asked.none), once(() => ++asked.rows, subjectAround), once(() => ++asked.all, "all")];
  const ask = () => {
    for (const each of asks) each(find());
  };
  ask();
  ask();
  expect(asked).toEqual({ none: 1, rows: 1, all: 1 });
  change();
  ask();
  ask();
  return { none: asked.none - 1, rows: asked.rows - 1, all: asked.all - 1 };
}

it("texts that change while nobody does anything are not watched for ever", async () => {
  page(PAGE);
  let asked = 0;
  once(() => 0, subjectAround);
  const ask = once(() => ++asked);
  ask(find());
  for (let i = 0; i < 100; i++) {
    find("#b").textContent = `${i}`;
    await Promise.resolve();
  }
  ask(find());
  expect(asked).toBe(2);
});

const write = (selector: string, text: string) => () => {
  find(selector).textContent = text;
};

it.each([
  ["a text in another row", write("#b", "3"), { none: 0, rows: 0, all: 1 }],
  [
    "a text that is written over in another row",
    () => ((find("#b").firstChild as Text).data = "3"),
    { none: 0, rows: 0, all: 1 },
  ],
  ["a text in its own row", write("#a", "3"), { none: 0, rows: 1, all: 1 }],
  ["its own text", write("#it", "Save"), { none: 0, rows: 1, all: 1 }],
  ["a text outside of rows", write("#clock", "12:01"), { none: 1, rows: 1, all: 1 }],
  ["an attribute in another row", () => find("#b").setAttribute("class", "x"), { none: 1, rows: 1, all: 1 }],
  ["an element in another row", () => find("#b").append(document.createElement("b")), { none: 1, rows: 1, all: 1 }],
  ["an element that is gone from another row", () => find("#b").remove(), { none: 1, rows: 1, all: 1 }],
  [
    "very many texts at once",
    () => {
      for (let i = 0; i < 100; i++) find("#b").textContent = `${i}`;
    },
    { none: 1, rows: 1, all: 1 },
  ],
])("%s", (_, change, expected) => {
  expect(askedAfter(change)).toEqual(expected);
});
