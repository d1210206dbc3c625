/**
 * Hovering, where it opened something: a menu, a tooltip. Whether it did is seen by what the page changes while the
 * pointer rests, and, where style sheets alone do it, by a click in what hangs below the place that was rested on.
 */

import { MUTATIONS, OPENING_MS, REST_MS } from "../shared/limits.js";
import type { Guide } from "../shared/message.js";
import { actionable } from "./actionable.js";
import { isShown, watch } from "./effect.js";
import { guide } from "./guide.js";
import type { Reporter } from "./reporter.js";
import { describe, near } from "./target.js";
import { around, deepest, isPage } from "./tree.js";

/** How many elements above the one that was rested on a menu may hang. */
const NEAR = 4;

export class Hovers {
  readonly #reporter: Reporter;
  readonly #observer = new MutationObserver((records) => this.#look(records));
  #over: Element | null = null;
  /** Since when. */
  #since = 0;
  #rested: Element[] = [];
  /** What a click has set going is the click's doing, unless what the pointer is on says that it is its own. */
  #isAfter = false;
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(reporter: Reporter) {
    this.#reporter = reporter;
  }

  over(event: PointerEvent): void {
    if (guide === undefined || event.pointerType !== "mouse" || event.buttons !== 0 || !this.#reporter.listening)
      return;
    const hit = deepest(event);
    const element = hit === null ? null : actionable(hit);
    if (element === null || element === this.#over || isPage(element)) return;
    const now = event.timeStamp;
    this.#leave(now);
    this.#over = element;
    this.#since = now;
    near(element);
    // Menus open at once or after a moment; what changed a moment before the pointer came is another thing's.
    if (this.#mayOpen(element)) this.#watch();
  }

  /** Whether the pointer rested where it was is seen when it goes. */
  #leave(now: number): void {
    if (this.#over === null || now - this.#since < REST_MS) return;
    this.#rested.push(this.#over);
    if (this.#rested.length > 8) this.#rested.shift();
  }

  /** Something else was done: it may have been done in what a rest of the pointer opened. */
  acted(hit: Element | null): void {
    this.#observer.disconnect();
    this.#leave(performance.now());
    // What opens from now on is the doing of the press.
    this.#since = Number.POSITIVE_INFINITY;
    const rested = this.#rested.filter((element) => hit !== null && element.isConnected && opens(element, hit));
    this.#rested = [];
    const last = rested.at(-1);
    if (last !== undefined) this.#report(last);
  }

  /** A control of the tool. */
  #mayOpen(element: Element): boolean {
    const { last } = this.#reporter;
    const since = last === null ? OPENING_MS : performance.now() - last.at;
    // What is drawn anew under a pointer that stays has not been come over.
    if (since < 2 * REST_MS) return false;
    this.#isAfter = since < OPENING_MS;
    return element.matches((guide as Guide).openers) || around(element)?.localName.includes("-") === true;
  }

  #watch(): void {
    watch(this.#observer, document);
    this.#timer ??= setTimeout(() => this.#due(), OPENING_MS);
  }

  #due(): void {
    const rest = this.#since + OPENING_MS - performance.now();
    const goesOn = rest > 1 && rest <= OPENING_MS;
    this.#timer = goesOn ? setTimeout(() => this.#due(), rest) : null;
    if (!goesOn) this.#observer.disconnect();
  }

  #look(records: MutationRecord[]): void {
    const over = this.#over;
    if (over === null || !over.isConnected) return;
    const told = this.#isAfter ? records.filter(({ target }) => target === over) : records;
    if (!told.slice(0, MUTATIONS).some((record) => hasOpened(record, over))) return;
    this.#observer.disconnect();
    this.#rested = [];
    // It is told, and not told again by what is clicked in it.
    this.#since = Number.POSITIVE_INFINITY;
    this.#report(over);
  }

  #report(element: Element): void {
    const target = describe(element);
    this.#reporter.report(() => ({ kind: "hover", target }));
  }
}

function hasOpened({ target, attributeName, addedNodes }: MutationRecord, over: Element): boolean {
  const { popups } = guide as Guide;
  if (attributeName === null)
    return [...addedNodes].some(
      (node) =>
        node instanceof Element && (node.matches(popups) || node.querySelector(popups) !== null) && isShown(node),
    );
  if (!(target instanceof Element)) return false;
  if (attributeName === "aria-expanded")
    return (
      target.matches("[aria-expanded=true]") && (target === over || target.contains(over) || over.contains(target))
    );
  if (attributeName === "aria-describedby") return target === over && over.hasAttribute(attributeName);
  if (attributeName === "open")
    return target.hasAttribute("open") && target.contains(over) && /tooltip|dropdown|menu|popup/.test(target.localName);
  return target.matches(popups) && isShown(target);
}

/** Whether `hit` is in a menu that hangs beside or below `element`, and would go away without the pointer. */
function opens(element: Element, hit: Element): boolean {
  if (element.contains(hit) || hit.contains(element) || element.matches("input, textarea, select")) return false;
  // What covers the page behind the menu has not opened it.
  if (getComputedStyle(element).position === "fixed") return false;
  let near: Element | null = element;
  for (let up = 0; near !== null && up < NEAR && !near.contains(hit); up++) near = near.parentElement;
  if (near === null || !near.contains(hit) || !near.matches(":hover")) return false;
  for (let at: Element | null = hit; at !== null && at !== near; at = at.parentElement) {
    if (at.contains(element)) return false;
    if (/absolute|fixed/.test(getComputedStyle(at).position)) return at.matches((guide as Guide).menus);
  }
  return false;
}
