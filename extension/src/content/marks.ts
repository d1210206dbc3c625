/** Marks by which a page says what must not be recorded: our own, and those that other recorders made common (`guide.ts`). */

import type { Disclosure } from "../shared/event.js";
import { guide } from "./guide.js";
import { once } from "./still.js";
import { lineage } from "./tree.js";

const OWN = "data-fieldnote";

/** The most that the page lets be said of an element: the strictest mark on it or on anything around it. */
export const bound = once((element: Element): Disclosure => {
  let strictest: Disclosure = "clear";
  for (const at of lineage(element)) {
    const mark = markOn(at);
    if (mark !== null) strictest = lower(strictest, mark);
  }
  return strictest;
});

export function isMarked(element: Element): boolean {
  return markOn(element) !== null;
}

export function markOn(element: Element): Disclosure | null {
  if (!element.hasAttributes()) return null;
  // As long as it is not known which those are, anything may be one.
  if (guide === undefined || element.matches(guide.marks)) return "withheld";
  const own = element.getAttribute(OWN);
  if (own === null) return null;
  // A mark can only lower, and one that is misspelt is taken at its strictest.
  return own === "clear" || own === "placeholder" || own === "shape" ? own : "withheld";
}

const LEVELS: readonly Disclosure[] = ["withheld", "shape", "placeholder", "clear"];

export function lower(a: Disclosure, b: Disclosure): Disclosure {
  return LEVELS.indexOf(a) < LEVELS.indexOf(b) ? a : b;
}
