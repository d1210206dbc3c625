/**
 * The class of a field from what is said of it: its type, its `autocomplete`, its words. No page here: the host comes to
 * the same verdict in `host/redact/field_verdict.cpp`, and `tests/unit/field_cases.json` holds both to it.
 */

import type { FieldClass } from "../shared/event.js";
import type { Guide } from "../shared/message.js";
import { classesIn, type WordClass } from "./field_words.js";
import { guide } from "./guide.js";

/** Stricter classes first. */
const order = () => Object.keys((guide as Guide).rules) as FieldClass[];

export interface Verdict {
  class: FieldClass;
  /** All that the words name, to be weighed with other signs. */
  words: Set<WordClass>;
}

export function classOfType(type: string): FieldClass {
  return (guide as Guide).types[type.toLowerCase()] ?? "text";
}

/** The strictest class that type, `autocomplete` and words name. */
export function verdict(base: FieldClass, autocomplete: string, texts: readonly string[]): Verdict {
  const { autofill, byWords } = guide as Guide;
  const words = new Set(texts.flatMap((text) => [...classesIn(text)]));
  if (base === "password" || base === "hidden" || base === "file") return { class: base, words };
  const named = autocomplete
    .toLowerCase()
    .split(/\s+/)
    .flatMap((token) => autofill.filter(([, pattern]) => new RegExp(pattern).test(token)).map(([name]) => name));
  const all = order();
  const allowed = byWords[base] ?? all;
  const stricter = allowed.includes("secret") ? all.indexOf("birth_date") : 0;
  const said: WordClass[] = [...named, ...words];
  return {
    class:
      all.find((name, at) => name === base || (said.includes(name) && (at < stricter || allowed.includes(name)))) ??
      base,
    words,
  };
}

/** Whether nothing but its type says what a field is. */
export function isGeneric(fieldClass: FieldClass): boolean {
  const all = order();
  return all.indexOf(fieldClass) >= all.indexOf("free_text");
}
