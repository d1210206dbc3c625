/** Files that were chosen or fetched: how many, and of which types. What they are called is not told. */

import type { Files } from "./event.js";
import { FILE_TYPES, FILES } from "./limits.js";

const MEDIA_TYPE = /^[a-z0-9!#$&^_.+-]{1,39}\/[a-z0-9!#$&^_.+-]{1,39}$/;

/** Of files with these types. */
export function filesOf(types: string[]): Files {
  const known = types.map((type) => type.toLowerCase().split(";")[0]?.trim() ?? "");
  const told = known.map((type) => (MEDIA_TYPE.test(type) ? type : "application/octet-stream"));
  return { number: Math.min(types.length, FILES), types: [...new Set(told)].slice(0, FILE_TYPES) };
}
