/** What says how to judge fields and marks: told with the orders. Until then nothing can be judged, and all is withheld. */

import type { Guide } from "../shared/message.js";

export let guide: Guide | undefined;
/** Ids and names that would be others tomorrow; until it is told which, all of them. */
export let generated = /^/;

/** By role, what holds of it; by element, its role, and those around it with whose role that goes. */
export let roles = tableOf("");
export let tags = roles;
export let wholes = roles;

export function learn(told: Guide): void {
  guide ??= told;
  roles = tableOf(guide.roles);
  tags = tableOf(guide.tags);
  wholes = tableOf(guide.wholes);
  generated = new RegExp(guide.generated);
}

/** Of `word:rest word:rest`. */
function tableOf(text: string): Map<string, string> {
  return new Map(text.split(" ").map((row) => [row.split(":")[0], row.split(":")[1] ?? ""] as [string, string]));
}
