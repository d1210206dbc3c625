/**
 * What is done with the pointer, and keys that press. A click is described when it begins, at the press, before the
 * page can react to it, and reported when it is done. What the browser makes of a click is not a second one: the click
 * that a label hands on to its control, the click on a submit button when Enter is pressed in a field, the click on a
 * check box that becomes a `check`, the second click of a double click.
 */

import type { Act, Target } from "../shared/event.js";
import { FOLLOWS_MS } from "../shared/limits.js";
import { actionable, editingHost, isControl, isToggle, SLIDER } from "./actionable.js";
import { activeChoice, choiceAt } from "./choice.js";
import { type Drags, isFar } from "./drag.js";
import type { Edits } from "./edits.js";
import { modifiersOf } from "./key_names.js";
import { type Draft, PRESSED, type Reporter } from "./reporter.js";
import { type Aim, describe, type Point } from "./target.js";
import { closest, deepest, focused, isPage, lineage } from "./tree.js";
import { isRadio } from "./value.js";

export interface Press {
  /** What was hit, and what was meant. */
  hit: Element;
  element: Element;
  target: Target;
  page: string;
  /** Where the pointer went down; `null` for a key. */
  at: Point | null;
  /** What a press in an open list chooses: pages take the list away at the press, or when it is let go. */
  choice: Draft | null;
  /** Whether it was checked, where the page draws that. */
  was: string | null;
  /** It was let go: if there is a click, it has come. */
  isUp?: boolean;
  /** The events that began it: whether the page took them for itself is known afterwards. */
  begun: Event[];
}

interface Toggled {
  element: HTMLInputElement;
  target: Aim;
  was?: boolean;
  /** Its change was reported: pages change it when it is let go, before there is a click. */
  isTold?: boolean;
}

type Pointed = Extract<Act, { kind: "click" | "double_click" | "context_menu" }>;

/** So many elements up from what was pressed, a slider has its thumb. */
const BESIDE = 4;

export class Gestures {
  readonly #reporter: Reporter;
  readonly #edits: Edits;
  readonly #drags: Drags;
  #press: Press | null = null;
  /** The field in which Enter is down: a click or submit that follows is its doing. */
  #enterIn: Element | null = null;
  /** The control whose label was clicked: the browser is about to click it too. */
  #handedTo: Element | null = null;
  /** The check box or radio button that is pressed, and the one that was clicked and may be about to change. */
  #pressed: Toggled | null = null;
  #toggled: Toggled | null = null;
  /** The last click, which a second one may make a double click of. */
  #first: { n: number | undefined; element: Element; target: Target } | null = null;
  /** Takes back the second click. */
  #second: { takeBack: () => void; target: Target } | null = null;

  constructor(reporter: Reporter, edits: Edits, drags: Drags) {
    this.#reporter = reporter;
    this.#edits = edits;
    this.#drags = drags;
  }

  pointerDown(event: PointerEvent): void {
    this.settle();
    this.#reporter.begin(PRESSED);
    this.#press = null;
    this.#enterIn = null;
    if (event.isPrimary) this.#begin(event, event);
  }

  /** The press, which is over. */
  #take(): Press | null {
    const press = this.#press;
    this.#press = null;
    return press;
  }

  mouseDown(event: MouseEvent): void {
    this.#press?.begun.push(event);
  }

  /** A press whose target the page took away, so that no click will come, was a click nevertheless. */
  pointerUp(event: PointerEvent): void {
    const press = this.#press;
    if (press === null) return;
    if (press.at && event.button === 0) {
      const slider = sliderOf(press);
      if (slider !== null && this.#edits.moves(slider, true)) {
        // That is told by its value.
        press.choice = () => null;
        return;
      }
      if (this.#drags.ended(press, event)) {
        this.#press = null;
        return;
      }
    }
    press.isUp = true;
    // Of what is gone by now no click comes; of what stays one most likely does, and a timer takes the page's time.
    if (press.element.isConnected) requestAnimationFrame(() => this.settle());
    else setTimeout(() => this.settle());
  }

  pointerCancel(): void {
    this.#press = null;
  }

  dragStart(event: DragEvent): void {
    this.#drags.begin(event, this.#press);
  }

  /** Of a key that presses or submits; keys that write are no gestures. */
  keyDown(event: KeyboardEvent): void {
    this.settle();
    this.#reporter.flush();
    this.#press = null;
    const hit = deepest(event);
    this.#enterIn = event.key === "Enter" ? hit : null;
    // Held down it is one; pressed on nothing it is no click.
    if (hit !== null && !event.repeat && !isPage(hit) && !writes(hit, event.key)) this.#begin(event, null);
  }

  keyUp(): void {
    this.#enterIn = null;
    // Of what is a button the browser makes its click now.
    if (this.#press !== null) setTimeout(() => this.settle());
  }

  click(event: MouseEvent): void {
    const hit = deepest(event);
    if (hit === null || this.#isHandedOn(hit) || this.#drags.swallows(event)) return;
    const press = this.#take();
    this.settle();
    if (this.isImplicit(hit)) return;
    const element = press?.hit === hit ? press.element : actionable(hit);
    if (press?.at && isFar(press.at, event) && hasSelected(element)) return;
    this.#expectHandOn(hit, element);
    if (!this.#reporter.listening || isList(element)) return;
    if (isToggle(element)) this.#waitForChange(element);
    else if (!this.#reportChoice(press?.choice ?? choiceAt(element))) this.#reportClick(event, element, press);
  }

  /** The middle button; what other buttons do is told by what comes of it. */
  auxClick(event: MouseEvent): void {
    const hit = deepest(event);
    if (event.button !== 1 || hit === null || !this.#reporter.listening) return;
    const press = this.#take();
    this.#reportClick(event, actionable(hit), press, { button: "middle" });
  }

  doubleClick(event: MouseEvent): void {
    const hit = deepest(event);
    const second = this.#second;
    this.#second = null;
    if (hit === null || !this.#reporter.listening) return;
    const element = actionable(hit);
    if (isToggle(element) || isList(element) || checkedOf(element) !== null) return;
    const target = second?.target ?? describe(element, event);
    const first = this.#first;
    // Two clicks in one place, of which the first has brought something else there, are two clicks.
    if (second !== null && first !== null && first.element !== element && !isAlike(first.target, target)) return;
    second?.takeBack();
    const cause = first?.n === undefined ? {} : { cause: first.n };
    this.#reporter.report(() => ({ kind: "double_click", target, ...modifiersOf(event), ...cause }));
  }

  contextMenu(event: MouseEvent): void {
    const hit = deepest(event);
    const press = this.#take();
    if (hit === null || !this.#reporter.listening) return;
    const element = actionable(hit);
    const known = press?.element === element ? press : this.#pressOn(element, event);
    this.#reportPress(known, "context_menu", modifiersOf(event));
  }

  /** Whether what is pressed is pressed by a key: Firefox counts a click of a link by Enter as one of a pointer. */
  get byKey(): boolean {
    return this.#press !== null && this.#press.at === null;
  }

  /** Whether the person has just clicked this check box or radio button: pages click them, too. */
  clicked(element: Element): Aim | null {
    const own = [this.#toggled, this.#pressed].find((each) => each?.element === element && !each.isTold);
    return own?.target ?? null;
  }

  /** A field of ours was reported: the click that did it is told by that. */
  changed(element: Element): void {
    if (this.#toggled?.element === element) this.#toggled = null;
    if (this.#pressed?.element === element) this.#pressed.isTold = true;
  }

  /** The person's own when Enter did it; otherwise it follows from a click, or from a script. */
  submit(form: HTMLFormElement): void {
    const field = this.#enterIn;
    const isOwn = field !== null && submitsByEnter(field) && "form" in field && field.form === form;
    if (isOwn) this.#enterIn = null;
    this.#reportForm("submit", form, isOwn);
  }

  reset(form: HTMLFormElement): void {
    this.#reportForm("reset", form, false);
  }

  /** The page goes away: a press that it answered by leaving was a click. */
  leave(): void {
    this.settle();
    const press = this.#take();
    if (press?.at) this.#reportGone(press);
  }

  /** A click on a check box that did not change it is a click like any other; so is Space where a page makes it one. */
  settle(): void {
    const press = this.#press;
    const [by] = press?.begun ?? [];
    const isSpace = by instanceof KeyboardEvent && by.key === " " && by.defaultPrevented;
    if (press !== null && (press.isUp || isSpace)) {
      this.#press = null;
      if (isSpace || !press.element.isConnected) this.#reportGone(press, isSpace ? modifiersOf(by) : {});
    }
    const toggled = this.#toggled;
    this.#toggled = null;
    if (toggled === null || !this.#reporter.listening) return;
    const { element, target, was = element.checked } = toggled;
    this.#reporter.report(this.#edits.check(element, target, () => element.checked === was));
  }

  /** What a form does of itself is not the person's. */
  #reportForm(kind: "submit" | "reset", form: HTMLFormElement, isOwn: boolean): void {
    // What it follows may wait still.
    this.#reporter.flush();
    const last = this.#reporter.last;
    const follows = last !== null && performance.now() - last.at <= FOLLOWS_MS;
    if (!this.#reporter.listening || (!isOwn && !follows)) return;
    const target = describe(form);
    this.#reporter.report(() => ({ kind, target }), this.#reporter.pageAddress, isOwn ? 0 : FOLLOWS_MS);
  }

  #begin(event: Event, at: Press["at"]): void {
    const hit = this.#reporter.listening ? deepest(event) : null;
    if (hit === null) return;
    const element = actionable(hit);
    // Pages change a field as soon as something beside it is pressed.
    this.#edits.commitOthers(element);
    // These are told by their change, lists as they are then.
    this.#pressed = isToggle(element) ? { element, target: describe(element), was: element.checked } : null;
    if (this.#pressed !== null || isList(element)) return;
    const slider = sliderOf({ hit, element });
    if (slider !== null) this.#edits.moves(slider, false);
    const choice = at === null ? activeChoice(hit) : choiceAt(hit, true);
    this.#press = this.#pressOn(element, at, hit, choice, [event]);
  }

  #pressOn(element: Element, at: Press["at"], hit = element, choice: Draft | null = null, begun: Event[] = []): Press {
    const was = checkedOf(element);
    return { hit, element, target: describe(element, at), page: this.#reporter.pageAddress, at, choice, was, begun };
  }

  #reportClick(event: MouseEvent, element: Element, press: Press | null, held: Partial<Pointed> = {}): void {
    const more = { ...modifiersOf(event), ...held };
    if (press === null || press.element === element || !press.element.isConnected) {
      this.#reportPress(press ?? this.#pressOn(element, pointOf(event)), "click", more, event.detail);
    } else if (press.at === null) {
      this.#reportPress(this.#pressOn(element, null), "click", more);
    } else if (!isFar(press.at, event)) {
      // The page moved something under the pointer between down and up: what was pressed is what was meant.
      this.#reportPress(press, "click", more, event.detail);
    }
  }

  #reportPress({ element, target, page, was }: Press, kind: Pointed["kind"], more: Partial<Pointed>, detail = 1): void {
    this.#edits.commitOthers(element);
    if (was !== null && kind === "click") {
      const isAsBefore = () => checkedOf(element) === was;
      this.#reporter.expect(this.#edits.check(element as HTMLElement, target, isAsBefore, more), page);
      return;
    }
    const draft = () => ({ ...more, kind, target }) as Pointed;
    if (kind !== "click" || detail % 2 === 1 || detail === 0) {
      this.#first = { n: this.#reporter.report(draft, page)?.n, element, target };
      return;
    }
    // It may be the second of a double click, which the browser tells in the same turn.
    this.#reporter.flush();
    this.#second = { takeBack: this.#reporter.defer(draft, () => true, page), target };
    setTimeout(() => {
      this.#second = null;
      this.#reporter.flush(true);
    });
  }

  /** A press that no click will tell of. */
  #reportGone(press: Press, more = {}): void {
    if (!this.#reportChoice(press.choice)) this.#reportPress(press, "click", more);
  }

  /** A click in an open list is a choice. */
  #reportChoice(draft: Draft | null): boolean {
    if (draft !== null) this.#reporter.report(draft);
    return draft !== null;
  }

  #waitForChange(element: HTMLInputElement): void {
    const toggled = this.#pressed?.element === element ? this.#pressed : { element, target: describe(element) };
    this.#pressed = null;
    if (toggled.isTold) return;
    this.#toggled = toggled;
    setTimeout(() => {
      if (this.#toggled === toggled) this.settle();
    });
  }

  #expectHandOn(hit: Element, element: Element): void {
    if (hit === element || element.contains(hit) || closest(hit, "label") === null) return;
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
  isImplicit(hit: Element): boolean {
    const field = this.#enterIn;
    return field !== null && field !== hit && submitsByEnter(field) && hit.matches("button, input");
  }
}

/** What a drawn control says of its being checked; an item of a tree is opened and chosen, too. */
function checkedOf(element: Element): string | null {
  if (element.matches("[role=treeitem]")) return null;
  return element.getAttribute("aria-checked") ?? (isRadio(element) ? "" : null);
}

/** These are told by their change. */
function isList({ localName }: Element): boolean {
  return localName === "select" || localName === "option";
}

/** The slider that a press moves: what was pressed, what the page has given the focus for that, or the one on that track. */
function sliderOf({ hit, element }: Pick<Press, "hit" | "element">): HTMLElement | null {
  if (isControl(element)) return element.matches(SLIDER) ? (element as HTMLElement) : null;
  const near = lineage(hit)
    .slice(0, BESIDE)
    .filter((at) => !isPage(at));
  const onTrack = near.map((at) => (at.matches("[class*=slider i]") ? at.querySelector(SLIDER) : null));
  const isNear = (slider: Element | null) => slider?.matches(SLIDER) && lineage(slider).some((at) => near.includes(at));
  return ([focused(), ...onTrack].find(isNear) ?? null) as HTMLElement | null;
}

/** A click by a key has no place. */
function pointOf(event: MouseEvent): Point | null {
  return event.detail === 0 ? null : event;
}

/** Moving over a text to select some of it is no click on the text. */
function hasSelected(element: Element): boolean {
  return !isControl(element) && editingHost(element) === null && getSelection()?.type === "Range";
}

/** Pages draw a row anew when it is clicked. */
function isAlike(a: Target, b: Target): boolean {
  return a.role === b.role && a.name === b.name && a.selectors[0]?.join() === b.selectors[0]?.join();
}

/** Whether Enter or Space in this element is a gesture at all, or text. */
export function writes(element: Element, key: string): boolean {
  if (element instanceof HTMLTextAreaElement || editingHost(element) !== null) return true;
  return (
    element instanceof HTMLInputElement &&
    submitsByEnter(element) &&
    (key === "Enter" || !(element.matches("[readonly], [aria-readonly=true]") || isToggle(element)))
  );
}

/** Inputs in which Enter submits their form rather than pressing them. */
export function submitsByEnter(element: Element): boolean {
  return element instanceof HTMLInputElement && !/^(button|submit|reset|image|file|color)$/.test(element.type);
}
