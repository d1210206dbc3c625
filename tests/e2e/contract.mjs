// The contract of manifest/schema, against which every event of every test here is validated.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import Ajv from "ajv/dist/2020.js";

import { checkout } from "../../packaging/demo/harness/checkout.mjs";

const ajv = new Ajv({ allErrors: true, strict: false });
for (const name of readdirSync(checkout.schemas))
  ajv.addSchema(JSON.parse(readFileSync(join(checkout.schemas, name), "utf8")));

/** Asserts that `value` is what `reference`, like "event.schema.json#/$defs/held", describes. */
export function assertMatches(reference, value) {
  const validate = ajv.getSchema(`https://fieldnote.invalid/schema/${reference}`);
  assert.ok(validate, `there is no schema ${reference}`);
  assert.ok(validate(value), `${ajv.errorsText(validate.errors)} in ${JSON.stringify(value)}`);
}

const assertAll = (reference) => (values) => {
  for (const value of values) assertMatches(reference, value);
};

export const assertHeld = assertAll("event.schema.json#/$defs/held");
export const assertSteps = assertAll("dataset.schema.json#/$defs/step");
