/**
 * The way out of a page. Nothing leaves before the worker has said that recording is on and where; every event is
 * judged against the lists by the address that the page has at that moment; what leaves is numbered, and sent in the
 * same turn, or a moment later where the browser tells before the page is gone.
 */

import type { Act, Citation } from "../shared/event.js";
import { EARLY_EVENTS, RING_MS, TOGETHER_MS } from "../shared/limits.js";
import type { Orders, Query, Report, ReportedEvent } from "../shared/message.js";
import { judge, type Lists, type Team, type Verdict } from "../shared/policy.js";
import { randomHex } from "../shared/text.js";
import { learn } from "./guide.js";
import { isConnected, type Lifeline } from "./lifeline.js";
import { HISTORY } from "./navigation.js";
import type { Cited } from "./outline/outliner.js";
import { outlineOf } from "./outlines.js";
import { forget, turn } from "./still.js";
import { framePath } from "./surroundings.js";
import { type Aim, CITED } from "./target.js";

/** What a person did, once it is known which team's rules hold; `null` where these do not want it. */
export type Draft = (team: Team) => Act | null;

interface Early {
  draft: Draft;
  page: string;
  follows: number;
}

/** Something that waits whether it was an act of its own: it goes out before the next, unless that one takes it in. */
interface Waiting extends Early {
  /** Asked when it goes out. */
  wanted: () => boolean;
  /** What it waits for comes in another turn: a timer does not end its waiting. */
  long: boolean;
}

export interface Sent {
  kind: Act["kind"];
  n: number;
  at: number;
}

/** The number of an action that has none yet, and of a press, before which what was typed elsewhere is told. */
export const AWAITED = -1;
export const PRESSED = -2;

const CONSEQUENCE = /^(effect|navigate|submit|reset|outline|scroll)$/;

export class Reporter {
  readonly #document = randomHex(8);
  readonly #lifeline: Lifeline;
  #next = 0;
  /** `null`: not known yet. What happens meanwhile stays in the page's memory. */
  #lists: Lists[] | null = null;
  #silent = false;
  /** A page made the tab: this one can close it, and the browser does not wait for what it then has to say. */
  #opened = false;
  /** What a document without an address of its own counts as. */
  #lent = "";
  #here: string | null = null;
  #judged: { address: string; verdict: Verdict | null } | null = null;
  #early: Early[] = [];
  #waiting: Waiting[] = [];
  #leaving: ReportedEvent[] = [];
  /** The last thing that the person did here, from which others may follow. */
  #last: Sent | null = null;
  /** Digests of the outlines that were sent. */
  readonly #outlines = new Set<string>();
  /** Told of whether outlines are wanted, of everything that is about to leave, and of what has left. */
  onOrders: (outlines: boolean) => void = () => undefined;
  onSending: (kind: Act["kind"]) => void = () => undefined;
  onSent: (sent: Sent) => void = () => undefined;

  constructor(lifeline: Lifeline) {
    this.#lifeline = lifeline;
  }

  /** Asks the worker; until it answers, events wait. */
  ask(): void {
    this.#lists = null;
    this.#judged = null;
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
    return !this.#silent && (this.#lists === null || this.#judge(this.pageAddress) !== null);
  }

  /** The team whose rules hold here, if anything is recorded. */
  get team(): Team | null {
    return this.#silent ? null : (this.#judge(this.pageAddress)?.team ?? null);
  }

  /** The address that this document counts as. */
  get pageAddress(): string {
    if (turn === 0) this.moved();
    this.#here ??= addressOf(window) ?? this.#lent;
    return this.#here;
  }

  /** The page may have gone elsewhere since its address was asked for. */
  moved(): void {
    this.#here = null;
  }

  get last(): Sent | null {
    return this.#last;
  }

  /**
   * Reports what was done on a page that had the address `page` when it was done. `follows`: if the person did
   * something so many milliseconds ago, this is its consequence.
   */
  report(draft: Draft, page = this.pageAddress, follows = 0): Sent | null {
    this.flush();
    return this.reportAhead(draft, page, follows);
  }

  /** Reports what was done before what waits. */
  reportAhead(draft: Draft, page = this.pageAddress, follows = 0): Sent | null {
    if (this.#silent) return null;
    if (this.#lists === null) {
      if (this.#early.length < EARLY_EVENTS) this.#early.push({ draft, page, follows });
      return null;
    }
    return this.#judge(this.pageAddress) === null ? null : this.#send(draft, page, follows);
  }

  /** Reports it before the next thing, or when `flush` is called, if it is `wanted` then. Returns how to take it back. */
  defer(draft: Draft, wanted: () => boolean, page = this.pageAddress, follows = 0, long = false): () => void {
    const waiting = { draft, page, follows, wanted, long };
    if (!this.#silent) this.#waiting.push(waiting);
    return () => {
      this.#waiting = this.#waiting.filter((each) => each !== waiting);
    };
  }

  /** Something was done that is told in a moment; what the page does until then is its effect already. */
  begin(n = AWAITED): void {
    this.flush();
    if (this.#lists && this.listening) this.onSent({ kind: "key", n, at: 0 });
  }

  /** Reports what is known in a moment. */
  expect(draft: Draft, page = this.pageAddress): void {
    this.begin();
    this.defer(draft, () => true, page, 0, true);
    const [own] = this.#waiting;
    setTimeout(() => this.#waiting[0] === own && this.flush(), RING_MS);
  }

  flush(isTimer = false): void {
    if (this.#waiting.length === 0) return;
    const waiting = this.#waiting.filter(({ long }) => !(isTimer && long));
    this.#waiting = this.#waiting.filter(({ long }) => isTimer && long);
    for (const { draft, page, follows, wanted } of waiting) {
      if (!wanted()) continue;
      // Where the page is by now does not matter: this was done before.
      if (this.#lists === null) this.reportAhead(draft, page, follows);
      else this.#send(draft, page, follows);
    }
  }

  /** Asked many times of one address. */
  #judge(address: string): Verdict | null {
    if (this.#judged?.address !== address) this.#judged = { address, verdict: judge(this.#lists ?? [], address) };
    return this.#judged.verdict;
  }

  #told(orders: Orders): void {
    this.#judged = null;
    this.moved();
    this.#silent = !orders.record;
    this.#lists = orders.record ? orders.lists : [];
    this.#lent = orders.record ? orders.address : "";
    if (orders.record) this.#lifeline.life = orders.life;
    this.#opened = orders.record && orders.opened;
    if (orders.record) learn(orders.guide);
    forget();
    const early = this.#early;
    this.#early = [];
    for (const { draft, page, follows } of early) this.#send(draft, page === "" ? this.#lent : page, follows);
    // What went before may not have been kept.
    this.#outlines.clear();
    this.onOrders(orders.record && orders.lists.some(({ team }) => team.outline));
  }

  /** Sends an outline, unless it was sent, or `again`. `beside`: the action in another frame that it is asked for. */
  sendOutline(
    cited: Cited,
    page = this.pageAddress,
    beside: Pick<Act, "cause" | "cause_document"> = {},
    again = false,
  ): void {
    if (this.#outlines.has(cited.digest) && !again) return;
    this.#outlines.add(cited.digest);
    this.#post({ kind: "outline", outline: outlineOf(cited, framePath()), ...beside }, page);
  }

  /** What an action cites goes out before it. */
  #cite(act: Act, page: string): Citation | undefined {
    const cited = "target" in act ? (act.target as Aim)[CITED] : null;
    if (!cited) return undefined;
    cited.complete?.();
    this.sendOutline(cited, page);
    const { digest, state, ref } = cited;
    return { digest, state, ...(ref === undefined ? {} : { ref }) };
  }

  #send(draft: Draft, page: string, follows: number): Sent | null {
    const verdict = this.#judge(page);
    if (verdict === null) return null;
    const act = draft(verdict.team);
    if (act === null) return null;
    // Of what a form does by itself there is a cause; what Enter sends is the person's own.
    const kind = act.kind === "submit" && follows === 0 ? "key" : act.kind;
    this.onSending(kind);
    const now = performance.now();
    const last = this.#last;
    // What it cites goes before it.
    const outline = verdict.team.outline ? this.#cite(act, page) : undefined;
    const event = this.#post(act, page);
    if (act.cause === undefined && follows > 0 && last !== null && now - last.at <= follows) event.cause = last.n;
    if (outline !== undefined) Object.assign(event, { outline });
    const sent = { kind, n: event.n, at: now };
    if (!CONSEQUENCE.test(kind)) this.#last = sent;
    this.onSent(sent);
    return sent;
  }

  #post(act: Act, page: string): ReportedEvent {
    const event: ReportedEvent = { ...act, n: this.#next++, page };
    if (this.#leaving.push(event) > 1) return event;
    const deliver = () => this.deliver();
    // What is told together leaves together: after the listener that tells it and before any of the page's, or a moment
    // later where the browser tells when the page is about to go, no frame beside this one could be ahead, and no
    // other page can close this one.
    if (HISTORY && window === window.top && window.length === 0 && !opener && !this.#opened)
      setTimeout(deliver, TOGETHER_MS);
    else queueMicrotask(deliver);
    return event;
  }

  /** Sends what is told: the page may be gone in the next turn, or the browser is about to tell of something itself. */
  deliver(): void {
    if (this.#leaving.length === 0) return;
    if (!isConnected()) {
      this.silence();
      return;
    }
    const report: Report = {
      type: "events",
      life: this.#lifeline.life,
      document: this.#document,
      events: this.#leaving,
    };
    this.#leaving = [];
    this.#lifeline.send(report);
  }
}

/** The last address that counts as it is. */
let plain = "";

/** `null`: it has none of its own, and none around it can be read. */
function addressOf(frame: Window): string | null {
  try {
    const href = frame === window ? document.URL : frame.location.href;
    if (href === plain || /^https?:/.test(href)) {
      plain = href;
      return href;
    }
    if (frame === frame.parent || !/^(about|blob):/.test(href)) return null;
    return addressOf(frame.parent);
  } catch {
    // A parent of another origin does not say where it is.
    return null;
  }
}
