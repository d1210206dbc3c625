/** What holds of a role, by the table of `background/aria.ts`: a letter for a trait. */

import { guide, roles } from "../guide.js";

/** Named by what is in it. */
export const BY_CONTENT = "c";
/** Adds what is in it to a name around it. */
export const TRANSPARENT = "t";
/** Never named; and the label that it bears is no reason to keep `role=none` from holding. */
export const UNNAMED = "U";
export const UNLABELLED = "u";
/** What it holds is somebody's, or would be: never a part of a name. */
export const VALUED = "v";
/** By its name people and agents find their way, even where it is repeated inside. */
export const IDENTIFYING = "i";
/** Its text is its name. */
export const CONTROL = "k";
/** Shows its subject. */
export const SUBJECT = "s";
/** A row, a card, a form: what belongs together. */
export const UNIT = "g";
/** It may have this state. */
export const CHECKED = "x";
export const DISABLED = "d";
export const EXPANDED = "e";
export const INVALID = "n";
export const LEVEL = "l";
export const SELECTED = "z";

/** Until it is told which those are, anything. */
export const isRole = (role: string) => guide === undefined || roles.has(role);

/** Whether it holds of a role. */
export function has(role: string | null, trait: string): boolean {
  return role !== null && roles.get(role)?.includes(trait) === true;
}
