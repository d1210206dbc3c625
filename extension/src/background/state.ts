/** How things stand: what the host last said, since when it is silent, and what follows for recording. */

import { AWAY_MS } from "../shared/limits.js";
import type { Answer, Standing, View } from "../shared/message.js";
import { Allowlist, type Policy } from "../shared/policy.js";
import type { Loss } from "./link.js";

/** What survives a restart of the worker. */
export interface Remembered {
  policy: Policy | null;
  /** When the host was lost, in milliseconds since the epoch; `null` while it is there. */
  lostAt: number | null;
}

export class State {
  #policy: Policy | null = null;
  #allowlist = new Allowlist([]);
  #lostAt: number | null = null;
  #loss: Loss | null = null;

  /** A worker that starts again finds its host lost at the latest now. */
  restore(remembered: Remembered | undefined, now: number): void {
    if (remembered?.policy == null) return;
    this.#adopt(remembered.policy);
    this.#lostAt = remembered.lostAt ?? now;
  }

  get remembered(): Remembered {
    return { policy: this.#policy, lostAt: this.#lostAt };
  }

  heard(policy: Policy): void {
    this.#adopt(policy);
    this.#lostAt = null;
    this.#loss = null;
  }

  lost(loss: Loss, now: number): void {
    this.#lostAt ??= now;
    this.#loss = loss;
  }

  /** Recording was agreed to when the host was last heard, and it has not been silent for too long. */
  recording(now: number): boolean {
    return this.#policy?.state === "recording" && (this.#lostAt === null || now - this.#lostAt < AWAY_MS);
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
    if (this.#loss !== null) return this.#loss.incompatible ? "incompatible" : "no_host";
    if (this.#policy === null) return "connecting";
    return this.#lostAt === null ? this.#policy.state : "no_host";
  }

  view(now: number): View {
    const standing = this.standing(now);
    return {
      type: "view",
      standing,
      why: standing === "no_host" || standing === "incompatible" ? (this.#loss?.why ?? "") : (this.#policy?.why ?? ""),
      teams: this.#policy?.teams ?? [],
      notice: this.#policy?.notice ?? null,
    };
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
