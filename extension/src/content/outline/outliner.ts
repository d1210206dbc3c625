/**
 * The outline of one document, kept up to date in idle time. An action cites the outline that is at hand: nothing is
 * looked at while somebody waits for the page. What changed is noted by a MutationObserver and looked at anew, and
 * what changes without a mutation, by CSS alone, is found by going over all of it now and then after somebody acted.
 */

import type { Citation } from "../../shared/event.js";
import { utf8Length } from "../../shared/text.js";
import { around } from "./composed.js";
import { Cut, inView } from "./cut.js";
import { Digests } from "./digest.js";
import { distil } from "./distil.js";
import { isPiece, type Piece, weigh } from "./piece.js";
import { Slices } from "./slices.js";
import { type Judge, Survey } from "./survey.js";
import { encode } from "./wire.js";

/** An outline as rendered, and on the wire. */
const BYTES = 64 * 1024;

/** Changes in one go above which the page is looked at as a whole. */
const BURST = 2000;

/** Going over all of a page again is not done before so many times what it took has passed. */
const SHARE = 20;

/** No line takes fewer bytes. */
const LEAST_LINE = 16;

/** Without a sign of somebody for so long, a page may change without being looked at. */
const PRESENCE_MS = 30_000;

/** When a page may look different as a whole. */
const LATER: [EventTarget, string][] = [
  [document, "DOMContentLoaded"],
  [window, "load"],
  [window, "resize"],
  [document, "visibilitychange"],
];

/** The outline before an action, and the place of its target in it. */
export interface Cited extends Citation {
  lines: string[];
  /** Where the outline at hand was cut without the target: cuts it around it. Comes of itself in the next turn. */
  complete?: (() => void) | undefined;
}

interface Outline {
  digest: string;
  lines: string[];
  /** All lines, to be compared. */
  text: string;
  refs: ReadonlySet<number>;
  cut: boolean;
}

export class Outliner {
  readonly #judge: Judge;
  readonly #survey: Survey;
  readonly #digests = new Digests();
  readonly #slices = new Slices(
    () => this.#round(),
    () => this.#wakeIfNeeded(),
  );
  readonly #observer = new MutationObserver((records) => this.#noted(records));
  readonly #end = new AbortController();
  #watched = new WeakSet<Node>();
  /** When somebody was last here. */
  #seen = performance.now();
  /** What the page changed, not sorted yet. */
  #records: MutationRecord[] = [];
  /** Pieces to look at anew; `true`: with all that is in them. */
  readonly #dirty = new Map<Piece, boolean>();
  #root: Piece | null = null;
  /** All of the page has to be looked at; or it may have to, because somebody did something. */
  #all = true;
  #touched = false;
  /** Styles may show by now what the outline at hand has not. */
  #unsure = false;
  #surveyed = Number.NEGATIVE_INFINITY;
  #surveyCost = 0;
  #due: ReturnType<typeof setTimeout> | null = null;
  #atHand: Outline | null = null;
  /** Where the outline was cut: what was in view. */
  #inView: Piece[] = [];
  #scrolled = false;
  /** Something changed since the outline at hand was begun; since the present round was. */
  #stale = false;
  #changed = false;

  constructor(judge: Judge) {
    this.#judge = judge;
    this.#survey = new Survey(judge, (root) => this.#watch(root));
  }

  start(): void {
    this.#watch(document);
    // A page that is being read has parts without a look, and style sheets come late and change no element.
    for (const [target, type] of LATER) target.addEventListener(type, this.#later, { signal: this.#end.signal });
    const loaded = ({ target }: Event) => target instanceof HTMLLinkElement && this.#later();
    document.addEventListener("load", loaded, { capture: true, signal: this.#end.signal });
    this.#wakeIfNeeded();
  }

  readonly #later = (): void => {
    this.#surveyed = Number.NEGATIVE_INFINITY;
    this.lookAgain();
  };

  stop(): void {
    this.#end.abort();
    this.#observer.disconnect();
    this.#slices.stop();
    this.#atHand = null;
    if (this.#due !== null) clearTimeout(this.#due);
  }

  /** The page may look different as a whole: it was hidden, or other rules hold. */
  lookAgain(): void {
    this.#all = true;
    this.#wakeIfNeeded();
  }

  /** Somebody is here: the outline is to be at hand. */
  present(): void {
    this.#seen = performance.now();
    if (this.#watched.has(document)) return;
    this.#watch(document);
    this.#wakeIfNeeded();
  }

  /** Somebody did something to an element. Its state may have changed, and what CSS shows and hides by states. */
  touch(element: Element | null, changed: boolean): void {
    this.#touched = this.#unsure = true;
    this.#slices.hurry();
    if (changed) this.#change();
    const piece = element === null ? null : this.#nearest(element);
    if (piece !== null) this.#dirty.set(piece, true);
    this.#wakeIfNeeded();
  }

  /** Other parts are in view, which matters where not all is kept. */
  scrolled(): void {
    if (this.#atHand?.cut !== true) return;
    this.#scrolled = true;
    this.#wakeIfNeeded();
  }

  /** What an action done to `target` cites. */
  cite(target: Element | null): Cited | null {
    this.#add(this.#observer.takeRecords());
    const outline = this.#atHand;
    if (outline === null) return null;
    const state = this.#stale || this.#all || document.readyState !== "complete" ? "stale" : "fresh";
    const cited: Cited = { digest: outline.digest, state, lines: outline.lines };
    const refer = (ref: number) => {
      if (ref > 0) cited.ref = `e${ref}`;
      // What was acted on was to be seen.
      else if (this.#unsure) cited.state = "stale";
    };
    if (target === null) return cited;
    const ref = this.#refOf(target);
    if (ref > 0 || !outline.cut) refer(ref || this.#refAround(target));
    else {
      // That takes its time, and is not done while an event waits. Pieces change in slices only, which come later.
      cited.complete = () => {
        cited.complete = undefined;
        if (this.#atHand === outline) this.#cutAround(target);
        if (this.#atHand === null) return;
        ({ digest: cited.digest, lines: cited.lines } = this.#atHand);
        refer(this.#refOf(target) || this.#refAround(target));
      };
      setTimeout(() => cited.complete?.());
    }
    return cited;
  }

  /** The ref of an element, or of the one thing in it, where it has no line of its own. */
  #refOf(target: Element): number {
    const found: number[] = [];
    const look = (at: Piece | null): void => {
      if (at === null || found.length > 1) return;
      if (this.#atHand?.refs.has(at.ref)) found.push(at.ref);
      else if (this.#survey.of(target) && (at.line === null || at.line === "generic"))
        at.parts.filter(isPiece).forEach(look);
    };
    look(this.#nearest(target));
    return found.length === 1 ? (found[0] ?? 0) : 0;
  }

  /** The ref of what an element is a nameless part of. */
  #refAround(target: Element): number {
    for (let at = this.#nearest(target)?.around ?? null; at !== null && at !== this.#root; at = at.around) {
      if (this.#atHand?.refs.has(at.ref)) return at.ref;
      if (at.line !== null && at.line !== "generic") break;
    }
    return 0;
  }

  #watch(root: Node): void {
    if (this.#watched.has(root)) return;
    this.#watched.add(root);
    this.#observer.observe(root, { subtree: true, childList: true, characterData: true, attributes: true });
  }

  #noted(records: MutationRecord[]): void {
    this.#add(records);
    if (performance.now() - this.#seen < PRESENCE_MS) {
      this.#wakeIfNeeded();
      return;
    }
    // Nobody is here to act on it: looked at as a whole when somebody is.
    this.#observer.disconnect();
    this.#watched = new WeakSet();
    this.#all = true;
    this.#records = [];
  }

  #change(): void {
    this.#stale = true;
    this.#changed = true;
  }

  #add(records: MutationRecord[]): void {
    if (records.length === 0) return;
    this.#change();
    if (this.#records.length + records.length > BURST) this.#all = true;
    this.#records = this.#all ? [] : this.#records.concat(records);
  }

  #wakeIfNeeded(): void {
    if (document.visibilityState === "hidden" || document.readyState === "loading") return;
    if (this.#scrolled || this.#dirty.size + this.#records.length > 0) {
      this.#slices.wake();
    } else if ((this.#all || this.#touched) && this.#due === null) {
      this.#due = setTimeout(
        () => {
          this.#due = null;
          this.#slices.wake();
        },
        Math.max(0, this.#nextSurvey() - performance.now()),
      );
    }
  }

  #nextSurvey(): number {
    return this.#surveyed + this.#surveyCost * SHARE;
  }

  *#round(): Generator<void> {
    if (document.body === null) return;
    if (!this.#judge.page()) {
      // What is here now may not be outlined, and is not to be found in the outline of a later page.
      this.#atHand = null;
      this.#all = true;
      return;
    }
    this.#changed = false;
    let looked = this.#scrolled;
    this.#scrolled = false;
    if (this.#root !== null) {
      yield* this.#sort();
      looked ||= this.#dirty.size > 0;
      yield* this.#repair();
    }
    const wanted = this.#all || this.#touched || this.#root?.element !== document.body;
    const surveys = wanted && performance.now() >= this.#nextSurvey();
    if (surveys) {
      this.#all = false;
      this.#touched = false;
      this.#records = [];
      this.#root = yield* this.#timed(this.#survey.visit(document.body, null));
      this.#surveyed = performance.now();
      looked = true;
    }
    if (looked && this.#root !== null) yield* this.#publish(this.#root);
    this.#stale = this.#changed;
    if (surveys) this.#unsure = this.#touched;
  }

  *#timed<T>(work: Generator<void, T>): Generator<void, T> {
    this.#surveyCost = 0;
    for (;;) {
      const start = performance.now();
      const step = work.next();
      this.#surveyCost += performance.now() - start;
      if (step.done) {
        this.#slices.excused += this.#surveyCost;
        return step.value;
      }
      yield;
    }
  }

  /** Which pieces the page's changes concern. */
  *#sort(): Generator<void> {
    const records = this.#records;
    this.#records = [];
    for (const [i, { type, target }] of records.entries()) {
      if (i % 50 === 49) yield;
      const element =
        target instanceof Element ? target : target instanceof ShadowRoot ? target.host : target.parentElement;
      const piece = element === null ? null : this.#nearest(element);
      if (piece === null) {
        // Above the body are only styles, and what they hang on.
        this.#touched = this.#unsure = true;
        continue;
      }
      const itself = type === "attributes" && piece.element === element;
      if (itself) this.#dirty.set(piece, true);
      else if (!piece.closed && !this.#dirty.has(piece)) this.#dirty.set(piece, false);
    }
  }

  #nearest(element: Element): Piece | null {
    for (let at: Element | null = element; at !== null; at = around(at)) {
      const piece = this.#survey.of(at);
      if (piece !== undefined) return piece;
    }
    return null;
  }

  /** Looks at what is dirty, and then at what has its name or weight from it. */
  *#repair(): Generator<void> {
    const concerned = new Set<Piece>();
    for (const [dirty, whole] of this.#dirty) {
      this.#dirty.delete(dirty);
      const { element } = dirty;
      const known = this.#survey.of(element) ?? dirty;
      if (!element.isConnected) continue;
      const outside = known.around;
      if (!whole) yield* this.#survey.refill(known, true);
      else if (outside === null) this.#all = true;
      else {
        const piece = yield* this.#survey.visit(element, outside);
        const place = outside.parts.indexOf(known);
        if (place >= 0) outside.parts[place] = piece;
      }
      for (let at: Piece | null = whole ? outside : known; at !== null && !concerned.has(at); at = at.around) {
        concerned.add(at);
      }
    }
    for (const piece of concerned) piece.adds = null;
    // Innermost first, because a weight is the sum of those in it.
    for (const piece of [...concerned].sort((a, b) => depthOf(b) - depthOf(a))) {
      yield;
      this.#survey.tell(piece);
      weigh(piece);
      const labelled = piece.element instanceof HTMLLabelElement ? piece.element.control : null;
      const control = labelled === null ? undefined : this.#survey.of(labelled);
      if (control !== undefined) this.#survey.tell(control);
    }
  }

  *#publish(root: Piece): Generator<void> {
    let lines: string[] | null = null;
    if (root.weight <= BYTES) {
      const kids = distil(root, this.#survey.of);
      yield;
      lines = encode(kids);
      yield;
    }
    const cut = lines === null || bytesOf(lines) > BYTES;
    if (cut) {
      this.#inView = [];
      yield* inView(root, BYTES / LEAST_LINE, this.#inView);
      const focused = document.activeElement === null ? null : this.#nearest(document.activeElement);
      lines = yield* this.#cut(root, focused === root ? null : focused);
    }
    yield;
    if (lines !== null) this.#show(lines, cut);
  }

  *#cut(root: Piece, target: Piece | null): Generator<void, string[] | null> {
    for (let room = BYTES; room > BYTES / 10; room *= 0.7) {
      const cut = new Cut(room);
      if (target !== null) cut.keepTarget(target);
      cut.keepAll(this.#inView);
      cut.keepDialogs(this.#survey.dialogs);
      cut.keepHeaders();
      yield;
      const kids = distil(root, this.#survey.of, cut.omissions);
      yield;
      const lines = encode(kids);
      yield;
      if (bytesOf(lines) <= BYTES) return lines;
    }
    return null;
  }

  /** For a target that the outline at hand was cut without. */
  #cutAround(target: Element): void {
    const piece = this.#nearest(target);
    if (piece === null || this.#root === null) return;
    const work = this.#cut(this.#root, piece);
    let step = work.next();
    while (!step.done) step = work.next();
    if (step.value !== null) this.#show(step.value, true);
  }

  #show(lines: string[], cut: boolean): void {
    const text = lines.join("\n");
    if (this.#atHand?.text === text) return;
    const refs = new Set(Array.from(text.matchAll(/^\d+\t[^\t]*\te(\d+)/gm), ([, ref]) => Number(ref)));
    this.#atHand = { digest: this.#digests.of(text), lines, text, refs, cut };
  }
}

/** As the dialect: two spaces a level, and what stands around roles and refs. */
function bytesOf(lines: string[]): number {
  let bytes = utf8Length(lines.join("\n"));
  for (const line of lines) bytes += 2 * Number.parseInt(line, 10) + (line.includes("*") ? 34 : 17);
  return bytes;
}

function depthOf(piece: Piece): number {
  let depth = 0;
  for (let at = piece.around; at !== null; at = at.around) depth++;
  return depth;
}
