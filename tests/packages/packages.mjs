import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { join } from "node:path";

import { checkout } from "../../packaging/demo/harness/checkout.mjs";

/** Where `packaging/dev package` puts what it builds. */
export const PACKAGES = join(checkout.build, "package");

export async function packageOf(ending) {
  const names = (await readdir(PACKAGES)).filter((name) => name.endsWith(ending));
  assert.equal(names.length, 1, `one ${ending} in ${PACKAGES}; made by packaging/dev package`);
  return join(PACKAGES, names[0]);
}

/** A message as a browser sends it to a host. */
export function frameOf(message) {
  const text = Buffer.from(JSON.stringify(message));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(text.length);
  return Buffer.concat([length, text]);
}
