/**
 * An update of the extension ends its stream, and until the new script is in the pages nothing is recorded there: it waits until
 * the host has everything, and for a rest.
 */

import { STILL_MS } from "../shared/limits.js";

export class Update {
  readonly #look: () => void;
  #waits = false;
  /** When a page last told anything. */
  #heardAt = 0;
  #looking: ReturnType<typeof setTimeout> | undefined;

  /** `look`: comes back here by `settled`, if nothing waits then. */
  constructor(look: () => void) {
    this.#look = look;
  }

  heard(): void {
    this.#heardAt = Date.now();
  }

  available(): void {
    this.#waits = true;
    this.#look();
  }

  /** The host has everything that was told. */
  settled(): void {
    if (!this.#waits) return;
    clearTimeout(this.#looking);
    const rest = this.#heardAt + STILL_MS - Date.now();
    if (rest <= 0) chrome.runtime.reload();
    else this.#looking = setTimeout(this.#look, rest);
  }
}
