/** How the page came to be shown: by a load, a reload, the history, or by its own routing. Of top frames only. */

import type { Navigation } from "../shared/event.js";
import { AT_ONCE_RINGS, FOLLOWS_MS, LEADS_MS, RING_MS, TITLE_CHARS, TITLE_MS } from "../shared/limits.js";
import { cut } from "../shared/text.js";
import { bound } from "./marks.js";
import type { Reporter, Sent } from "./reporter.js";

/** The Navigation API, as far as it is used; without it, addresses are compared at every event. */
type NavigationHistory = {
  addEventListener(
    type: "currententrychange" | "navigate",
    listener: (
      event: Event & {
        navigationType?: string | null;
        userInitiated?: boolean;
        destination?: { sameDocument: boolean };
      },
    ) => void,
    options: AddEventListenerOptions,
  ): void;
};

export const HISTORY = (window as { navigation?: NavigationHistory }).navigation;

/** Firefox does not say whose step through the history it is: so soon after an action, nobody's hand is at its buttons. */
const SAYS_WHOSE = !("mozInnerScreenX" in window);

export class Navigations {
  readonly #reporter: Reporter;
  #shown = place();
  /** When the page last sent itself elsewhere, or was sent by something in it. */
  #led = Number.NEGATIVE_INFINITY;
  /** How often the timer that runs since the last action is still to ring: what slows the page down slows it, too. */
  #rest = 0;
  #timer: ReturnType<typeof setInterval> | undefined;
  /** The last step through the history was one by the browser's own buttons. */
  #byBrowser = false;

  constructor(reporter: Reporter) {
    this.#reporter = reporter;
  }

  listen(signal: AbortSignal): void {
    const moved = () => this.look();
    HISTORY?.addEventListener("currententrychange", ({ navigationType }) => this.look(navigationType === "traverse"), {
      signal,
    });
    HISTORY?.addEventListener(
      "navigate",
      ({ navigationType, userInitiated = false, destination }) => {
        this.#reporter.deliver();
        this.#byBrowser = navigationType === "traverse" && (SAYS_WHOSE ? userInitiated : this.#rest === 0);
        if (!destination?.sameDocument && !this.#byBrowser) this.#led = performance.now();
      },
      { signal },
    );
    addEventListener("popstate", moved, { signal, capture: true });
    addEventListener("hashchange", moved, { signal, capture: true });
  }

  /** Something was done. */
  acted(sent: Sent): void {
    if (SAYS_WHOSE || sent !== this.#reporter.last) return;
    clearInterval(this.#timer);
    this.#rest = AT_ONCE_RINGS;
    this.#timer = setInterval(() => --this.#rest || clearInterval(this.#timer), RING_MS);
  }

  /** A document that begins. One that is made in advance begins when it is shown. */
  begin(): void {
    const report = () => this.#report(loadedBy(), 0);
    if ((document as { prerendering?: boolean }).prerendering) {
      document.addEventListener("prerenderingchange", report, { once: true });
    } else {
      report();
    }
  }

  /** Back from the browser's cache of whole pages: what led here was done on another page. */
  restored(): void {
    this.#shown = place();
    this.#led = Number.NEGATIVE_INFINITY;
    this.#report("back_forward", 0);
  }

  /** Whether the page goes away because of something that was done in it. */
  get leads(): boolean {
    return HISTORY === undefined || this.led;
  }

  /** Whether the browser has told so. */
  get led(): boolean {
    return performance.now() - this.#led <= LEADS_MS;
  }

  /** Compares where the page is with where it was. A query alone is no other place: filters change it at each key. */
  look(traverses = false): void {
    const now = place();
    if (now === this.#shown) return;
    const isHash = pathOf(now) === pathOf(this.#shown);
    this.#shown = now;
    // Where a page sends itself as it begins is a part of its load.
    if (this.#reporter.last === null && performance.now() < FOLLOWS_MS && !traverses) return;
    if (traverses) this.#report("back_forward", this.#byBrowser ? 0 : LEADS_MS);
    else this.#report(isHash ? "hash" : "same_document", LEADS_MS);
  }

  /** It waits a little for its title: a page has none when it begins, and a router sets it a moment later. */
  #report(navigation: Navigation, follows: number): void {
    if (!this.#reporter.listening) return;
    const page = this.#reporter.pageAddress;
    this.#reporter.flush();
    const draft = () => ({ kind: "navigate" as const, navigation, ...title() });
    this.#reporter.defer(draft, () => true, page, follows);
    const tell = () => setTimeout(() => this.#reporter.flush(true), TITLE_MS);
    if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", tell, { once: true });
    else tell();
  }
}

function place(): string {
  return location.pathname + location.hash;
}

function pathOf(shown: string): string {
  return shown.split("#", 1)[0] ?? "";
}

function title(): { title?: string } {
  const text = document.title.trim();
  const element = document.querySelector("title");
  return text === "" || (element !== null && bound(element) !== "clear") ? {} : { title: cut(text, TITLE_CHARS) };
}

function loadedBy(): Navigation {
  const [entry] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  return entry?.type === "reload" || entry?.type === "back_forward" ? entry.type : "load";
}
