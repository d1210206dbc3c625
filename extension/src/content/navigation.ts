/** How the page came to be shown: by a load, a reload, the history, or by its own routing. Of top frames only. */

import type { Navigation } from "../shared/event.js";
import type { Reporter } from "./reporter.js";

/** The Navigation API, as far as it is used; without it, addresses are compared at every event. */
interface NavigationHistory extends EventTarget {
  addEventListener(type: "currententrychange", listener: () => void, options: AddEventListenerOptions): void;
}

export class Navigations {
  readonly #reporter: Reporter;
  #shown = place();

  constructor(reporter: Reporter) {
    this.#reporter = reporter;
  }

  listen(signal: AbortSignal): void {
    const moved = () => this.look();
    (window as { navigation?: NavigationHistory }).navigation?.addEventListener("currententrychange", moved, {
      signal,
    });
    addEventListener("popstate", moved, { signal, capture: true });
    addEventListener("hashchange", moved, { signal, capture: true });
  }

  /** A document that begins. One that is made in advance begins when it is shown. */
  begin(): void {
    const report = () => this.#report(loadedBy());
    if ((document as { prerendering?: boolean }).prerendering) {
      document.addEventListener("prerenderingchange", report, { once: true });
    } else {
      report();
    }
  }

  /** Back from the browser's cache of whole pages. */
  restored(): void {
    this.#shown = place();
    this.#report("back_forward");
  }

  /** Compares where the page is with where it was. A query alone is no other place: filters change it at each key. */
  look(): void {
    const now = place();
    if (now === this.#shown) return;
    this.#shown = now;
    this.#report("same_document");
  }

  #report(navigation: Navigation): void {
    if (this.#reporter.listening) this.#reporter.report(() => ({ kind: "navigate", navigation }));
  }
}

function place(): string {
  return location.pathname + location.hash;
}

function loadedBy(): Navigation {
  const [entry] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  return entry?.type === "reload" || entry?.type === "back_forward" ? entry.type : "load";
}
