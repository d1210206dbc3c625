/**
 * What was typed and chosen. A field is reported when its value is committed: by `change`, by leaving it, by Enter, by
 * a submit, by a click elsewhere, or by the end of the page, whichever is first, and once.
 */

import type { Act, Target } from "../shared/event.js";
import { filesOf } from "../shared/files.js";
import { EDITING_HOST, editingHost, isPlain, isToggle } from "./actionable.js";
import { contextOf, seenOf } from "./drawn.js";
import { Episode, isStepwise } from "./episode.js";
import type { Field } from "./field_class.js";
import { TYPED } from "./field_context.js";
import type { Draft, Reporter } from "./reporter.js";
import type { Secrets } from "./secrets.js";
import { type Aim, citing, describe, describeGroup } from "./target.js";
import { deepest, focused, originOf } from "./tree.js";
import { disclose, isRadio, type Reading, read, textOf } from "./value.js";

/** Of check boxes and radio buttons: who clicks them and as what, and that it is told by their change. */
interface Clicks {
  clicked(field: Element): Aim | null;
  changed(field: Element): void;
}

export class Edits {
  readonly #reporter: Reporter;
  readonly #secrets: Secrets;
  readonly #clicks: Clicks;
  /** Fields with an edit that was not reported, and how it came about. */
  readonly #pending = new Map<Field, Episode>();
  /** Fields that hold something typed while recording was off here: what they hold is not to be reported. */
  readonly #tainted = new WeakSet<Field>();
  /** Looks whether the page has sent what was in the field when Enter was pressed. */
  #entered: (() => void) | null = null;
  #pressed: Event | null = null;
  #pressedOn: EventTarget | null = null;

  constructor(reporter: Reporter, secrets: Secrets, clicks: Clicks) {
    this.#reporter = reporter;
    this.#secrets = secrets;
    this.#clicks = clicks;
  }

  /** What stood in fields before recording began is not ours. */
  taintExisting(): void {
    for (const field of document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>("input, textarea")) {
      if (field.value !== field.defaultValue) this.#tainted.add(field);
    }
  }

  input(event: Event): void {
    const field = fieldOf(event);
    if (field === null) return;
    if (isEmpty(field)) this.#tainted.delete(field);
    else if (!this.#reporter.listening) this.#tainted.add(field);
    if (!this.#reporter.listening || !isText(field)) return;
    this.#edited(field, event);
  }

  /** `reads`: what it holds now tells later whether it was edited. */
  #episodeIn(field: Field, reads = true): Episode {
    let episode = this.#pending.get(field);
    if (episode === undefined) {
      const seen = seenOf(field);
      episode = new Episode(citing.cite(field), seen, reads ? textOf(field, seen) : null);
      this.#pending.set(field, episode);
      if (window !== parent) this.#listenAround();
    }
    return episode;
  }

  /** A press in the page around a frame takes no focus away from an editor, where that wants to keep it. */
  #listenAround(): void {
    try {
      parent.addEventListener("pointerdown", this.#pressedAround, { capture: true, passive: true, once: true });
    } catch {
      // Of another origin.
    }
  }

  readonly #pressedAround = ({ isTrusted }: Event) => isTrusted && this.commitAll();

  #edited(field: Field, event: Event): void {
    this.#entered = null;
    const episode = this.#episodeIn(field, false);
    episode.before = null;
    // What a page writes while a press is being handled is not typed; a slider moves after that, by the press on it.
    episode.add(event, field, !!this.#pressed?.eventPhase, this.#pressedOn === field);
  }

  /** Editors that draw their text themselves tell of an edit beforehand, and never afterwards. */
  beforeInput(event: Event): void {
    const field = deepest(event);
    if (field === null || contextOf(field) === null || !this.#reporter.listening) return;
    this.#edited(field as HTMLElement, event);
  }

  /** Editors cut and paste themselves, of which the browser does not tell. */
  clipped(field: Field, inputType: string): void {
    this.#episodeIn(field).add(new InputEvent("input", { inputType }), field, false, false);
  }

  /** A press or a key may move a slider that the page draws, or it `has`. Returns whether it did, as far as is seen. */
  moves(slider: Field, has: boolean): boolean {
    const isNew = !this.#pending.has(slider);
    const episode = this.#episodeIn(slider);
    episode.moved();
    if (!has || (!isNew && !hasChanged(slider, episode))) return false;
    // It may come back to where it was.
    episode.before = null;
    return true;
  }

  /** A key writes: pages write themselves what they keep the browser from, which does not tell of it then. */
  keyDown(event: KeyboardEvent): void {
    const field = fieldOf(event);
    // Of editors that draw themselves the browser tells, and their text takes long to read.
    if (field === null || !isText(field)) return;
    // A field for tags takes each of them as it is complete.
    if (isEmpty(field) && this.#pending.get(field)?.look(field)) this.#commit(field);
    if (this.#pending.has(field)) return;
    if (contextOf(field) === null && seenOf(field) === field) this.#episodeIn(field);
  }

  /** Something is pressed. */
  press(event: Event): void {
    this.#pressed = event;
    this.#pressedOn = originOf(event);
  }

  change(event: Event): void {
    const field = deepest(event);
    if (field instanceof HTMLSelectElement) this.#report("select", field);
    else if (isToggle(field)) {
      const target = this.#clicks.clicked(field);
      if (target !== null) this.#report("check", field, undefined, target);
    } else if (field instanceof HTMLInputElement && field.type === "file") this.#reportFiles(field);
    else if (field instanceof HTMLElement && !isStepwise(field)) this.#commit(field);
  }

  /** Judged before anything is typed and the page reacts: what is a secret now stays one. */
  focusIn(event: Event): void {
    const field = this.#reporter.listening ? fieldOf(event) : null;
    if (field !== null) read(field, this.#secrets);
  }

  /** A window that loses the focus leaves it in its field: the person is not done there. */
  focusOut(event: Event): void {
    const left = this.#pending.size === 0 ? null : (deepest(event) as Field);
    const field = left === null || this.#pending.has(left) ? left : fieldOf(event);
    if (field === null || focused() === field) return;
    // What a page draws of a number comes a moment after it has sent the focus on.
    if (field.matches("[role=spinbutton]") && !isStepwise(field)) setTimeout(() => this.#commit(field));
    else this.#commit(field);
  }

  /** Enter commits one line. */
  enter(event: KeyboardEvent): void {
    const field = fieldOf(event);
    if (field instanceof HTMLInputElement) this.#commit(field);
  }

  /**
   * Enter commits many lines only when the page takes them away, at once or in a while, as a chat does when it sends, or
   * when it makes something else of Enter; `sent` is told then.
   */
  whenSent(event: Event, element: Element, sent: () => void): void {
    const field = element instanceof HTMLTextAreaElement ? element : editingHost(element);
    if (field === null) return;
    const episode = this.#pending.get(field);
    const draft = episode && !isEmpty(field) && this.#draft("input", field, episode);
    const page = this.#reporter.pageAddress;
    const stays = staysAsItIs(field);
    const look = () => {
      if (this.#entered !== look || this.#pending.get(field) !== episode) return;
      // It takes the focus away at once where it is done with the field.
      if (!(draft && isEmpty(field)) && !((event.defaultPrevented || event.eventPhase > 0) && stays())) return;
      this.#entered = null;
      if (this.#tainted.has(field)) return;
      this.#pending.delete(field);
      if (draft) this.#reporter.report(draft, page);
      sent();
    };
    this.#entered = look;
    setTimeout(look);
  }

  /** What Enter did is seen at the latest when the next key goes down. */
  settle(): void {
    this.#entered?.();
    this.#entered = null;
  }

  /** Before something else is reported: a page may clear the field as soon as its button is pressed. */
  commitOthers(clicked: Element): void {
    for (const [field, { seen }] of this.#pending)
      if (!field.isConnected || !seen.contains(clicked)) this.#commit(field);
  }

  /** The window has lost the focus: of a document that is edited as a whole, nothing else tells. */
  blur(): void {
    if (document.body && editingHost(document.body) !== null) this.commitAll();
  }

  /** Fields that the page took away. */
  commitGone(): void {
    for (const field of this.#pending.keys()) if (!field.isConnected) this.#commit(field);
  }

  /** A key is about to leave the field, or to do something with it. */
  commitField(element: Element): void {
    const field = element instanceof HTMLElement ? (editingHost(element) ?? element) : null;
    // Tab goes from part to part of a date; in Firefox what waits for it rings before it has left a number.
    if (field !== null && (field.matches("[type=number]") || !isStepwise(field))) this.#commit(field);
  }

  commitAll(): void {
    for (const field of [...this.#pending.keys()]) this.#commit(field);
  }

  /** A click on what can be checked: it was one like any other where that `isAsBefore` when it is told. */
  check(element: HTMLElement, target: Target, isAsBefore: () => boolean, more: Partial<Act> = {}): Draft {
    return (team) => {
      const act = this.#draft("check", element, undefined, target)(team);
      return isAsBefore() ? ({ kind: "click", ...more, target: act.target } as Act) : act;
    };
  }

  #commit(field: Field): void {
    this.settle();
    const episode = this.#pending.get(field);
    this.#pending.delete(field);
    if (episode && hasChanged(field, episode)) this.#report("input", field, episode);
  }

  #report(kind: "input" | "select" | "check", field: Field, episode?: Episode, target?: Aim): void {
    this.#clicks.changed(field);
    if (!this.#reporter.listening || this.#tainted.has(field)) return;
    const draft = this.#draft(kind, field, episode, target);
    // What is committed by a key was there before it.
    if (kind === "input") this.#reporter.reportAhead(draft);
    else this.#reporter.report(draft);
  }

  #reportFiles(field: HTMLInputElement): void {
    this.#clicks.changed(field);
    if (!this.#reporter.listening) return;
    const target = describe(field);
    const files = filesOf(Array.from(field.files ?? [], ({ type }) => type));
    this.#reporter.report(() => ({ kind: "file", target, files }));
  }

  #draft(kind: "input" | "select" | "check", field: Field, episode?: Episode, pressed?: Target) {
    const seen = episode?.seen ?? field;
    const taken = episode?.look(field);
    const reading: Reading = read(field, this.#secrets, seen);
    if (taken && reading.content) reading.content = { text: taken };
    const described = pressed ?? describe(seen, null, episode?.cited, episode?.box);
    const target = field instanceof HTMLBodyElement ? { ...described, role: "textbox" } : described;
    return (team: Parameters<Draft>[0]): Extract<Act, { kind: "input" | "select" | "check" }> => {
      const disclosed = disclose(reading, field, team);
      // Which of several radio buttons it was is the value, so a target that names it would tell.
      const tells = isRadio(field) && disclosed.value.disclosure !== "clear";
      const entry = kind === "input" ? episode?.entry(team, disclosed.value) : undefined;
      const told = { target: tells ? describeGroup(field) : target, ...disclosed };
      return kind === "input" ? { kind, ...told, ...(entry === undefined ? {} : { entry }) } : { kind, ...told };
    };
  }
}

function hasChanged(field: Field, { before, seen }: Episode): boolean {
  return before === null || before !== textOf(field, seen);
}

/** The field that an event edits: an input, a textarea, or the host of an editor. */
function fieldOf(event: Event): Field | null {
  const element = deepest(event) ?? (event.target instanceof Document ? event.target.body : null);
  return element === null || isPlain(element) ? element : editingHost(element);
}

/** Tells whether a field for many lines holds the same as before; of what editors draw nobody can say. */
export function staysAsItIs(field: Element): () => boolean {
  if (!(field instanceof HTMLTextAreaElement) || seenOf(field) !== field) return () => false;
  const { value } = field;
  const written = value.slice(0, field.selectionStart);
  return () => !field.value.startsWith(written) || field.value === value;
}

function isText(field: Field): boolean {
  return !(field instanceof HTMLInputElement) || field.matches(TYPED);
}

function isEmpty(field: Field): boolean {
  // What is typed for an editor is taken out of its field at once.
  if (isPlain(field)) return field.value === "" && seenOf(field) === field;
  return field.matches(EDITING_HOST) && (field.textContent ?? "").trim() === "";
}
