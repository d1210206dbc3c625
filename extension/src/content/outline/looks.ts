/** How an element is drawn, as far as an outline asks. Costly: in slices only; in handlers but what a name asks for. */

import { around } from "./composed.js";

export interface Looks {
  display: string;
  /** Drawn, and not `visibility: hidden`. */
  shown: boolean;
  /** Takes up room. */
  box: boolean;
  inline: boolean;
  pointer: boolean;
  /** A pointer can hit it. */
  hit: boolean;
}

export function looksOf(element: Element): Looks {
  const style = getComputedStyle(element);
  const { display } = style;
  const looks = { display, pointer: style.cursor === "pointer", hit: style.pointerEvents !== "none" };
  if (display === "contents") return { ...looks, ...contents(element) };
  const shown = display !== "none" && style.visibility === "visible" && element.checkVisibility();
  const rect = shown ? element.getBoundingClientRect() : null;
  const box = rect !== null && rect.width > 0 && rect.height > 0;
  return { ...looks, shown, box, inline: shown && display === "inline" };
}

/** Without a box of its own, an element looks as what is in it does. */
function contents(element: Element): Pick<Looks, "shown" | "box" | "inline"> {
  for (const child of element.childNodes) {
    if (child instanceof Element && looksOf(child).box) return { shown: true, box: true, inline: false };
    if (child instanceof Text && isDrawn(child)) return { shown: true, box: true, inline: true };
  }
  return { shown: false, box: false, inline: false };
}

const range = document.createRange();

function isDrawn(text: Text): boolean {
  range.selectNode(text);
  const { width, height } = range.getBoundingClientRect();
  // A range that stays in a tree is kept up to date by the browser at every change of it.
  range.setStart(document, 0);
  range.collapse(true);
  return width > 0 && height > 0;
}

export const isIgnored = (element: Element) =>
  /^(style|script|noscript|template|fieldnote-mark)$/.test(element.localName);

/** Whether assistive technology passes an element over; `covered`: something around it hides it. */
export function isHidden(element: Element, looks: Looks, covered: boolean): boolean {
  if (covered || isIgnored(element)) return true;
  if (element.localName === "slot") return false;
  if (element.localName === "option" && element.closest("select") !== null) return false;
  if (looks.display !== "contents") return !looks.shown;
  for (const child of element.childNodes) {
    if (child instanceof Element && !isHidden(child, looksOf(child), isCovering(child))) return false;
    if (child instanceof Text && isDrawn(child)) return false;
  }
  return true;
}

export const isCovering = (element: Element) => element.getAttribute("aria-hidden")?.toLowerCase() === "true";

/** The same of any element. Without a layout, but for elements without a box of their own. */
export function isHiddenAnywhere(element: Element): boolean {
  for (let at: Element | null = element; at !== null; at = around(at)) if (isCovering(at)) return true;
  const { display, visibility } = getComputedStyle(element);
  if (display === "contents") return isHidden(element, looksOf(element), false);
  if (isIgnored(element)) return true;
  return element.localName !== "slot" && (visibility !== "visible" || !element.checkVisibility());
}

/** The text that CSS puts before or after what is in an element. */
export function generated(element: Element, pseudo: "::before" | "::after"): string {
  const style = getComputedStyle(element, pseudo);
  const { content } = style;
  if (content === "none" || content === "normal" || content === "") return "";
  if (style.display === "none" || style.visibility === "hidden") return "";
  const text = spoken(content, element);
  return text === "" || style.display === "inline" ? text : ` ${text} `;
}

const TOKEN = /\s*(?:"((?:[^"\\]|\\.)*)"|attr\(([\w-]+)\)|(\/))/gy;

/** Strings and attributes; of several forms the one for speech, after the slash. Counters and images say nothing. */
function spoken(content: string, element: Element): string {
  let text = "";
  TOKEN.lastIndex = 0;
  let end = 0;
  for (let token = TOKEN.exec(content); token !== null; token = TOKEN.exec(content)) {
    end = TOKEN.lastIndex;
    if (token[3] !== undefined) text = "";
    else text += token[2] === undefined ? unescaped(token[1] ?? "") : (element.getAttribute(token[2]) ?? "");
  }
  return content.slice(end).trim() === "" ? text : "";
}

function unescaped(text: string): string {
  return text.replace(/\\(?:([0-9a-f]{1,6})\s?|(.))/gi, (_, code: string | undefined, sign: string) =>
    code === undefined ? sign : String.fromCodePoint(Number.parseInt(code, 16) || 0xfffd),
  );
}
