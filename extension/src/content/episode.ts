/** How the text of one field came about, since it was last reported. */

import type { Entry, Provenance, Target, Value } from "../shared/event.js";
import { ENTRY_KEYS, FEW_KEYS } from "../shared/limits.js";
import type { Team } from "../shared/policy.js";
import { isPlain } from "./actionable.js";
import type { Field } from "./field_class.js";
import type { Cited } from "./outline/outliner.js";
import { boxNow } from "./target.js";

export class Episode {
  readonly #by = new Set<Provenance>();
  /** Kept only up to what tells few from many, and what may be told. */
  readonly #keys: string[] = [];
  /** What the field held after the last edit that the browser told of. */
  #left: string | null = null;
  /** The outline that was at hand when the first edit was made. */
  readonly cited: Cited | null;
  /** What the person saw of the field then. */
  readonly seen: Field;
  /** Where that was: what is typed changes the page, and to ask again would lay it out. */
  readonly box: Target["box"];
  /** What the field held, as long as only a change of that shows that it was edited. */
  before: string | null;

  constructor(cited: Cited | null, seen: Field, before: string | null) {
    this.cited = cited;
    this.seen = seen;
    this.box = boxNow(seen);
    this.before = before;
  }

  /** By a press or a key, of which the browser tells nothing further. */
  moved(): void {
    this.#by.add("typed");
  }

  /** `byPage`: it comes of a press on something, like a button that inserts a phrase; `pressed`: that was the field. */
  add(event: Event, field: Field, byPage: boolean, pressed: boolean): void {
    this.#left = textOf(field);
    const { inputType = "", data = null, isComposing = false } = event as Partial<InputEvent>;
    if (!byPage && /^(delete|history)/.test(inputType)) return;
    const by = provenance(inputType, isComposing, field, byPage, pressed);
    this.#by.add(by);
    if (by === "typed" && this.#keys.length < ENTRY_KEYS) this.#keys.push(data ?? "Enter");
  }

  /** What the field holds when it is told may be what the page made of it. Returns what it has taken out of it. */
  look(field: Field): string | null {
    // Editors take out of their field what was typed.
    const now = this.seen === field ? textOf(field) : null;
    if (this.#left === null || now === null || now === this.#left) return null;
    if (now === "") return this.#left;
    this.#by.add("scripted");
    return null;
  }

  entry(team: Team, value: Value): Entry | undefined {
    if (team.keys !== "episodes" && team.keys !== "strokes") return undefined;
    // Only taken away: that is typing, too.
    const by: Provenance[] = this.#by.size === 0 ? ["typed"] : [...this.#by];
    const tellsKeys = team.keys === "strokes" && value.disclosure === "clear" && this.#keys.length > 0;
    return {
      by,
      // How long a secret is, is part of it.
      ...(by.includes("typed") && value.disclosure !== "withheld"
        ? { amount: this.#keys.length <= FEW_KEYS ? "few" : "many" }
        : {}),
      ...(tellsKeys ? { keys: [...this.#keys] } : {}),
    };
  }
}

/** By the Input Events standard; an `input` without a type is the browser's own doing. */
function provenance(
  inputType: string,
  isComposing: boolean,
  field: Field,
  byPage: boolean,
  pressed: boolean,
): Provenance {
  if (inputType === "insertFromPaste" || inputType === "insertFromDrop" || inputType === "insertFromYank")
    return "pasted";
  if (isComposing || inputType === "insertCompositionText" || inputType === "insertFromComposition")
    return "input_method";
  if (inputType === "" || inputType === "insertReplacementText") {
    // Steps of a number, a date or a slider look the same.
    return isStepwise(field) && (byPage || pressed || field.matches(":focus, :focus-within")) ? "typed" : "autofilled";
  }
  return byPage ? "scripted" : "typed";
}

/** Browsers fire `change` at every step of these; leaving the field is what commits it. */
const STEPWISE = /^(date|month|week|time|datetime-local|number|range|color)$/;

export function isStepwise(field: Element): boolean {
  return field instanceof HTMLInputElement && STEPWISE.test(field.type);
}

function textOf(field: Field): string | null {
  return isPlain(field) ? field.value : null;
}
