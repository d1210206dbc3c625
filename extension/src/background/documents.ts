/**
 * Where the documents are that report. A page that the browser keeps whole while the next one is shown has its last say
 * when it has lost its place: its frames bear other numbers by then, and the tab another address.
 */

import { DOCUMENTS } from "../shared/limits.js";
import { parseUrl } from "../shared/site.js";
import type { Reporter } from "./intake.js";
import { addressOf, hasParentsAddress } from "./sites.js";

export type ContentSender = chrome.runtime.MessageSender & { tab: chrome.tabs.Tab & { id: number } };

interface Place {
  /** The number of its frame while it is shown. */
  frameId: number;
  /** Its frame stands in the page itself, not in another frame. */
  inPage: boolean;
}

export class Documents {
  /** By the browser's id of a document. */
  readonly #places = new Map<string, Place>();
  /** By tab: what it showed before the page that it shows. */
  readonly #before = new Map<number, string>();
  readonly #shown = new Map<number, string>();
  /** What the browser said of the other end of a lifeline when it was opened, and where its page has gone since. */
  readonly #lifelines = new Map<chrome.runtime.Port, ContentSender>();
  /** By tab: of what origin the page was in which a script of ours was last told to record. */
  readonly #recorded = new Map<number, string>();
  /** By tab: the frames in which a script of ours records. */
  readonly #frames = new Map<number, Set<number>>();
  readonly #waiting: (() => void)[] = [];

  /** A document has a lifeline. */
  opened(lifeline: chrome.runtime.Port & { sender: ContentSender }): void {
    this.#lifelines.set(lifeline, lifeline.sender);
  }

  ended(lifeline: chrome.runtime.Port): void {
    this.#lifelines.delete(lifeline);
    this.#changed();
  }

  #changed(): void {
    for (const look of this.#waiting.splice(0)) look();
  }

  /** A script of ours is told to record a page: the browser itself lets us be there. */
  recorded({ tab, frameId = 0, origin, url = "" }: ContentSender): void {
    const frames = frameId === 0 ? new Set<number>() : (this.#frames.get(tab.id) ?? new Set<number>());
    this.#frames.set(tab.id, frames.add(frameId));
    if (frameId === 0) this.#recorded.set(tab.id, origin ?? parseUrl(url)?.origin ?? "");
    this.#changed();
  }

  framesOf(tabId: number): Iterable<number> {
    return this.#frames.get(tabId) ?? [];
  }

  /** Whether a script of ours records the page at `url` in a tab, or did so last. */
  isRecorded(tabId: number, url: string): boolean {
    return this.#recorded.get(tabId) === parseUrl(url)?.origin;
  }

  async untilRecorded(tabId: number, url: string): Promise<void> {
    while (!this.isRecorded(tabId, url)) await new Promise<void>((look) => this.#waiting.push(look));
  }

  /** The tabs that show documents with a lifeline. */
  get tabs(): number[] {
    return [...new Set([...this.#lifelines.values()].map(({ tab }) => tab.id))];
  }

  /** Until no document of a tab has a lifeline any more, and so nothing to tell. */
  async silent(tabId: number): Promise<void> {
    while (this.tabs.includes(tabId)) await new Promise<void>((look) => this.#waiting.push(look));
  }

  /** Who speaks on a lifeline, as the browser would say it now. */
  senderOn(lifeline: chrome.runtime.Port): ContentSender | undefined {
    return this.#lifelines.get(lifeline);
  }

  /** The address that a document counts as, which is shown. */
  async addressOf({ tab, frameId = 0, url = "", origin = "", documentId }: ContentSender): Promise<string> {
    const [address, frame] = await Promise.all([
      addressOf(tab.id, frameId, url),
      frameId === 0 ? null : chrome.webNavigation.getFrame({ tabId: tab.id, frameId }),
    ]);
    if (documentId !== undefined) this.#note(documentId, { frameId, inPage: frame?.parentFrameId === 0 });
    if (!hasParentsAddress(address) || tab.url === undefined) return address;
    // Chromium does not know the place of some frames (`blob:`, `javascript:`): what is of the page's origin counts as
    // the page, and judges its own address against the lists.
    return parseUrl(tab.url)?.origin === origin ? tab.url : address;
  }

  #note(documentId: string, place: Place): void {
    this.#places.set(documentId, place);
    const [oldest] = this.#places.keys();
    if (this.#places.size > DOCUMENTS && oldest !== undefined) this.#places.delete(oldest);
  }

  /** A tab shows `url`, in a new document or by the page's own routing. */
  showed(tabId: number, url: string, isNew: boolean): void {
    const shown = this.#shown.get(tabId);
    if (isNew && shown !== undefined) this.#before.set(tabId, shown);
    this.#shown.set(tabId, url);
    if (isNew) return;
    for (const [lifeline, sender] of this.#lifelines)
      if (sender.tab.id === tabId) this.#lifelines.set(lifeline, { ...sender, tab: { ...sender.tab, url } });
  }

  closed(tabId: number): void {
    this.#shown.delete(tabId);
    this.#before.delete(tabId);
    this.#recorded.delete(tabId);
    this.#frames.delete(tabId);
  }

  /**
   * What the browser vouches for, asked as soon as the report arrives: the page may be gone a moment later. Its note of the
   * frame's address is that of the load: `pushState` does not change it.
   */
  async reporter({
    tab,
    frameId = 0,
    url = "",
    origin = "",
    documentId,
    documentLifecycle,
  }: ContentSender): Promise<Reporter> {
    const isKept = documentLifecycle === "cached";
    const place = documentId === undefined ? undefined : this.#places.get(documentId);
    const topUrl = (isKept ? this.#before.get(tab.id) : undefined) ?? tab.url ?? "";
    const reporter = {
      tabId: tab.id,
      frameId: (isKept ? place?.frameId : undefined) ?? frameId,
      frameUrl: url,
      borrowed: false,
      topUrl,
    };
    if (!hasParentsAddress(url)) return reporter;
    const asked = isKept ? url : await addressOf(tab.id, frameId, url).catch(() => url);
    const parents = hasParentsAddress(asked) && place?.inPage ? topUrl : asked;
    // The frame may be gone by now; then the origin that it had is what its own word is held against.
    return hasParentsAddress(parents)
      ? { ...reporter, frameUrl: origin }
      : { ...reporter, frameUrl: parents, borrowed: true };
  }
}
