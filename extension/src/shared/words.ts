/** What a person reads: every sentence from `_locales`, numbers and times as their language writes them. */

/** The language of the messages, which need not be the browser's: it has more languages than we have. */
const LANGUAGE = chrome.i18n.getMessage("language");
const browser = chrome.i18n.getUILanguage();
/** "de-AT" where the browser speaks it, else "de". */
export const LOCALE = browser.split("-")[0] === LANGUAGE ? browser : LANGUAGE;

const plural = new Intl.PluralRules(LOCALE);
const numbers = new Intl.NumberFormat(LOCALE);
const lists = new Intl.ListFormat(LOCALE, { type: "unit", style: "short" });

/** A key that no language has is a bug, and is shown as one. */
export function text(key: string, ...insertions: (string | number)[]): string {
  const message = chrome.i18n.getMessage(key, insertions.map(String));
  return message === "" ? `[${key}]` : message;
}

export function hasText(key: string): boolean {
  return chrome.i18n.getMessage(key) !== "";
}

/** The message for one or for many: `KEY_one`, `KEY_other`, with the number as its first part. */
export function counted(key: string, count: number, ...insertions: (string | number)[]): string {
  const form = plural.select(count) === "one" ? "one" : "other";
  return text(`${key}_${form}`, numbers.format(count), ...insertions);
}

export function joined(items: string[]): string {
  return lists.format(items);
}

const GAP = "\u{f8ff}";

/** A message as the pieces around its insertions, to put elements in the place of these. */
export function phrase(key: string, ...insertions: (string | Node)[]): (string | Node)[] {
  const message = text(key, ...insertions.map((_, index) => `${GAP}${index}${GAP}`));
  return message
    .split(GAP)
    .map((run, index) => (index % 2 === 0 ? run : (insertions[Number(run)] ?? "")))
    .filter((run) => run !== "");
}

export function hours(count: number): string {
  return count % 24 === 0 && count >= 48 ? counted("days", count / 24) : counted("hours", count);
}

const times = new Intl.DateTimeFormat(LOCALE, { hour: "numeric", minute: "2-digit" });
const days = new Intl.DateTimeFormat(LOCALE, { weekday: "long", day: "numeric", month: "long" });
const moments = new Intl.DateTimeFormat(LOCALE, { dateStyle: "medium", timeStyle: "short" });

/** The hour today; of another day, the day too. */
export function moment(milliseconds: number, now = Date.now()): string {
  const then = new Date(milliseconds);
  return then.toDateString() === new Date(now).toDateString() ? times.format(then) : moments.format(then);
}

export function day(milliseconds: number): string {
  return days.format(new Date(milliseconds));
}
