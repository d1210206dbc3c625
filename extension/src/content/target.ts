/** Describes the element that an event was done to. Bounded in time; forces one layout and no more. */

import type { Target } from "../shared/event.js";
import { ROLE_CHARS, TAG_CHARS, TYPE_CHARS } from "../shared/limits.js";
import { cut } from "../shared/text.js";
import { fieldIn } from "./drawn.js";
import { bound } from "./marks.js";
import { nameOf } from "./name.js";
import type { Cited } from "./outline/outliner.js";
import { roleOf } from "./role.js";
import { selectorsOf } from "./selector.js";
import { once } from "./still.js";
import { isContent, subjectAround } from "./subject.js";
import { belongingsOf, framePath, labelBeside, viewport } from "./surroundings.js";
import { closest } from "./tree.js";
import { wordsShown } from "./words_shown.js";

/** These have no name of their own by the book, and are found by what they show. */
const SHOWS_ITSELF = new Set(["listitem", "article"]);

/** Where a pointer was. */
export interface Point {
  x: number;
  y: number;
}

/** What a target carries that is not its own to tell: the outline that was at hand. Copies keep it, messages do not. */
export const CITED = Symbol("cited");

export type Aim = Target & { [CITED]?: Cited | null };

/** Whoever keeps the outline of this document. */
export const citing: { cite: (element: Element) => Cited | null } = { cite: () => null };

/** In outlines an editor that draws itself stands as its field. */
const cite = (element: Element) => citing.cite(fieldIn(element) ?? element);

/** `cited`, `box`: where the action began before now, what was at hand then, and where the element was. */
export function describe(
  element: Element,
  at: Point | null = null,
  cited = cite(element),
  box = boxOf(element, at),
): Aim {
  const frames = framePath();
  const aim: Aim = { ...told(element), box, viewport: viewport() };
  if (at !== null) aim.point = [Math.round(at.x) - box[0], Math.round(at.y) - box[1]];
  if (frames.length > 0) aim.frames = frames;
  if (cited !== null) aim[CITED] = cited;
  return aim;
}

/** What the document says of an element. An option is content or not by where the focus is; names may be elsewhere. */
const told = (element: Element) =>
  element.matches("option, [role=option], [aria-labelledby]") ? tell(element) : stillTold(element);

function tell(element: Element): Omit<Target, "box"> {
  const field = fieldIn(element);
  const role = field === null ? roleOf(element) : "textbox";
  const name =
    nameOf(field ?? element, role) ||
    (SHOWS_ITSELF.has(role) && bound(element) === "clear" ? wordsShown(element, 80) : "");
  const content = isContent(element, role, name);
  // What the page marks must not be found by words either.
  const wordless = content || (name === "" && bound(element) !== "clear");
  const found = selectorsOf(element, {
    role,
    // By its name not the editor is found but its field.
    name: field === null ? name : "",
    content: wordless,
    subject: wordless ? subjectAround(element) : null,
    isDrawnOtherwise: neared?.element === element && !neared.isAsWritten,
  });
  const label = labelBeside(element, name);
  const type = typeOf(element);
  const within = belongingsOf(element);
  return {
    role: cut(role, ROLE_CHARS),
    name,
    ...(content ? { content } : {}),
    ...(label === null ? {} : { label }),
    tag: cut(element.localName, TAG_CHARS),
    ...(type === null ? {} : { type: cut(type, TYPE_CHARS) }),
    selectors: found.map(({ selector }) => selector),
    matches: found.map(({ matches }) => matches),
    ...(within.length === 0 ? {} : { within }),
  };
}

const stillTold = once(tell, subjectAround);

function typeOf(element: Element): string | null {
  return element instanceof HTMLInputElement || element instanceof HTMLButtonElement ? element.type : null;
}

/** What the pointer came over, with its box then: no layout is asked for at the press, when a style has just changed. */
let neared: { element: Element; box: Target["box"]; isAsWritten: boolean } | null = null;

export function near(element: Element | null): void {
  const isAsWritten = element !== null && getComputedStyle(element).textTransform === "none";
  neared = element === null ? null : { element, box: measured(element), isAsWritten };
}

function boxOf(element: Element, at: Point | null): Target["box"] {
  if (at === null || neared?.element !== element) return measured(element);
  const [x, y, width, height] = neared.box;
  const isIn = at.x >= x && at.y >= y && at.x <= x + width && at.y <= y + height;
  return isIn ? neared.box : measured(element);
}

/** Of a field where typing begins: most often the pointer has just been there. */
export const boxNow = (element: Element) => (neared?.element === element ? neared.box : measured(element));

function measured(element: Element): Target["box"] {
  const { x, y, width, height } = element.getBoundingClientRect();
  return [Math.round(x), Math.round(y), Math.round(width), Math.round(height)];
}

/** A group of radio buttons, without a word about which of them it was. */
export function describeGroup(radio: HTMLElement): Aim {
  const group = closest(radio, "fieldset, [role=radiogroup]");
  if (group !== null) return describe(group);
  const name =
    radio instanceof HTMLInputElement && /^[\w.-]{1,60}$/.test(radio.name) ? [[`input[name="${radio.name}"]`]] : [];
  return { role: "radio", name: "", tag: "input", type: "radio", selectors: name, box: [0, 0, 0, 0] };
}
