// What stands for the placeholders of a replay: what a person would fill in.

import { readFile } from "node:fs/promises";
import { join } from "node:path";

/** What each placeholder of `text` stands for where the whole was `typed`. */
export function stoodFor(text = "", typed = "") {
  const names = [];
  const pattern = text.replace(/<([A-Z_]+[0-9]*)[^<>]*>|[^<]+|</g, (part, name) => {
    if (name) names.push(name);
    return name ? "([^]+)" : part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  });
  const [, ...strings] = new RegExp(`^${pattern}$`).exec(typed) ?? [];
  return Object.fromEntries(names.map((name, index) => [name, strings[index]]));
}

/**
 * The values of one trajectory in a format. `typed`: what the field of a step held then. Those that the format does not
 * ask for are left out.
 */
export async function valuesFor({ dataset, format, trajectory, steps, typed }) {
  const file = join(dataset, format, `${trajectory}.values.json`);
  const asked = Object.keys(JSON.parse(await readFile(file, "utf8").catch(() => "{}")));
  const known = {};
  for (const step of steps)
    if (step.trajectory === trajectory)
      Object.assign(known, stoodFor(step.stand_in ?? step.action.value?.text, typed(step)));
  for (const name of asked) if (!known[name]) throw new Error(`nobody knows what ${name} of ${trajectory} is`);
  return Object.fromEntries(asked.map((name) => [name, known[name]]));
}
