/**
 * Names for outlines: 128 bits, keyed by random words that never leave the document, so that nobody who holds a name
 * can test a guess at what was masked. Not SHA-256: pages without TLS have no `crypto.subtle`, and an engine that
 * waits would be late for the action that cites it.
 */

const PRIME = 0x9e3779b1;

export class Digests {
  readonly #key = crypto.getRandomValues(new Uint32Array(4));

  /** 32 hex digits. */
  of(text: string): string {
    const lanes = this.#key.slice();
    const mix = (lane: number, word: number) => {
      const mixed = Math.imul((lanes[lane] ?? 0) ^ word, PRIME + 2 * lane);
      lanes[lane] = mixed ^ (mixed >>> 15);
    };
    for (let i = 0; i < text.length; i++) mix(i & 3, text.charCodeAt(i));
    // Every lane is stirred into every other, with the key once more.
    for (let i = 0; i < 12; i++) mix(i & 3, (lanes[(i + 1) & 3] ?? 0) + (this.#key[(i + 2) & 3] ?? 0) + text.length);
    return Array.from(lanes, (lane) => lane.toString(16).padStart(8, "0")).join("");
  }
}
