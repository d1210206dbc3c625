/**
 * What the types, the `autocomplete` and the words of fields make of them: pages judge by these (`content/field_verdict.ts`),
 * and so does the host, which comes to the same verdicts.
 */

import type { FieldClass } from "../shared/event.js";
import type { Guide } from "../shared/message.js";

/** The attributes that say what a field is for. */
export const attributes: Guide["attributes"] = [
  ...["name", "id", "data-testid", "data-test", "data-qa", "formcontrolname", "aria-label", "title"],
  ...["placeholder", "aria-placeholder"],
];

/** What asks for a password, a code or a card. */
export const secretFields =
  "input:is([type=password],[autocomplete*=-password],[autocomplete*=one-time-code],[autocomplete*=cc-])";

/** By the type of an input, or the role of what acts as one. */
export const types: Guide["types"] = {
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

/** The `pattern` of a field that takes digits, and in a group how many. */
export const { source: digits } = /^\^?(?:\\d|\[0-9\]|\[\\d\])(?:\{(?:\d+,)?(\d+)\}|[*+])?\$?$/;

/** The field names of HTML's autofill; of those that are not here nothing follows. */
export const autofill: Guide["autofill"] = [
  ["password", "^(current|new)-password$"],
  ["one_time_code", "^one-time-code$"],
  ["payment_card", "^cc-"],
  ["birth_date", "^bday"],
  ["personal_status", "^sex$"],
  ["postal_code", "^postal-code$"],
  ["email", "^email$"],
  ["phone", "^tel"],
  ["username", "^(username|impp)$"],
  ["name", "^(name|nickname|(given|additional|family)-name|honorific-(prefix|suffix))$"],
  ["address", "^(street-address|address-l(ine[1-3]|evel[2-4]))$"],
  ["url", "^(url|photo)$"],
];

const PERSONAL: FieldClass[] = ["birth_date", "personal_status", "salary"];

/** What the words may make of a field whose type says something already; `secret` stands for all that is stricter than PERSONAL. */
export const byWords: Guide["byWords"] = {
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
