/** The states of an element, as words of the dialect. False states are never written. */

import { isToggle } from "../actionable.js";
import { isDisabled } from "./role.js";
import { CHECKED, DISABLED, EXPANDED, has, INVALID, LEVEL, SELECTED } from "./traits.js";

const MIXED = ["true", "mixed"];

/** `disabled`: whether something around the element says so of what is in it. */
export function statesOf(element: Element, role: string, disabled: boolean): string[] {
  const states: string[] = [];
  const is = (attribute: string) => element.getAttribute(attribute)?.toLowerCase();
  if (has(role, CHECKED)) push(states, "checked", checked(element) ?? is("aria-checked"), MIXED);
  if (has(role, DISABLED) && (isDisabled(element) || disabled)) states.push("disabled");
  if (has(role, EXPANDED)) push(states, "expanded", is("aria-expanded"));
  if (has(role, INVALID)) push(states, "invalid", invalid(is("aria-invalid")), ["true", "grammar", "spelling"]);
  const level = has(role, LEVEL) ? levelOf(element) : 0;
  if (level > 0) states.push(`level=${level}`);
  if (role === "button") push(states, "pressed", is("aria-pressed"), MIXED);
  if (has(role, SELECTED)) push(states, "selected", selected(element) ?? is("aria-selected"));
  if (is("aria-hidden") === "true") states.push("aria-hidden");
  return states;
}

function push(states: string[], state: string, value: string | undefined, allowed = ["true"]): void {
  if (value !== undefined && allowed.includes(value)) states.push(value === "true" ? state : `${state}=${value}`);
}

function checked(element: Element): string | null {
  if (element instanceof HTMLInputElement && element.indeterminate) return "mixed";
  return isToggle(element) ? String(element.checked) : null;
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
