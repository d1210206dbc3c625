/** The tree that an outline walks: light and shadow as Playwright walks them, and closed shadow roots too. */

import { hostOf, shadowRootOf } from "../tree.js";

export function around(element: Element): Element | null {
  return element.parentElement ?? hostOf(element);
}

/** The nodes shown inside an element, in order; those that its `aria-owns` calls are not among them. */
export function nodesOf(element: Element): Node[] {
  if (element.localName === "slot") {
    const assigned = (element as HTMLSlotElement).assignedNodes();
    if (assigned.length > 0) return assigned;
  }
  // What a host holds is shown by its slots or not at all.
  const nodes: Node[] = [];
  for (let node = (shadowRootOf(element) ?? element).firstChild; node !== null; node = node.nextSibling)
    nodes.push(node);
  return nodes;
}

/** The elements that an attribute names by their ids. */
export function namedBy(element: Element, attribute: string): Element[] {
  const ids = element.getAttribute(attribute);
  if (ids === null) return [];
  const root = element.getRootNode() as Document | ShadowRoot;
  const found = new Set<Element>();
  for (const id of ids.split(/\s+/)) {
    const named = id === "" ? null : root.getElementById?.(id);
    if (named) found.add(named);
  }
  return [...found];
}

/** The labels of a control. The browser goes over the whole page for them, which is left where there can be none. */
export function labelsOf(element: Element): Element[] {
  if (!("labels" in element) || (element.id === "" && element.closest("label") === null)) return [];
  return [...((element as HTMLInputElement).labels ?? [])];
}
