/** Marks by which a page says what must not be recorded: our own, and those that other recorders made common. */

import type { Disclosure } from "../shared/event.js";
import { lineage, once } from "./tree.js";

const OWN = "data-fieldnote";

/** All of these mean "not this", and are taken at their strictest. Each family is `PREFIX-WORD`, as a class. */
const FAMILIES: [prefix: string, words: string][] = [
  ["rr", "block mask ignore"], // rrweb, and what is built on it
  ["ph", "no-capture mask sensitive ignore-input no-autocapture"], // PostHog
  ["sentry", "mask block ignore"],
  ["highlight", "mask block ignore"],
  ["dd-privacy", "mask mask-user-input hidden"], // Datadog
  ["fs", "mask exclude block mask-without-consent exclude-without-consent"], // FullStory
  ["amp", "mask block"], // Amplitude
  ["mp", "mask block sensitive no-track"], // Mixpanel
  ["nr", "mask block ignore"], // New Relic
];

/** One by one: classes, and attributes that count unless they say "false". */
const CLASSES =
  "data-hj-suppress heap-ignore pendo-ignore mf-excluded lo-sensitive inspectlet-sensitive sessionstack-sensitive";
const ATTRIBUTES =
  // LogRocket; Sentry; OpenReplay
  "data-private data-sentry-mask data-sentry-block data-sentry-ignore " +
  "data-openreplay-obscured data-openreplay-masked data-openreplay-htmlmasked data-openreplay-hidden " +
  // Hotjar, Clarity, New Relic; Smartlook; Heap, Contentsquare, Dynatrace, Quantum Metric, Matomo
  "data-hj-suppress data-clarity-mask data-nr-mask data-nr-block " +
  "data-sl data-recording-sensitive data-recording-disable data-recording-ignore " +
  "heap-ignore data-heap-redact-text data-cs-mask data-cs-encrypt data-dtrum-mask data-dtrum-block data-qm-encrypt " +
  "data-matomo-mask";

const FOREIGN = [
  ...FAMILIES.flatMap(([prefix, words]) => words.split(" ").map((word) => `.${prefix}-${word}`)),
  ...CLASSES.split(" ").map((name) => `.${name}`),
  ...ATTRIBUTES.split(" ").map((name) => `[${name}]:not([${name}="false" i])`),
  '[data-hl-record="false"]',
  '[data-dd-privacy]:not([data-dd-privacy="allow"])',
].join();

/** The most that the page lets be said of an element: the strictest mark on it or on anything around it. */
export const bound = once((element: Element): Disclosure => {
  let strictest: Disclosure = "clear";
  for (const at of lineage(element)) {
    const mark = markOn(at);
    if (mark !== null) strictest = lower(strictest, mark);
  }
  return strictest;
});

export function isMarked(element: Element): boolean {
  return markOn(element) !== null;
}

export function markOn(element: Element): Disclosure | null {
  if (!element.hasAttributes()) return null;
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
