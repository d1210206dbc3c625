/**
 * Names for outlines: 128 bits, keyed by random words that never leave the document, so that nobody who holds a name
 * can test a guess at what was masked. Not SHA-256: pages without TLS have no `crypto.subtle`, and an engine that
 * waits would be late for the action that cites it.
 */

const LANES = 4;
const PRIMES = [0x9e3779b1, 0x85ebca77, 0xc2b2ae3d, 0x27d4eb2f];

export class Digests {
  readonly #key = crypto.getRandomValues(new Uint32Array(2 * LANES));

  /** 32 hex digits. */
  of(text: string): string {
    const lanes = this.#key.slice(0, LANES);
    for (let i = 0; i < text.length; i++) {
      const lane = i & (LANES - 1);
      const next = (lanes[lane] ?? 0) ^ text.charCodeAt(i);
      lanes[lane] = Math.imul((next << 13) | (next >>> 19), PRIMES[lane] ?? 1);
    }
    let hex = "";
    // Every lane is stirred into every other, with the rest of the key.
    for (let round = 0; round < 2 * LANES; round++) {
      const lane = round & (LANES - 1);
      const stirred =
        (lanes[lane] ?? 0) ^ (lanes[(lane + 1) & (LANES - 1)] ?? 0) ^ (this.#key[LANES + lane] ?? 0) ^ text.length;
      lanes[lane] = Math.imul(stirred ^ (stirred >>> 15), PRIMES[(lane + round) & (LANES - 1)] ?? 1) ^ (stirred >>> 13);
    }
    for (const lane of lanes) hex += lane.toString(16).padStart(8, "0");
    return hex;
  }
}
