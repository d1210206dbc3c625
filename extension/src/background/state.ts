/** How things stand: what the host last said, since when it is silent, and what follows for recording. */

import { AWAY_MS } from "../shared/limits.js";
import type { Answer, NewStanding, Standing, View } from "../shared/message.js";
import { Allowlist, type Policy } from "../shared/policy.js";
import { NOTHING_HELD, type Pause } from "../shared/request.js";
import type { Loss } from "./link.js";

/** What survives a restart of the worker. */
export interface Remembered {
  policy: Policy | null;
  /** When the host was lost, in milliseconds since the epoch; `null` while it is there. */
  lostAt: number | null;
  /** A pause that the host has not confirmed. */
  asked: AskedPause | null;
}

/** `since`: when the person asked, in milliseconds since the epoch. */
export interface AskedPause {
  since: number;
  minutes?: number;
}

export class State {
  #policy: Policy | null = null;
  #allowlist = new Allowlist([]);
  #lostAt: number | null = null;
  #loss: Loss | null = null;
  /** What the host said when it could not store anything; until the next ack. */
  #noRoom: string | null = null;
  /** A pause counts from the moment in which the person asks for it, whether or not the host has heard of it. */
  #asked: AskedPause | null = null;

  /** A worker that starts again finds its host lost at the latest now. */
  restore(remembered: Remembered | undefined, now: number): void {
    if (remembered?.policy == null) return;
    this.#asked = remembered.asked;
    this.#adopt(remembered.policy);
    this.#lostAt = remembered.lostAt ?? now;
  }

  get remembered(): Remembered {
    return { policy: this.#policy, lostAt: this.#lostAt, asked: this.#asked };
  }

  /** What changes from moment to moment has changed. */
  stands({ state, why, pause, task, today, held }: NewStanding): void {
    const policy = this.#policy;
    if (policy === null) return;
    this.#policy = {
      ...{ teams: policy.teams, next_seq: policy.next_seq },
      ...(policy.notice === undefined ? {} : { notice: policy.notice }),
      ...{ state, why, today, held },
      ...(pause === undefined ? {} : { pause }),
      ...(task === undefined ? {} : { task }),
    };
  }

  /** The person asks for a pause: nothing is recorded from now on. */
  pauses(asked: AskedPause): void {
    this.#asked = asked;
  }

  /** The host knows, or the person has thought better of it. */
  pauseIsSettled(): void {
    this.#asked = null;
  }

  get askedPause(): AskedPause | null {
    return this.#asked;
  }

  /** The person has said yes, to this very notice. */
  get agreed(): boolean {
    return this.#policy?.state === "recording" || this.#policy?.state === "paused";
  }

  /** Since when recording is paused, if it is. */
  get pausedSince(): number | null {
    if (this.#asked !== null) return this.#asked.since;
    return this.#policy?.state === "paused" ? (this.#policy.pause?.since ?? 0) : null;
  }

  /** `waiting`: events that the host has not confirmed. */
  heard(policy: Policy, waiting: number): void {
    this.#adopt(policy);
    // A host without room is there, and yet what it is sent waits: the outbox's time goes on running until an ack.
    if (this.#noRoom !== null && waiting > 0) return;
    this.#noRoom = null;
    this.#lostAt = null;
    this.#loss = null;
  }

  /** The host cannot store: whether this is news. */
  full(why: string, now: number): boolean {
    this.#lostAt ??= now;
    const news = this.#noRoom === null;
    this.#noRoom = why;
    return news;
  }

  /** Something is durable again: whether this is news. */
  stored(): boolean {
    if (this.#noRoom === null) return false;
    this.#noRoom = null;
    this.#lostAt = null;
    this.#loss = null;
    return true;
  }

  lost(loss: Loss, now: number): void {
    this.#lostAt ??= now;
    this.#loss = loss;
  }

  /** Recording was agreed to when the host was last heard, and it has not been silent for too long. */
  recording(now: number): boolean {
    return (
      this.#asked === null &&
      this.#policy?.state === "recording" &&
      (this.#lostAt === null || now - this.#lostAt < AWAY_MS)
    );
  }

  /** The host is gone in the middle of recording. */
  get away(): boolean {
    return this.#policy?.state === "recording" && this.#lostAt !== null;
  }

  get allowlist(): Allowlist {
    return this.#allowlist;
  }

  standing(now: number): Standing {
    if (this.recording(now)) return "recording";
    if (this.#asked !== null && this.#policy?.state === "recording") return "paused";
    if (this.#noRoom !== null) return "storage_full";
    if (this.#loss !== null) return this.#loss.incompatible ? "incompatible" : "no_host";
    if (this.#policy === null) return "connecting";
    return this.#lostAt === null ? this.#policy.state : "no_host";
  }

  view(now: number): View {
    const standing = this.standing(now);
    const { pause, task, today = 0, held = NOTHING_HELD, teams = [], notice = null } = this.#policy ?? {};
    return {
      ...{ type: "view", standing, why: this.#whyOf(standing), teams, notice, today, held },
      ...(task === undefined ? {} : { task }),
      ...(this.#asked !== null ? { pause: pauseOf(this.#asked) } : pause === undefined ? {} : { pause }),
    };
  }

  #whyOf(standing: Standing): string {
    if (standing === "storage_full") return this.#noRoom ?? "";
    if (standing === "no_host" || standing === "incompatible") return this.#loss?.why ?? "";
    return this.#policy?.why ?? "";
  }

  /** An answer counts only for the notice that the person was shown, and only while the host can hear it. */
  accepts({ digest }: Answer): boolean {
    return this.#lostAt === null && this.#policy?.notice?.digest === digest;
  }

  #adopt(policy: Policy): void {
    this.#policy = policy;
    this.#allowlist = new Allowlist(policy.teams);
  }
}

function pauseOf({ since, minutes }: AskedPause): Pause {
  return { since, ...(minutes === undefined ? {} : { until: since + minutes * 60_000 }) };
}
