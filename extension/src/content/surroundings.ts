/** Where a target stands: the row, card, form or dialog it belongs to, its label, its frame. */

import type { Belonging } from "../shared/event.js";
import { BELONGINGS, FRAME_DEPTH, NAME_CHARS } from "../shared/limits.js";
import type { Guide } from "../shared/message.js";
import { cut } from "../shared/text.js";
import { guide } from "./guide.js";
import { bound } from "./marks.js";
import { labelsOf, namedBy } from "./outline/composed.js";
import { roleOf } from "./role.js";
import { lineage } from "./tree.js";
import { wordsShown } from "./words_shown.js";

/** The tags among what shows one thing, the tool's own parts and its bars. */
const STANDS_OUT = /^(tr|li|article|form|fieldset|dialog|nav|menu|header)$/;

export function belongingsOf(element: Element): Belonging[] {
  const found: Belonging[] = [];
  if (guide === undefined) return found;
  let inChrome = false;
  for (const at of lineage(element)) {
    if (found.length === BELONGINGS) break;
    if (!at.hasAttributes() && !STANDS_OUT.test(at.localName)) continue;
    inChrome ||= at.matches(guide.chrome);
    if (at === element) continue;
    if (at.matches(guide.subjects)) {
      if (!inChrome) found.push({ role: roleOf(at), name: subjectName(at, guide), content: true });
    } else if (at.matches(guide.tools)) {
      const role = at instanceof HTMLFormElement ? "form" : at instanceof HTMLFieldSetElement ? "group" : roleOf(at);
      if (role !== "generic") found.push({ role, ...partName(at) });
    }
  }
  return found;
}

function subjectName(subject: Element, { heads, cells }: Guide): string {
  if (bound(subject) !== "clear") return "";
  const labelled = subject.getAttribute("aria-label");
  if (labelled) return cut(labelled.trim(), NAME_CHARS);
  const head = subject.querySelector(heads) ?? subject.querySelector(cells) ?? subject;
  return wordsShown(head, 80);
}

function partName(part: Element): { name: string; content?: true } {
  if (bound(part) !== "clear") return { name: "" };
  const labelled = part.getAttribute("aria-label");
  if (labelled !== null) return { name: cut(labelled.trim(), NAME_CHARS) };
  if (part instanceof HTMLFieldSetElement) {
    const legend = part.querySelector("legend");
    return { name: legend === null ? "" : wordsShown(legend, 80) };
  }
  const heading = labelOf(part);
  // A heading is what the page shows, like "Edit Jane Doe".
  return heading === "" ? { name: "" } : { name: heading, content: true };
}

/** What `aria-labelledby` refers to. */
function labelOf(element: Element): string {
  const [label] = namedBy(element, "aria-labelledby");
  return label === undefined || bound(label) !== "clear" ? "" : wordsShown(label, 80);
}

/** The text of a control's label, where its name is another one. */
export function labelBeside(element: Element, name: string): string | null {
  const [label] = labelsOf(element);
  if (!label) return null;
  const text = wordsShown(label, NAME_CHARS);
  return text === "" || text === name ? null : text;
}

let frames: number[] | null = null;

/** Which child of which, from the page to this frame; the way does not change while the document lives. */
export function framePath(): number[] {
  if (frames !== null) return frames;
  frames = [];
  for (let at: Window = window; at !== at.parent && frames.length < FRAME_DEPTH; at = at.parent) {
    let index = 0;
    while (index < at.parent.length && at.parent[index] !== at) index++;
    frames.unshift(index);
  }
  return frames;
}

/** How large the page is seen. Kept up to date by the browser without a layout of our asking. */
export function viewport(): [width: number, height: number] {
  return [Math.round(innerWidth), Math.round(innerHeight)];
}
