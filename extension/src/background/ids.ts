/** What an element can be found by tomorrow, and what not. */

/** Attributes by which tests find elements. */
export const TEST_IDS = ["data-testid", "data-test-id", "data-test", "data-cy", "data-qa"];

/** Ids and names that a page makes up: a pattern. */
export const GENERATED_IDS = [
  // None, or none that anybody would write.
  /^$|\s|.{61}/,
  // Counters and hashes.
  /\d{3}|(^|[_:.-])\d+([_:.-]|$)|[0-9a-fA-F]{8}/,
  // Letters, digits, upper and lower case in any order.
  /[a-zA-Z]\d[a-zA-Z]|\d[a-zA-Z]\d|^(?=.*\d)(.*?[a-z](?=[A-Z])){4}/,
  // Of frameworks: `:r1:`, `«r1»`, `_r_1_`, `__next1`, `radix-`, `ember123`.
  /[«»:]|_r_\w+_|^__[a-zA-Z]+\d|^([Ee]mber|ext-gen|yui|radix|headlessui|[Mm]ui|rc|react-select|mat|cdk|ng)[-_\d]/,
]
  .map(({ source }) => source)
  .join("|");
