// In every frame of a page under test: on demand, its outline with nothing kept back. Built into an extension, because
// only extensions see closed shadow roots.

import { GUIDE } from "../../extension/src/background/guide.js";
import { learn } from "../../extension/src/content/guide.js";
import { distil } from "../../extension/src/content/outline/distil.js";
import { Outliner } from "../../extension/src/content/outline/outliner.js";
import { type Judge, Survey } from "../../extension/src/content/outline/survey.js";
import { encode } from "../../extension/src/content/outline/wire.js";

learn(GUIDE);

const everything: Judge = {
  page: () => true,
  value: (field) => ({ class: "text", disclosure: "clear", text: "value" in field ? String(field.value) : field.innerText }),
  choice: () => true,
};

const answer = (told: unknown) => dispatchEvent(new CustomEvent("outline", { detail: JSON.stringify(told) }));

/** The whole outline, made at once. */
addEventListener("outline-wanted", () => {
  const survey = new Survey(everything, () => undefined);
  const walk = survey.visit(document.body, null);
  let step = walk.next();
  while (!step.done) step = walk.next();
  answer(encode(distil(step.value, survey.of)));
});

/** The one that is kept up to date, as an action on the element with the focus would cite it. */
let outliner: Outliner | null = null;
const begin = () => {
  outliner = new Outliner(everything);
  outliner.start();
};
if (location.hash === "#kept") addEventListener("load", begin);
for (const type of ["input", "change", "click", "keydown"]) {
  addEventListener(type, (event) => outliner?.touch(event.target as Element, type !== "keydown" && type !== "click"), true);
}
addEventListener("citation-wanted", (event) => {
  const target = document.querySelector(String((event as CustomEvent).detail));
  const start = performance.now();
  const cited = outliner?.cite(target);
  const waited = performance.now() - start;
  cited?.complete?.();
  answer({ ...cited, waited, took: performance.now() - start });
});
