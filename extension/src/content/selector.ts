/**
 * Selectors of a target, best first, cheap ones first: test id, id, role and name, `name`, and a path of positions
 * from the nearest stable id. Each is a chain through the shadow hosts around the element, in the form of the
 * Chrome Recorder. What looks generated is not used: it would find something else tomorrow.
 */

import type { Selector } from "../shared/event.js";
import { CHAIN, SELECTOR_CHARS, SELECTOR_MS, SELECTORS, SIBLINGS } from "../shared/limits.js";
import { wellFormed } from "../shared/text.js";
import { hostOf } from "./tree.js";

type Root = Document | ShadowRoot | DocumentFragment;

const TEST_IDS = ["data-testid", "data-test-id", "data-test", "data-cy", "data-qa"];

/** Counters, hashes, and the ids that frameworks make up (`:r1:`, `radix-`, `ember123`). */
const GENERATED =
  /\d{3}|(^|[_:.-])\d+([_:.-]|$)|[«»:]|^_r_|[0-9a-f]{8}|^(ember|ext-gen|yui|radix|headlessui|mui|rc|react-select|mat|cdk|ng)[-_]?/i;
const MIXED = /[a-z]\d[a-z]|\d[a-z]\d/i;

export interface Described {
  role: string;
  name: string;
  /** The name, and the attributes that may repeat it, are not the tool's words. */
  content: boolean;
  /** Nothing at or below this element may anchor a path. */
  subject: Element | null;
}

export function selectorsOf(element: Element, described: Described): Selector[] {
  const until = performance.now() + SELECTOR_MS;
  const hosts = hostChain(element, described.subject, until);
  if (hosts === null) return [];
  const found: Selector[] = [];
  for (const candidate of candidates(element, described)) {
    if (performance.now() > until || found.length === SELECTORS) break;
    const selector = candidate();
    if (selector !== null && selector.length <= SELECTOR_CHARS) found.push([...hosts, wellFormed(selector)]);
  }
  return found;
}

function candidates(element: Element, { role, name, content, subject }: Described): (() => string | null)[] {
  const path = () => pathTo(element, subject);
  if (content) return [path];
  return [() => byTestId(element), () => byId(element), () => byAria(role, name), () => byName(element), path];
}

/** One selector for each shadow host around the element, from the document inwards. */
function hostChain(element: Element, subject: Element | null, until: number): string[] | null {
  const chain: string[] = [];
  for (let host = hostOf(element); host !== null; host = hostOf(host)) {
    const selector = byTestId(host) ?? byId(host) ?? (performance.now() > until ? null : pathTo(host, subject));
    if (selector === null || selector.length > SELECTOR_CHARS || chain.length === CHAIN - 1) return null;
    chain.unshift(wellFormed(selector));
  }
  return chain;
}

function byTestId(element: Element): string | null {
  for (const attribute of TEST_IDS) {
    const value = element.getAttribute(attribute);
    if (value !== null && isStable(value)) return onlyOne(element, `[${attribute}=${quoted(value)}]`);
  }
  return null;
}

function byId(element: Element): string | null {
  return isStable(element.id) ? onlyOne(element, `#${CSS.escape(element.id)}`) : null;
}

/** Puppeteer's and the Chrome Recorder's: by role and accessible name. */
function byAria(role: string, name: string): string | null {
  if (name === "" || role === "generic" || /["\\[\]]/.test(name)) return null;
  return `aria/${name}[role="${role}"]`;
}

function byName(element: Element): string | null {
  const name = element.getAttribute("name");
  if (name === null || !isStable(name)) return null;
  const selector = `${tag(element)}[name=${quoted(name)}]`;
  if (!(element instanceof HTMLInputElement) || element.type !== "radio") return onlyOne(element, selector);
  return isStable(element.value) ? onlyOne(element, `${selector}[value=${quoted(element.value)}]`) : null;
}

/** Positions from the nearest stable id, or from the root: unique because each step is. */
function pathTo(element: Element, subject: Element | null): string | null {
  const steps: string[] = [];
  let withinSubject = subject !== null;
  for (let at: Element | null = element; at !== null; at = at.parentElement) {
    const anchor = at === element || withinSubject ? null : (byTestId(at) ?? byId(at));
    if (anchor !== null) return [anchor, ...steps].join(" > ");
    const step = position(at);
    if (step === null) return null;
    steps.unshift(step);
    if (at === subject) withinSubject = false;
  }
  return steps.join(" > ");
}

/** Tag and place among the siblings of the same tag; the tag alone where there are none. */
function position(element: Element): string | null {
  const before = countAlike(element, "previousElementSibling");
  const after = countAlike(element, "nextElementSibling");
  if (before === null || after === null) return null;
  return before + after === 0 ? tag(element) : `${tag(element)}:nth-of-type(${before + 1})`;
}

function countAlike(element: Element, step: "previousElementSibling" | "nextElementSibling"): number | null {
  let count = 0;
  let scanned = 0;
  for (let at = element[step]; at !== null; at = at[step]) {
    if (++scanned > SIBLINGS) return null;
    if (at.localName === element.localName) count++;
  }
  return count;
}

function onlyOne(element: Element, selector: string): string | null {
  const root = element.getRootNode() as Root;
  if (!("querySelectorAll" in root)) return null;
  return root.querySelectorAll(selector).length === 1 ? selector : null;
}

function isStable(value: string): boolean {
  return value !== "" && value.length <= 60 && !/\s/.test(value) && !GENERATED.test(value) && !MIXED.test(value);
}

function quoted(value: string): string {
  return `"${value.replace(/["\\]/g, "\\$&")}"`;
}

function tag(element: Element): string {
  return CSS.escape(element.localName);
}
