/**
 * The lifeline to the worker: a port that stays open, because a message of its own for each event costs the page many
 * times as much. It breaks when the worker ends; connecting anew is what starts the worker again. What went over it last
 * is told once more when it breaks and when the page goes, by a message that outlives both: the worker knows the events
 * that it has by their numbers.
 */

import { LATELY_MS, LIFELINE_PAUSE_MS } from "../shared/limits.js";
import type { Report } from "../shared/message.js";
import { isConnected } from "./reporter.js";

export class Lifeline {
  /** Held while nothing is told, too, so that the worker is there when something is. */
  readonly #isHeld: boolean;
  readonly #orphaned: () => void;
  #port: chrome.runtime.Port | null = null;
  #since = 0;
  #lately: { report: Report; at: number }[] = [];

  constructor(isHeld: boolean, orphaned: () => void) {
    this.#isHeld = isHeld;
    this.#orphaned = orphaned;
  }

  /** A page that is made in advance has another place when it is shown: its lifeline begins with what it tells then. */
  open(): void {
    if ((document as { prerendering?: boolean }).prerendering) return;
    if (!isConnected()) {
      this.#orphaned();
      return;
    }
    this.#since = performance.now();
    const port = chrome.runtime.connect();
    this.#port = port;
    port.onDisconnect.addListener(() => {
      if (this.#port === port) this.#broken();
    });
  }

  send(report: Report): void {
    const at = performance.now();
    this.#lately = this.#lately.filter((each) => at - each.at < LATELY_MS);
    this.#lately.push({ report, at });
    if (this.#port === null) this.open();
    try {
      (this.#port as chrome.runtime.Port).postMessage(report);
    } catch {
      // There is none, or it has broken and nobody has said so yet.
      this.#broken();
    }
  }

  /** Tells what may not have arrived. */
  again(): void {
    const [last] = this.#lately;
    if (last === undefined || !isConnected()) return;
    const events = this.#lately.flatMap(({ report }) => report.events);
    this.#lately = [];
    // Should it not arrive, the next one's number tells the worker, which counts it.
    chrome.runtime.sendMessage({ ...last.report, events }).catch(() => undefined);
  }

  close(): void {
    this.#port?.disconnect();
    this.#port = null;
  }

  #broken(): void {
    this.#port = null;
    this.again();
    if (!isConnected()) this.#orphaned();
    else if (this.#isHeld) {
      // A worker that ends again and again is not started in a tight loop.
      const pause = performance.now() - this.#since < LIFELINE_PAUSE_MS ? LIFELINE_PAUSE_MS : 0;
      setTimeout(() => this.#port === null && this.open(), pause);
    }
  }
}
