/**
 * Keys that do something: of the closed list, and only where nothing else tells of them. Enter that presses or submits,
 * arrows that choose, copying and pasting are told as what they do.
 */

import type { Act } from "../shared/event.js";
import { actionable, editingHost, SLIDER } from "./actionable.js";
import { activeChoice, COMBOBOX } from "./choice.js";
import { type Edits, staysAsItIs } from "./edits.js";
import { TYPED } from "./field_context.js";
import { listedKey, modifiersOf } from "./key_names.js";
import { namedBy } from "./outline/composed.js";
import type { Reporter } from "./reporter.js";
import { describe } from "./target.js";
import { deepest, PAGE } from "./tree.js";

/** Told by `copy`, `cut` and `paste`. */
const CLIPBOARD = /^([cxv]|Insert)$/;
/** In a text these take back or move about, which is nobody's business. */
const EDITING = /^(a|z|y|Home|End|Backspace|Delete|Page(Up|Down))$/;

/** Keys move these, and type in them: also where the page does it, which the browser does not tell. */
const MOVED = `${SLIDER}, [role=spinbutton]`;
const WRITES = /^(.|Backspace|Delete)$/u;
const LEAVES = /^(Enter|Escape|Tab|Control|Meta|Alt|Shift)$/;

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
    const isBare = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (hit.matches(MOVED) && !LEAVES.test(event.key)) this.#edits.moves(hit as HTMLElement, false);
    else if (isBare && WRITES.test(event.key)) this.#edits.keyDown(event);
    const key = listedKey(event);
    if (key === null || event.repeat || isToldOtherwise(event, key, hit)) return;
    const walks = key.startsWith("Arrow") && hit instanceof HTMLInputElement && hit.matches(COMBOBOX);
    if (key === "Tab" || event.ctrlKey || event.metaKey || walks) this.#edits.commitField(hit);
    if (key === "Enter") {
      const choice = activeChoice(hit);
      // Chosen by keyboard, unless the page has taken the list away.
      if (choice !== null) {
        this.#reporter.report(choice);
        return;
      }
    }
    const isText = hit instanceof HTMLTextAreaElement || editingHost(hit) !== null;
    if (isText && key === "Enter" && isBare) {
      const draft = this.#draft(event, key, hit);
      this.#edits.whenSent(event, hit, () => this.#reporter.report(draft));
      return;
    }
    this.#reporter.flush();
    const stays = staysAsItIs(hit);
    const wanted = () => isOwn(event, key, hit, isText, stays);
    const page = this.#reporter.address;
    const takeBack = this.#reporter.defer(this.#draft(event, key, hit), wanted, page, 0, key === "Enter");
    // Enter may press or submit, which the browser tells a little later.
    if (key === "Enter") this.#enter = takeBack;
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

  #draft(event: KeyboardEvent, key: string, hit: Element): () => Act {
    // Enter does it with what a menu or a tree has made active.
    const [active] = key === "Enter" ? namedBy(hit, "aria-activedescendant") : [];
    const target = describe(active ?? actionable(hit));
    return () => ({ kind: "key", target, key, ...modifiersOf(event) });
  }
}

function isToldOtherwise(event: KeyboardEvent, key: string, hit: Element): boolean {
  const writes = hit.matches(TYPED) || editingHost(hit) !== null;
  if ((event.ctrlKey || event.metaKey) && CLIPBOARD.test(key)) return true;
  if (writes && (event.ctrlKey || event.metaKey || event.altKey) && (EDITING.test(key) || key.startsWith("Arrow")))
    return true;
  return key.startsWith("Arrow") && hit.matches(VALUE_BY_ARROWS);
}

/** Asked when the page has had its say: moving about in a text, scrolling and indenting are not told. */
function isOwn(event: KeyboardEvent, key: string, hit: Element, isText: boolean, stays: () => boolean): boolean {
  const bare = !event.ctrlKey && !event.metaKey && !event.altKey;
  if (isText && bare && key !== "Escape") return key === "Tab" && (!event.defaultPrevented || stays());
  if (!key.startsWith("Arrow") || !bare) return true;
  if (event.defaultPrevented) return true;
  return !hit.matches(`${TYPED}, ${PAGE}`);
}
