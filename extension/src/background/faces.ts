/** What each tab shows of being recorded or not: the badge's face over it and, where there is no toolbar, the mark in its page. */

import type { OrdersChanged } from "../shared/message.js";
import { faceOf, type Place, show } from "./badge.js";
import type { State } from "./state.js";
import { Visibility } from "./visibility.js";

const SILENCE: OrdersChanged = { type: "orders_changed", record: false };

export class Faces {
  readonly #state: State;
  readonly #visibility = new Visibility();

  constructor(state: State) {
    this.#state = state;
  }

  async showEverywhere(): Promise<void> {
    await show(faceOf(this.#state.standing(Date.now()), "elsewhere"));
    const tabs = await chrome.tabs.query({});
    await Promise.all(tabs.map(({ id, url }) => (id === undefined ? undefined : this.showOn(id, url ?? ""))));
  }

  async showOn(tabId: number, url: string): Promise<void> {
    try {
      const place = await this.placeOf(tabId, url);
      if (place === "not_visible") await chrome.tabs.sendMessage(tabId, SILENCE).catch(() => undefined);
      await show(faceOf(this.#state.standing(Date.now()), place), tabId);
    } catch (error) {
      // A tab may be gone before its badge is drawn; any other reason is worth reading.
      console.info(`badge of tab ${tabId}: ${String(error)}`);
    }
  }

  /** Where a page is recorded, this makes sure that it is to be seen. */
  async placeOf(tabId: number, url: string): Promise<Place> {
    const listed = this.#state.allowlist.judge(url) !== null;
    if (listed && this.#state.recording(Date.now())) {
      return (await this.#visibility.ensure(tabId)) ? "listed" : "not_visible";
    }
    await this.#visibility.end(tabId);
    return listed ? "listed" : "elsewhere";
  }

  /** Another document is in a tab. */
  renewed(tabId: number): void {
    this.#visibility.renewed(tabId);
  }

  /** A page takes the mark away. */
  refused(tabId: number): void {
    this.#visibility.refused(tabId);
  }
}
