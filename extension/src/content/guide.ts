/** What says how to judge fields and marks: told with the orders. Until then nothing can be judged, and all is withheld. */

import type { Guide } from "../shared/message.js";

export let guide: Guide | undefined;

export function learn(told: Guide): void {
  guide ??= told;
}
