/**
 * What the page did after an action: told once the page is quiet, when the next action comes, when the page goes away,
 * or after 3 s. It watches only so long, and looks at a bounded number of changes.
 */

import type { Act, Change } from "../shared/event.js";
import { CHANGES, EFFECT_MS, LEADS_MS, MUTATIONS, NAME_CHARS, QUIET_MS, STATUS_CHARS } from "../shared/limits.js";
import type { Guide } from "../shared/message.js";
import { cut } from "../shared/text.js";
import { guide } from "./guide.js";
import { bound } from "./marks.js";
import { nameOf } from "./name.js";
import { AWAITED, type Reporter, type Sent } from "./reporter.js";
import { roleOf } from "./role.js";
import { closest, originOf } from "./tree.js";
import { wordsShown } from "./words_shown.js";

/** What changes in a page that somebody sees. */
export function watch(observer: MutationObserver, root: Node): void {
  const { watched } = guide as Guide;
  observer.observe(root, {
    subtree: true,
    childList: true,
    characterData: true,
    attributes: true,
    attributeFilter: watched,
  });
}

/** These change the page by themselves, and say so. */
const WITHOUT = /^(effect|navigate|submit|reset|outline)$/;

export class Effects {
  readonly #reporter: Reporter;
  readonly #roots: () => Iterable<ShadowRoot>;
  readonly #observer = new MutationObserver((records) => this.#look(records));
  #cause: number | null = null;
  #changes: Change[] = [];
  #changed = false;
  /** Dialogs that are open, as far as it was seen: they are drawn anew without being opened. */
  readonly #open = new Set<Element>();
  /** When the page will have been quiet, and when it is told at the latest; one timer looks after both. */
  #quiet = 0;
  #last = 0;
  #timer: ReturnType<typeof setTimeout> | null = null;
  /** The roots that are watched. While actions follow each other they stay so. */
  #watched = new WeakSet<Node>();

  constructor(reporter: Reporter, roots: () => Iterable<ShadowRoot>) {
    this.#reporter = reporter;
    this.#roots = roots;
  }

  /** Something is about to be reported: with another action, the effect of the last one has ended. */
  before(kind: Act["kind"]): void {
    if (kind === "navigate") this.#add({ what: "navigated" });
    if (!WITHOUT.test(kind) && !isAwaited(this.#cause)) this.#tell();
  }

  /** An action was reported: what changes from now on is its effect. */
  begin({ kind, n }: Sent): void {
    // What is committed by a key was there before it, and what the key does is the key's.
    if (WITHOUT.test(kind) || (kind === "input" && this.#cause === AWAITED)) return;
    if (isAwaited(n)) this.#tell();
    this.#cause = n;
    // It is told where it has opened something.
    if (kind === "hover") this.#changed = true;
    for (const dialog of this.#open) if (!dialog.isConnected) this.#open.delete(dialog);
    this.#watch(document);
    for (const root of this.#roots()) this.#watch(root);
    this.#last = performance.now() + EFFECT_MS;
    this.#wait();
  }

  #watch(root: Node): void {
    if (this.#watched.has(root)) return;
    this.#watched.add(root);
    watch(this.#observer, root);
  }

  /** The browser found a field wrong. */
  invalid(event: Event): void {
    const field = originOf(event);
    if (field instanceof Element) this.#addInvalid(field);
  }

  /** Something was opened or closed by the browser, which changes no attribute. */
  toggled(): void {
    if (this.#cause === null) return;
    this.#changed = true;
    this.#wait();
  }

  /** The page has taken its time to go: what was told of the last action is not all that came of it. */
  reopen(): void {
    const { last } = this.#reporter;
    if (last !== null && performance.now() - last.at <= LEADS_MS) this.#cause ??= last.n;
  }

  /** The page goes away; `leads`: because of what was done in it. */
  leave(leads: boolean): void {
    if (leads) this.#add({ what: "navigated" });
    this.settle();
  }

  settle(): void {
    this.#tell();
    this.#observer.disconnect();
    this.#watched = new WeakSet();
  }

  #tell(): void {
    const cause = this.#cause;
    if (cause === null) return;
    this.#look(this.#observer.takeRecords());
    this.#cause = null;
    const changes = this.#changes;
    if (changes.length === 0) changes.push({ what: this.#changed ? "changed" : "nothing" });
    this.#changes = [];
    this.#changed = false;
    // What was awaited may turn out to be nothing.
    if (!isAwaited(cause)) this.#reporter.reportAhead(() => ({ kind: "effect", cause, changes }));
  }

  #wait(): void {
    const now = performance.now();
    this.#quiet = now + QUIET_MS;
    this.#timer ??= setTimeout(() => this.#due(), Math.min(this.#quiet, this.#last) - now);
  }

  /** A timer that was set for an earlier time is set anew. */
  #due(): void {
    this.#timer = null;
    if (this.#cause === null) return;
    const rest = Math.min(this.#quiet, this.#last) - performance.now();
    if (rest <= 1) this.settle();
    else this.#timer = setTimeout(() => this.#due(), rest);
  }

  #look(records: MutationRecord[]): void {
    if (this.#cause === null || records.length === 0) return;
    this.#changed = true;
    this.#wait();
    for (const record of records.slice(0, MUTATIONS)) this.#judge(record);
    for (const dialog of this.#open) if (!dialog.isConnected) this.#closed(dialog);
  }

  #judge({ type, target, attributeName, addedNodes, removedNodes }: MutationRecord): void {
    const element = target instanceof Element ? target : target.parentElement;
    if (element === null) return;
    const { dialogs, sayings } = guide as Guide;
    // Some are shown and hidden by what is around them.
    const isDialog = (each: Element | null) => each !== null && (this.#open.has(each) || each.matches(dialogs));
    const dialog = attributeName === null ? null : [element, element.firstElementChild].find(isDialog);
    if (attributeName === "aria-invalid") {
      if (element.getAttribute("aria-invalid") === "true") this.#addInvalid(element);
    } else if (dialog) {
      if (isShown(dialog) && isShown(dialog.parentElement ?? dialog)) this.#opened(dialog);
      else if (dialog === element || this.#open.has(dialog)) this.#closed(dialog);
    } else if (attributeName === "open" && element.localName.includes("dialog")) {
      if (element.hasAttribute("open")) this.#opened(element);
      else this.#closed(element);
    }
    if (attributeName !== null && !element.matches(sayings)) return;
    for (const node of removedNodes) if (node instanceof Element && node.matches(dialogs)) this.#closed(node);
    for (const node of addedNodes) {
      if (!(node instanceof Element)) continue;
      const dialog = node.matches(dialogs) ? node : node.querySelector(dialogs);
      if (dialog !== null && isShown(dialog)) this.#opened(dialog);
      const saying = node.matches(sayings) ? node : node.querySelector(sayings);
      if (saying !== null) this.#said(saying);
    }
    const saying = type === "attributes" ? element : closest(element, sayings);
    if (saying?.matches(sayings)) this.#said(saying);
  }

  #opened(dialog: Element): void {
    if (this.#open.has(dialog)) return;
    this.#open.add(dialog);
    const name = nameOf(dialog, roleOf(dialog)) || cut(dialog.getAttribute("label") ?? "", NAME_CHARS);
    this.#add({ what: "dialog", ...(name === "" ? {} : { text: name }) });
  }

  #closed(dialog: Element): void {
    this.#open.delete(dialog);
    this.#add({ what: "dialog_closed" });
  }

  #said(element: Element): void {
    if (!isShown(element) || bound(element) !== "clear") return;
    const text = wordsShown(element, STATUS_CHARS);
    if (text === "") return;
    const role = element.getAttribute("role");
    const what = role === "alert" || element.getAttribute("aria-live") === "assertive" ? "alert" : "status";
    // A text that grows is one.
    const before = this.#changes.find((change) => change.what === what && change.text && text.startsWith(change.text));
    if (before) before.text = text;
    else this.#add({ what, text });
  }

  #addInvalid(field: Element): void {
    const name = nameOf(field, roleOf(field));
    this.#add({ what: "invalid", ...(name === "" ? {} : { text: name }) });
  }

  #add(change: Change): void {
    if (this.#cause === null || this.#changes.length === CHANGES) return;
    const same = ({ what, text }: Change) => what === change.what && text === change.text;
    if (!this.#changes.some(same)) this.#changes.push(change);
  }
}

/** What was begun has no number yet. */
const isAwaited = (n: number | null) => (n ?? 0) < 0;

/** By what says so, without a layout. */
export function isShown(element: Element): boolean {
  if (element instanceof HTMLDialogElement) return element.open;
  if (element.closest("[hidden], [aria-hidden=true]") !== null) return false;
  const { display, visibility } = getComputedStyle(element);
  return display !== "none" && visibility !== "hidden";
}
