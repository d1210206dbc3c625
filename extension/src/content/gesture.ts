/**
 * Clicks. A click is described when it begins, at the press, before the page can react to it, and reported when it
 * is done. What the browser makes of a click is not a second one: the click that a label hands on to its control, the
 * click on a submit button when Enter is pressed in a field, the click on a check box that becomes a `check`.
 */

import type { Target } from "../shared/event.js";
import { actionable, editingHost } from "./actionable.js";
import type { Edits } from "./edits.js";
import type { Reporter } from "./reporter.js";
import { describe } from "./target.js";
import { closest, deepest } from "./tree.js";

interface Press {
  element: Element;
  target: Target;
  page: string;
  /** Where the pointer went down; `null` for a key. */
  at: { x: number; y: number } | null;
}

/** A press that moves farther than this is a drag. */
const DRAG_PX = 8;

export class Gestures {
  readonly #reporter: Reporter;
  readonly #edits: Edits;
  #press: Press | null = null;
  /** The field in which Enter is down: a click or submit that follows is its doing. */
  #enterIn: Element | null = null;
  /** The control whose label was clicked: the browser is about to click it too. */
  #handedTo: Element | null = null;
  /** The check box or radio button that was clicked and may be about to change. */
  #toggled: Element | null = null;

  constructor(reporter: Reporter, edits: Edits) {
    this.#reporter = reporter;
    this.#edits = edits;
  }

  pointerDown(event: PointerEvent): void {
    this.settle();
    this.#press = null;
    this.#enterIn = null;
    if (event.button === 0 && event.isPrimary) this.#begin(event, { x: event.clientX, y: event.clientY });
  }

  /** A press whose target the page took away, so that no click will come, was a click nevertheless. */
  pointerUp(): void {
    const press = this.#press;
    setTimeout(() => {
      if (press === null || this.#press !== press) return;
      this.#press = null;
      if (!press.element.isConnected) this.#reportPress(press);
    });
  }

  pointerCancel(): void {
    this.#press = null;
  }

  /** Of a key that presses or submits; keys that write are no gestures. */
  keyDown(event: KeyboardEvent): void {
    this.settle();
    this.#press = null;
    const hit = deepest(event);
    this.#enterIn = event.key === "Enter" ? hit : null;
    if (hit !== null && !writes(hit, event.key)) this.#begin(event, null);
  }

  keyUp(): void {
    this.#enterIn = null;
  }

  click(event: MouseEvent): void {
    const hit = deepest(event);
    if (hit === null || this.#isHandedOn(hit)) return;
    this.settle();
    const press = this.#press;
    this.#press = null;
    if (this.#isImplicit(hit)) return;
    const element = actionable(hit);
    this.#expectHandOn(hit, element);
    if (!this.#reporter.listening || element.matches("select, option")) return;
    if (isToggle(element)) this.#waitForChange(element);
    else if (!this.#edits.isPending(element) || !element.matches("input[type=range i]"))
      this.#reportClick(event, element, press);
  }

  /** A field of ours was reported: the click that did it is told by that. */
  changed(element: Element): void {
    if (this.#toggled === element) this.#toggled = null;
  }

  /** `submit` is the person's when Enter did it; otherwise it follows from a click, or from a script. */
  submit(form: HTMLFormElement): void {
    const field = this.#enterIn;
    if (field === null || !submitsByEnter(field) || !("form" in field) || field.form !== form) return;
    this.#enterIn = null;
    if (!this.#reporter.listening) return;
    const target = describe(form);
    this.#reporter.report(() => ({ kind: "submit", target }));
  }

  /** The page goes away: a press that it answered by leaving was a click. */
  leave(): void {
    this.settle();
    const press = this.#press;
    this.#press = null;
    if (press !== null && press.at !== null) this.#reportPress(press);
  }

  /** A click on a check box that did not change it is a click like any other. */
  settle(): void {
    const element = this.#toggled;
    this.#toggled = null;
    if (element !== null && this.#reporter.listening) this.#edits.reportIdleToggle(element);
  }

  #begin(event: Event, at: Press["at"]): void {
    const hit = this.#reporter.listening ? deepest(event) : null;
    if (hit === null) return;
    const element = actionable(hit);
    // These are told by their change, and described then.
    if (isToggle(element) || element.matches("select, option")) return;
    this.#press = { element, target: describe(element), page: this.#reporter.address, at };
  }

  #reportClick(event: MouseEvent, element: Element, press: Press | null): void {
    if (press === null || press.element === element || !press.element.isConnected) {
      const known = press ?? { element, target: describe(element), page: this.#reporter.address, at: null };
      this.#reportPress(known);
    } else if (press.at === null) {
      this.#reportPress({ element, target: describe(element), page: this.#reporter.address, at: null });
    } else if (Math.hypot(event.clientX - press.at.x, event.clientY - press.at.y) <= DRAG_PX) {
      // The page moved something under the pointer between down and up: what was pressed is what was meant.
      this.#reportPress(press);
    }
  }

  #reportPress({ element, target, page }: Press): void {
    this.#edits.commitFocused(element);
    this.#reporter.report(() => ({ kind: "click", target }), page);
  }

  #waitForChange(element: Element): void {
    this.#toggled = element;
    setTimeout(() => {
      if (this.#toggled === element) this.settle();
    });
  }

  #expectHandOn(hit: Element, element: Element): void {
    if (closest(hit, "label") === null || hit === element || element.contains(hit)) return;
    this.#handedTo = element;
    setTimeout(() => {
      this.#handedTo = null;
    });
  }

  #isHandedOn(hit: Element): boolean {
    const handedOn = this.#handedTo === hit;
    if (handedOn) this.#handedTo = null;
    return handedOn;
  }

  /** Enter in a field makes the browser click the form's submit button. */
  #isImplicit(hit: Element): boolean {
    const field = this.#enterIn;
    return field !== null && field !== hit && submitsByEnter(field) && hit.matches("button, input");
  }
}

function isToggle(element: Element): boolean {
  return element instanceof HTMLInputElement && (element.type === "checkbox" || element.type === "radio");
}

/** Whether Enter or Space in this element is a gesture at all, or text. */
export function writes(element: Element, key: string): boolean {
  if (element instanceof HTMLTextAreaElement || editingHost(element) !== null) return true;
  return element instanceof HTMLInputElement && submitsByEnter(element) && (key === "Enter" || !isToggle(element));
}

/** Inputs in which Enter submits their form rather than pressing them. */
function submitsByEnter(element: Element): boolean {
  return (
    element instanceof HTMLInputElement &&
    !["button", "submit", "reset", "image", "file", "color"].includes(element.type)
  );
}
