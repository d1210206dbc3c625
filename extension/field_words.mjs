// The words of manifest/field-words.json that go into the page's script: those before the semicolons, of all languages
// together. For esbuild and vitest.

import { readFile } from "node:fs/promises";

const FILE = /manifest\/field-words\.json$/;

async function ofPage(path) {
  const { words } = JSON.parse(await readFile(path, "utf8"));
  const leading = (languages) =>
    Object.values(languages).flatMap((list) => list.split(";")[0].split(/, */).filter(Boolean));
  const lists = Object.entries(words).map(([name, languages]) => [name, { all: leading(languages).join() }]);
  return JSON.stringify({ words: Object.fromEntries(lists) });
}

export const forEsbuild = {
  name: "field words",
  setup: ({ onLoad }) =>
    onLoad({ filter: FILE }, async ({ path }) => ({ contents: await ofPage(path), loader: "json" })),
};

export const forVite = {
  name: "field words",
  enforce: "pre",
  load: (id) => (FILE.test(id) ? ofPage(id) : null),
};
