/**
 * The accessible name of a target, by the rules that outlines follow (`outline/wording.ts`), with two promises more:
 *
 * - it is bounded: after so many elements or so much time there is no name rather than a slow page, and no layout is
 *   asked for;
 * - what an editor holds and what the page marks has no name but one that the tool gave it.
 */

import { NAME_CHARS, NAME_MS, NAME_NODES } from "../shared/limits.js";
import { cut, inLine } from "../shared/text.js";
import { EDITING_HOST, editingHost } from "./actionable.js";
import { bound } from "./marks.js";
import { labelsOf } from "./outline/composed.js";
import { generated, isCovering } from "./outline/looks.js";
import { roleOf as ariaRoleOf } from "./outline/role.js";
import { type Known, wordingOf } from "./outline/wording.js";

export const HOLDS_A_VALUE =
  "input:not([type=button i], [type=submit i], [type=reset i], [type=image i]), textarea, select, output, " +
  ["textbox", "searchbox", "combobox", "listbox", "spinbutton", "slider"].map((role) => `[role=${role}]`).join() +
  `, ${EDITING_HOST}`;

/** The name cannot be had within its bounds. */
class NoName extends Error {}

export function nameOf(element: Element, role: string): string {
  const inEditor = editingHost(element);
  // What a page marks keeps its words; only a field keeps its label, which is the tool's.
  if (inEditor !== null && inEditor !== element) return "";
  const holdsValue = element.matches(HOLDS_A_VALUE);
  if (!holdsValue && bound(element) !== "clear") return "";
  const given = () => flat(element.getAttribute("aria-label") ?? "");
  if (role === "generic" || inEditor !== null) return given();
  const shown = plainText(element);
  if (shown !== null) return shown;
  try {
    const { text } = wordingOf(element, ariaRoleOf(element), glances(element));
    return flat(text) || (holdsValue ? "" : drawnOn(element));
  } catch (error) {
    if (!(error instanceof NoName)) throw error;
    return given();
  }
}

/** Most buttons, links and cells: nothing but a text, and nothing that says more. */
function plainText(element: Element): string | null {
  const text = element.firstChild;
  if (!SHOWS_ITS_NAME.test(element.localName) || !(text instanceof Text) || text.nextSibling !== null) return null;
  if (element.matches("[aria-label], [aria-labelledby], [aria-owns], [role]")) return null;
  if (labelsOf(element).length > 0) return null;
  return flat(text.data) || null;
}

const SHOWS_ITS_NAME = /^(button|a|td|option|h[1-6])$/;

/** What a name asks of an element: its style, and that only where something hangs on it. */
function glances(target: Element): (element: Element) => Known {
  const seen = new Map<Element, Known>();
  const until = performance.now() + NAME_MS;
  return (element) => {
    const known = seen.get(element);
    if (known !== undefined) return known;
    if (seen.size >= NAME_NODES || (seen.size % 8 === 7 && performance.now() > until)) throw new NoName();
    const glance = new Glance(element, element === target);
    seen.set(element, glance);
    return glance;
  };
}

class Glance implements Known {
  readonly role: string | null;
  readonly before = "";
  readonly after = "";
  adds = null;
  readonly #element: Element;
  /** What somebody does something to is not hidden from them. */
  readonly #isTarget: boolean;
  #style: CSSStyleDeclaration | undefined;

  constructor(element: Element, isTarget: boolean) {
    this.role = ariaRoleOf(element);
    this.#element = element;
    this.#isTarget = isTarget;
  }

  get hidden(): boolean {
    if (this.#isTarget) return false;
    const { display, visibility } = this.#styled;
    return (
      display === "none" ||
      (visibility !== "visible" && this.#element.localName !== "slot") ||
      isCovering(this.#element)
    );
  }

  get inline(): boolean {
    return this.#styled.display === "inline";
  }

  get #styled(): CSSStyleDeclaration {
    this.#style ??= getComputedStyle(this.#element);
    return this.#style;
  }
}

/** What a style sheet writes on a button that has no words of its own; icons are no words. */
function drawnOn(element: Element): string {
  return element.matches("button, a, [role]")
    ? flat(generated(element, "::before").replace(/[\ue000-\uf8ff]/g, ""))
    : "";
}

function flat(name: string): string {
  return cut(inLine(name.slice(0, 4 * NAME_CHARS)), NAME_CHARS);
}
