/**
 * The role of an element as Playwright's snapshots name it: the first ARIA 1.2 role of the `role` attribute, or what
 * the HTML-AAM says of the element; `null` where there is none.
 */

import { hostOf } from "../tree.js";
import { around } from "./composed.js";
import { has, isRole, UNLABELLED } from "./traits.js";

const link = (element: Element) => (element.hasAttribute("href") ? "link" : null);
const unlessSectioned = (role: string) => (element: Element) => (closest(element, SECTIONING) ? null : role);
const ifNamed = (role: string) => (element: Element) =>
  element.matches("[aria-label], [aria-labelledby]") ? role : null;

const SECTIONING =
  "article:not([role]), aside:not([role]), main:not([role]), nav:not([role]), section:not([role]), " +
  "[role=article], [role=complementary], [role=main], [role=navigation], [role=region]";

const BY_INPUT_TYPE: Record<string, string> = {
  button: "button",
  checkbox: "checkbox",
  file: "button",
  image: "button",
  number: "spinbutton",
  radio: "radio",
  range: "slider",
  reset: "button",
  submit: "button",
};

const BY_TAG: Record<string, string | ((element: Element) => string | null)> = {
  a: link,
  area: link,
  aside: "complementary",
  datalist: "listbox",
  dd: "definition",
  del: "deletion",
  details: "group",
  dfn: "term",
  dt: "term",
  em: "emphasis",
  fieldset: "group",
  footer: unlessSectioned("contentinfo"),
  form: ifNamed("form"),
  header: unlessSectioned("banner"),
  hr: "separator",
  html: "document",
  img: (image) =>
    image.getAttribute("alt") === "" && !image.getAttribute("title") && !isGlobal(image, "") && !hasTabIndex(image)
      ? "presentation"
      : "img",
  input: (input) => inputRole(input as HTMLInputElement),
  ins: "insertion",
  li: "listitem",
  menu: "list",
  nav: "navigation",
  ol: "list",
  optgroup: "group",
  output: "status",
  p: "paragraph",
  progress: "progressbar",
  section: ifNamed("region"),
  select: (select) => (isListBox(select as HTMLSelectElement) ? "listbox" : "combobox"),
  sub: "subscript",
  sup: "superscript",
  svg: "img",
  tbody: "rowgroup",
  td: (cell) => (/^(tree)?grid$/.test(explicit(closest(cell, "table")) ?? "") ? "gridcell" : "cell"),
  textarea: "textbox",
  tfoot: "rowgroup",
  th: headerRole,
  thead: "rowgroup",
  tr: "row",
  ul: "list",
};

for (const heading of ["h1", "h2", "h3", "h4", "h5", "h6"]) BY_TAG[heading] = "heading";
const SAME =
  "article blockquote button caption code dialog figure main mark math meter option search strong table time";
for (const tag of SAME.split(" ")) BY_TAG[tag] = tag;

/** Elements whose role goes with that of the element around them: a list that is none has no list items. */
const PARTS: Record<string, readonly string[]> = {
  dd: ["dl", "div"],
  div: ["dl"],
  dt: ["dl", "div"],
  li: ["ol", "ul"],
  tbody: ["table"],
  td: ["tr"],
  tfoot: ["table"],
  th: ["tr"],
  thead: ["table"],
  tr: ["thead", "tbody", "tfoot", "table"],
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
  const rule = BY_TAG[element.localName];
  const role = typeof rule === "function" ? rule(element) : rule;
  if (!role) return null;
  for (let part = element; ; ) {
    const wholes = PARTS[part.localName];
    const whole = wholes === undefined ? null : around(part);
    if (whole === null || !wholes?.includes(whole.localName)) return role;
    const given = explicit(whole);
    if (isNone(given) && !conflicts(whole, given)) return given;
    part = whole;
  }
}

/** `role=none` does not hold for what can be focused or says something about itself. */
function conflicts(element: Element, role: string | null): boolean {
  return isGlobal(element, role ?? "") || isFocusable(element);
}

const GLOBAL =
  "atomic busy controls current describedby details dropeffect flowto grabbed hidden keyshortcuts live owns relevant"
    .split(" ")
    .map((word) => `[aria-${word}]`)
    .join();
const NAMING = "[aria-label], [aria-labelledby]";
function isGlobal(element: Element, role: string): boolean {
  return (
    element.matches(GLOBAL) ||
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
  return BY_INPUT_TYPE[type] ?? "textbox";
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
