// What the team has agreed on for the work that the demo does (work.mjs), beside its usual policy.

/** On the list, as a lead writes it for somebody who is to show how it is done. */
export const TASK =
  "Open a ticket for kim.lee@orchard.example: Refund for a double charge (Billing, high, due 2026-12-04). " +
  "Kim Lee was charged twice, call +44 20 7946 0018. Reply: The refund is on its way.";

/** The rules of the policy for fields. */
export const FIELDS = `// The team agreed that these may be read as they are.
    { "match": "input[name=subject]", "values": "clear" },
    { "match": "input[name=due]", "values": "clear" },
    { "match": "textarea", "values": "clear" }`;
