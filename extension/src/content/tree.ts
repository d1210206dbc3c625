/** Walking the page as it is composed: through slots and shadow roots, closed ones included. */

import { ANCESTORS } from "../shared/limits.js";
import { once, turn } from "./still.js";

type FirefoxElement = {
  openOrClosedShadowRoot?: ShadowRoot | null;
};

/** What may bear a shadow root besides custom elements (DOM, "attach a shadow root"). */
const HOST = /^(article|aside|blockquote|body|div|footer|h[1-6]|header|main|nav|p|section|span)$|-/;

/** What is there on every page. */
export const isPage = ({ localName }: Element) => localName === "body" || localName === "html";

/** Of the names that were asked about last: trying the pattern takes several times as long. */
const hosts = new Map<string, boolean>();
const REMEMBERED = 500;

function mayHost({ localName }: Element): boolean {
  const known = hosts.get(localName);
  if (known !== undefined) return known;
  const may = HOST.test(localName);
  if (hosts.size === REMEMBERED) hosts.clear();
  hosts.set(localName, may);
  return may;
}

/** The shadow root of an element, also a closed one: extensions may look inside. */
export function shadowRootOf(element: Element): ShadowRoot | null {
  if (!mayHost(element) || !(element instanceof HTMLElement)) return null;
  const firefox = (element as FirefoxElement).openOrClosedShadowRoot;
  if (firefox !== undefined) return firefox;
  return typeof chrome === "object" && chrome.dom ? chrome.dom.openOrClosedShadowRoot(element) : element.shadowRoot;
}

/** The shadow host around a node, if it is in a shadow tree. */
export function hostOf(node: Node): Element | null {
  const root = node.getRootNode();
  return root instanceof ShadowRoot ? root.host : null;
}

/** The element around this one where it is drawn: its slot, its parent, or the host of its shadow root. */
export function around(element: Element): Element | null {
  const parent = element.parentElement;
  if (parent === null) return hostOf(element);
  // Only the children of hosts have slots; asking the others takes its time.
  return mayHost(parent) ? (element.assignedSlot ?? parent) : parent;
}

/** The element and those around it, innermost first; bounded, because pages are not. */
export const lineage = once((element: Element): readonly Element[] => {
  const found: Element[] = [];
  for (let at: Element | null = element; at !== null && found.length < ANCESTORS; at = around(at)) found.push(at);
  return found;
});

/** The shadow trees that it is drawn in. */
export const treesAround = once((element: Element): ShadowRoot[] =>
  lineage(element)
    .map((each) => (each.parentElement === null ? each.getRootNode() : null))
    .filter((root) => root instanceof ShadowRoot),
);

export function closest(element: Element, selector: string): Element | null {
  for (const at of lineage(element)) if (at.matches(selector)) return at;
  return null;
}

/** What an event comes from, in open shadow trees too. Its path is a list of all around that, and only hosts need it. */
export function originOf(event: Event): EventTarget | null {
  const { target } = event;
  return target === null || shadowRootOf(target as Element) === null ? target : (event.composedPath()[0] ?? null);
}

/** The event that was last asked about, in which turn, and its element: on its way the page may move things. */
let asked: [Event, number, Element | null] | null = null;

/** The innermost element that an event was meant for, also where a closed shadow root hides it. */
export function deepest(event: Event): Element | null {
  if (turn === 0 || asked?.[0] !== event || asked[1] !== turn) asked = [event, turn, meant(event)];
  return asked[2];
}

function meant(event: Event): Element | null {
  const first = originOf(event);
  if (!(first instanceof Node)) return null;
  let at = first.nodeType === Node.ELEMENT_NODE ? (first as Element) : first.parentElement;
  for (let depth = 0; at !== null && depth < ANCESTORS; depth++) {
    const root = shadowRootOf(at);
    const inner: Element | null =
      root === null
        ? null
        : event instanceof MouseEvent && event.detail + event.clientX + event.clientY > 0
          ? root.elementFromPoint(event.clientX, event.clientY)
          : root.activeElement;
    if (root === null || inner === null || !root.contains(inner)) return at;
    at = inner;
  }
  return at;
}

/** The innermost element at a place in the viewport that is not in `moved`, nor in a copy of it that the pointer carries. */
export function deepestAt({ x, y }: MouseEvent, moved: HTMLElement): Element | null {
  let at: Element | null = null;
  let root: Document | ShadowRoot | null = document;
  for (let depth = 0; root !== null && depth < ANCESTORS; depth++) {
    const all = root.elementsFromPoint(x, y) as HTMLElement[];
    const isCopy = (each: HTMLElement) =>
      each.offsetHeight === moved.offsetHeight && !each.contains(moved) && getComputedStyle(each).position === "fixed";
    const carried = all.find(isCopy) ?? moved;
    const inner = all.find((each) => !carried.contains(each));
    // A tree without one there tells of what is around it.
    if (inner === undefined || inner === at) break;
    at = inner;
    root = shadowRootOf(inner);
  }
  return at;
}

/** The focused element, wherever it is. */
export function focused(): Element | null {
  let at = document.activeElement;
  for (let root = at && shadowRootOf(at); at !== null && root?.activeElement; root = shadowRootOf(at)) {
    at = root.activeElement;
  }
  return at;
}
