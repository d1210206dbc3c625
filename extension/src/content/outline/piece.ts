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
  parts: (Piece | Words)[];
}

export const isPiece = (part: Piece | Words): part is Piece => "element" in part;

export const NO_WORDS: Words = { text: "", content: false };
