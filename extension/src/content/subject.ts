/**
 * Whether a name is the tool's words ("Save") or what the page shows about its subject ("Jane Doe"). The latter is
 * content: the host masks it, and selectors must not carry it around the mask.
 */

import { has, SUBJECT } from "./outline/traits.js";
import { closest, lineage } from "./tree.js";

export const CONTAINER =
  "td, tr, li, dd, article, [role=cell], [role=gridcell], [role=row], [role=listitem], [role=article]";

/** Lists of the tool's own words. */
export const CHROME =
  "nav, menu, [role=navigation], [role=menu], [role=menubar], [role=toolbar], [role=tablist], [role=banner], body > header";

export function isContent(element: Element, role: string, name: string): boolean {
  if (role === "heading" || has(role, SUBJECT)) return closest(element, CHROME) === null;
  if (role === "generic") return name !== "" && !element.hasAttribute("aria-label");
  if (role === "link" || role === "treeitem") return subjectAround(element) !== null;
  return role === "option" && isSuggestion();
}

/** The outermost row, cell or list item around an element, unless the tool's own menus are nearer. */
export function subjectAround(element: Element): Element | null {
  let outermost: Element | null = null;
  for (const at of lineage(element)) {
    if (at.matches(CHROME)) return null;
    if (at.matches(CONTAINER)) outermost = at;
  }
  return outermost;
}

/** An option offered while somebody types is found, like a customer; one of a mere list is the tool's. */
export function isSuggestion(): boolean {
  return document.activeElement?.matches("input, textarea, [contenteditable], [aria-autocomplete]") ?? false;
}
