/** A text as its words are compared. Also run by the build, which makes the table of words (`field_words.mjs`). */

const CHARS = 200;

/** Words without case and accents, identifiers taken apart: `newPass_word2` is new, pass, word, 2. */
export function tokensOf(text: string): string[] {
  return fold(
    text
      .slice(0, CHARS)
      .normalize("NFKC")
      .replace(/\p{Default_Ignorable_Code_Point}/gu, "")
      .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
      .replace(/([A-Z])([A-Z][a-z])/g, "$1 $2"),
  )
    .replace(/([a-z])(?=[0-9])/g, "$1 ")
    .split(/[^\p{L}\p{N}\p{M}]+/u)
    .filter((token) => token !== "");
}

/** Latin, Greek and Cyrillic without accents; in other scripts marks are letters. */
function fold(text: string): string {
  return text
    .normalize("NFD")
    .replace(/([\0-\u058f])\p{M}+/gu, "$1")
    .normalize("NFC")
    .toLowerCase()
    .replace(/ß/g, "ss")
    .replace(/ı/g, "i")
    .replace(/ς/g, "σ");
}

/** What a word of the table may be: words in a row, all that a text says, or a part of a word, open at an end or both. */
export const ROW = 0;
export const WHOLE = 1;
export const BEGINS = 2;
export const ENDS = 3;
export const WITHIN = 4;

export const SEED = 0x811c9dc5;

/** One more character of a word (FNV-1a). */
export const step = (hash: number, text: string, at: number) => Math.imul(hash ^ text.charCodeAt(at), 0x01000193);

/** The name of a word in the table: 30 bits. */
export function seal(hash: number, kind: number): number {
  const mixed = Math.imul(hash ^ (hash >>> 15) ^ Math.imul(kind, 0x9e3779b1), 0x2c1b3c6d);
  return (mixed ^ (mixed >>> 13)) >>> 2;
}
