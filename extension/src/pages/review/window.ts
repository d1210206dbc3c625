/**
 * A list of thousands of rows, of which those near the window are drawn. Rows are drawn in blocks; a block far away is
 * an empty box of the height that it had, so that the scroll bar is true and rows may be as high as they like.
 */

import { make } from "../page.js";

const ROWS_A_BLOCK = 25;
const NEAR = "1000px";

interface Block<Row> {
  rows: Row[];
  first: number;
}

export class WindowedList<Row> {
  readonly #box: HTMLElement;
  readonly #draw: (row: Row, index: number) => HTMLElement;
  readonly #rowHeight: number;
  readonly #near: IntersectionObserver;
  readonly #blocks = new Map<Element, Block<Row>>();
  #length = 0;

  /** `rowHeight`: a guess for rows that nobody has seen yet. */
  constructor(box: HTMLElement, rowHeight: number, draw: (row: Row, index: number) => HTMLElement) {
    this.#box = box;
    this.#rowHeight = rowHeight;
    this.#draw = draw;
    this.#near = new IntersectionObserver((seen) => this.#seen(seen), { rootMargin: NEAR });
  }

  get length(): number {
    return this.#length;
  }

  clear(): void {
    this.#near.disconnect();
    this.#blocks.clear();
    this.#length = 0;
    this.#box.replaceChildren();
  }

  /** Adds rows at the end. The first that a list gets are drawn at once, without waiting to be seen. */
  append(rows: readonly Row[]): void {
    for (let from = 0; from < rows.length; from += ROWS_A_BLOCK) {
      const block = { rows: rows.slice(from, from + ROWS_A_BLOCK), first: this.#length };
      const box = make("ul", "", { class: "block" });
      this.#blocks.set(box, block);
      if (this.#length === 0) this.#fill(box, block);
      else box.style.blockSize = `${block.rows.length * this.#rowHeight}px`;
      this.#length += block.rows.length;
      this.#box.append(box);
      this.#near.observe(box);
    }
  }

  /** Draws anew what is drawn: what is said of the rows has changed, and not which they are. */
  redraw(): void {
    for (const [box, block] of this.#blocks) {
      if (!box.hasChildNodes()) continue;
      box.replaceChildren();
      this.#fill(box as HTMLElement, block);
    }
  }

  #seen(entries: IntersectionObserverEntry[]): void {
    for (const { target, isIntersecting, boundingClientRect } of entries) {
      const block = this.#blocks.get(target);
      if (block === undefined) continue;
      if (isIntersecting) this.#fill(target as HTMLElement, block);
      // A block in which the person is stays, however far it is scrolled away. So does one that is not shown at all.
      else if (!target.contains(document.activeElement) && boundingClientRect.height > 0)
        this.#empty(target as HTMLElement, boundingClientRect.height);
    }
  }

  #fill(box: HTMLElement, { rows, first }: Block<Row>): void {
    if (box.hasChildNodes()) return;
    box.style.blockSize = "";
    box.append(...rows.map((row, index) => this.#draw(row, first + index)));
  }

  #empty(box: HTMLElement, height: number): void {
    if (!box.hasChildNodes()) return;
    box.style.blockSize = `${height}px`;
    box.replaceChildren();
  }
}
