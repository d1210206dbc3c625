/** Marks by which a page says what must not be recorded: our own, and those that other recorders made common. */

import type { Disclosure } from "../shared/event.js";
import { lineage } from "./tree.js";

const OWN = "data-fieldnote";

/** All of these mean "not this", and are taken at their strictest. */
const FOREIGN = [
  // rrweb, and what is built on it
  ".rr-block, .rr-mask, .rr-ignore",
  // PostHog
  ".ph-no-capture, .ph-mask, .ph-sensitive, .ph-ignore-input, .ph-no-autocapture",
  // LogRocket
  '[data-private]:not([data-private="false" i])',
  // Sentry
  ".sentry-mask, .sentry-block, .sentry-ignore",
  '[data-sentry-mask]:not([data-sentry-mask="false" i]), [data-sentry-block], [data-sentry-ignore]',
  // OpenReplay
  "[data-openreplay-obscured], [data-openreplay-masked], [data-openreplay-htmlmasked], [data-openreplay-hidden]",
  // Highlight
  '[data-hl-record="false"], .highlight-mask, .highlight-block, .highlight-ignore',
  // Datadog, Clarity, Hotjar, FullStory
  '[data-dd-privacy="mask"], [data-dd-privacy="mask-user-input"], [data-dd-privacy="hidden"]',
  '[data-clarity-mask="true" i], [data-hj-suppress], .fs-mask, .fs-exclude',
].join();

/** The most that the page lets be said of an element: the strictest mark on it or on anything around it. */
export function bound(element: Element): Disclosure {
  let strictest: Disclosure = "clear";
  for (const at of lineage(element)) {
    const mark = markOn(at);
    if (mark !== null) strictest = lower(strictest, mark);
  }
  return strictest;
}

export function isMarked(element: Element): boolean {
  return markOn(element) !== null;
}

export function markOn(element: Element): Disclosure | null {
  if (element.matches(FOREIGN)) return "withheld";
  const own = element.getAttribute(OWN);
  if (own === null) return null;
  // A mark can only lower, and one that is misspelt is taken at its strictest.
  return own === "clear" || own === "placeholder" || own === "shape" ? own : "withheld";
}

const LEVELS: readonly Disclosure[] = ["withheld", "shape", "placeholder", "clear"];

export function lower(a: Disclosure, b: Disclosure): Disclosure {
  return LEVELS.indexOf(a) < LEVELS.indexOf(b) ? a : b;
}
