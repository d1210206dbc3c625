/** Building our own pages: elements with text in them, never markup. Strings from policies and pages stay strings. */

import { LOCALE, text } from "../shared/words.js";

type Content = string | Node | (string | Node)[];

interface Attributes {
  class?: string;
  [name: string]: string | undefined;
}

export function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  content: Content = "",
  attributes: Attributes = {},
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  made.append(...(Array.isArray(content) ? content : [content]).filter((piece) => piece !== ""));
  for (const [name, value] of Object.entries(attributes)) if (value !== undefined) made.setAttribute(name, value);
  return made;
}

/** A string that may be in another script than the sentence around it. */
export function quoted(content: string, className = ""): HTMLElement {
  return make("bdi", content, className === "" ? {} : { class: className });
}

export function code(content: string): HTMLElement {
  return make("code", content, { dir: "ltr" });
}

/** A button that does something when a person presses it, and only then. */
export function button(content: Content, press: () => void, attributes: Attributes = {}): HTMLButtonElement {
  const made = make("button", content, { type: "button", ...attributes });
  onPress(made, press);
  return made;
}

export function onPress(element: HTMLElement, press: () => void): void {
  element.addEventListener("click", (event) => event.isTrusted && press());
}

export function element<T extends HTMLElement = HTMLElement>(id: string): T {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`this page has no #${id}`);
  return found as T;
}

/** Puts content in the place of what an element had. */
export function fill(id: string, content: Content): void {
  element(id).replaceChildren(...(Array.isArray(content) ? content : [content]).filter((piece) => piece !== ""));
}

export function show(id: string, shown: boolean): void {
  element(id).hidden = !shown;
}

export function list<T>(id: string, items: T[], draw: (item: T) => Node): void {
  element(id).replaceChildren(...items.map(draw));
}

/** Only what a browser opens as a page of the web becomes a link. */
export function link(address: string): Node {
  if (!/^https?:\/\//.test(address)) return quoted(address);
  return make("a", address, { href: address, rel: "noreferrer", dir: "ltr" });
}

/** The language of the page, its title, and every element that says which message it is. */
export function translate(title: string): void {
  document.documentElement.lang = LOCALE;
  document.title = text(title);
  for (const translated of document.querySelectorAll<HTMLElement>("[data-text]"))
    translated.append(text(translated.dataset.text ?? ""));
  for (const labelled of document.querySelectorAll<HTMLElement>("[data-label]"))
    labelled.setAttribute("aria-label", text(labelled.dataset.label ?? ""));
}

/** What a page was opened for is to be seen: a mark in its timing, once, for whoever measures. */
export function drawn(): void {
  if (performance.getEntriesByName("drawn").length === 0) performance.mark("drawn");
}
