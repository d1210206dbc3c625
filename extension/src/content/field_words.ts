/**
 * What the words on a field say of it. The words are data (`manifest/field-words.json`); the host reads the same ones
 * and more, and `tests/unit/field_cases.json` holds both to the same verdicts. Here they are names of 30 bits, six
 * digits each, made by the build (`field_words.mjs`) and told with the orders, so that no page carries them in its
 * script: a third of the words' size, and no table to be made of them at the first field. Of two thousand fields one
 * may be held for stricter than its words say.
 */

import type { FieldClass } from "../shared/event.js";
import type { Guide } from "../shared/message.js";
import { guide } from "./guide.js";
import { BEGINS, ENDS, ROW, SEED, seal, step, tokensOf, WHOLE, WITHIN } from "./tokens.js";

/** `maybe_...`: with a second sign. `plain`: what looks like another and is none. */
export type WordClass = FieldClass | "maybe_one_time_code" | "maybe_payment_card" | "plain";

const WORDS_IN_A_ROW = 6;
const NAME_DIGITS = 6;

/** Texts that were asked about; pages ask about the same ones again and again. */
const REMEMBERED = 500;
const remembered = new Map<string, ReadonlySet<WordClass>>();

let table: Map<number, WordClass> | undefined;

/**
 * The classes that the words of a text name, in no order.
 * @throws TypeError as long as no words were told: what cannot be judged is withheld.
 */
export function classesIn(text: string): ReadonlySet<WordClass> {
  const known = remembered.get(text);
  if (known !== undefined) return known;
  table ??= makeTable((guide as Guide).words);
  const found = new Set<WordClass>();
  const tokens = tokensOf(text);
  const look = (hash: number, kind: number): WordClass | undefined => table?.get(seal(hash, kind));
  const note = (name: WordClass | undefined) => name !== undefined && found.add(name);
  note(look(hashOf(tokens.filter((token) => !/^\d+$/.test(token)).join(" ")), WHOLE));
  for (let at = 0; at < tokens.length; ) {
    // The longest row of words that begins here, or what is in this one.
    let hash = SEED;
    let taken = 0;
    let name: WordClass | undefined;
    for (let count = 1; count <= WORDS_IN_A_ROW && at + count <= tokens.length; count++) {
      hash = hashOf((count === 1 ? "" : " ") + tokens[at + count - 1], hash);
      const row = look(hash, ROW);
      if (row === undefined) continue;
      name = row;
      taken = count;
    }
    note(name);
    if (taken === 0) partsOf(tokens[at] ?? "", look, note);
    at += Math.max(taken, 1);
  }
  if (remembered.size === REMEMBERED) remembered.clear();
  remembered.set(text, found);
  return found;
}

type Look = (hash: number, kind: number) => WordClass | undefined;

/** What is found in a word from left to right, the longest first. */
function partsOf(token: string, look: Look, note: (name: WordClass | undefined) => void): void {
  for (let at = 0; at < token.length; ) {
    let name: WordClass | undefined;
    let next = at + 1;
    let hash = SEED;
    for (let end = at + 1; end <= token.length; end++) {
      hash = step(hash, token, end - 1);
      const part =
        look(hash, WITHIN) ??
        (at === 0 ? look(hash, BEGINS) : undefined) ??
        (end === token.length ? look(hash, ENDS) : undefined);
      if (part === undefined) continue;
      name = part;
      next = end;
    }
    note(name);
    at = next;
  }
}

function hashOf(text: string, hash = SEED): number {
  for (let at = 0; at < text.length; at++) hash = step(hash, text, at);
  return hash;
}

function makeTable(words: Guide["words"]): Map<number, WordClass> {
  const made = new Map<number, WordClass>();
  for (const [name, names] of Object.entries(words)) {
    for (let at = 0; at < names.length; at += NAME_DIGITS) {
      const word = Number.parseInt(names.slice(at, at + NAME_DIGITS), 36);
      if (!made.has(word)) made.set(word, name as WordClass);
    }
  }
  return made;
}
