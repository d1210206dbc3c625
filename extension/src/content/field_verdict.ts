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

const BY_TYPE: Record<string, FieldClass> = {
  password: "password",
  hidden: "hidden",
  file: "file",
  email: "email",
  tel: "phone",
  url: "url",
  search: "search",
  searchbox: "search",
  date: "date",
  month: "date",
  week: "date",
  time: "date",
  "datetime-local": "date",
  number: "number",
  range: "number",
  spinbutton: "number",
  slider: "number",
  checkbox: "toggle",
  switch: "toggle",
  radio: "choice",
  select: "choice",
  "select-one": "choice",
  "select-multiple": "choice",
  listbox: "choice",
  textarea: "free_text",
  contenteditable: "free_text",
};

/** The field names of HTML's autofill; of those that are not here nothing follows. */
const BY_AUTOCOMPLETE: [FieldClass, RegExp][] = [
  ["password", /^(current|new)-password$/],
  ["one_time_code", /^one-time-code$/],
  ["payment_card", /^cc-/],
  ["birth_date", /^bday/],
  ["personal_status", /^sex$/],
  ["postal_code", /^postal-code$/],
  ["email", /^email$/],
  ["phone", /^tel/],
  ["username", /^(username|impp)$/],
  ["name", /^(name|nickname|(given|additional|family)-name|honorific-(prefix|suffix))$/],
  ["address", /^(street-address|address-l(ine[1-3]|evel[2-4]))$/],
  ["url", /^(url|photo)$/],
];

/** What the words may make of a field whose type says something already; `secret` stands for all that is stricter than PERSONAL. */
const PERSONAL: readonly FieldClass[] = ["birth_date", "personal_status", "salary"];
const BY_WORDS: Partial<Record<FieldClass, readonly FieldClass[]>> = {
  number: ["secret", ...PERSONAL, "postal_code", "bank_account", "phone", "identifier"],
  free_text: ["secret", "bank_account", "address"],
  email: ["secret"],
  url: ["secret"],
  search: ["secret"],
  date: ["payment_card", "special_category", "national_id", "birth_date"],
  // A check box "Show password" is none.
  choice: ["payment_card", "special_category", ...PERSONAL],
  toggle: ["special_category"],
};

export interface Verdict {
  class: FieldClass;
  /** All that the words name, to be weighed with other signs. */
  words: Set<WordClass>;
}

export function classOfType(type: string): FieldClass {
  return BY_TYPE[type.toLowerCase()] ?? "text";
}

/** The strictest class that type, `autocomplete` and words name. */
export function verdict(base: FieldClass, autocomplete: string, texts: readonly string[]): Verdict {
  const words = new Set(texts.flatMap((text) => [...classesIn(text)]));
  if (base === "password" || base === "hidden" || base === "file") return { class: base, words };
  const named = autocomplete
    .toLowerCase()
    .split(/\s+/)
    .flatMap((token) => BY_AUTOCOMPLETE.filter(([, pattern]) => pattern.test(token)).map(([name]) => name));
  const all = order();
  const allowed = BY_WORDS[base] ?? all;
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
