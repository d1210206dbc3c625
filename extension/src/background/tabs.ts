/**
 * What a person does with tabs, as the browser tells it: opened, closed, switched; a download begun; the lists left and
 * entered again. A tab that shows no listed page is of no interest, and where somebody went is nobody's business.
 */

import type { BrowserAct } from "../shared/event.js";
import type { Allowlist } from "../shared/policy.js";

/** An act of the browser in a tab, on the page that it showed. */
export interface TabAct {
  act: BrowserAct;
  tabId: number;
  url: string;
  /** The tab whose last event this follows from. */
  from?: number;
}

export class Tabs {
  /** Listed tabs, and what they show. */
  readonly #shown = new Map<number, string>();
  /** Tabs that somebody opened and that have shown nothing yet: from which tab. */
  readonly #opening = new Map<number, number | undefined>();
  /** The listed tab in front; `null`: another page is. */
  #front: { tabId: number; url: string } | null = null;
  /** The tab in front, listed or not. */
  #active: number | null = null;
  #away: { tabId: number; url: string } | null = null;

  /** A tab that was there before. */
  found(tabId: number, url: string, isActive: boolean, allowlist: Allowlist): void {
    const listed = allowlist.judge(url) !== null;
    if (listed) this.#shown.set(tabId, url);
    if (isActive) this.#active = tabId;
    if (isActive && listed) this.#front = { tabId, url };
  }

  /** A tab was made; `from` where a page of another tab made it. */
  made(tabId: number, from?: number): void {
    this.#opening.set(tabId, from ?? this.#opening.get(tabId));
  }

  /** Something was done in a listed tab: it is in front, also where the browser has not said so. */
  workedIn(tabId: number, url: string): void {
    if (this.#front !== null || this.#away !== null || !this.#shown.has(tabId)) return;
    this.#active = tabId;
    this.#front = { tabId, url };
  }

  /** A page is shown in a tab. */
  showed(tabId: number, url: string, allowlist: Allowlist): TabAct[] {
    const acts: TabAct[] = [];
    const listed = allowlist.judge(url) !== null;
    // A tab that was opened for a page is empty at first: that is not elsewhere.
    if (!listed && url === "about:blank" && this.#opening.has(tabId)) return acts;
    if (listed) {
      const opener = this.#opening.get(tabId);
      // The page comes back into view before anything is done in it.
      if (this.#active === tabId) acts.push(...this.#toFront(tabId, url));
      if (this.#opening.delete(tabId)) {
        acts.push({ act: { kind: "tab_opened" }, tabId, url, ...(opener === undefined ? {} : { from: opener }) });
      }
      this.#shown.set(tabId, url);
    } else {
      this.#shown.delete(tabId);
      if (this.#active === tabId) acts.push(...this.#left());
    }
    return acts;
  }

  /** A tab has come to the front, by a choice among tabs or windows. */
  activated(tabId: number): TabAct[] {
    const before = this.#active;
    this.#active = tabId;
    const url = this.#shown.get(tabId);
    if (url === undefined) {
      // A new tab has nothing to show yet: whether that is elsewhere is seen when it has.
      return this.#opening.has(tabId) ? [] : this.#left();
    }
    const acts = this.#toFront(tabId, url);
    if (before !== null && before !== tabId) acts.push({ act: { kind: "tab_switched" }, tabId, url });
    return acts;
  }

  closed(tabId: number): TabAct[] {
    const url = this.#shown.get(tabId);
    // A page closes itself, or another that it has opened.
    const from = this.#active === tabId ? tabId : this.#front?.tabId;
    this.#shown.delete(tabId);
    this.#opening.delete(tabId);
    if (this.#active === tabId) this.#active = null;
    if (this.#front?.tabId === tabId) this.#front = null;
    if (url === undefined) return [];
    return [{ act: { kind: "tab_closed" }, tabId, url, ...(from === undefined ? {} : { from }) }];
  }

  /** The page that a download most likely began on. */
  get inFront(): { tabId: number; url: string } | null {
    return this.#front;
  }

  /** Recording has ended, or begins anew: where the person was meanwhile is not known. */
  forget(): void {
    this.#front = null;
    this.#away = null;
  }

  #toFront(tabId: number, url: string): TabAct[] {
    const back = this.#away !== null;
    this.#away = null;
    this.#front = { tabId, url };
    return back ? [{ act: { kind: "back" }, tabId, url }] : [];
  }

  #left(): TabAct[] {
    const front = this.#front;
    this.#front = null;
    if (front === null) return [];
    this.#away = front;
    return [{ act: { kind: "away" }, ...front }];
  }
}
