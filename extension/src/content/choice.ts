/**
 * Choices from lists that a page draws itself: an option that is clicked, or that Enter takes, is recorded as what was
 * chosen in the combobox, as it is for a `<select>`. What is offered while somebody types, like a customer, is a text.
 */

import { OPTION_CHARS } from "../shared/limits.js";
import { cut } from "../shared/text.js";
import { bound } from "./marks.js";
import { nameOf } from "./name.js";
import { namedBy } from "./outline/composed.js";
import type { Draft } from "./reporter.js";
import { once } from "./still.js";
import { describe } from "./target.js";
import { around, closest, focused, hostOf, lineage, shadowRootOf } from "./tree.js";
import { disclose, type Reading } from "./value.js";
import { wordsShown } from "./words_shown.js";

const OPTION = "[role=option]";
export const COMBOBOX = "[role=combobox], [aria-haspopup=listbox], [aria-autocomplete]";

/** The choice that a click on an element is; at its `press` a list that is open need not be what is pressed. */
export function choiceAt(element: Element, press = false): Draft | null {
  const option = optionAround(element) ?? (press ? null : unnamedOption(element));
  return option && choose(option, comboboxOf(option));
}

const optionAround = once((element: Element) => closest(element, OPTION));

/** The choice that Enter takes in a focused combobox or list, or on the option that has the focus itself. */
export function activeChoice(box: Element): Draft | null {
  const [option = box] = namedBy(box, "aria-activedescendant");
  // A list that is closed takes none; of an option that is a button the browser makes a click, which tells it.
  const takesNone = box.matches("[aria-expanded=false]") || (option === box && box.matches("button, a"));
  const isBox = box.matches(COMBOBOX);
  // What a combobox has made active is a choice, whatever its role.
  const isOption = option.matches(OPTION) || (isBox && option !== box);
  return takesNone || !isOption ? null : choose(option, isBox ? box : comboboxOf(option));
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
  // It may be what pops up around the list that is referred to.
  for (const at of list === null ? [] : lineage(list)) {
    if (!at.id) continue;
    const id = CSS.escape(at.id);
    const owner = (at.getRootNode() as ParentNode).querySelector(
      `:is(${COMBOBOX}):is([aria-controls~="${id}"], [aria-owns~="${id}"])`,
    );
    // What is typed into stands in it.
    if (owner !== null) return owner.querySelector(COMBOBOX) ?? owner;
  }
  const box = focused();
  const [other] = list === null || box === null ? [] : namedBy(box, "aria-controls");
  if (box?.matches(COMBOBOX) && other?.contains(option) !== false) return box;
  // A custom element whose options are its children; what they draw of themselves is in a tree of their own.
  let custom: Element | null = null;
  for (let at = around(hostOf(option) ?? option); at !== null; at = around(at)) {
    const inner = shadowRootOf(at)?.querySelector(`:is(${COMBOBOX}):not([aria-expanded=false])`);
    if (inner) return inner;
    // An option may be one itself.
    if (at.localName.includes("-") && (list === null || lineage(list).includes(at))) custom ??= at;
  }
  return custom ?? list ?? option.parentElement ?? option;
}

function choose(option: Element, box: Element): Draft {
  const label = cut(nameOf(option, "option") || wordsShown(option, OPTION_CHARS) || titleOf(option), OPTION_CHARS);
  const isFound = isSearch(box);
  const reading: Reading = {
    class: isFound ? "text" : "choice",
    ceiling: bound(option),
    content: isFound ? { text: label } : { options: [label] },
    // A rule may name the list.
    seen: (closest(option, "[role=listbox]") ?? box) as HTMLElement,
  };
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
