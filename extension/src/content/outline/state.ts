/** The states of an element, as words of the dialect. False states are never written. */

import { isDisabled } from "./role.js";

const only = (roles: string) => new Set(roles.split(" "));

const CHECKED = only("checkbox menuitemcheckbox option radio switch menuitemradio treeitem");
const DISABLED = only(
  "application button gridcell group link menuitem scrollbar separator tab checkbox columnheader combobox grid listbox " +
    "menu menubar menuitemcheckbox menuitemradio option radio radiogroup row rowheader searchbox slider spinbutton " +
    "switch tablist textbox toolbar tree treegrid treeitem",
);
const EXPANDED = only(
  "application button checkbox combobox gridcell link listbox menuitem row rowheader tab treeitem columnheader " +
    "menuitemcheckbox menuitemradio switch",
);
const INVALID = only(
  "application checkbox columnheader combobox gridcell listbox radiogroup rowheader searchbox slider spinbutton switch " +
    "textbox tree",
);
const LEVEL = only("heading listitem row treeitem");
const SELECTED = only("gridcell option row tab rowheader columnheader treeitem");

const MIXED = ["true", "mixed"];

/** `disabled`: whether something around the element says so of what is in it. */
export function statesOf(element: Element, role: string, disabled: boolean): string[] {
  const states: string[] = [];
  const is = (attribute: string) => element.getAttribute(attribute)?.toLowerCase();
  if (CHECKED.has(role)) push(states, "checked", checked(element) ?? is("aria-checked"), MIXED);
  if (DISABLED.has(role) && (isDisabled(element) || disabled)) states.push("disabled");
  if (EXPANDED.has(role)) push(states, "expanded", is("aria-expanded"));
  if (INVALID.has(role)) push(states, "invalid", invalid(is("aria-invalid")), ["true", "grammar", "spelling"]);
  const level = LEVEL.has(role) ? levelOf(element) : 0;
  if (level > 0) states.push(`level=${level}`);
  if (role === "button") push(states, "pressed", is("aria-pressed"), MIXED);
  if (SELECTED.has(role)) push(states, "selected", selected(element) ?? is("aria-selected"));
  if (is("aria-hidden") === "true") states.push("aria-hidden");
  return states;
}

function push(states: string[], state: string, value: string | undefined, allowed = ["true"]): void {
  if (value !== undefined && allowed.includes(value)) states.push(value === "true" ? state : `${state}=${value}`);
}

function checked(element: Element): string | null {
  if (!(element instanceof HTMLInputElement)) return null;
  if (element.indeterminate) return "mixed";
  return element.type === "checkbox" || element.type === "radio" ? String(element.checked) : null;
}

function selected(element: Element): string | null {
  return element instanceof HTMLOptionElement ? String(element.selected) : null;
}

function invalid(value: string | undefined): string | undefined {
  if (value === undefined || value.trim() === "" || value === "false") return undefined;
  return value === "grammar" || value === "spelling" ? value : "true";
}

function levelOf(element: Element): number {
  const native = /^h([1-6])$/.exec(element.localName);
  if (native !== null) return Number(native[1]);
  const level = Number(element.getAttribute("aria-level") ?? Number.NaN);
  return Number.isInteger(level) && level >= 1 && level <= 999 ? level : 0;
}
