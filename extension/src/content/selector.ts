/**
 * Selectors of a target, best first, cheap ones first: test id, id, role and name, `name`, the words shown, and a path
 * of positions from the nearest stable id, as CSS and as XPath. Each is a chain through the shadow hosts around the
 * element, in the form of the Chrome Recorder, with the number of elements that it finds. What looks generated is not
 * used: it would find something else tomorrow.
 */

import type { Selector } from "../shared/event.js";
import { CHAIN, COUNTED, MATCHES, SELECTOR_CHARS, SELECTOR_MS, SELECTORS, SIBLINGS } from "../shared/limits.js";
import { inLine, wellFormed } from "../shared/text.js";
import { generated, guide } from "./guide.js";
import { labelsOf } from "./outline/composed.js";
import { roleOf } from "./role.js";
import { hostOf } from "./tree.js";

type Root = Document | ShadowRoot | DocumentFragment;

export interface Described {
  role: string;
  name: string;
  /** The name, and the attributes that may repeat it, are not the tool's words. */
  content: boolean;
  /** Nothing at or below this element may anchor a path. */
  subject: Element | null;
  /** In other letters than it is written in: Chromium names it as it is drawn. */
  isDrawnOtherwise: boolean;
}

/** A selector and how many elements it finds; 0: nobody counted. */
export interface Found {
  selector: Selector;
  matches: number;
}

interface Candidate {
  text: string;
  matches: number;
}

export function selectorsOf(element: Element, described: Described): Found[] {
  const until = performance.now() + SELECTOR_MS;
  const hosts = hostChain(element, described.subject, until);
  if (hosts === null) return [];
  const found: Found[] = [];
  for (const candidate of candidates(element, described, hosts.length === 0)) {
    if (performance.now() > until || found.length === SELECTORS) break;
    const made = candidate();
    if (made !== null && made.text.length <= SELECTOR_CHARS)
      found.push({ selector: [...hosts, wellFormed(made.text)], matches: made.matches });
  }
  // What finds one element comes first; what nobody counted, last.
  return found.sort((a, b) => rank(a.matches) - rank(b.matches));
}

function rank(matches: number): number {
  return matches === 0 ? 2 : Number(matches > 1);
}

function candidates(
  element: Element,
  { role, name, content, subject, isDrawnOtherwise }: Described,
  inDocument: boolean,
): (() => Candidate | null)[] {
  const one = (text: string | null): Candidate | null => (text === null ? null : { text, matches: 1 });
  const way = lazy(() => wayTo(element, subject));
  const alike = lazy(() => countAlike(element, name, role));
  const path = () => one(asCss(way()));
  const xpath = () => (inDocument ? one(asXPath(way())) : null);
  if (content) return [path, xpath];
  return [
    () => one(byTestId(element)),
    () => one(byId(element)),
    () => byAria(role, name, () => (isDrawnOtherwise ? 0 : alike().named)),
    () => one(byName(element)),
    () => (inDocument ? byText(element, name, alike) : null),
    path,
    xpath,
  ];
}

/** Made when it is first asked for. */
function lazy<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    if (made === undefined) made = make();
    return made;
  };
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
  for (const attribute of guide?.testIds ?? []) {
    const value = element.getAttribute(attribute);
    if (value !== null && !generated.test(value)) return onlyOne(element, `[${attribute}=${quoted(value)}]`);
  }
  return null;
}

function byId(element: Element): string | null {
  return generated.test(element.id) ? null : onlyOne(element, `#${CSS.escape(element.id)}`);
}

/** Puppeteer's and the Chrome Recorder's: by role and accessible name. */
function byAria(role: string, name: string, count: () => number): Candidate | null {
  if (name === "" || role === "generic" || /["\\[\]]/.test(name)) return null;
  return { text: `aria/${name}[role="${role}"]`, matches: count() };
}

/** By tag and the words shown, as an XPath: that is exact, and anybody can count it. */
function byText(element: Element, name: string, alike: () => Alike): Candidate | null {
  if (name === "" || name.length > 60 || name.includes('"')) return null;
  const own = element.textContent ?? "";
  if (own.length > 4 * name.length + 40 || inLine(own) !== name) return null;
  return { text: `xpath///${element.localName}[normalize-space(.)="${name}"]`, matches: alike().shown };
}

/** How many of its tag bear its role and name, and how many show the name; 0 where nobody counted. */
interface Alike {
  named: number;
  shown: number;
}

/** By what is cheap to ask, and not where there are too many to look at. */
function countAlike(element: Element, name: string, role: string): Alike {
  const root = element.getRootNode();
  // A live collection knows its length without another search, as long as the page stays as it is.
  const others =
    root instanceof Document
      ? root.getElementsByTagName(element.localName)
      : root instanceof ShadowRoot
        ? root.querySelectorAll(tag(element))
        : [];
  if (others.length > COUNTED) return { named: 0, shown: 0 };
  // Most bear their own text, and most of these one that is another letter by letter.
  const own = element.textContent ?? "";
  const isOwn = flat(own) === name;
  let named = 1;
  let shown = 1;
  for (const other of others) {
    if (other === element) continue;
    const text = other.textContent ?? "";
    const shows = text === own ? isOwn : text.length >= name.length && flat(text) === name;
    const label = other.getAttribute("aria-label");
    const bears =
      label === null ? shows || (text.length < name.length && labelled(other) === name) : label.trim() === name;
    if (shows) shown++;
    if (bears && named < MATCHES && roleOf(other) === role) named++;
    if (named === MATCHES && shown >= MATCHES) break;
  }
  return { named, shown: Math.min(shown, MATCHES) };
}

function flat(text: string): string {
  return inLine(text.slice(0, 300));
}

function labelled(element: Element): string {
  const [label] = labelsOf(element);
  return label
    ? flat(label.textContent ?? "")
    : (element.getAttribute("placeholder") ?? element.getAttribute("title") ?? "");
}

function byName(element: Element): string | null {
  const name = element.getAttribute("name");
  if (name === null || generated.test(name)) return null;
  const selector = `${tag(element)}[name=${quoted(name)}]`;
  if (!(element instanceof HTMLInputElement) || element.type !== "radio") return onlyOne(element, selector);
  return generated.test(element.value) ? null : onlyOne(element, `${selector}[value=${quoted(element.value)}]`);
}

/** Positions from the nearest stable id, or from the root: unique because each step is. */
function pathTo(element: Element, subject: Element | null): string | null {
  return asCss(wayTo(element, subject));
}

function asCss(way: Way | null): string | null {
  if (way === null) return null;
  const steps = way.steps.map(({ tag, at, alone }) => (alone ? tag : `${tag}:nth-of-type(${at})`));
  const path = (way.anchor === null ? steps : [way.anchor.selector, ...steps]).join(" > ");
  const root = way.steps[0]?.node.getRootNode();
  // A shadow tree has no element at its top that a path could begin at.
  const isAmbiguous = way.anchor === null && root instanceof ShadowRoot && root.querySelectorAll(path).length > 1;
  return isAmbiguous ? path.replace(/ >|$/, ":not(* > *)$&") : path;
}

/** The same way as an XPath. */
function asXPath(way: Way | null): string | null {
  if (way === null || way.steps.some(({ node }) => node.namespaceURI !== XHTML)) return null;
  const steps = way.steps.map(({ node, at, alone }) => (alone ? node.localName : `${node.localName}[${at}]`));
  const id = way.anchor?.node.id;
  if (way.anchor === null) return `xpath//${steps.map((step) => `/${step}`).join("")}`;
  return id && !generated.test(id) && !id.includes('"') ? `xpath///*[@id="${id}"]/${steps.join("/")}` : null;
}

const XHTML = "http://www.w3.org/1999/xhtml";

interface Way {
  anchor: { node: Element; selector: string } | null;
  steps: { node: Element; tag: string; at: number; alone: boolean }[];
}

function wayTo(element: Element, subject: Element | null): Way | null {
  const steps: Way["steps"] = [];
  let withinSubject = subject !== null;
  for (let at: Element | null = element; at !== null; at = at.parentElement) {
    const selector = at === element || withinSubject || !at.hasAttributes() ? null : (byTestId(at) ?? byId(at));
    if (selector !== null) return { anchor: { node: at, selector }, steps };
    const step = position(at);
    if (step === null) return null;
    steps.unshift({ node: at, tag: tag(at), ...step });
    if (at === subject) withinSubject = false;
  }
  return { anchor: null, steps };
}

/** Place among the siblings of the same tag, and whether there are no others. */
function position(element: Element): { at: number; alone: boolean } | null {
  let before = 0;
  let scanned = 0;
  for (let at = element.previousElementSibling; at !== null; at = at.previousElementSibling) {
    if (++scanned > SIBLINGS) return null;
    if (at.localName === element.localName) before++;
  }
  let after = before > 0 ? null : element.nextElementSibling;
  while (after !== null && after.localName !== element.localName) {
    if (++scanned > SIBLINGS) return null;
    after = after.nextElementSibling;
  }
  return { at: before + 1, alone: before === 0 && after === null };
}

function onlyOne(element: Element, selector: string): string | null {
  const root = element.getRootNode() as Root;
  if (!("querySelectorAll" in root)) return null;
  return root.querySelectorAll(selector).length === 1 ? selector : null;
}

function quoted(value: string): string {
  return `"${value.replace(/["\\]/g, "\\$&")}"`;
}

function tag(element: Element): string {
  return CSS.escape(element.localName);
}
