/** From the element that was hit to the one that was meant: a `<span>` in a button is the button. */

import { contextOf, editorIn, seenOf } from "./drawn.js";
import { guide } from "./guide.js";
import { once } from "./still.js";
import { closest, lineage } from "./tree.js";

const CONTROL =
  "button, a[href], area[href], input, select, textarea, option, summary, label," +
  ["button", "link", "checkbox", "radio", "switch", "tab", "menuitem", "menuitemcheckbox", "menuitemradio", "option"]
    .concat(["treeitem", "combobox", "listbox", "searchbox", "spinbutton", "slider"])
    .map((role) => `[role=${role}]`)
    .join();

export function isControl(element: Element): boolean {
  return element.matches(CONTROL);
}

export function isToggle(element: Element | null): element is HTMLInputElement {
  return element instanceof HTMLInputElement && /^(checkbox|radio)$/.test(element.type);
}

/** What holds its text itself. */
export function isPlain(element: Element): element is HTMLInputElement | HTMLTextAreaElement {
  return element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement;
}

/** What is moved along a scale, and what pages put its thumb on. */
export const SLIDER = "[role=slider], input[type=range i]";

export const EDITING_HOST = '[contenteditable]:not([contenteditable="false" i])';

/** The editing host around an element, outermost of those that are nested. */
export const editingHost = once((element: Element): HTMLElement | null => {
  let host: HTMLElement | null = null;
  for (const at of lineage(element)) {
    if (contextOf(at) !== null) return at as HTMLElement;
    if (!(at instanceof HTMLElement) || !at.hasAttribute("contenteditable")) continue;
    if (at.matches(EDITING_HOST)) host = at;
    else break;
  }
  return host ?? (element.ownerDocument.designMode === "on" ? element.ownerDocument.body : null);
});

/** Custom elements have labels in them that are for nothing. */
const isIdle = (label: Element) => label instanceof HTMLLabelElement && label.control === null;

/** A label stands for its control. */
function behindLabel(element: Element): Element {
  return element instanceof HTMLLabelElement ? (element.control ?? element) : element;
}

export const actionable = once((element: Element): Element => {
  const field =
    editingHost(element) ?? lineage(element).find((at) => isControl(at) && !isIdle(at)) ?? closest(element, "label");
  if (field !== null) return seenOf(behindLabel(field) as HTMLElement);
  return editorIn(lineage(element)) ?? (guide && closest(element, guide.shown)) ?? element;
});
