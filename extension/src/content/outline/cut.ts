/**
 * Which pieces an outline keeps that is too large: the target and what is around it, its row or form, what is in view,
 * any dialog, in that order, as far as they fit, and the headers of tables that are kept. Runs of others are counted.
 */

import type { Omissions } from "./distil.js";
import { isPiece, ownWeight, type Piece, type Words } from "./piece.js";
import { has, UNIT } from "./traits.js";

/** What the parts of these are called when they are counted. */
const COUNTED: Record<string, string> = { row: "rows", listitem: "items", option: "options", treeitem: "items" };

export class Cut {
  readonly #kept = new Set<Piece>();
  #room: number;

  constructor(bytes: number) {
    this.#room = bytes;
  }

  /** The target, what is around it, and its row or form. */
  keepTarget(target: Piece): void {
    this.#keepAround(target);
    for (let at: Piece | null = target; at !== null; at = at.around) {
      if (!has(at.line, UNIT)) continue;
      this.#keepWithin(at);
      return;
    }
    this.#keepWithin(target);
  }

  keepAll(pieces: Iterable<Piece>): void {
    for (const piece of pieces) {
      if (this.#room <= 0) return;
      this.#keepAround(piece);
    }
  }

  keepDialogs(dialogs: Iterable<Piece>): void {
    for (const dialog of dialogs) {
      this.#keepAround(dialog);
      this.#keepWithin(dialog);
    }
  }

  /** A table without its header says little. */
  keepHeaders(): void {
    for (const piece of [...this.#kept]) {
      if (!/^(table|grid|treegrid)$/.test(piece.line ?? "")) continue;
      const header = firstRow(piece);
      if (header === null) continue;
      this.#keepAround(header);
      this.#keepWithin(header);
    }
  }

  /** The parts of a kept piece, with a count in the place of what fell. */
  readonly omissions: Omissions = (piece) => {
    if (piece.parts.every((part) => !isPiece(part) || this.#kept.has(part) || part.weight === 0)) return null;
    const parts: (Piece | Words)[] = [];
    let fallen: Piece[] = [];
    const count = () => {
      if (fallen.length > 0) parts.push({ text: ` … ${counted(fallen)} not shown `, content: false });
      fallen = [];
    };
    for (const part of piece.parts) {
      if (isPiece(part) && !this.#kept.has(part) && part.weight > 0) fallen.push(part);
      else if (isPiece(part) || part.text.trim() !== "") {
        count();
        parts.push(part);
      }
    }
    count();
    return parts;
  };

  #keepAround(piece: Piece): void {
    for (let at: Piece | null = piece; at !== null && !this.#kept.has(at); at = at.around) this.#keep(at);
  }

  /** All that is in a piece, in order, while there is room. */
  #keepWithin(piece: Piece): void {
    for (const part of piece.parts) {
      if (this.#room <= 0) return;
      if (!isPiece(part)) continue;
      this.#keep(part);
      this.#keepWithin(part);
    }
  }

  #keep(piece: Piece): void {
    if (this.#kept.has(piece)) return;
    this.#kept.add(piece);
    this.#room -= ownWeight(piece) + INDENT_BYTES;
  }
}

/** The pieces in view, in order, at most so many. Asks for boxes: in slices. */
export function* inView(root: Piece, most: number, found: Piece[]): Generator<void> {
  yield;
  if (found.length >= most) return;
  const { left, top, right, bottom, width, height } = root.element.getBoundingClientRect();
  const empty = width === 0 || height === 0;
  if (!empty && (right < 0 || bottom < 0 || left > innerWidth || top > innerHeight)) return;
  if (!empty || root.parts.length === 0) found.push(root);
  for (const part of root.parts) if (isPiece(part)) yield* inView(part, most, found);
}

/** What the depth of a line takes, about. */
const INDENT_BYTES = 12;

function counted(fallen: Piece[]): string {
  const role = fallen[0]?.line ?? "";
  const alike = fallen.every(({ line }) => line === role);
  return `${fallen.length} ${fallen.length === 1 ? "part" : ((alike ? COUNTED[role] : undefined) ?? "parts")}`;
}

function firstRow(piece: Piece): Piece | null {
  for (const part of piece.parts) {
    if (!isPiece(part)) continue;
    if (part.line === "row") return part;
    const inner = part.line === "rowgroup" || part.line === null || part.line === "generic" ? firstRow(part) : null;
    if (inner !== null) return inner;
  }
  return null;
}
