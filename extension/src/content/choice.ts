/**
 * Choices from lists that a page draws itself: an option that is clicked, or that Enter takes, is recorded as what was
 * chosen in the combobox, as it is for a `<select>`. What is offered while somebody types, like a customer, is a text.
 */

import type { Disclosure } from "../shared/event.js";
import { OPTION_CHARS } from "../shared/limits.js";
import { cut } from "../shared/text.js";
import { bound } from "./marks.js";
import { namedBy } from "./outline/composed.js";
import type { Draft } from "./reporter.js";
import { once } from "./still.js";
import { describe } from "./target.js";
import { around, closest, focused } from "./tree.js";
import { disclose, type Reading } from "./value.js";
import { wordsShown } from "./words_shown.js";

const OPTION = "[role=option]";
const COMBOBOX = "[role=combobox], [aria-haspopup=listbox], [aria-autocomplete]";

/** The choice that a click on an element is. */
export function choiceAt(element: Element): Draft | null {
  const option = optionAround(element) ?? unnamedOption(element);
  return option === null || option instanceof HTMLOptionElement ? null : choose(option, comboboxOf(option));
}

const optionAround = once((element: Element) => closest(element, OPTION));

/** The choice that Enter takes in a focused combobox or list. */
export function activeChoice(box: Element): Draft | null {
  const [option] = namedBy(box, "aria-activedescendant");
  const isClosed = box.getAttribute("aria-expanded") === "false";
  return option?.matches(OPTION) && !isClosed ? choose(option, box) : null;
}

/** Libraries that draw only the visible part of a list leave its parts without a role. */
function unnamedOption(element: Element): Element | null {
  const box = focused();
  if (box === null || box.contains(element) || !box.matches("[role=combobox][aria-expanded=true]")) return null;
  const option = closest(element, "[aria-selected], [class*=option i]");
  return option?.matches("[role=tab], [role=row], [role=gridcell], tr, td") ? null : option;
}

function comboboxOf(option: Element): Element {
  const list = closest(option, "[role=listbox]");
  const root = option.getRootNode() as Document | ShadowRoot;
  if (list?.id) {
    const id = CSS.escape(list.id);
    const owner = root.querySelector(`[aria-controls~="${id}"], [aria-owns~="${id}"]`);
    if (owner !== null) return owner;
  }
  const box = focused();
  if (box?.matches(COMBOBOX)) return box;
  // A custom element whose options are its children.
  for (let at = around(option); at !== null; at = around(at)) if (at.localName.includes("-")) return at;
  return list ?? option.parentElement ?? option;
}

function choose(option: Element, box: Element): Draft {
  const label = cut(
    option.getAttribute("aria-label") ?? (wordsShown(option, OPTION_CHARS) || titleOf(option)),
    OPTION_CHARS,
  );
  const isFound = isSearch(box);
  const ceiling: Disclosure = bound(option);
  const reading: Reading = isFound
    ? { class: "text", ceiling, content: { text: label } }
    : { class: "choice", ceiling, content: { options: [label] } };
  const target = describe(box);
  return (team) => ({ kind: "select", target, ...disclose(reading, box as HTMLElement, team) });
}

function titleOf(option: Element): string {
  return option.getAttribute("title") ?? "";
}

/** Somebody has typed what to look for. */
function isSearch(box: Element): boolean {
  const field = box instanceof HTMLInputElement ? box : box.querySelector("input");
  return field !== null && !field.readOnly && field.type !== "hidden" && field.value !== "";
}
