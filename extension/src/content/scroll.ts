/** Scrolling, told once when it has settled, and only where a person did it: pages scroll by themselves, too. */

import { SCROLLED_MS, SCROLLING_MS } from "../shared/limits.js";
import type { Reporter } from "./reporter.js";
import { describe } from "./target.js";
import { lineage, originOf } from "./tree.js";

export class Scrolling {
  readonly #reporter: Reporter;
  /** When wheel, finger or key last asked for it, and where the wheel was. */
  #asked = Number.NEGATIVE_INFINITY;
  #under: Element | null = null;
  #scroller: Element | null = null;
  /** It is not what the wheel was on: if that comes after all, it is meant. */
  #isAlong = false;
  #press: { event: PointerEvent; box: EventTarget | null } | null = null;
  #page = "";
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(reporter: Reporter) {
    this.#reporter = reporter;
  }

  /** It may have been on a scroll bar: what box it was on is looked at when that scrolls. */
  pressed(event: PointerEvent): void {
    this.#press = { event, box: originOf(event) };
  }

  /** A wheel, a finger, a key that scrolls; `under`: the pointer is on it. */
  asked(under: Element | null = null): void {
    this.#asked = performance.now();
    this.#under = under;
  }

  scrolled(event: Event): void {
    const at = originOf(event);
    const scroller = at instanceof Document ? at.scrollingElement : at instanceof Element ? at : null;
    if (scroller === null || !this.#reporter.listening) return;
    if (scroller !== this.#scroller) {
      if (this.#press?.box === scroller && isOnBar(this.#press.event, scroller)) this.asked();
      this.#press = null;
      if (performance.now() - this.#asked > SCROLLING_MS) return;
      // Pages scroll other boxes along: bars of their own, columns that stay.
      const isAlong = this.#under !== null && !lineage(this.#under).includes(scroller);
      if (isAlong && this.#scroller !== null) return;
      if (!this.#isAlong) this.settle();
      this.#isAlong = isAlong;
      this.#scroller = scroller;
      this.#page = this.#reporter.pageAddress;
    }
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.settle(), SCROLLED_MS);
  }

  /** Before anything else is reported, and when nothing moves any more. */
  settle(): void {
    const scroller = this.#scroller;
    if (scroller === null) return;
    this.#scroller = null;
    clearTimeout(this.#timer);
    if (!scroller.isConnected || !this.#reporter.listening) return;
    const target = describe(scroller);
    const scroll: [number, number] = [Math.round(scroller.scrollLeft), Math.round(scroller.scrollTop)];
    this.#reporter.report(() => ({ kind: "scroll", target, scroll }), this.#page);
  }
}

/** Scroll bars lie beside what a box shows. */
function isOnBar({ offsetX, offsetY }: PointerEvent, box: Element): boolean {
  return offsetX >= box.clientWidth || offsetY >= box.clientHeight;
}
