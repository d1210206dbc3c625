/**
 * The outbox: events wait here until the host says that they are durable. With the host's numbers it gives
 * "exactly once and in order" (`manifest/protocol.md`), across lost acks, refusals, reconnects and restarts.
 *
 * - One batch is under way at a time. A batch gets its number and its contents when it is formed; from then on
 *   they do not change until the host has stored or refused it.
 * - The journal knows a batch before the host does, so that a worker that is started again offers the very same
 *   batch under the same number.
 * - Events bear ordinals. The outbox is the run of ordinals `[head, tail)`; the batch under way is its beginning.
 *   A refused batch is halved by a cut: an ordinal that no batch reaches across.
 * - While the person pauses, only what was recorded before is sent, and said to be `earlier`; once the host takes
 *   no more of it, the rest waits until recording goes on.
 */

import type { WireEvent } from "../shared/event.js";
import { BATCH_BYTES, BATCH_EVENTS, BATCH_OVERHEAD_BYTES, OUTBOX_BYTES } from "../shared/limits.js";
import type { Batch, Counts } from "../shared/message.js";
import { utf8Length } from "../shared/text.js";

/** Where the outbox survives a restart of the worker. Writes take effect in the order of the calls. */
export interface Journal {
  put(records: Record<string, unknown>): Promise<void>;
  drop(keys: string[]): Promise<void>;
  all(): Promise<Record<string, unknown>>;
}

export type LossReason = "outbox_full" | "document_gap" | "unreadable" | "too_large" | "not_recording";

interface Waiting {
  event: WireEvent;
  /** When it was recorded, in milliseconds since the epoch. It is never sent. */
  at: number;
  bytes: number;
}

/** `earlier`: a pause is on, and the host takes what was recorded before. `closed`: it takes no more. */
type Mode = "open" | "earlier" | "closed";

interface UnderWay {
  seq: number;
  /** Ordinal after its last event. */
  end: number;
  /** Counts that travel with it. */
  lost: Counts;
  /** How often the host could not read it. */
  refusals: number;
  earlier?: true;
}

/** All but the events: small, and written whole. */
interface Head {
  stream: string;
  head: number;
  nextSeq: number;
  underWay: UnderWay | null;
  cuts: number[];
  lost: Counts;
}

const HEAD = "outbox";
const EVENT = "event.";

export class Outbox {
  readonly #journal: Journal;
  readonly #events: Waiting[] = [];
  readonly #state: Head;
  #bytes = 0;
  #mode: Mode = "open";

  private constructor(journal: Journal, state: Head) {
    this.#journal = journal;
    this.#state = state;
  }

  /** An outbox as the journal has it, or a new stream with an empty one. */
  static async open(journal: Journal, newStream: () => string): Promise<Outbox> {
    const records = await journal.all();
    const saved = records[HEAD] as Head | undefined;
    const outbox = new Outbox(
      journal,
      saved ?? { stream: newStream(), head: 0, nextSeq: 1, underWay: null, cuts: [], lost: {} },
    );
    for (let at = outbox.#state.head; ; at++) {
      const kept = records[EVENT + at] as Pick<Waiting, "event" | "at"> | undefined;
      if (kept === undefined) break;
      outbox.#push({ ...kept, bytes: sizeOf(kept.event) });
    }
    if (saved === undefined) await journal.put({ [HEAD]: outbox.#state });
    return outbox;
  }

  get stream(): string {
    return this.#state.stream;
  }

  /** Events that the host has not confirmed. */
  get waiting(): number {
    return this.#events.length;
  }

  /** Takes an event, or counts why it did not. `beside` is written with it: both survive, or neither. */
  async add(event: WireEvent, beside: Record<string, unknown> = {}, at = Date.now()): Promise<void> {
    const bytes = sizeOf(event);
    if (bytes > BATCH_BYTES - BATCH_OVERHEAD_BYTES) return this.lose("too_large", 1);
    if (this.#bytes + bytes > OUTBOX_BYTES) return this.lose("outbox_full", 1);
    const ordinal = this.#tail;
    this.#push({ event, at, bytes });
    await this.#journal.put({ [EVENT + ordinal]: { event, at }, ...beside });
  }

  async lose(reason: LossReason, count: number): Promise<void> {
    addTo(this.#state.lost, { [reason]: count });
    await this.#save();
  }

  /**
   * The batch to send now, or `null` when there is nothing to say or one is under way. It may be sent once the
   * promise is fulfilled, because by then the journal has it.
   */
  async form(): Promise<Batch | null> {
    if (this.#state.underWay !== null) return null;
    if (this.#events.length === 0 && (isEmpty(this.#state.lost) || this.#mode === "earlier")) return null;
    if (this.#mode === "closed") return null;
    this.#state.underWay = {
      seq: this.#state.nextSeq++,
      end: this.#reach(),
      lost: this.#state.lost,
      refusals: 0,
      ...(this.#mode === "earlier" ? { earlier: true } : {}),
    };
    this.#state.lost = {};
    await this.#save();
    return this.underWay();
  }

  /** The batch that was sent and not confirmed, as it was and is to be sent again. */
  underWay(): Batch | null {
    const underWay = this.#state.underWay;
    if (underWay === null) return null;
    const events = this.#events.slice(0, underWay.end - this.#state.head).map(({ event }) => event);
    return {
      type: "batch",
      seq: underWay.seq,
      ...(underWay.earlier ? { earlier: true } : {}),
      ...(isEmpty(underWay.lost) ? {} : { lost: underWay.lost }),
      events,
    };
  }

  /** The host has it. An ack of anything but the batch under way is an echo of what is settled. */
  async acked(seq: number): Promise<void> {
    if (this.#state.underWay?.seq !== seq) return;
    await this.#settle(this.#state.underWay.end);
  }

  /**
   * What the host expects next (of a stream new to it: 0, and any number will do). A batch below that number was
   * stored, though its ack was lost; otherwise none of it was, and it takes the number that is expected.
   */
  async expects(nextSeq: number): Promise<void> {
    if (nextSeq === 0) return;
    const underWay = this.#state.underWay;
    this.#state.nextSeq = nextSeq;
    if (underWay !== null && underWay.seq < nextSeq) return this.#settle(underWay.end);
    if (underWay !== null) {
      underWay.seq = nextSeq;
      this.#state.nextSeq = nextSeq + 1;
    }
    await this.#save();
  }

  /** The host could not read it: once more, then in halves, until the bad event is alone; that one is dropped. */
  async unreadable(seq: number): Promise<void> {
    const underWay = this.#state.underWay;
    if (underWay === null || underWay.seq !== seq) return;
    underWay.refusals++;
    if (underWay.refusals < 2) return this.#save();
    const { head, cuts } = this.#state;
    const count = underWay.end - head;
    if (count > 1) {
      if (cuts[0] !== underWay.end) cuts.unshift(underWay.end);
      underWay.end = head + Math.ceil(count / 2);
      underWay.refusals = 0;
      return this.#save();
    }
    // The counts of a batch that is given up travel with the next. An empty batch has nothing but its counts: if
    // these cannot be read there is nothing left to halve, and they are let go rather than offered for ever.
    addTo(this.#state.lost, count === 1 ? { ...underWay.lost } : {});
    if (count === 1) addTo(this.#state.lost, { unreadable: 1 });
    this.#state.nextSeq = underWay.seq;
    await this.#settle(underWay.end);
  }

  /** A pause is on since then: what was recorded later is dropped, what is earlier goes on its way. */
  async paused(since: number): Promise<void> {
    if (this.#mode === "open") this.#mode = "earlier";
    await this.#dropAfter(since);
  }

  /** Recording goes on. */
  resumed(): void {
    this.#mode = "open";
  }

  /** The host refused it because of a pause: none of it was stored, and its number is free again. */
  async refusedForPause(seq: number, since: number): Promise<void> {
    const underWay = this.#state.underWay;
    if (underWay === null || underWay.seq !== seq) return;
    this.#mode = underWay.earlier ? "closed" : "earlier";
    this.#state.nextSeq = seq;
    addTo(this.#state.lost, underWay.lost);
    this.#state.underWay = null;
    await this.#dropAfter(since);
  }

  /** What is under way may be stored by now, so it stays. */
  async #dropAfter(since: number): Promise<void> {
    const kept = (this.#state.underWay?.end ?? this.#state.head) - this.#state.head;
    const late = this.#events.findIndex(({ at }, index) => index >= kept && at > since);
    if (late < 0) return this.#save();
    const from = this.#state.head + late;
    const dropped = this.#events.splice(late);
    for (const { bytes } of dropped) this.#bytes -= bytes;
    this.#state.cuts = this.#state.cuts.filter((cut) => cut <= from);
    await this.lose("not_recording", dropped.length);
    await this.#journal.drop(dropped.map((_, index) => EVENT + (from + index)));
  }

  /** Recording was refused or has ended: nothing here was stored, and nothing here will be. */
  async clear(): Promise<void> {
    if (this.#state.underWay !== null) {
      this.#state.nextSeq = this.#state.underWay.seq;
      addTo(this.#state.lost, this.#state.underWay.lost);
    }
    await this.#settle(this.#tail);
  }

  get #tail(): number {
    return this.#state.head + this.#events.length;
  }

  #push(waiting: Waiting): void {
    this.#events.push(waiting);
    this.#bytes += waiting.bytes;
  }

  /** How far the next batch goes: to the next cut, or to what fits. */
  #reach(): number {
    const { head, cuts } = this.#state;
    const most = Math.min(cuts[0] ?? Number.POSITIVE_INFINITY, this.#tail, head + BATCH_EVENTS);
    let bytes = BATCH_OVERHEAD_BYTES;
    let end = head;
    for (const waiting of this.#events.slice(0, most - head)) {
      bytes += waiting.bytes;
      if (bytes > BATCH_BYTES) break;
      end++;
    }
    return end;
  }

  /** Everything before `end` is done with. */
  async #settle(end: number): Promise<void> {
    const from = this.#state.head;
    for (const { bytes } of this.#events.splice(0, end - from)) this.#bytes -= bytes;
    this.#state.head = end;
    this.#state.underWay = null;
    this.#state.cuts = this.#state.cuts.filter((cut) => cut > end);
    await this.#save();
    await this.#journal.drop(Array.from({ length: end - from }, (_, i) => EVENT + (from + i)));
  }

  #save(): Promise<void> {
    return this.#journal.put({ [HEAD]: this.#state });
  }
}

/** An event with the comma after it, in UTF-8. */
function sizeOf(event: WireEvent): number {
  return utf8Length(JSON.stringify(event)) + 1;
}

function addTo(counts: Counts, more: Counts): void {
  for (const [reason, count] of Object.entries(more)) counts[reason] = (counts[reason] ?? 0) + count;
}

function isEmpty(counts: Counts): boolean {
  return Object.keys(counts).length === 0;
}
