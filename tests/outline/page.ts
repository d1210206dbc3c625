// In every frame of a page under test: on demand, its outline with nothing kept back, in an attribute of <html>, where
// no snapshot looks. Built into an extension, because only extensions see closed shadow roots.

import { distil } from "../../extension/src/content/outline/distil.js";
import { Survey } from "../../extension/src/content/outline/survey.js";
import { encode } from "../../extension/src/content/outline/wire.js";

const survey = new Survey(
  {
    value: (field) => ({ class: "text", disclosure: "clear", text: "value" in field ? String(field.value) : field.innerText }),
    choice: () => true,
  },
  () => undefined,
);

addEventListener("outline-wanted", () => {
  const walk = survey.visit(document.body, null);
  let step = walk.next();
  while (!step.done) step = walk.next();
  document.documentElement.dataset.outline = encode(distil(step.value, survey.of));
});
