/**
 * The lifeline of a page to the worker: a port that stays open. It breaks when the worker ends; connecting anew is what
 * starts the worker again. Where the browser tells before a page goes, it carries the events, because a message of its own
 * for each costs the page many times as much; what went over it last is told once more when it breaks and when the page
 * goes, by a message that outlives both, and the worker knows the events that it has by their numbers. Elsewhere, in
 * frames and in browsers that do not tell, a port may go with what was just told on it: there each event is a message.
 */

import { LATELY_MS, LIFELINE_PAUSE_MS } from "../shared/limits.js";
import type { Report } from "../shared/message.js";

export class Lifeline {
  readonly #carries: boolean;
  readonly #orphaned: () => void;
  #port: chrome.runtime.Port | null = null;
  /** Of the extension that gave orders: another one that takes its place is not to hear of what this one has had. */
  life = "";
  #since = 0;
  #lately: { report: Report; at: number }[] = [];
  /** Who has told anything on it since the page began or came back. */
  #teller: Report | null = null;

  constructor(carries: boolean, orphaned: () => void) {
    this.#carries = carries;
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
    const port = chrome.runtime.connect({ name: this.life });
    this.#port = port;
    port.onDisconnect.addListener(() => {
      if (this.#port === port) this.#broken();
    });
  }

  send(report: Report): void {
    if (!this.#carries) {
      tell(report);
      return;
    }
    const at = performance.now();
    this.#lately = this.#lately.filter((each) => at - each.at < LATELY_MS);
    this.#lately.push({ report, at });
    this.#teller = report;
    if (this.#port === null) this.open();
    try {
      (this.#port as chrome.runtime.Port).postMessage(report);
    } catch {
      // There is none, or it has broken and nobody has said so yet.
      this.#broken();
    }
  }

  /** Tells what may not have arrived. */
  #again(last: boolean): void {
    if (this.#teller === null || !isConnected()) return;
    tell({ ...this.#teller, events: this.#lately.flatMap(({ report }) => report.events), last });
    this.#lately = [];
  }

  /** The page goes away: the worker waits for its last word before it hears the next one. */
  end(): void {
    this.#again(true);
    this.#teller = null;
  }

  close(): void {
    this.#port?.disconnect();
    this.#port = null;
  }

  #broken(): void {
    this.#port = null;
    this.#again(false);
    if (!isConnected()) this.#orphaned();
    else {
      // A worker that ends again and again is not started in a tight loop.
      const pause = performance.now() - this.#since < LIFELINE_PAUSE_MS ? LIFELINE_PAUSE_MS : 0;
      setTimeout(() => this.#port === null && this.open(), pause);
    }
  }
}

/** Not any more, once the extension was reloaded or removed: then this script is an orphan and has to be quiet. */
export const isConnected = (): boolean => chrome.runtime?.id !== undefined;

/** Should it not arrive, the next one's number tells the worker, which counts it. */
function tell(report: Report): void {
  chrome.runtime.sendMessage(report).catch(() => undefined);
}
