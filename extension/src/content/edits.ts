/**
 * What was typed and chosen. A field is reported when its value is committed: by `change`, by leaving it, by Enter, by
 * a submit, by a click elsewhere, or by the end of the page, whichever is first, and once.
 */

import type { Act } from "../shared/event.js";
import { filesOf } from "../shared/files.js";
import { EDITING_HOST, editingHost } from "./actionable.js";
import { Episode, isStepwise } from "./episode.js";
import type { Field } from "./field_class.js";
import type { Draft, Reporter } from "./reporter.js";
import type { Secrets } from "./secrets.js";
import { citing, describe, describeGroup } from "./target.js";
import { deepest, focused } from "./tree.js";
import { disclose, type Reading, read } from "./value.js";

/** Of check boxes and radio buttons: who clicks them, and that it is told by their change. */
interface Clicks {
  hasClicked(field: Element): boolean;
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
  #pressed: Event | null = null;
  #pressedOn: EventTarget | undefined;

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

  #edited(field: Field, event: Event): void {
    const episode = this.#pending.get(field) ?? new Episode(citing.cite(visibleEditor(field)));
    this.#pending.set(field, episode);
    // What a page writes while a press is being handled is not typed; a slider moves after that, by the press on it.
    episode.add(event, field, !!this.#pressed?.eventPhase, this.#pressedOn === field);
  }

  /** Editors that draw their text themselves tell of an edit beforehand, and never afterwards. */
  beforeInput(event: Event): void {
    const field = deepest(event);
    if (!(field instanceof HTMLElement) || !("editContext" in field) || !field.editContext) return;
    if (!this.#reporter.listening) return;
    this.#edited(field, event);
  }

  /** Something is pressed. */
  press(event: Event): void {
    this.#pressed = event;
    this.#pressedOn = event.composedPath()[0];
  }

  change(event: Event): void {
    const field = deepest(event);
    if (field instanceof HTMLSelectElement) this.#report("select", field);
    else if (isToggle(field)) {
      if (this.#clicks.hasClicked(field)) this.#report("check", field);
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
    const field = this.#pending.size === 0 ? null : fieldOf(event);
    if (field !== null && focused() !== field) this.#commit(field);
  }

  /** Enter commits one line. */
  enter(event: KeyboardEvent): void {
    const field = fieldOf(event);
    if (field instanceof HTMLInputElement) this.#commit(field);
  }

  /** Enter commits many lines only when the page takes them away, as a chat does when it sends; `sent` is told then. */
  whenSent(element: Element, sent: () => void): void {
    const field = element instanceof HTMLTextAreaElement ? element : editingHost(element);
    const episode = field === null ? undefined : this.#pending.get(field);
    if (field === null || episode === undefined) return;
    const draft = this.#draft("input", field, episode);
    const page = this.#reporter.address;
    setTimeout(() => {
      if (!isEmpty(field) || !this.#pending.delete(field) || this.#tainted.has(field)) return;
      this.#reporter.report(draft, page);
      sent();
    });
  }

  /** Before something else is reported: a page may clear the field as soon as its button is pressed. */
  commitOthers(clicked: Element): void {
    for (const field of this.#pending.keys())
      if (!field.isConnected || !visibleEditor(field).contains(clicked)) this.#commit(field);
  }

  /** The window has lost the focus: of a document that is edited as a whole, nothing else tells. */
  blur(): void {
    if (document.designMode === "on") this.commitAll();
  }

  /** Fields that the page took away. */
  commitGone(): void {
    for (const field of this.#pending.keys()) if (!field.isConnected) this.#commit(field);
  }

  /** A key is about to leave the field, or to do something with it. */
  commitField(element: Element): void {
    const field = element instanceof HTMLElement ? (editingHost(element) ?? element) : null;
    if (field !== null && !isStepwise(field)) this.#commit(field);
  }

  commitAll(): void {
    for (const field of [...this.#pending.keys()]) this.#commit(field);
  }

  isPending(element: Element): boolean {
    return this.#pending.has(element as Field);
  }

  /** A click on a check box or radio button that stays as it was. */
  reportIdleToggle(element: Element): void {
    if (!isToggle(element)) return;
    const check = this.#draft("check", element);
    this.#reporter.report((team) => {
      const act = check(team);
      return act.kind === "check" ? { kind: "click", target: act.target } : act;
    });
  }

  #commit(field: Field): void {
    const episode = this.#pending.get(field);
    if (this.#pending.delete(field)) this.#report("input", field, episode);
  }

  #report(kind: "input" | "select" | "check", field: Field, episode?: Episode): void {
    this.#clicks.changed(field);
    if (!this.#reporter.listening || this.#tainted.has(field)) return;
    const draft = this.#draft(kind, field, episode);
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

  #draft(kind: "input" | "select" | "check", field: Field, episode?: Episode) {
    const seen = visibleEditor(field);
    const reading: Reading = read(seen, this.#secrets);
    const described = describe(seen, null, episode?.cited);
    const isNamed = seen === field && !(field instanceof HTMLBodyElement);
    const target = isNamed ? described : { ...described, role: "textbox" };
    return (team: Parameters<Draft>[0]): Extract<Act, { kind: "input" | "select" | "check" }> => {
      const disclosed = disclose(reading, seen, team);
      // Which of several radio buttons it was is the value, so a target that names it would tell.
      const tells = isRadio(seen) && disclosed.value.disclosure !== "clear";
      const entry = kind === "input" ? episode?.entry(team, disclosed.value, field) : undefined;
      const told = { target: tells ? describeGroup(seen) : target, ...disclosed };
      return kind === "input" ? { kind, ...told, ...(entry === undefined ? {} : { entry }) } : { kind, ...told };
    };
  }
}

/** Editors that draw themselves take what is typed in a text area that nobody sees: theirs is the text. */
function visibleEditor(field: Field): Field {
  if (!(field instanceof HTMLTextAreaElement) || !isUnseen(field)) return field;
  return field.closest<HTMLElement>(EDITOR) ?? field;
}

const EDITOR = ".monaco-editor, .CodeMirror, .ace_editor, [role=code], [class*=editor i]";

function isUnseen(field: HTMLElement): boolean {
  const { parentElement } = field;
  const boxes = [field, ...(parentElement === null ? [] : [parentElement])];
  return boxes.some(({ clientWidth, clientHeight }) => clientWidth <= 8 || clientHeight <= 8);
}

/** The field that an event edits: an input, a textarea, or the host of an editor. */
function fieldOf(event: Event): Field | null {
  const element = event.target instanceof Document ? event.target.body : deepest(event);
  if (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement) return element;
  return element === null ? null : editingHost(element);
}

function isText(field: Field): boolean {
  return !(field instanceof HTMLInputElement) || !/^(checkbox|radio|file|hidden)$/.test(field.type);
}

function isEmpty(field: Field): boolean {
  if (field.matches(EDITING_HOST)) return (field.textContent ?? "").trim() === "";
  return (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) && field.value === "";
}

function isToggle(element: Element | null): element is HTMLInputElement {
  return element instanceof HTMLInputElement && (element.type === "checkbox" || element.type === "radio");
}

function isRadio(field: Field): field is HTMLInputElement {
  return field instanceof HTMLInputElement && field.type === "radio";
}
