/** What a part of the page shows in words, without what was typed, chosen or marked. Bounded; asks for no layout. */

import { TEXT_NODES } from "../shared/limits.js";
import { cut, inLine } from "../shared/text.js";
import { editingHost } from "./actionable.js";
import { isMarked } from "./marks.js";
import { HOLDS_A_VALUE } from "./name.js";

const SILENT = `${HOLDS_A_VALUE}, option, script, style, template, noscript, [hidden]`;

export function wordsShown(element: Element, limit: number): string {
  if (element.matches(SILENT) || editingHost(element) !== null) return "";
  const only = element.firstChild;
  // Most show one text, and walks are slow.
  if (only instanceof Text && only.nextSibling === null) return cut(inLine(only.data.slice(0, 2 * limit)), limit);
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) =>
    node instanceof Element && (node.matches(SILENT) || isMarked(node))
      ? NodeFilter.FILTER_REJECT
      : NodeFilter.FILTER_ACCEPT,
  );
  let text = "";
  for (let nodes = 0; nodes < TEXT_NODES && text.length < 2 * limit; nodes++) {
    const node = walker.nextNode();
    if (node === null) break;
    if (node instanceof Text) text += node.data.slice(0, 2 * limit);
    else if (!text.endsWith(" ")) text += " ";
  }
  return cut(inLine(text), limit);
}
