/** The ARIA 1.2 role of an element, in the words of the accessibility tree that browser agents read. */

import { getRole } from "dom-accessibility-api";
import { EDITING_HOST } from "./actionable.js";

const ROLES = new Set(
  (
    "alert alertdialog application article banner blockquote button caption cell checkbox code columnheader combobox " +
    "complementary contentinfo definition deletion dialog document emphasis feed figure form grid gridcell group " +
    "heading img insertion link list listbox listitem log main marquee math menu menubar menuitem menuitemcheckbox " +
    "menuitemradio meter navigation note option paragraph progressbar radio radiogroup region row rowgroup rowheader " +
    "scrollbar search searchbox separator slider spinbutton status strong subscript superscript switch tab table " +
    "tablist tabpanel term textbox time timer toolbar tooltip tree treegrid treeitem"
  ).split(" "),
);

/** Inputs for which HTML names no role; agents find them where they look for text boxes and buttons. */
const UNNAMED_INPUTS: Record<string, string> = { file: "button", color: "button" };

export function roleOf(element: Element): string {
  // Of several roles the first that is one counts.
  const explicit = element
    .getAttribute("role")
    ?.toLowerCase()
    .split(/\s+/)
    .find((role) => ROLES.has(role));
  if (explicit !== undefined) return explicit;
  if (element instanceof HTMLInputElement && element.type in UNNAMED_INPUTS)
    return UNNAMED_INPUTS[element.type] ?? "generic";
  if (element.matches("section, form"))
    return isNamed(element) ? (element.localName === "form" ? "form" : "region") : "generic";
  if (element.matches("header, footer") && element.closest("article, aside, main, nav, section")) return "generic";
  const implicit = element.hasAttribute("role") ? null : getRole(element);
  if (implicit !== null && ROLES.has(implicit)) return implicit;
  if (element instanceof HTMLInputElement || element.matches(EDITING_HOST)) return "textbox";
  return "generic";
}

function isNamed(element: Element): boolean {
  return element.matches("[aria-label], [aria-labelledby], [title]");
}
