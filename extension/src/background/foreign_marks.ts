/** The marks of other recorders, as one selector: pages are told of it with their orders, and carry no list of them. */

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

export const FOREIGN_MARKS = [
  ...FAMILIES.flatMap(([prefix, words]) => words.split(" ").map((word) => `.${prefix}-${word}`)),
  ...CLASSES.split(" ").map((name) => `.${name}`),
  ...ATTRIBUTES.split(" ").map((name) => `[${name}]:not([${name}="false" i])`),
  '[data-hl-record="false"]',
  '[data-dd-privacy]:not([data-dd-privacy="allow"])',
].join();
