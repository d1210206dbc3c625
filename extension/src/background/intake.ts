/**
 * What content scripts report becomes events: judged once more against the person's lists, given the addresses
 * that the browser vouches for, the number of its tab, and counted where a document's numbers have a gap.
 */

import type { Act, BrowserAct, WireEvent } from "../shared/event.js";
import { DOCUMENTS, FOLLOWS_MS, LEADS_MS, URL_CHARS } from "../shared/limits.js";
import type { Report, ReportedEvent } from "../shared/message.js";
import { type Allowlist, bareAddress } from "../shared/policy.js";
import { parseUrl } from "../shared/site.js";
import { randomHex } from "../shared/text.js";

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

/** An event from which another may follow, and when it was. */
interface Latest {
  document: string;
  n: number;
  at: number;
  /** Its page has said that it leads to another. */
  leads: boolean;
}

const CONSEQUENCES = new Set<WireEvent["kind"]>(["navigate", "effect", "submit", "reset", "scroll", "outline"]);

/** These follow from others, and others do not follow from them; a submit that follows from nothing is the person's own. */
export const isConsequence = ({ kind, cause }: { kind: WireEvent["kind"]; cause?: number }): boolean =>
  CONSEQUENCES.has(kind) && (kind !== "submit" || cause !== undefined);

const TABS = "tabs";
const DOCUMENT = "document.";

export class Intake {
  /** The browser's id of a tab to our number of it. */
  readonly #tabs: Map<number, number>;
  /** A document to the number of its next event, the one heard from last at the end. */
  readonly #documents: Map<string, number>;
  /** By tab: what was last done there. */
  readonly #latest = new Map<number, Latest>();
  /** Tabs whose page the person asked for elsewhere than in a page: in the address bar, from a bookmark. */
  readonly #asked = new Set<number>();
  /** The browser's own acts are numbered as if they happened in one document. */
  readonly #own = { document: randomHex(8), next: 0 };

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
    const cause = this.#causeOf(document, act, reporter);
    this.#note(document, act, reporter.tabId);
    const top = inFrame ? bareAddress(reporter.topUrl, URL_CHARS) : undefined;
    if (bare === null || top === null) return null;
    return {
      ...act,
      ...cause,
      document,
      tab: this.#numberOf(reporter.tabId),
      frame: reporter.frameId,
      url: bare,
      ...(top === undefined ? {} : { top }),
    };
  }

  /** Somebody asked for a page by the browser's own means: it follows from nothing that was done before. */
  askedFor(tabId: number): void {
    this.#asked.add(tabId);
  }

  /** What the browser did, as an event; `null` where its page is not listed. `from`: the tab it follows from. */
  own(act: BrowserAct, tabId: number, url: string, allowlist: Allowlist, from?: number): WireEvent | null {
    const bare = allowlist.judge(url) === null ? null : bareAddress(url, URL_CHARS);
    if (bare === null) return null;
    const cause =
      from === undefined ? undefined : this.#recent(from, act.kind === "tab_closed" ? FOLLOWS_MS : LEADS_MS);
    const { document } = this.#own;
    const event: WireEvent = {
      ...act,
      ...(cause === undefined ? {} : { cause: cause.n, cause_document: cause.document }),
      document,
      n: this.#own.next++,
      tab: this.#numberOf(tabId),
      frame: 0,
      url: bare,
    };
    // The page that a new tab shows was opened by whatever opened the tab.
    if (act.kind === "tab_opened" && cause !== undefined) this.#latest.set(tabId, cause);
    return event;
  }

  #note(document: string, act: Act & { n: number }, tabId: number): void {
    const latest = this.#latest.get(tabId);
    if (!isConsequence(act)) {
      this.#latest.set(tabId, { document, n: act.n, at: Date.now(), leads: false });
    } else if (act.kind === "effect" && latest?.document === document && latest.n === act.cause) {
      latest.leads = act.changes.some(({ what }) => what === "navigated");
      // However long the next page has taken, it is here now.
      if (latest.leads) latest.at = Date.now();
    }
  }

  /** A page follows from what was done in the one before it. The browser has buttons for going back and for reloading. */
  #causeOf(document: string, act: Act & { n: number }, { tabId, frameId }: Reporter) {
    if (act.kind !== "navigate" || frameId !== 0 || (act.n !== 0 && act.navigation !== "back_forward")) return {};
    if (this.#asked.delete(tabId)) {
      // Nor does what that page leads to.
      this.#latest.delete(tabId);
      return {};
    }
    const cause = this.#recent(tabId, LEADS_MS);
    if (cause === undefined || cause.document === document || (act.navigation !== "load" && !cause.leads)) return {};
    cause.leads = false;
    return { cause: cause.n, cause_document: cause.document };
  }

  #recent(tabId: number, within: number): Latest | undefined {
    const latest = this.#latest.get(tabId);
    return latest !== undefined && Date.now() - latest.at <= within ? latest : undefined;
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
