// How fast something is depends on what else the machine does, so no test fails by it. It is printed beside its bar, and
// where FIELDNOTE_BARS is set, on a machine that does nothing else, the bar must hold.

import assert from "node:assert/strict";

/** @param {{diagnostic: (text: string) => void}} t  @param {number[]} rounds  @param {number} most in milliseconds */
export function measured(t, what, rounds, most) {
  const best = Math.min(...rounds);
  t.diagnostic(`${what}: ${rounds.map((each) => each.toFixed(0)).join(", ")} ms; at most ${most}`);
  if (process.env.FIELDNOTE_BARS) assert.ok(best <= most, `${what} took ${best} ms; at most ${most}`);
}
