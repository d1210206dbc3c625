/**
 * What a field holds, judged at the element: by its type, `autocomplete`, CSS, the words of its name and label, and
 * its numeric shape. Once a field was a secret it stays one (`Secrets`), whatever the page makes of it later.
 */

import type { FieldClass } from "../shared/event.js";
import { Secrets } from "./secrets.js";

export type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement | HTMLElement;

type Secret = "password" | "one_time_code" | "payment_card";

const BY_TYPE: Record<string, FieldClass> = {
  password: "password",
  hidden: "hidden",
  file: "file",
  email: "email",
  tel: "phone",
  url: "url",
  search: "search",
  date: "date",
  month: "date",
  week: "date",
  time: "date",
  "datetime-local": "date",
  number: "number",
  range: "number",
  checkbox: "toggle",
  radio: "choice",
};

const BY_AUTOCOMPLETE: Record<string, FieldClass> = {
  "current-password": "password",
  "new-password": "password",
  "one-time-code": "one_time_code",
  email: "email",
  tel: "phone",
  url: "url",
};

/** Every token for card data begins like this: cc-name, cc-number, cc-exp-month, cc-csc, ... */
const CARD_TOKEN = /^cc-/;
const PHONE_TOKEN = /^tel-/;

const BY_INPUTMODE: Record<string, FieldClass> = {
  email: "email",
  tel: "phone",
  url: "url",
  search: "search",
};

/**
 * Words of names and labels, English and German first, then those that are common elsewhere. They are compared with
 * a text of plain lower-case words (see `words`), each with a space on both sides. Recall first: a field that is
 * withheld without need costs a little data, the opposite costs a secret.
 */
const SECRET_WORDS: [Secret, RegExp][] = [
  [
    "one_time_code",
    / (otp|totp|hotp|2fa|mfa|tan|mtan|sms tan|one time (code|password|passcode|pin)|onetime(code|password)?|(verification|authentication|authenticator|confirmation|security key|login|sms|backup|recovery) codes?|verificationcode|authcode|vcode|second factor|two factor|einmal(code|passwort|kennwort|pin)|(bestatigungs|verifizierungs|authentifizierungs|sicherheits|anmelde|wiederherstellungs)(code|schlussel)|zweiter faktor|code de verification|codigo de verificacion|codice di verifica|kod weryfikacyjny) /,
  ],
  [
    "payment_card",
    / (card ?(number|no|num|nr|holder)|cardholder name|name on card|cc ?(num|number|no|name|exp|csc|cvc|cvv)|ccnumber|ccexp|credit ?card|debit ?card|pan|kreditkarten?|kreditkartennummer|kartennummer|karteninhaber|cvv2?|cvc2?|csc|cvn|ccv|card verification|card security|security code|(karten)?pruf(nummer|ziffer)|kartenprufnummer|sicherheitsnummer|numero (de )?(carte|tarjeta)|exp(iry|iration)? ?(date|month|year)? (on )?card|mm yy|mm yyyy|mm jj) /,
  ],
  [
    "password",
    / (password|passwords|passwd|pwd|pw|pass|passcode|passphrase|pass phrase|userpass|userpassword|newpassword|oldpassword|passwort|kennwort|losungswort|losung|passworter|geheimzahl|pin|pincode|pin code|pinnummer|secret|client ?secret|geheimnis|api ?key|apikey|access ?key|secret ?key|private ?key|auth ?token|access ?token|bearer|api ?token|token|zugangsschlussel|sicherheits(frage|antwort)|security (question|answer)|mot de passe|contrasena|senha|wachtwoord|haslo|heslo|parol) /,
  ],
];

const TYPED = new Set<FieldClass>(["email", "phone", "url", "text", "search", "number", "date"]);

export function classOf(field: Field, secrets: Secrets): FieldClass {
  const known = secrets.of(field);
  if (known !== null) return known;
  const own = judge(field);
  if (Secrets.isSecret(own)) secrets.remember(field, own);
  return own;
}

function judge(field: Field): FieldClass {
  const byType = typeClass(field);
  if (byType === "password" || byType === "hidden" || byType === "file") return byType;
  if (isMaskedByCss(field)) return "password";
  const tokens = (field.getAttribute("autocomplete") ?? "").toLowerCase().split(/\s+/);
  for (const token of tokens) {
    if (CARD_TOKEN.test(token)) return "payment_card";
    const byToken = BY_AUTOCOMPLETE[token] ?? (PHONE_TOKEN.test(token) ? "phone" : undefined);
    if (byToken !== undefined && (byType === "text" || Secrets.isSecret(byToken))) return byToken;
  }
  const secret = secretByWords(field, byType) ?? secretByShape(field, byType);
  if (secret !== null) return secret;
  const mode = (field.getAttribute("inputmode") ?? "").toLowerCase();
  return byType === "text" ? (BY_INPUTMODE[mode] ?? "text") : byType;
}

function typeClass(field: Field): FieldClass {
  if (field instanceof HTMLSelectElement) return "choice";
  if (field instanceof HTMLInputElement) return BY_TYPE[field.type] ?? "text";
  return field.getAttribute("role") === "searchbox" ? "search" : "text";
}

/** `-webkit-text-security` draws dots over an ordinary text field. */
function isMaskedByCss(field: Field): boolean {
  const security = getComputedStyle(field).getPropertyValue("-webkit-text-security");
  return security !== "" && security !== "none";
}

/** Only what is typed can be a secret by its words, and the month of a card: "Show password" is a mere checkbox. */
function secretByWords(field: Field, byType: FieldClass): Secret | null {
  if (!TYPED.has(byType) && byType !== "choice") return null;
  if (field instanceof HTMLInputElement && field.type === "radio") return null;
  const text = ` ${words(wordsAbout(field))} `;
  const secret = SECRET_WORDS.find(([, pattern]) => pattern.test(text))?.[0] ?? null;
  return byType === "choice" && secret !== "payment_card" ? null : secret;
}

/** Card numbers, codes in single boxes and six-digit codes announce themselves by their measure. */
function secretByShape(field: Field, byType: FieldClass): Secret | null {
  if (!(field instanceof HTMLInputElement) || !TYPED.has(byType)) return null;
  const numeric = field.inputMode === "numeric" || field.type === "tel" || field.type === "number";
  const { maxLength } = field;
  if (maxLength === 1 && (numeric || siblingBoxes(field) >= 4)) return "one_time_code";
  if (!numeric) return null;
  if (maxLength === 6) return "one_time_code";
  if (maxLength >= 15 && maxLength <= 19 && field.type !== "tel") return "payment_card";
  return null;
}

function siblingBoxes(field: HTMLInputElement): number {
  return field.form?.querySelectorAll('input[maxlength="1"]').length ?? 0;
}

/** Everything that says in words what a field is for. */
function wordsAbout(field: Field): string {
  const root = field.getRootNode() as Document | ShadowRoot;
  const labelledBy = (field.getAttribute("aria-labelledby") ?? "")
    .split(/\s+/)
    .map((id) => (id === "" ? "" : (root.getElementById(id)?.textContent ?? "")));
  const labels = "labels" in field ? Array.from(field.labels ?? [], (label) => label.textContent ?? "") : [];
  const attributes = ["name", "id", "aria-label", "placeholder", "title", "data-testid", "autocomplete"].map(
    (attribute) => field.getAttribute(attribute) ?? "",
  );
  return [...attributes, ...labels, ...labelledBy].map((text) => text.slice(0, 200)).join(" | ");
}

/** Plain lower-case words: `newPass_word` is "new pass word", "Bestätigung" is "bestatigung". */
export function words(text: string): string {
  return text
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/ß/g, "ss")
    .replace(/[^a-z0-9|]+/g, " ")
    .replace(/\|/g, " | ")
    .replace(/ +/g, " ")
    .trim();
}
