/**
 * From the page to pieces. Everything here asks for styles and boxes, so it runs in slices: each `yield` is a place
 * to stop. What is found is kept by element, and a part of the page can be looked at anew without the rest.
 */

import { EDITING_HOST } from "../actionable.js";
import { shadowRootOf } from "../tree.js";
import { namedBy, nodesOf } from "./composed.js";
import { generated, isHidden, isIgnored, looksOf } from "./looks.js";
import { NO_WORDS, type Piece, type Told, type Words, weigh } from "./piece.js";
import { isNone, roleOf } from "./role.js";
import { isContentName, isContentText, OUTERMOST, settingOf } from "./setting.js";
import { statesOf } from "./state.js";
import { flat, isFolded, wordingOf } from "./wording.js";

/** What may be told of fields and controls. */
export interface Judge {
  /** Whether the page, as it is now, may be outlined. */
  page(): boolean;
  /** `null`: nothing of its value. */
  value(field: HTMLElement): Told | null;
  /** Whether it may be told that a control is on, or which of several was chosen. */
  choice(control: Element): boolean;
}

export class Survey {
  readonly #pieces = new WeakMap<Element, Piece>();
  readonly #refs = new WeakMap<Element, number>();
  /** Elements that stand elsewhere, because `aria-owns` calls them there. */
  readonly #owners = new WeakMap<Element, Element>();
  readonly #judge: Judge;
  readonly #entered: (root: ShadowRoot) => void;
  readonly #dialogs = new Set<Element>();
  #lastRef = 0;

  /** `entered` is told of every shadow root on the way. */
  constructor(judge: Judge, entered: (root: ShadowRoot) => void) {
    this.#judge = judge;
    this.#entered = entered;
  }

  readonly of = (element: Element): Piece | undefined => this.#pieces.get(element);

  /** The dialogs that are shown. */
  get dialogs(): Piece[] {
    const shown: Piece[] = [];
    for (const element of this.#dialogs) {
      const piece = element.isConnected ? this.of(element) : undefined;
      if (piece?.line === "dialog" || piece?.line === "alertdialog") shown.push(piece);
      else this.#dialogs.delete(element);
    }
    return shown;
  }

  /** The piece of an element and of all that is in it. */
  *visit(element: Element, outside: Piece | null): Generator<void, Piece> {
    yield;
    const frame = /^i?frame$/.test(element.localName);
    const role = frame ? "iframe" : roleOf(element);
    const setting = settingOf(element, role, outside?.setting ?? OUTERMOST);
    const looks = looksOf(element);
    const hidden = isHidden(element, looks, setting.covered);
    const piece: Piece = {
      element,
      around: outside,
      setting,
      shown: !hidden || looks.box,
      role,
      hidden,
      inline: looks.display === "inline",
      before: "",
      after: "",
      adds: null,
      line: null,
      name: NO_WORDS,
      nameFrom: [],
      states: [],
      ref: 0,
      pointer: looks.pointer,
      url: null,
      placeholder: null,
      value: null,
      tells: true,
      closed: looks.display === "none" || isIgnored(element),
      weight: 0,
      parts: [],
    };
    this.#pieces.set(element, piece);
    if (piece.closed) return piece;

    piece.before = generated(element, "::before");
    piece.after = generated(element, "::after");
    const merged = (role === null || role === "generic") && looks.inline && isOneText(element);
    if (piece.shown && !isNone(role) && !merged) piece.line = role ?? "generic";
    if (piece.line !== null && looks.box && (looks.hit || frame)) piece.ref = this.#refFor(element);
    if (piece.line === "dialog" || piece.line === "alertdialog") this.#dialogs.add(element);
    yield* this.refill(piece, false);
    return piece;
  }

  /** What is in a piece; `reuse`: parts that are known are taken as they are. */
  *refill(piece: Piece, reuse: boolean): Generator<void> {
    const { element, setting } = piece;
    const field = isField(element);
    piece.value = null;
    piece.parts = [];
    if (!field && (setting.mark === "withheld" || setting.mark === "shape")) {
      piece.line = piece.shown ? "generic" : null;
      piece.name = { text: "withheld", content: false };
      weigh(piece);
      return;
    }
    piece.tells = this.#tellsChoice(piece);
    if (field) piece.value = this.#valueOf(element as HTMLElement);
    piece.parts = yield* this.#partsOf(piece, field ? [] : nodesOf(element), reuse);
    this.tell(piece);
    weigh(piece);
  }

  /** What the element says of itself. After its parts, because they give its name. */
  tell(piece: Piece): void {
    const { element, line, setting } = piece;
    piece.adds = null;
    if (line === null || line === "iframe") return;
    const { text, from } = wordingOf(element, piece.role, this.of);
    piece.name = { text, content: text !== "" && isContentName(line, text, setting) };
    piece.nameFrom = from;
    piece.states = statesOf(element, line, setting.disabled);
    if (!piece.tells) {
      piece.states = piece.states.filter((state) => !/^(checked|selected|pressed)/.test(state));
    }
    piece.url = line === "link" ? element.getAttribute("href") : null;
    const hint = line === "textbox" ? element.getAttribute("placeholder") : null;
    piece.placeholder = hint === null || hint === text ? null : hint;
  }

  *#partsOf(piece: Piece, nodes: Node[], reuse: boolean): Generator<void, (Piece | Words)[]> {
    const { element } = piece;
    const root = shadowRootOf(element);
    if (root !== null) this.#entered(root);
    const parts: (Piece | Words)[] = [];
    const quiet = !piece.shown || isInTextbox(piece);
    for (const node of nodes) {
      if (node instanceof Text) {
        if (quiet || isFolded(node)) continue;
        const text = flat(node.data);
        parts.push({ text: node.data, content: text !== "" && isContentText(text, piece.setting) });
      } else if (node instanceof Element && !this.#standsElsewhere(node)) {
        parts.push(yield* this.#part(node, piece, reuse));
      }
    }
    for (const owned of namedBy(element, "aria-owns")) {
      if (this.#claims(element, owned)) parts.push(yield* this.#part(owned, piece, reuse));
    }
    return parts;
  }

  *#part(element: Element, piece: Piece, reuse: boolean): Generator<void, Piece> {
    const known = reuse ? this.of(element) : undefined;
    if (known === undefined) return yield* this.visit(element, piece);
    known.around = piece;
    return known;
  }

  #standsElsewhere(element: Element): boolean {
    const owner = this.#owners.get(element);
    return owner?.isConnected === true && namedBy(owner, "aria-owns").includes(element);
  }

  /** What comes before its owner, or is in it anyway, stays where it is. */
  #claims(owner: Element, owned: Element): boolean {
    const order = owner.compareDocumentPosition(owned);
    if (!(order & Node.DOCUMENT_POSITION_FOLLOWING) || order & Node.DOCUMENT_POSITION_CONTAINED_BY) return false;
    if (this.#standsElsewhere(owned) && this.#owners.get(owned) !== owner) return false;
    this.#owners.set(owned, owner);
    const known = this.of(owned);
    const before = known?.around;
    if (before && before.element !== owner) before.parts = before.parts.filter((part) => part !== known);
    return true;
  }

  /** A ref lasts as long as its element. */
  #refFor(element: Element): number {
    const known = this.#refs.get(element);
    if (known !== undefined) return known;
    this.#refs.set(element, ++this.#lastRef);
    return this.#lastRef;
  }

  #valueOf(field: HTMLElement): Told | Words | null {
    if (!(field instanceof HTMLInputElement)) return this.#judge.value(field);
    if (/^(checkbox|radio|file|image)$/.test(field.type)) return null;
    // What stands on a button is no value.
    if (/^(button|submit|reset)$/.test(field.type)) return { text: field.value, content: false };
    return this.#judge.value(field);
  }

  #tellsChoice({ element, around: outside, setting }: Piece): boolean {
    if (setting.mark !== "clear") return false;
    if (/^(select|input)$/.test(element.localName)) return this.#judge.choice(element);
    return /^(option|optgroup)$/.test(element.localName) ? (outside?.tells ?? true) : true;
  }
}

/** Where a value is, and where there are no parts: of an editor, what is in it is its value. */
function isField(element: Element): boolean {
  return /^(input|textarea)$/.test(element.localName) || element.matches(EDITING_HOST);
}

function isInTextbox(piece: Piece): boolean {
  let at: Piece | null = piece;
  while (at !== null && at.line === null) at = at.around;
  return at?.line === "textbox";
}

function isOneText(element: Element): boolean {
  return element.childNodes.length === 1 && element.firstChild instanceof Text;
}
