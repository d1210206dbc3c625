/**
 * What a value may tell. Two steps, because the first words of a page are read before the worker has said which
 * team's rules hold: `read` takes what the element and the page allow, `disclose` what the policy does.
 *
 * The table is `manifest/field-classes.json`, and the host's too: it holds every value against it again.
 */

import type { CharacterKind, Disclosure, FieldClass, Shape, Value } from "../shared/event.js";
import { OPTION_CHARS, OPTIONS, TEXT_CHARS } from "../shared/limits.js";
import type { Guide } from "../shared/message.js";
import type { Team } from "../shared/policy.js";
import { cut, wellFormed } from "../shared/text.js";
import { isPlain } from "./actionable.js";
import { seenOf } from "./drawn.js";
import { editorText } from "./editor_text.js";
import { classOf, type Field } from "./field_class.js";
import { guide } from "./guide.js";
import { bound, lower } from "./marks.js";
import { nameOf } from "./name.js";
import { isPrivatePage } from "./private_page.js";
import { Secrets } from "./secrets.js";

type Content = { text: string } | { options: string[]; checked?: true } | { checked: boolean };

export interface Reading {
  class: FieldClass;
  /** The most that class and marks allow. At `withheld` there is no content to be disclosed. */
  ceiling: Disclosure;
  content: Content | null;
  /** What a person sees of the field: itself, or an editor that draws what is typed in it. */
  seen?: Field;
}

const ruleOf = (fieldClass: FieldClass) => (guide as Guide).rules[fieldClass];

/** Reads a field, unless it or the page forbids it. What cannot be judged is withheld. */
export function read(field: Field, secrets: Secrets, seen = seenOf(field)): Reading {
  let fieldClass: FieldClass = "password";
  try {
    fieldClass = classOf(field, secrets);
    const around = classOf(seen, secrets);
    if (Secrets.isSecret(around)) fieldClass = around;
    let ceiling = lower(ruleOf(fieldClass).ceiling, bound(field));
    if (secrets.areBeside(field) || isPrivatePage(field)) ceiling = lower(ceiling, "shape");
    return { class: fieldClass, ceiling, content: ceiling === "withheld" ? null : contentOf(field, seen), seen };
  } catch (error) {
    console.info(`Fieldnote withholds a value: ${error}`);
    return { class: fieldClass, ceiling: "withheld", content: null };
  }
}

export interface Disclosed {
  value: Value;
  /** The `match` of the field rule that decided. */
  rule?: string;
}

export function disclose({ class: fieldClass, ceiling, content, seen }: Reading, field: Field, team: Team): Disclosed {
  const { usual, placeholder } = ruleOf(fieldClass);
  const rule = ruleFor([field, seen ?? field], team);
  const base = rule?.values ?? (usual === "clear" ? usual : lower(usual, team.values));
  let level = lower(base, ceiling);
  if (level === "placeholder" && placeholder === undefined) level = "shape";
  const value = content === null ? withheld(fieldClass) : valueAt(level, fieldClass, content);
  return rule?.match === undefined || value.disclosure === "withheld" ? { value } : { value, rule: rule.match };
}

interface Decision {
  values: Disclosure;
  match?: string;
}

/** The strictest of the team's rules that match; one that cannot be understood withholds. */
function ruleFor(field: Field[], { fields }: Team): Decision | null {
  let decision: Decision | null = null;
  for (const { match, values } of fields) {
    const matched = matchesRule(field, match);
    if (matched === null) return { values: "withheld" };
    if (matched && (decision === null || lower(values, decision.values) !== decision.values)) {
      decision = { values, match };
    }
  }
  return decision;
}

/** `null`: the selector is none. */
function matchesRule(field: Field[], selector: string): boolean | null {
  try {
    return field.some((each) => each.matches(selector));
  } catch {
    return null;
  }
}

function valueAt(level: Disclosure, fieldClass: FieldClass, content: Content): Value {
  switch (level) {
    case "withheld":
      return withheld(fieldClass);
    case "shape":
      // The shape of a yes or no would be the yes or no, and that of one answer of a few the answer.
      if ("checked" in content || ("options" in content && fieldClass !== "choice")) return withheld(fieldClass);
      return { class: fieldClass, disclosure: level, shape: shapeOf(wordsOf(content)) };
    case "placeholder":
      if (!("text" in content)) return withheld(fieldClass);
      return { class: fieldClass, disclosure: level, ...upToSize(content.text) };
    case "clear":
      return {
        class: fieldClass,
        disclosure: level,
        ...("text" in content ? upToSize(content.text) : content),
      };
  }
}

function wordsOf(content: Content): string {
  if ("text" in content) return content.text;
  return "options" in content ? content.options.join("\n") : "";
}

function withheld(fieldClass: FieldClass): Value {
  return { class: fieldClass, disclosure: "withheld" };
}

function upToSize(text: string): { text: string; cut?: true } {
  return text.length > TEXT_CHARS ? { text: cut(text, TEXT_CHARS), cut: true } : { text: wellFormed(text) };
}

/** What a field for texts holds, or a slider or a part of a date that the page draws. */
export function textOf(field: Field, seen = seenOf(field)): string {
  return isPlain(field) && seen === field
    ? field.value
    : (field.getAttribute("aria-valuenow") ?? editorText(field, seen));
}

function contentOf(field: Field, seen: Field): Content {
  if (field instanceof HTMLSelectElement)
    return { options: Array.from(field.selectedOptions).slice(0, OPTIONS).map(labelOf) };
  if (field instanceof HTMLInputElement && field.type === "checkbox") return { checked: field.checked };
  if (isRadio(field))
    return {
      options: [cut(nameOf(field, "radio") || (field as HTMLInputElement).value || "", OPTION_CHARS)],
      checked: true,
    };
  const checked = field.getAttribute("aria-checked");
  if (checked !== null && !(field instanceof HTMLInputElement)) return { checked: checked === "true" };
  return { text: textOf(field, seen) };
}

function labelOf(option: HTMLOptionElement): string {
  return cut(option.label.trim(), OPTION_CHARS);
}

/** One of several of which one is chosen; `false` for those that a page draws as anything else. */
export function isRadio(field: Element): boolean {
  return field instanceof HTMLInputElement ? field.type === "radio" : /radio$/.test(field.getAttribute("role") ?? "");
}

const KINDS: [CharacterKind, RegExp][] = [
  ["letters", /\p{L}/u],
  ["digits", /\p{Nd}/u],
  ["spaces", /\s/u],
  ["punctuation", /[\p{P}\p{S}]/u],
  ["other", /[^\p{L}\p{Nd}\s\p{P}\p{S}]/u],
];

export function shapeOf(text: string): Shape {
  return {
    length: lengthOf(text.length),
    characters: KINDS.filter(([, pattern]) => pattern.test(text)).map(([kind]) => kind),
    lines: text.includes("\n") ? "many" : "one",
  };
}

function lengthOf(length: number): Shape["length"] {
  if (length === 0) return "0";
  if (length <= 4) return "1-4";
  if (length <= 8) return "5-8";
  if (length <= 16) return "9-16";
  return length <= 64 ? "17-64" : "65+";
}
