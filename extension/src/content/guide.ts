/** What says how to judge fields and marks: told with the orders. Until then nothing can be judged, and all is withheld. */

import type { Guide } from "../shared/message.js";

export let guide: Guide | undefined;
/** Ids and names that would be others tomorrow; until it is told which, all of them. */
export let generated = /^/;

export function learn(told: Guide): void {
  guide ??= told;
  generated = new RegExp(guide.generated);
}
