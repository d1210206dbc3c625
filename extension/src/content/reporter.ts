/**
 * The way out of a page. Nothing leaves before the worker has said that recording is on and where; every event is
 * judged against the lists by the address that the page has at that moment; what leaves is numbered and sent in the
 * same turn, because the page may be gone in the next.
 */

import type { Act } from "../shared/event.js";
import { EARLY_EVENTS } from "../shared/limits.js";
import type { Orders, Query, Report, ReportedEvent } from "../shared/message.js";
import { Allowlist, type Team } from "../shared/policy.js";
import { randomHex } from "../shared/text.js";

/** What a person did, once it is known which team's rules hold. */
export type Draft = (team: Team) => Act;

interface Early {
  draft: Draft;
  page: string;
}

export class Reporter {
  readonly #document = randomHex(8);
  #next = 0;
  /** `null`: not known yet. What happens meanwhile stays in the page's memory. */
  #allowlist: Allowlist | null = null;
  #silent = false;
  /** What a document without an address of its own counts as. */
  #lent = "";
  #early: Early[] = [];

  /** Asks the worker; until it answers, events wait. */
  ask(): void {
    this.#allowlist = null;
    this.#silent = false;
    if (!isConnected()) {
      this.silence();
      return;
    }
    chrome.runtime.sendMessage({ type: "query" } satisfies Query).then(
      (orders: Orders | undefined) => this.#told(orders ?? { record: false }),
      // The worker is gone or does not know us: not recording is the answer.
      () => this.silence(),
    );
  }

  silence(): void {
    this.#told({ record: false });
  }

  /** Whether there is any use in looking: recording is on here, or may turn out to be. */
  get listening(): boolean {
    if (this.#silent || !isConnected()) return false;
    return this.#allowlist === null || this.#allowlist.judge(this.address) !== null;
  }

  /** The address that this document counts as. */
  get address(): string {
    return addressOf(window) ?? this.#lent;
  }

  /** Reports what was done on a page that had the address `page` when it was done. */
  report(draft: Draft, page = this.address): void {
    if (this.#silent) return;
    if (this.#allowlist === null) {
      if (this.#early.length < EARLY_EVENTS) this.#early.push({ draft, page });
      return;
    }
    if (this.#allowlist.judge(this.address) !== null) this.#send(draft, page);
  }

  #told(orders: Orders): void {
    this.#silent = !orders.record;
    this.#allowlist = new Allowlist(orders.record ? orders.teams : []);
    this.#lent = orders.record ? orders.address : "";
    const early = this.#early;
    this.#early = [];
    for (const { draft, page } of early) this.#send(draft, page === "" ? this.#lent : page);
  }

  #send(draft: Draft, page: string): void {
    const verdict = this.#allowlist?.judge(page) ?? null;
    if (verdict === null || !isConnected()) return;
    const event: ReportedEvent = { ...draft(verdict.team), n: this.#next++, page };
    const report: Report = { type: "events", document: this.#document, events: [event] };
    // Should it not arrive, the next one's number tells the worker, which counts it.
    chrome.runtime.sendMessage(report).catch(() => undefined);
  }
}

/** Not any more, once the extension was reloaded or removed: then this script is an orphan and has to be quiet. */
export function isConnected(): boolean {
  return chrome.runtime?.id !== undefined;
}

/** `null`: it has none of its own, and none around it can be read. */
function addressOf(frame: Window): string | null {
  try {
    const { protocol, href } = frame.location;
    if (protocol === "http:" || protocol === "https:") return href;
    if (frame === frame.parent || (protocol !== "about:" && protocol !== "blob:")) return null;
    return addressOf(frame.parent);
  } catch {
    // A parent of another origin does not say where it is.
    return null;
  }
}
