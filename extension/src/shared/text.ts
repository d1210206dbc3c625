/** Strings as the wire wants them: well-formed UTF-16 within a limit. A lone surrogate makes a host refuse the frame. */

export function wellFormed(text: string): string {
  return text.toWellFormed();
}

/** The beginning of a text, never ending in half a character. */
export function cut(text: string, limit: number): string {
  if (text.length <= limit) return wellFormed(text);
  const splitsPair = /[\ud800-\udbff]/.test(text.charAt(limit - 1));
  return wellFormed(text.slice(0, splitsPair ? limit - 1 : limit));
}

/** A text in one line, as it is drawn. */
export function inLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

/** Length as UTF-8, which is how the host and the browsers count. */
export function utf8Length(text: string): number {
  return new TextEncoder().encode(text).length;
}

/** `bytes` random bytes as lower-case hex. */
export function randomHex(bytes: number): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(bytes)), (byte) => byte.toString(16).padStart(2, "0")).join(
    "",
  );
}
