/**
 * Where in the page an element stands, handed down from what is around it, and what follows for its words: whether
 * they are the tool's ("Save") or what it shows about its subject ("Jane Doe"), which the host masks. The rules of
 * `subject.ts`, and for text that is not the name of anything: what is short and without figures is the tool's, unless
 * it stands in a row, a list or an article. What is doubtful is the subject's.
 */

import type { Disclosure } from "../../shared/event.js";
import type { Guide } from "../../shared/message.js";
import { guide } from "../guide.js";
import { lower, markOn } from "../marks.js";
import { isSuggestion } from "../subject.js";
import { isCovering } from "./looks.js";
import { CONTROL, has, SUBJECT } from "./traits.js";

export interface Setting {
  /** The most that the page lets be said here. */
  mark: Disclosure;
  /** Hidden from assistive technology by something around. */
  covered: boolean;
  disabled: boolean;
  /** In the tool's own menus and bars. */
  chrome: boolean;
  /** In a row, a list item, an article. */
  subject: boolean;
  /** In what has its text for a name: a control or a label, or a heading or link. */
  naming: "control" | "heading" | null;
}

export const OUTERMOST: Setting = {
  mark: "clear",
  covered: false,
  disabled: false,
  chrome: false,
  subject: false,
  naming: null,
};

const LABELS = /^(label|legend|caption|summary|dt)$/;

/** Interface text is short. */
const LABEL_CHARS = 60;
const STATIC_CHARS = 40;

export function settingOf(element: Element, role: string | null, around: Setting): Setting {
  if (element.attributes.length === 0 && !CONTAINER_TAGS.test(element.localName)) return around;
  const mark = markOn(element);
  const disabled = element.getAttribute("aria-disabled")?.toLowerCase();
  const chrome = around.chrome || element.matches((guide as Guide).chrome);
  const subject = !chrome && (around.subject || element.matches((guide as Guide).containers));
  return {
    mark: mark === null ? around.mark : lower(mark, around.mark),
    covered: around.covered || isCovering(element),
    disabled: disabled === "true" || (disabled !== "false" && around.disabled),
    chrome,
    subject,
    naming: around.naming === "control" ? "control" : (namingOf(element, role, subject) ?? around.naming),
  };
}

function namingOf(element: Element, role: string | null, subject: boolean): Setting["naming"] {
  if (has(role, CONTROL)) return isFound(role) ? null : "control";
  if (subject) return null;
  if (LABELS.test(element.localName)) return "control";
  return role === "link" || role === "heading" ? "heading" : null;
}

const CONTAINER_TAGS =
  /^(td|th|tr|li|dd|dt|article|nav|menu|header|label|legend|caption|summary|button|a|option|select|input|textarea|h[1-6])$/;

/** Whether the name of such an element here is what the page shows about its subject. */
export function isContentName(role: string, name: string, { chrome, subject, naming, mark }: Setting): boolean {
  if (mark !== "clear") return true;
  if (naming === "control" && role === "img") return false;
  if (has(role, SUBJECT)) return !chrome;
  if (role === "option") return isFound(role);
  if (has(role, CONTROL) || chrome) return false;
  return subject || isTelling(name, LABEL_CHARS);
}

/** The same of a text. */
export function isContentText(text: string, { chrome, subject, naming, mark }: Setting): boolean {
  if (mark !== "clear") return true;
  if (naming === "control") return false;
  // Who is signed in stands in the tool's own bar.
  if (naming === null && LIKE_A_NAME.test(text.trim())) return true;
  if (naming === "heading" || chrome) return isTelling(text, LABEL_CHARS);
  return subject || isTelling(text, STATIC_CHARS);
}

/** An option that was found for what somebody types, like a customer. */
const isFound = (role: string | null) => role === "option" && isSuggestion();

/** Two words or more with capitals. */
const LIKE_A_NAME = /^\p{Lu}[\p{L}'’.-]*( \p{Lu}[\p{L}'’.-]*)+$/u;

const isTelling = (text: string, chars: number) => text.length > chars || /[\d@]/.test(text);
