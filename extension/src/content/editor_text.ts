/** The text of an editor, line by line, without asking for layout as `innerText` would. */

import { TEXT_CHARS } from "../shared/limits.js";
import { contextOf } from "./drawn.js";

const LINE = /^(br|address|article|blockquote|dd|div|dl|dt|figure|h[1-6]|li|ol|p|pre|section|table|tr|ul)$/;

/** What an editor that draws itself shows beside its text. */
const ASIDE = "[class*=gutter i], [class*=line-number i], [class*=widget i]";

/** `seen`: what a person sees of the field. */
export function editorText(field: HTMLElement, seen: HTMLElement): string {
  const context = contextOf(field);
  const isDrawn = seen !== field || context !== null;
  const lines = [{ top: 0, text: "" }];
  let length = 0;
  const walker = document.createTreeWalker(seen, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) =>
    isDrawn && node instanceof HTMLElement && isAside(node) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
  );
  for (let node = walker.nextNode(); node !== null && length <= TEXT_CHARS; node = walker.nextNode()) {
    const line = lines.at(-1) as (typeof lines)[0];
    if (node instanceof Text) {
      line.text += node.data;
      length += node.length;
    } else if (LINE.test((node as Element).localName)) {
      // Lines that are drawn are put in their place, in any order.
      const top = isDrawn && node instanceof HTMLElement ? Number.parseFloat(node.style.top) : Number.NaN;
      lines.push({ top: Number.isNaN(top) ? line.top : top, text: "" });
    }
  }
  const text = lines
    .sort((a, b) => a.top - b.top)
    .map((line) =>
      line.text
        .replace(/[\u200b\ufeff]/g, "")
        .replace(/\u00a0/g, " ")
        .trimEnd(),
    )
    .filter((line) => line !== "")
    .join("\n");
  return text || (context?.text ?? "");
}

/** Numbers of lines, and what only measures a text. */
function isAside(element: HTMLElement): boolean {
  return element.matches(ASIDE) || (LINE.test(element.localName) && getComputedStyle(element).visibility === "hidden");
}
