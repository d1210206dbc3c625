/**
 * The order in which pages, frames, tabs and the browser are heard. Each speaks when it likes: a page that is left says its last
 * when the next one has begun, a frame is sooner than its page, and the browser tells of a tab before the page in it has told
 * what led there. Here each waits for what came before it, never for long, and then stands in the one line.
 */

import { ASKED_MS, BEGINS_MS, GOES_MS } from "../shared/limits.js";
import type { OutlineWanted, Report } from "../shared/message.js";
import type { ContentSender, Documents } from "./documents.js";
import type { Reporter } from "./intake.js";

/** A page that reports on a lifeline. */
interface Page {
  document: string;
  /** Until it has said its last. */
  gone: Promise<void>;
  goes: () => void;
  /** Until what it told so far is heard; `null`: it is heard at once. */
  held: Promise<void> | null;
}

export class Arrivals {
  readonly #documents: Documents;
  /** Puts a report in the line. */
  readonly #take: (report: Report, sender: ContentSender, reporter: Promise<Reporter>) => void;
  /** By tab: pages that have not said their last, the one that began last at the end. */
  readonly #pages = new Map<number, Page[]>();
  /** Tabs whose page has told anything. */
  readonly #begun = new Set<number>();
  /** What was told in frames, until it stands in the line. */
  #inFrames: Promise<void> = Promise.resolve();
  /** What the browser told of, until it stands in the line. */
  #browser: Promise<void> = Promise.resolve();

  constructor(
    documents: Documents,
    take: (report: Report, sender: ContentSender, reporter: Promise<Reporter>) => void,
  ) {
    this.#documents = documents;
    this.#take = take;
  }

  /** A page reports on its lifeline. The page before may still have to tell what led here. */
  onLifeline(lifeline: chrome.runtime.Port, report: Report): void {
    const sender = this.#documents.senderOn(lifeline);
    if (sender === undefined) return;
    const page = this.#pageOf(sender.tab.id, report.document);
    if (page.held === null) {
      this.heard(report, sender);
      return;
    }
    const held = page.held.then(() => {
      this.heard(report, sender);
      if (page.held === held) page.held = null;
    });
    page.held = held;
  }

  #pageOf(tabId: number, document: string): Page {
    const pages = this.#pages.get(tabId) ?? [];
    const known = pages.find((page) => page.document === document);
    if (known !== undefined) return known;
    const before = pages.at(-1);
    let goes = () => {};
    const gone = new Promise<void>((resolve) => {
      goes = resolve;
    });
    const held = before === undefined ? null : atMost(GOES_MS, before.gone).then(() => this.#left(tabId, before));
    const page: Page = { document, gone, goes, held };
    this.#pages.set(tabId, [...pages, page]);
    return page;
  }

  #left(tabId: number, page: Page | undefined): void {
    page?.goes();
    const rest = (this.#pages.get(tabId) ?? []).filter((other) => other !== page);
    if (rest.length > 0) this.#pages.set(tabId, rest);
    else this.#pages.delete(tabId);
  }

  /** A page or a frame reports. A page tells of itself when it has its title, and a frame may be sooner: it is asked first. */
  heard(report: Report, sender: ContentSender): void {
    const reporter = this.#documents.reporter(sender);
    const take = () => this.#take(report, sender, reporter);
    const { tab, frameId = 0 } = sender;
    if (report.last) {
      take();
      this.#left(
        tab.id,
        this.#pages.get(tab.id)?.find(({ document }) => document === report.document),
      );
      return;
    }
    if (frameId === 0) {
      this.#begun.add(tab.id);
      take();
      return;
    }
    const told = this.#begun.has(tab.id) ? undefined : atMost(ASKED_MS, delivery(tab.id));
    this.#inFrames = this.#inFrames.then(() => told).then(take);
  }

  /** Another page is about to tell of itself in a tab. */
  renewed(tabId: number): void {
    this.#begun.delete(tabId);
  }

  closed(tabId: number): void {
    this.#begun.delete(tabId);
    this.#pages.delete(tabId);
  }

  /**
   * The browser tells of something: `enter` puts it in the line after what the browser told before, what was done on pages
   * before, and `also`.
   */
  fromBrowser(enter: () => void, also: Promise<void> = Promise.resolve()): void {
    const told = Promise.all(this.#documents.tabs.map((tabId) => delivery(tabId)));
    const ready = Promise.all([atMost(ASKED_MS, told), atMost(BEGINS_MS, also)]);
    this.#browser = this.#browser.then(() => ready).then(enter);
  }
}

/** Until the page in a tab has sent what it had to tell, or has nobody who could, or for as long as one waits. */
export const delivered = (tabId: number, ends: boolean): Promise<unknown> => atMost(ASKED_MS, delivery(tabId, ends));

async function delivery(tabId: number, ends = false): Promise<void> {
  const wanted: OutlineWanted = { type: "outline_wanted", ends };
  await chrome.tabs.sendMessage(tabId, wanted, { frameId: 0 }).catch(() => undefined);
}

const atMost = (ms: number, wanted: Promise<unknown>): Promise<unknown> => Promise.race([wanted, pause(ms)]);

export const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
