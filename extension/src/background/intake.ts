/**
 * What content scripts report becomes events: judged once more against the person's lists, given the addresses
 * that the browser vouches for, the number of its tab, and counted where a document's numbers have a gap.
 */

import type { WireEvent } from "../shared/event.js";
import { DOCUMENTS, URL_CHARS } from "../shared/limits.js";
import type { Report, ReportedEvent } from "../shared/message.js";
import { type Allowlist, bareAddress } from "../shared/policy.js";
import { parseUrl } from "../shared/site.js";

/** Who reports, in the browser's words. */
export interface Reporter {
  tabId: number;
  frameId: number;
  /** The frame's address when its document was loaded. */
  frameUrl: string;
  /** The document has no address of its own (`about:`, `srcdoc`, `blob:`): `frameUrl` is its parent's, now. */
  borrowed: boolean;
  /** The page's address, now. */
  topUrl: string;
}

export interface Admitted {
  events: WireEvent[];
  /** Events of this document that never arrived. */
  missing: number;
  /** What the journal is to remember, and to forget, with these events. */
  records: Record<string, unknown>;
  stale: string[];
}

const TABS = "tabs";
const DOCUMENT = "document.";

export class Intake {
  /** The browser's id of a tab to our number of it. */
  readonly #tabs: Map<number, number>;
  /** A document to the number of its next event, the one heard from last at the end. */
  readonly #documents: Map<string, number>;

  /** `records`: what the journal remembers, or nothing. */
  constructor(records: Record<string, unknown>) {
    this.#tabs = new Map(records[TABS] as [number, number][] | undefined);
    this.#documents = new Map(
      Object.entries(records)
        .filter(([key]) => key.startsWith(DOCUMENT))
        .map(([key, n]) => [key.slice(DOCUMENT.length), n as number]),
    );
  }

  admit({ document, events }: Report, reporter: Reporter, allowlist: Allowlist): Admitted {
    const admitted: Admitted = { events: [], missing: 0, records: {}, stale: [] };
    for (const reported of events) {
      const expected = this.#documents.get(document) ?? this.#firstOf(reported.n);
      if (reported.n < expected) continue;
      admitted.missing += reported.n - expected;
      admitted.stale.push(...this.#expect(document, reported.n + 1));
      const event = this.#place(document, reported, reporter, allowlist);
      if (event !== null) admitted.events.push(event);
    }
    admitted.records = { [DOCUMENT + document]: this.#documents.get(document), [TABS]: [...this.#tabs] };
    return admitted;
  }

  #place(
    document: string,
    { page, ...act }: ReportedEvent,
    reporter: Reporter,
    allowlist: Allowlist,
  ): WireEvent | null {
    const url = reporter.borrowed ? reporter.frameUrl : vouchedAddress(page, reporter.frameUrl);
    const inFrame = reporter.frameId !== 0;
    if (allowlist.judge(url) === null) return null;
    if (inFrame && allowlist.judge(reporter.topUrl) === null) return null;
    const bare = bareAddress(url, URL_CHARS);
    const top = inFrame ? bareAddress(reporter.topUrl, URL_CHARS) : undefined;
    if (bare === null || top === null) return null;
    return {
      ...act,
      document,
      tab: this.#numberOf(reporter.tabId),
      frame: reporter.frameId,
      url: bare,
      ...(top === undefined ? {} : { top }),
    };
  }

  #numberOf(tabId: number): number {
    const number = this.#tabs.get(tabId) ?? this.#tabs.size + 1;
    this.#tabs.set(tabId, number);
    return number;
  }

  /** A document starts at 0; but one that was heard from long ago may have been forgotten. */
  #firstOf(n: number): number {
    return this.#documents.size < DOCUMENTS ? 0 : n;
  }

  /** Remembers the documents heard from last; returns the keys of those that are forgotten. */
  #expect(document: string, n: number): string[] {
    this.#documents.delete(document);
    this.#documents.set(document, n);
    const [oldest] = this.#documents.keys();
    if (this.#documents.size <= DOCUMENTS || oldest === undefined) return [];
    this.#documents.delete(oldest);
    return [DOCUMENT + oldest];
  }
}

/** A page knows its path better than the browser's note of the sender; its origin is the browser's to say. */
function vouchedAddress(page: string, frameUrl: string): string {
  const own = parseUrl(page);
  const frame = parseUrl(frameUrl);
  return own !== null && frame !== null && own.origin === frame.origin && own.origin !== "null" ? page : frameUrl;
}
