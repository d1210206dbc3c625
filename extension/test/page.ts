/** What the units that read pages need of a page, beyond what jsdom has. */

import { afterAll } from "vitest";

import { GUIDE } from "../src/background/guide.js";
import { learn } from "../src/content/guide.js";
import { Secrets } from "../src/content/secrets.js";
import { forget } from "../src/content/still.js";

learn(GUIDE);

/** The document goes before what watches it would. */
afterAll(forget);

/** Of what style sheets write before and after elements jsdom has none, and says so each time it is asked. */
const { getComputedStyle: styleOf } = globalThis;
globalThis.getComputedStyle = (element) => styleOf(element);

/** CSS.escape, as far as test pages go: jsdom has none. */
globalThis.CSS ??= { escape: (text: string) => text.replace(/[^\w-]/g, "\\$&") } as typeof CSS;

/** Pointer events, as far as they are looked at here; a trusted pointer is the primary one. */
globalThis.PointerEvent ??= class extends MouseEvent {
  readonly isPrimary = true;
} as unknown as typeof PointerEvent;

/** Whether a box is drawn, by styles alone: jsdom draws none. */
Element.prototype.checkVisibility ??= function (this: Element) {
  for (let at: Element | null = this; at !== null; at = at.parentElement)
    if (getComputedStyle(at).display === "none") return false;
  return true;
};

export function page(html: string): void {
  document.body.innerHTML = html;
}

/** The element with the id `it`, or the first that matches. */
export function find<T extends Element = HTMLElement>(selector = "#it"): T {
  const found = document.querySelector<T>(selector);
  if (found === null) throw new Error(`no ${selector} on the test page`);
  return found;
}

export function fresh(): Secrets {
  const secrets = new Secrets();
  secrets.watch(document);
  return secrets;
}
