/** The closed list of keys that are recorded: those that write nothing. */

import type { Modifier } from "../shared/event.js";

type WithModifiers = {
  altKey: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
};

const BARE = /^(Enter|Escape|Tab|Arrow(Up|Down|Left|Right)|F([1-9]|1[0-9]|2[0-4]))$/;
const MODIFIED = /^(Home|End|Page(Up|Down)|Insert|Delete|Backspace|.)$/u;

export function modifiersOf(event: WithModifiers): { modifiers?: Modifier[] } {
  const modifiers: Modifier[] = [];
  if (event.altKey) modifiers.push("alt");
  if (event.ctrlKey) modifiers.push("control");
  if (event.metaKey) modifiers.push("meta");
  if (event.shiftKey) modifiers.push("shift");
  return modifiers.length === 0 ? {} : { modifiers };
}

/** The name of the key, if it is on the list; letters in lower case. */
export function listedKey(event: KeyboardEvent): string | null {
  if (BARE.test(event.key)) return event.key;
  // AltGr writes.
  const held = (event.ctrlKey || event.altKey || event.metaKey) && !event.getModifierState("AltGraph");
  if (!held || !MODIFIED.test(event.key)) return null;
  return event.key.length === 1 ? event.key.toLowerCase() : event.key;
}
