/** Copying, cutting and pasting: where, and how much. What it was is never read further than that. */

import type { Act } from "../shared/event.js";
import { FOLLOWS_MS, TEXT_NODES } from "../shared/limits.js";
import { actionable, editingHost } from "./actionable.js";
import { contextOf } from "./drawn.js";
import type { Edits } from "./edits.js";
import { bound } from "./marks.js";
import type { Reporter } from "./reporter.js";
import type { Secrets } from "./secrets.js";
import { describe } from "./target.js";
import { deepest, focused } from "./tree.js";
import { read, shapeOf } from "./value.js";

type Kind = Extract<Act, { size: unknown }>["kind"];

export class Clipboard {
  readonly #reporter: Reporter;
  readonly #edits: Edits;
  readonly #secrets: Secrets;
  #byKey = false;

  constructor(reporter: Reporter, edits: Edits, secrets: Secrets) {
    this.#reporter = reporter;
    this.#edits = edits;
    this.#secrets = secrets;
  }

  /** A key was pressed that may copy, cut or paste. */
  keyDown({ key, ctrlKey, metaKey, shiftKey }: KeyboardEvent): void {
    this.#byKey = ctrlKey || metaKey ? /^([cxv]|Insert)$/i.test(key) : shiftKey && /^(Insert|Delete)$/.test(key);
  }

  keyUp(): void {
    this.#byKey = false;
  }

  /** `isDone`: the page has had its say. */
  handle(event: ClipboardEvent, isDone = false): void {
    // Where nothing is selected, Firefox tells of a place that had to do with it before.
    const isOwn = event.type === "paste" || isDone;
    const hit = isOwn ? focused() : deepest(event);
    if (hit === null || !this.#reporter.listening) return;
    const element = actionable(hit);
    const field = hit.matches(PLAIN) ? (hit as HTMLElement) : editingHost(hit);
    const kind = event.type as Kind;
    const length = isOwn ? heldLength(event) : selectedLength(hit);
    if (length === 0 && kind !== "paste") {
      // Grids copy what is selected in them themselves.
      const again = (same: Event) => same === event && this.handle(event, true);
      if (!isDone) addEventListener(kind, again, { signal: AbortSignal.timeout(0) });
      return;
    }
    if (this.#isSecret(element, field)) return;
    // The middle button pastes wherever it is pressed, which does nothing outside of a field.
    if (kind === "paste" && !this.#byKey && field === null) return;
    this.#edits.commitOthers(element);
    if (field !== null && kind !== "copy")
      this.#edits.clipped(field, kind === "paste" ? "insertFromPaste" : "deleteByCut");
    const target = describe(element);
    const size = shapeOf("x".repeat(Math.min(length, 100))).length;
    // Without a key it was a menu, or a button of the page that copies.
    this.#reporter.report(() => ({ kind, target, size }), this.#reporter.pageAddress, this.#byKey ? 0 : FOLLOWS_MS);
  }

  /** How long a secret is, is part of it. */
  #isSecret(element: Element, field: HTMLElement | null): boolean {
    return (field === null ? bound(element) : read(field, this.#secrets).ceiling) === "withheld";
  }
}

const PLAIN = "input, textarea, select";

function heldLength({ clipboardData }: ClipboardEvent): number {
  return clipboardData?.getData("text/plain").length ?? 0;
}

/** Without asking the browser for the text, which would make it lay out the page. */
function selectedLength(element: Element): number {
  const { selectionStart, selectionEnd } = contextOf(element) ?? (element as HTMLInputElement);
  if (selectionStart != null) return (selectionEnd ?? 0) - selectionStart;
  const selection = getSelection();
  if (selection === null || selection.rangeCount === 0) return 0;
  const range = selection.getRangeAt(0);
  const { startContainer: start, endContainer: end, startOffset, endOffset } = range;
  if (start === end && start instanceof Text) return endOffset - startOffset;
  const walker = document.createTreeWalker(range.commonAncestorContainer, NodeFilter.SHOW_TEXT);
  walker.currentNode = start;
  let length = start instanceof Text ? start.length - startOffset : 0;
  for (let nodes = 0; nodes < TEXT_NODES; nodes++) {
    const node = walker.nextNode();
    if (!(node instanceof Text) || !range.intersectsNode(node)) break;
    length += node === end ? endOffset : node.data.trim().length;
  }
  return length;
}
