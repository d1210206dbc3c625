/**
 * From pieces to lines: what says nothing goes. The passes and their order are those of Playwright's snapshots for
 * agents (since 1.62): texts that touch become one; a text that repeats the name goes, as do images without a name; a
 * name goes whose parts all stand below it; generic elements that hold one thing make way for it.
 */

import { isPiece, NO_WORDS, type Piece, type Told, type Words } from "./piece.js";
import { has, IDENTIFYING } from "./traits.js";
import { flat } from "./wording.js";

export interface Line {
  piece: Piece;
  role: string;
  name: Words;
  active: boolean;
  kids: (Line | Words | Told)[];
}

export const isLine = (kid: Line | Words | Told): kid is Line => "kids" in kid;

type Fate = "keep" | "remove" | "unwrap";

/** What stands in the place of pieces that a cut leaves out; `null`: nothing is left out here. */
export type Omissions = (piece: Piece) => (Piece | Words)[] | null;

export function distil(root: Piece, of: (element: Element) => Piece | undefined, omissions?: Omissions): Line["kids"] {
  return new Distiller(of, omissions ?? (() => null)).run(root);
}

class Distiller {
  readonly #of: (element: Element) => Piece | undefined;
  readonly #omissions: Omissions;
  readonly #active = document.hasFocus() ? document.activeElement : null;
  /** Refs of what gave names, as long as they were not seen below. */
  readonly #pending = new Set<number>();
  /** How many of the lines around have a pointer cursor. */
  #pointers = 0;

  constructor(of: (element: Element) => Piece | undefined, omissions: Omissions) {
    this.#of = of;
    this.#omissions = omissions;
  }

  run(root: Piece): Line["kids"] {
    const page: Pick<Line, "name" | "kids"> = { name: NO_WORDS, kids: [] };
    for (const part of this.#flatten([root])) {
      if (isPiece(part)) this.#add(part, null, page.kids);
      else page.kids.push(part);
    }
    mergeTexts(page);
    return page.kids;
  }

  #add(piece: Piece, around: Line | null, kids: Line["kids"]): void {
    const line: Line = {
      piece,
      role: piece.line ?? "generic",
      name: piece.name,
      active: piece.element === this.#active,
      kids: [],
    };
    const parts = this.#flatten(this.#omissions(piece) ?? piece.parts);
    const sources = this.#sources(piece);
    for (const ref of sources) this.#pending.add(ref);
    if (piece.ref > 0 && (line.role !== "generic" || parts.some(isPiece))) this.#pending.delete(piece.ref);

    const pointer = piece.ref > 0 && piece.pointer;
    if (pointer) this.#pointers++;
    const { value } = piece;
    if (value !== null && flat(value.text) !== "") line.kids.push(value);
    line.kids.push({ text: `${space(piece)}${piece.before}`, content: false });
    for (const part of parts) {
      if (isPiece(part)) this.#add(part, line, line.kids);
      else line.kids.push(part);
    }
    line.kids.push({ text: `${piece.after}${space(piece)}`, content: false });
    if (pointer) this.#pointers--;

    const fate = this.#finish(line, around, sources);
    if (fate === "keep") kids.push(line);
    else if (fate === "unwrap") kids.push(...line.kids);
  }

  #finish(line: Line, around: Line | null, sources: number[]): Fate {
    const { piece } = line;
    mergeTexts(line);
    const clickable = piece.ref > 0 && piece.pointer && this.#pointers === 0;
    if (line.role === "img" && line.name.text === "" && line.kids.length === 0 && !clickable) return "remove";
    if (piece.ref > 0 && sources.length > 0) {
      if (!has(line.role, IDENTIFYING) && !sources.some((ref) => this.#pending.has(ref))) line.name = NO_WORDS;
      else for (const ref of sources) this.#pending.delete(ref);
    }
    if (line.role !== "generic") return "keep";
    takeText(line);
    if (around !== null && around.name.text !== "" && !line.active && repeats(line, around.name.text)) {
      if (piece.ref > 0) this.#pending.add(piece.ref);
      return "remove";
    }
    const wrapsOne = line.kids.length <= 1 && line.kids.every((kid) => isLine(kid) && kid.piece.ref > 0);
    return line.name.text === "" && wrapsOne && !(line.kids.length === 0 && clickable) ? "unwrap" : "keep";
  }

  /** Refs of the lines that gave a piece its name. */
  #sources(piece: Piece): number[] {
    if (piece.ref === 0) return [];
    const refs: number[] = [];
    for (const element of piece.nameFrom) {
      const ref = this.#of(element)?.ref ?? 0;
      if (ref > 0 && ref !== piece.ref) refs.push(ref);
    }
    return refs;
  }

  /** Pieces without a line give way to what is in them. */
  #flatten(parts: readonly (Piece | Words)[], into: (Piece | Words)[] = []): (Piece | Words)[] {
    for (const part of parts) {
      if (!isPiece(part) || part.line !== null) {
        into.push(part);
        continue;
      }
      into.push({ text: `${space(part)}${part.before}`, content: false });
      this.#flatten(this.#omissions(part) ?? part.parts, into);
      into.push({ text: `${part.after}${space(part)}`, content: false });
    }
    return into;
  }
}

/** What does not stand in a line of text is set off from it. A line break is, too. */
function space({ inline, element }: Piece): string {
  return inline && element.localName !== "br" ? "" : " ";
}

function mergeTexts(line: Pick<Line, "name" | "kids">): void {
  const kids: Line["kids"] = [];
  let text = "";
  let content = false;
  const flush = () => {
    const words = flat(text);
    if (words !== "") kids.push({ text: words, content });
    text = "";
    content = false;
  };
  for (const kid of line.kids) {
    if (isLine(kid) || "disclosure" in kid) {
      flush();
      kids.push(kid);
    } else {
      text += kid.text;
      content ||= kid.content;
    }
  }
  flush();
  const [only] = kids;
  const repeated = kids.length === 1 && only !== undefined && !isLine(only) && only.text === line.name.text;
  line.kids = repeated ? [] : kids;
}

/** Of a generic element in a generic element with text alone, the text remains. */
function takeText(line: Line): void {
  const [only] = line.kids;
  if (line.kids.length !== 1 || only === undefined || !isLine(only)) return;
  if (only.role !== "generic" || only.name.text !== "" || only.active || only.kids.length !== 1) return;
  const [text] = only.kids;
  if (text !== undefined && !isLine(text)) line.kids = [text];
}

function repeats(line: Line, name: string): boolean {
  if (line.name.text !== "") return line.kids.length === 0 && line.name.text === name;
  const [only] = line.kids;
  return line.kids.length === 1 && only !== undefined && !isLine(only) && only.text === name;
}
