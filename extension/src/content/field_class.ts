/**
 * What a field holds, judged at the element: by its type, `autocomplete`, CSS, words, measure and neighbours. Once a
 * field was a secret it stays one (`Secrets`), whatever the page makes of it later.
 */

import type { FieldClass } from "../shared/event.js";
import { FIELD_MS } from "../shared/limits.js";
import type { Guide } from "../shared/message.js";
import { EDITING_HOST } from "./actionable.js";
import { fieldsWith, wordsAround, wordsOn } from "./field_context.js";
import { classOfType, isGeneric, type Verdict, verdict } from "./field_verdict.js";
import { guide } from "./guide.js";
import { Secrets } from "./secrets.js";
import { once } from "./still.js";

export type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement | HTMLElement;

/** Roles that say more of an element than its being edited; and those that nothing has which a text is typed into. */
const SAYS_MORE = /^(searchbox|spinbutton|slider)$/i;
const IS_CHOSEN = /^(checkbox|switch|radio)$/i;

/** Whether the page's address has one of the words of a pattern. */
const isAt = (words: string) => new RegExp(`(^|[/_.-])(${words})([/_.-]|$)`, "i").test(location.pathname);

/** A hint of dots is that of a password. */
const DOTS = /^[•●∙·*⋅]{3,}$/;

/** @throws RangeError when it takes too long: what cannot be judged is withheld. */
export function classOf(field: Field, secrets: Secrets): FieldClass {
  const known = secrets.of(field);
  if (known !== null) return known;
  const own = judge(field);
  if (Secrets.isSecret(own)) secrets.remember(field, own);
  return own;
}

const judge = once((field: Field): FieldClass => {
  const until = performance.now() + FIELD_MS;
  if (isMaskedByCss(field) || DOTS.test(field.getAttribute("placeholder") ?? "")) return "password";
  const base = baseOf(field);
  const own = verdict(base, field.getAttribute("autocomplete") ?? "", wordsOn(field));
  if (Secrets.isSecret(own.class)) return own.class;
  const group = verdict(base, "", wordsAround(field)).class;
  // The name on a card is the card's.
  if (group === "payment_card" || (isGeneric(own.class) && !isGeneric(group))) return group;
  return byMeasure(field, base, own, until) ?? own.class;
}, "all");

function baseOf(field: Field): FieldClass {
  const role = field.getAttribute("role")?.replace("menuitem", "") ?? "";
  const saysMore = SAYS_MORE.test(role) || (IS_CHOSEN.test(role) && !field.matches(`input, ${EDITING_HOST}`));
  const byRole = saysMore ? classOfType(role) : null;
  if (field instanceof HTMLInputElement) {
    // The modes of input that say something bear the names of types.
    const said = [field.type, field.inputMode].map(classOfType).find((each) => each !== "text");
    return said ?? byRole ?? "text";
  }
  if (field instanceof HTMLSelectElement) return "choice";
  return byRole ?? "free_text";
}

/** `-webkit-text-security` draws dots over an ordinary text field. */
function isMaskedByCss(field: Field): boolean {
  const security = getComputedStyle(field).getPropertyValue("-webkit-text-security");
  return security !== "" && security !== "none";
}

/** Codes and cards announce themselves by their measure; one sign alone may be a ticket number. */
function byMeasure(field: Field, base: FieldClass, { class: own, words }: Verdict, until: number): FieldClass | null {
  if (!(field instanceof HTMLInputElement) || !["text", "number", "phone"].includes(base)) return null;
  const { digits, length } = measureOf(field);
  const together = fieldsWith(field);
  const boxes = (most: number) => together.filter((other) => (other as HTMLInputElement).maxLength === most).length;
  if (length === 1 && (digits || boxes(1) >= 4)) return "one_time_code";
  if (length === 4 && boxes(4) >= 4) return "payment_card";
  if (!isGeneric(own) && own !== "phone") return null;

  const alone = together.length <= 1 && !words.has("plain");
  const asked = alone || isAt((guide as Guide).signIn);
  const code = words.has("maybe_one_time_code");
  if (digits && length >= 4 && length <= 8 ? code || asked : code && asked) return "one_time_code";
  if (digits && length >= 15 && length <= 19 && field.type !== "tel" && !words.has("plain")) return "payment_card";
  if ((words.has("maybe_payment_card") || (digits && length >= 3 && length <= 4)) && hasCard(together, field, until))
    return "payment_card";
  return digits && isGeneric(own) && isAt((guide as Guide).pay) ? "salary" : null;
}

/** Whether it takes digits, and how many characters; 0 where it does not say. */
function measureOf(field: HTMLInputElement): { digits: boolean; length: number } {
  const pattern = new RegExp((guide as Guide).digits).exec(field.pattern);
  const digits = /^(numeric|decimal)$/.test(field.inputMode) || /^(tel|number)$/.test(field.type) || pattern !== null;
  const length = field.maxLength > 0 ? field.maxLength : Number(pattern?.[1] ?? 0);
  return { digits, length };
}

function hasCard(fields: readonly Element[], except: Element, until: number): boolean {
  return fields.some((other) => {
    if (performance.now() > until) throw new RangeError("too much around a field");
    return other !== except && other instanceof HTMLInputElement && isCard(other);
  });
}

function isCard(field: HTMLInputElement): boolean {
  return verdict(baseOf(field), field.autocomplete, wordsOn(field)).class === "payment_card";
}
