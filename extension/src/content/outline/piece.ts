/** One element as an outline knows it. Pieces form the tree that the page shows; lines are made of them. */

import type { Setting } from "./setting.js";
import type { Known } from "./wording.js";

/** A value by its disclosure, as it goes to the host, which masks a `placeholder` and checks a `clear`. */
export interface Told {
  class: string;
  disclosure: "placeholder" | "clear";
  text: string;
  rule?: string;
}

/** `content`: what the page shows about its subject; the host masks it. */
export interface Words {
  text: string;
  content: boolean;
}

export interface Piece extends Known {
  readonly element: Element;
  around: Piece | null;
  readonly setting: Setting;
  /** Its own text is seen. */
  shown: boolean;
  /** `null`: no line of its own; what is in it belongs to the line around it. */
  line: string | null;
  name: Words;
  nameFrom: Element[];
  states: string[];
  /** Number of the ref; 0: nothing a pointer could hit. */
  ref: number;
  pointer: boolean;
  url: string | null;
  placeholder: string | null;
  value: Told | Words | null;
  /** It may be told whether this is on or chosen. */
  tells: boolean;
  /** What is in it is not looked at, because none of it is shown. */
  closed: boolean;
  /** About how many bytes its lines take, with all that is in it. */
  weight: number;
  parts: (Piece | Words)[];
}

export const isPiece = (part: Piece | Words): part is Piece => "element" in part;

export const NO_WORDS: Words = { text: "", content: false };

/** What a part takes by itself, about. A name made of what stands below it is not printed. */
export function ownWeight({ line, name, nameFrom, value, url, placeholder, parts }: Piece): number {
  let bytes = line === null ? 0 : line === "generic" && name.text === "" ? 10 : 40;
  if (nameFrom.length < 2) bytes += name.text.length;
  bytes += (value?.text.length ?? 0) + (url?.length ?? 0) + (placeholder?.length ?? 0);
  for (const part of parts) if (!isPiece(part) && part.text.length > 2) bytes += part.text.length + 12;
  return bytes;
}

export function weigh(piece: Piece): void {
  piece.weight = ownWeight(piece);
  for (const part of piece.parts) if (isPiece(part)) piece.weight += part.weight;
}
