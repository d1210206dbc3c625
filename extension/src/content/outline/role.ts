/**
 * The role of an element as Playwright's snapshots name it: the first ARIA 1.2 role of the `role` attribute, or what
 * the HTML-AAM says of the element; `null` where there is none.
 */

import { guide, tags, wholes } from "../guide.js";
import { hostOf } from "../tree.js";
import { around } from "./composed.js";
import { has, isRole, UNLABELLED } from "./traits.js";

const link = (element: Element) => (element.hasAttribute("href") ? "link" : null);
const unlessSectioned = (role: string) => (element: Element) =>
  guide && closest(element, guide.sectioning) ? null : role;
const ifNamed = (role: string) => (element: Element) =>
  element.matches("[aria-label], [aria-labelledby]") ? role : null;

/** What hangs on more than the tag; the rest is told (`background/aria.ts`). */
const BY_TAG: Record<string, (element: Element) => string | null> = {
  a: link,
  area: link,
  footer: unlessSectioned("contentinfo"),
  form: ifNamed("form"),
  header: unlessSectioned("banner"),
  img: (image) =>
    image.getAttribute("alt") === "" && !image.getAttribute("title") && !isGlobal(image, "") && !hasTabIndex(image)
      ? "presentation"
      : "img",
  input: (input) => inputRole(input as HTMLInputElement),
  section: ifNamed("region"),
  select: (select) => (isListBox(select as HTMLSelectElement) ? "listbox" : "combobox"),
  td: (cell) => (/^(tree)?grid$/.test(explicit(closest(cell, "table")) ?? "") ? "gridcell" : "cell"),
  th: headerRole,
};

export function roleOf(element: Element): string | null {
  const role = explicit(element);
  if (role === null) return implicit(element);
  if (!isNone(role)) return role;
  const own = implicit(element);
  return conflicts(element, own) ? own : role;
}

export const isNone = (role: string | null) => role === "none" || role === "presentation";

export const isListBox = (select: HTMLSelectElement) => select.multiple || select.size > 1;

function explicit(element: Element | null): string | null {
  const attribute = element?.getAttribute("role");
  if (!attribute) return null;
  return attribute.toLowerCase().split(/\s+/).find(isRole) ?? null;
}

function implicit(element: Element): string | null {
  const { localName } = element;
  const role = tags.get(localName) ?? (Object.hasOwn(BY_TAG, localName) ? BY_TAG[localName]?.(element) : null);
  if (!role) return null;
  for (let part = element; ; ) {
    const names = wholes.get(part.localName);
    const whole = names === undefined ? null : around(part);
    if (whole === null || !names?.split(",").includes(whole.localName)) return role;
    const given = explicit(whole);
    if (isNone(given) && !conflicts(whole, given)) return given;
    part = whole;
  }
}

/** `role=none` does not hold for what can be focused or says something about itself. */
function conflicts(element: Element, role: string | null): boolean {
  return isGlobal(element, role ?? "") || isFocusable(element);
}

const NAMING = "[aria-label], [aria-labelledby]";
function isGlobal(element: Element, role: string): boolean {
  return (
    (guide && element.matches(guide.global)) ||
    (!has(role, UNLABELLED) && element.matches(NAMING)) ||
    (role !== "generic" && element.hasAttribute("aria-roledescription"))
  );
}

function isFocusable(element: Element): boolean {
  if (isDisabled(element)) return false;
  if (hasTabIndex(element)) return true;
  if (element.localName === "input") return !(element as HTMLElement).hidden;
  return element.matches("button, details, select, textarea, a[href], area[href]");
}

function hasTabIndex(element: Element): boolean {
  const index = element.getAttribute("tabindex");
  return index !== null && !Number.isNaN(Number(index));
}

/** By the attribute of its own, or that of a group around it. */
export function isDisabled(element: Element): boolean {
  if (!element.matches("button, input, select, textarea, option, optgroup")) return false;
  if (element.hasAttribute("disabled")) return true;
  if (element.localName === "option" && element.closest("optgroup[disabled]") !== null) return true;
  const fieldset = element.closest("fieldset[disabled]");
  return fieldset !== null && !fieldset.querySelector(":scope > legend")?.contains(element);
}

function inputRole(input: HTMLInputElement): string | null {
  const { type } = input;
  if (type === "hidden") return null;
  if (["email", "search", "tel", "text", "url"].includes(type)) {
    if (input.list !== null) return "combobox";
    return type === "search" ? "searchbox" : "textbox";
  }
  return tags.get(`type=${type}`) ?? "textbox";
}

function headerRole(cell: Element): string | null {
  const scope = cell.getAttribute("scope");
  if (scope === "col" || scope === "colgroup") return "columnheader";
  if (scope === "row" || scope === "rowgroup") return "rowheader";
  const { previousElementSibling: before, nextElementSibling: after } = cell;
  if (before === null && after === null) {
    const table = cell.parentElement?.localName === "tr" ? closest(cell, "table") : null;
    return table !== null && (table as HTMLTableElement).rows.length <= 1 ? null : "columnheader";
  }
  if (before?.localName === "th" && after?.localName === "th") return "columnheader";
  return isFilled(after) || isFilled(before) ? "rowheader" : "columnheader";
}

function isFilled(cell: Element | null): boolean {
  return cell?.localName === "td" && (cell.childElementCount > 0 || (cell.textContent ?? "").trim() !== "");
}

function closest(element: Element, selector: string): Element | null {
  for (let at: Element | null = element; at !== null; at = hostOf(at)) {
    const found = at.closest(selector);
    if (found !== null) return found;
  }
  return null;
}
