/** What stands on and around a field: its words, and the other fields that it is filled in with. Bounded everywhere. */

import type { Guide } from "../shared/message.js";
import { EDITING_HOST } from "./actionable.js";
import type { Field } from "./field_class.js";
import { guide } from "./guide.js";
import { labelsOf, namedBy } from "./outline/composed.js";
import { closest } from "./tree.js";

const CHARS = 200;
const NODES = 60;
const FIELDS = 64;
const LEVELS = 6;
const REFERRED = 8;

/** What is not a word of the page: what was typed, and what can be chosen. */
const NO_WORDS = `script, style, template, select, textarea, option, ${EDITING_HOST}`;

/** What texts are typed in. */
export const TYPED =
  "input:not([type=hidden i], [type=submit i], [type=button i], [type=reset i], [type=image i], [type=checkbox i], " +
  "[type=radio i], [type=file i]), textarea";

/** The field's own words. Of one of several radio buttons the label is the answer, and says nothing of the question. */
export function wordsOn(field: Field): string[] {
  const isRadio = field instanceof HTMLInputElement && field.type === "radio";
  if (isRadio) return [field.name, ...groupWords(field)];
  const labels = labelTexts(field);
  const attributes = (guide as Guide).attributes.map((name) => field.getAttribute(name) ?? "");
  return [...attributes, ...(labels.some((label) => label !== "") ? labels : wordsBeside(field))];
}

/** What is said of the field along with others: the legend of its group, its help text, its CSS classes. */
export function wordsAround(field: Field): string[] {
  return [
    ...groupWords(field),
    ...referredTo(field, "aria-describedby"),
    typeof field.className === "string" ? field.className : "",
  ];
}

/** The fields that are filled in together with this one, itself included: those of its form, or of what stands about. */
export function fieldsWith(field: Field): Element[] {
  const form = "form" in field && field.form instanceof HTMLFormElement ? field.form : null;
  if (form !== null) return [...form.elements].filter((other) => other.matches(TYPED)).slice(0, FIELDS);
  let together: Element[] = [field];
  let at: Node | null = field.parentNode;
  for (let level = 0; at !== null && level < LEVELS && together.length < 2; level++) {
    together = [...(at as ParentNode).querySelectorAll(TYPED)].slice(0, FIELDS);
    at = at.parentNode;
  }
  return together;
}

function labelTexts(field: Field): string[] {
  return [...labelsOf(field).slice(0, 4).map(textIn), ...referredTo(field, "aria-labelledby")];
}

function referredTo(field: Field, attribute: string): string[] {
  const named = namedBy(field, attribute).slice(0, REFERRED);
  return named.map((each) => (each === field ? "" : textIn(each)));
}

function groupWords(field: Field): string[] {
  const group = closest(field, "fieldset, [role=group], [role=radiogroup]");
  if (group === null) return [];
  const legend = group.querySelector(":scope > legend");
  return [
    group.getAttribute("aria-label") ?? "",
    legend ? textIn(legend) : "",
    ...referredTo(group as Field, "aria-labelledby"),
  ];
}

/** Without a label: the head of its column and row, or the text just before it. */
function wordsBeside(field: Field): string[] {
  const cell = field.closest("td");
  if (cell !== null) {
    const row = cell.parentElement;
    const head = cell.closest("table")?.rows[0]?.cells[cell.cellIndex];
    return [row?.firstElementChild, cell.previousElementSibling, head]
      .filter((other): other is Element => other != null && other !== cell)
      .map(textIn);
  }
  let at: Element | null = field;
  for (let level = 0; at !== null && level < 3; level++) {
    const before: Node | null =
      at.previousSibling instanceof Text && at.previousSibling.data.trim() !== ""
        ? at.previousSibling
        : at.previousElementSibling;
    if (before instanceof Text) return [before.data.slice(-CHARS)];
    if (before instanceof Element) return before.matches(TYPED) || before.querySelector(TYPED) ? [] : [textIn(before)];
    at = at.parentElement;
  }
  return [];
}

/** The words in an element, without what is typed or can be chosen in it. */
function textIn(element: Element): string {
  let text = "";
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) =>
    node instanceof Element && node.matches(NO_WORDS) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
  );
  let node = walker.nextNode();
  for (let seen = 0; node !== null && seen < NODES && text.length < CHARS; seen++) {
    if (node instanceof Text) text += `${node.data.slice(0, CHARS)} `;
    node = walker.nextNode();
  }
  return text.slice(0, CHARS);
}
