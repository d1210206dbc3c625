/** How the page came to be shown: by a load, a reload, the history, or by its own routing. Of top frames only. */

import type { Navigation } from "../shared/event.js";
import { FOLLOWS_MS, LEADS_MS, TITLE_CHARS, TITLE_MS } from "../shared/limits.js";
import { cut } from "../shared/text.js";
import { bound } from "./marks.js";
import type { Reporter } from "./reporter.js";

/** The Navigation API, as far as it is used; without it, addresses are compared at every event. */
type NavigationHistory = {
  addEventListener(
    type: "currententrychange",
    listener: (event: Event & { navigationType?: string | null }) => void,
    options: AddEventListenerOptions,
  ): void;
};

export class Navigations {
  readonly #reporter: Reporter;
  #shown = place();

  constructor(reporter: Reporter) {
    this.#reporter = reporter;
  }

  listen(signal: AbortSignal): void {
    const moved = () => this.look();
    (window as { navigation?: NavigationHistory }).navigation?.addEventListener(
      "currententrychange",
      ({ navigationType }) => this.look(navigationType === "traverse"),
      { signal },
    );
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
  look(traverses = false): void {
    const now = place();
    if (now === this.#shown) return;
    const isHash = pathOf(now) === pathOf(this.#shown);
    this.#shown = now;
    // Where a page sends itself as it begins is a part of its load.
    if (this.#reporter.last === null && performance.now() < FOLLOWS_MS && !traverses) return;
    this.#report(traverses ? "back_forward" : isHash ? "hash" : "same_document");
  }

  /** It waits a little for its title: a page has none when it begins, and a router sets it a moment later. */
  #report(navigation: Navigation): void {
    if (!this.#reporter.listening) return;
    const page = this.#reporter.address;
    this.#reporter.flush();
    const draft = () => ({ kind: "navigate" as const, navigation, ...title() });
    this.#reporter.defer(draft, () => true, page, navigation === "load" || navigation === "reload" ? 0 : LEADS_MS);
    const tell = () => setTimeout(() => this.#reporter.flush(), TITLE_MS);
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
