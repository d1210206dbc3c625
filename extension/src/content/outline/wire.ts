/**
 * Lines as they go to the host (`manifest/protocol.md`, "Outlines"): one a line of text, with tabs between depth, role
 * with states, ref, and the texts, each with one letter for its part and one for what it is. The host masks each text
 * by that, and writes the dialect.
 */

import { cut, inLine } from "../../shared/text.js";
import { isLine, type Line } from "./distil.js";
import type { Told, Words } from "./piece.js";

/** Playwright prints no name above this. */
const NAME_CHARS = 900;
const TEXT_CHARS = 1000;
const URL_CHARS = 400;

export function encode(kids: Line["kids"]): string[] {
  const lines: string[] = [];
  const write = (kid: Line | Words | Told, depth: number): void => {
    if (!isLine(kid)) {
      lines.push(`${depth}\ttext\t${text("t", kid)}`);
      return;
    }
    const [only] = kid.kids;
    const inline = kid.kids.length === 1 && only !== undefined && !isLine(only) ? only : null;
    lines.push(`${depth}\t${head(kid)}${inline === null ? "" : text("t", inline)}`);
    if (inline === null) for (const below of kid.kids) write(below, depth + 1);
  };
  for (const kid of kids) write(kid, 0);
  return lines;
}

function head({ piece, role, name, active }: Line): string {
  const states = [...piece.states, ...(active ? ["active"] : []), ...(role === "iframe" ? place(piece.element) : [])];
  const ref = piece.ref === 0 ? "" : `e${piece.ref}${piece.pointer ? "*" : ""}`;
  let out = `${[role, ...states].join(" ")}\t${ref}`;
  if (name.text !== "" && name.text.length <= NAME_CHARS) out += text("n", name);
  if (piece.url !== null) out += `\tuw${cut(told(piece.url), URL_CHARS)}`;
  if (piece.placeholder !== null) out += text("p", { text: piece.placeholder.replace(/\s+/g, " "), content: false });
  return out;
}

/** Which child of its page a frame is; those in shadow trees have no number. */
function place(frame: Element): string[] {
  const child = (frame as HTMLIFrameElement).contentWindow;
  for (let i = 0; i < window.length; i++) if (window[i] === child) return [`frame=${i}`];
  return [];
}

/** Of an address no query, no fragment, and nothing of what is not a place. */
function told(url: string): string {
  const scheme = /^\s*([a-z][a-z0-9+.-]*:)/i.exec(url)?.[1]?.toLowerCase();
  if (scheme !== undefined && scheme !== "http:" && scheme !== "https:") return scheme;
  return url
    .replace(/[?#].*$/s, "")
    .replace(/\/\/[^/]*@/, "//")
    .replace(/\s+/g, "");
}

function text(part: string, words: Words | Told): string {
  const flat = cut(inLine(words.text), TEXT_CHARS);
  if (!("disclosure" in words)) return `\t${part}${words.content ? "c" : "w"}${flat}`;
  const rule = words.rule === undefined ? "" : `\tr${words.rule}`;
  return `${rule}\t${part}${words.disclosure === "clear" ? "k" : "p"}${words.class},${flat}`;
}
