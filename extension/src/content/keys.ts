/**
 * Keys that do something: of the closed list, and only where nothing else tells of them. Enter that presses or submits,
 * arrows that choose, copying and pasting are told as what they do.
 */

import { actionable, editingHost, SLIDER } from "./actionable.js";
import { activeChoice } from "./choice.js";
import { type Edits, staysAsItIs } from "./edits.js";
import { TYPED } from "./field_context.js";
import { listedKey, modifiersOf } from "./key_names.js";
import { namedBy } from "./outline/composed.js";
import type { Draft, Reporter } from "./reporter.js";
import { describe } from "./target.js";
import { deepest, isPage } from "./tree.js";
import { isRadio } from "./value.js";

/** Told by `copy`, `cut` and `paste`. */
const CLIPBOARD = /^([cxv]|Insert)$/;
/** In a text these take back or move about, which is nobody's business. */
const EDITING = /^(a|z|y|Home|End|Backspace|Delete|Page(Up|Down))$/;

/** Keys move these, and type in them: also where the page does it, which the browser does not tell. */
const MOVED = `${SLIDER}, [role=spinbutton]`;
const WRITES = /^(.|Backspace|Delete)$/u;
const LEAVES = /^(Enter|Escape|Tab| |Control|Meta|Alt|Shift)$/;

const VALUE_BY_ARROWS = `select, input[type=radio i], input[type=number i], input[type=date i], ${MOVED}`;

export class Keys {
  readonly #reporter: Reporter;
  readonly #edits: Edits;
  /** Takes Enter back. */
  #enter: (() => void) | null = null;

  constructor(reporter: Reporter, edits: Edits) {
    this.#reporter = reporter;
    this.#edits = edits;
  }

  down(event: KeyboardEvent): void {
    const hit = deepest(event);
    if (hit === null || event.isComposing || !this.#reporter.listening) return;
    const isCommand = event.ctrlKey || event.metaKey;
    const isBare = !isCommand && !event.altKey;
    if (hit.matches(MOVED) && !LEAVES.test(event.key)) this.#edits.moves(hit as HTMLElement, false);
    else if (isBare && WRITES.test(event.key)) this.#edits.keyDown(event);
    const key = listedKey(event);
    if (key === null || event.repeat) return;
    const isArrow = key.startsWith("Arrow");
    const isEditor = editingHost(hit) !== null;
    const isTyped = isEditor || hit.matches(TYPED);
    // Told as what they do, or nobody's business.
    if (isCommand && CLIPBOARD.test(key)) return;
    if (isTyped && !isBare && (isArrow || EDITING.test(key))) return;
    if (isArrow && hit.matches(VALUE_BY_ARROWS)) return;
    // In one line these do something with what was typed: go to what is suggested, or close that.
    const walks = hit instanceof HTMLInputElement && /^(Arrow[DU]|Escape)/.test(key);
    if (key === "Tab" || isCommand || walks) this.#edits.commitField(hit);
    const isEnter = key === "Enter";
    const choice = isEnter ? activeChoice(hit) : null;
    // Chosen by keyboard, unless the page has taken the list away.
    if (choice !== null) {
      this.#reporter.report(choice);
      return;
    }
    const draft = this.#draft(event, key, hit);
    const isText = isEditor || hit instanceof HTMLTextAreaElement;
    const acts = !isArrow || !isBare || !(isTyped || isPage(hit));
    // What a page finds wrong when a field is left is wrong with what was typed.
    if (key === "Tab" || !acts) this.#reporter.flush();
    else this.#reporter.begin();
    if (isText && isEnter && isBare) {
      this.#edits.whenSent(event, hit, () => this.#reporter.report(draft));
      return;
    }
    const stays = staysAsItIs(hit);
    // Asked when the page has had its say: moving about in a text, scrolling and indenting are not told.
    const wanted = () =>
      isText && isBare && key !== "Escape"
        ? key === "Tab" && (!event.defaultPrevented || stays())
        : acts || event.defaultPrevented;
    const takeBack = this.#reporter.defer(draft, wanted, this.#reporter.pageAddress, 0, isEnter);
    // Enter may press or submit, which the browser tells a little later.
    if (isEnter) this.#enter = takeBack;
    else
      setTimeout(() => {
        this.#edits.commitGone();
        this.#reporter.flush(true);
      });
  }

  /** Enter pressed or submitted something: that is told instead. */
  tookEnter(): void {
    this.#enter?.();
    this.#enter = null;
  }

  #draft(event: KeyboardEvent, key: string, hit: Element): Draft {
    // Enter does it with what a menu or a tree has made active.
    const [active] = key === "Enter" ? namedBy(hit, "aria-activedescendant") : [];
    const element = (active ?? actionable(hit)) as HTMLElement;
    const target = describe(element);
    const act = { kind: "key" as const, target, key, ...modifiersOf(event) };
    // The radio button that has the focus is most often the one that is chosen.
    return isRadio(element) ? this.#edits.check(element, target, () => true, act) : () => act;
  }
}
