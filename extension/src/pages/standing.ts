/** How things stand, in one sentence at the head of every page. */

import type { Standing, View } from "../shared/message.js";
import { moment, text } from "../shared/words.js";
import { element, fill } from "./page.js";

/** Where the host's own sentence helps whoever can mend it. */
const WITH_REASON: Standing[] = ["refused", "no_host", "incompatible", "storage_full"];

export function showStanding(view: View): void {
  const { standing, why } = view;
  element("standing").dataset.standing = standing;
  fill("standing-text", sentence(view));
  fill("standing-why", WITH_REASON.includes(standing) ? why : "");
}

function sentence({ standing, pause }: View): string {
  if (standing !== "paused") return text(`standing_${standing}`);
  return pause?.until === undefined ? text("standing_paused") : text("standing_paused_until", moment(pause.until));
}
