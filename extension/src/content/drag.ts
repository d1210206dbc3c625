/** Dragging: the browser's own drag and drop, and what pages make of pressing, moving and letting go. */

import type { Act, Target } from "../shared/event.js";
import { filesOf } from "../shared/files.js";
import { actionable } from "./actionable.js";
import type { Press } from "./gesture.js";
import { guide } from "./guide.js";
import { modifiersOf } from "./key_names.js";
import type { Reporter } from "./reporter.js";
import { describe, type Point } from "./target.js";
import { closest, deepest, deepestAt } from "./tree.js";

/** A press that moves farther than this is a drag. */
const DRAG_PX = 8;

const DRAWING = "canvas, svg, svg *";

/** How a page shows that something can be moved. */
const MOVING = /grab|move|resize|crosshair|cell/;

export class Drags {
  readonly #reporter: Reporter;
  #source: { target: Target; page: string } | null = null;
  /** A drag was reported: the browser may make a click of its end. */
  #over = false;

  constructor(reporter: Reporter) {
    this.#reporter = reporter;
  }

  begin(event: DragEvent, press: Press | null): void {
    const source = deepest(event);
    this.#source = null;
    if (source === null || !this.#reporter.listening) return;
    const target = press?.element === source ? press.target : describe(source, press?.at ?? event);
    this.#source = { target, page: this.#reporter.pageAddress };
  }

  drop(event: DragEvent): void {
    const source = this.#source;
    this.#source = null;
    const under = deepest(event);
    if (under === null || !this.#reporter.listening) return;
    if (source !== null) this.#report(source, under, event);
    // A file field tells of it by itself.
    else if (!under.matches("input")) this.#reportFiles(under, event);
  }

  end(): void {
    this.#source = null;
  }

  /** The pointer was let go: whether that ended a drag. Selecting text is none. */
  ended(press: Press, event: PointerEvent): boolean {
    this.#over = false;
    const from = press.at as Point;
    if (!isFar(from, event) || press.element.matches("input, textarea, select") || !isMovable(press)) return false;
    // What is dragged lies under the pointer, but on a drawing.
    const isDrawing = press.element.matches(DRAWING);
    const under = isDrawing ? press.element : deepestAt(event, press.element as HTMLElement);
    if (under === null) return false;
    this.#report(press, under, event);
    this.#over = true;
    setTimeout(() => {
      this.#over = false;
    });
    return true;
  }

  swallows(event: MouseEvent): boolean {
    return this.#over && event.detail > 0;
  }

  /** Files from outside of the browser. */
  #reportFiles(under: Element, event: DragEvent): void {
    const dropped = [...(event.dataTransfer?.items ?? [])].filter(({ kind }) => kind === "file");
    if (dropped.length === 0) return;
    const target = describe(actionable(under), event);
    const files = filesOf(dropped.map(({ type }) => type));
    this.#reporter.report(() => ({ kind: "file", target, files }));
  }

  #report(source: { target: Target; page: string }, under: Element, event: MouseEvent): void {
    const onto = describe(actionable(under), event);
    const act: Act = { kind: "drag", target: source.target, onto, ...modifiersOf(event) };
    this.#reporter.report(() => act, source.page);
  }
}

/** The page took the press for itself, or shows that it would. */
function isMovable({ element, target, begun }: Press): boolean {
  if (begun.some((event) => event.defaultPrevented) || element.matches(DRAWING)) return true;
  if (guide && closest(element, guide.movable) !== null) return true;
  const { cursor, touchAction } = getComputedStyle(element);
  const [x, y] = target.box;
  // What has been moved is; a text scrolls while more of it is selected.
  const hasMoved = getSelection()?.type !== "Range" && isFar({ x, y }, element.getBoundingClientRect());
  return hasMoved || MOVING.test(cursor) || touchAction === "none";
}

export const isFar = (a: Point, b: Point) => Math.hypot(a.x - b.x, a.y - b.y) > DRAG_PX;
