/**
 * The accessible name of a target (accname-1.2, by dom-accessibility-api), with two promises that the algorithm
 * does not make:
 *
 * - it is bounded: after so many nodes or so much time there is no name rather than a slow page;
 * - no typed value is ever in it. By the book, a text box inside a label counts by its value, and one that another
 *   element is labelled by does too. Here such elements are hidden from the algorithm; where hiding would not help,
 *   because they are referred to by id, the name is given up.
 *
 * Both hang on one hook: the algorithm asks for the computed style of every element that it visits.
 */

import { computeAccessibleName } from "dom-accessibility-api";
import { NAME_CHARS, NAME_MS, NAME_NODES } from "../shared/limits.js";
import { cut } from "../shared/text.js";
import { EDITING_HOST, editingHost } from "./actionable.js";
import { bound, isMarked } from "./marks.js";

export const HOLDS_A_VALUE =
  "input:not([type=button i], [type=submit i], [type=reset i], [type=image i]), textarea, select, output, " +
  ["textbox", "searchbox", "combobox", "listbox", "spinbutton", "slider"].map((role) => `[role=${role}]`).join() +
  `, ${EDITING_HOST}`;

const FIELD =
  "input, select, textarea, [role=textbox], [role=searchbox], [role=combobox], [role=spinbutton], [role=slider]";

/** The name cannot be had within its bounds, or not without a value in it. */
class NoName extends Error {}

const HIDDEN = {
  getPropertyValue: (property: string) => (property === "display" ? "none" : ""),
} as CSSStyleDeclaration;

export function nameOf(element: Element, role: string): string {
  if (!speaks(element)) return "";
  if (role === "generic" || editingHost(element) !== null) return flat(element.getAttribute("aria-label") ?? "");
  try {
    return flat(
      computeAccessibleName(element, {
        getComputedStyle: bounded(element),
        computedStyleSupportsPseudoElements: false,
      }),
    );
  } catch (error) {
    if (!(error instanceof NoName)) throw error;
    return flat(element.getAttribute("aria-label") ?? "");
  }
}

/** What a page marks keeps its words; only a field keeps its label, which is the tool's. */
function speaks(element: Element): boolean {
  const inEditor = editingHost(element);
  if (inEditor !== null && inEditor !== element) return false;
  return element.matches(FIELD) || bound(element) === "clear";
}

function bounded(root: Element): typeof getComputedStyle {
  // What the page changed since it was drawn is worked out at the first question, and is not the name's to pay for.
  void getComputedStyle(root).display;
  const until = performance.now() + NAME_MS;
  let nodes = 0;
  return (element) => {
    if (++nodes > NAME_NODES || performance.now() > until) throw new NoName();
    if (refersToValue(element)) throw new NoName();
    if (element !== root && (element.matches(HOLDS_A_VALUE) || isMarked(element))) return HIDDEN;
    return getComputedStyle(element);
  };
}

/** `aria-labelledby` speaks even of what is hidden. */
function refersToValue(element: Element): boolean {
  const ids = element.getAttribute("aria-labelledby");
  if (ids === null) return false;
  const root = element.getRootNode() as Document | ShadowRoot;
  return ids.split(/\s+/).some((id) => {
    const named = id === "" ? null : root.getElementById(id);
    return named !== null && (named.matches(HOLDS_A_VALUE) || editingHost(named) !== null || bound(named) !== "clear");
  });
}

function flat(name: string): string {
  return cut(
    name
      .slice(0, 4 * NAME_CHARS)
      .replace(/\s+/g, " ")
      .trim(),
    NAME_CHARS,
  );
}
