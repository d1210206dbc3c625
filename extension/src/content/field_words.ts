/**
 * What the words on a field say of it. The words are data (`manifest/field-words.json`); the host reads the same ones
 * and more, and `tests/unit/field_cases.json` holds both to the same verdicts.
 */

import { words } from "../../../manifest/field-words.json";
import type { FieldClass } from "../shared/event.js";

/** `maybe_...`: with a second sign. `plain`: what looks like another and is none. */
export type WordClass = FieldClass | "maybe_one_time_code" | "maybe_payment_card" | "plain";

interface Part {
  text: string;
  opensBefore: boolean;
  opensAfter: boolean;
  class: WordClass;
}

interface Table {
  /** One or several words. */
  rows: Map<string, WordClass>;
  /** All that a text says. */
  wholes: Map<string, WordClass>;
  /** What may be a part of a word, by its first character, longest first. */
  parts: Map<string, Part[]>;
}

const WORDS_IN_A_ROW = 6;
const CHARS = 200;
const NO_BLANKS = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/u;

let table: Table | undefined;

/** The classes that the words of a text name, in no order. */
export function classesIn(text: string): Set<WordClass> {
  table ??= makeTable();
  const found = new Set<WordClass>();
  const tokens = tokensOf(text);
  const whole = table.wholes.get(tokens.filter((token) => !/^\d+$/.test(token)).join(" "));
  if (whole !== undefined) found.add(whole);
  for (let at = 0; at < tokens.length; ) {
    const taken = rowAt(tokens, at, table.rows, found);
    if (taken === 0) partsOf(tokens[at] ?? "", table.parts, found);
    at += Math.max(taken, 1);
  }
  return found;
}

/** Takes the longest row of words that begins here; how many words it has. */
function rowAt(tokens: string[], at: number, rows: Table["rows"], found: Set<WordClass>): number {
  for (let count = Math.min(WORDS_IN_A_ROW, tokens.length - at); count > 0; count--) {
    const known = rows.get(tokens.slice(at, at + count).join(" "));
    if (known === undefined) continue;
    found.add(known);
    return count;
  }
  return 0;
}

function partsOf(token: string, parts: Table["parts"], found: Set<WordClass>): void {
  for (let at = 0; at < token.length; ) {
    const part = parts
      .get(token.charAt(at))
      ?.find(
        ({ text, opensBefore, opensAfter }) =>
          (opensBefore || at === 0) && token.startsWith(text, at) && (opensAfter || at + text.length === token.length),
      );
    if (part !== undefined) found.add(part.class);
    at += part?.text.length ?? 1;
  }
}

function makeTable(): Table {
  const made: Table = { rows: new Map(), wholes: new Map(), parts: new Map() };
  for (const [name, languages] of Object.entries(words) as [WordClass, Record<string, string>][]) {
    for (const word of Object.values(languages).join().split(/[,;]/)) addWord(made, word.trim(), name);
  }
  for (const parts of made.parts.values()) parts.sort((a, b) => b.text.length - a.text.length);
  return made;
}

function addWord({ rows, wholes, parts }: Table, word: string, name: WordClass): void {
  const text = tokensOf(word).join(" ");
  if (text === "") return;
  const open = NO_BLANKS.test(text);
  const opensBefore = open || word.startsWith("*");
  const opensAfter = open || word.endsWith("*");
  const where = word.startsWith("=") ? wholes : rows;
  if (where === wholes || text.includes(" ") || !(opensBefore || opensAfter)) {
    // The stricter class comes first in the file.
    if (!where.has(text)) where.set(text, name);
    return;
  }
  const first = text.charAt(0);
  const same = parts.get(first) ?? [];
  parts.set(first, same);
  same.push({ text, opensBefore, opensAfter, class: name });
}

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
