/**
 * Whether a name is the tool's words ("Save") or what the page shows about its subject ("Jane Doe"). The latter is
 * content: the host masks it, and selectors must not carry it around the mask.
 */

import { guide } from "./guide.js";
import { has, SUBJECT } from "./outline/traits.js";
import { closest, lineage } from "./tree.js";

export function isContent(element: Element, role: string, name: string): boolean {
  if (role === "heading" || has(role, SUBJECT)) return !(guide && closest(element, guide.chrome));
  if (role === "generic") return name !== "" && !element.hasAttribute("aria-label");
  if (role === "link" || role === "treeitem") return subjectAround(element) !== null;
  return role === "option" && isSuggestion();
}

/** The outermost row, cell or list item around an element, unless the tool's own menus are nearer. */
export function subjectAround(element: Element): Element | null {
  let outermost: Element | null = null;
  if (!guide) return null;
  for (const at of lineage(element)) {
    if (at.matches(guide.chrome)) return null;
    if (at.matches(guide.containers)) outermost = at;
  }
  return outermost;
}

/** An option offered while somebody types is found, like a customer; one of a mere list is the tool's. */
export function isSuggestion(): boolean {
  return document.activeElement?.matches("input, textarea, [contenteditable], [aria-autocomplete]") ?? false;
}
