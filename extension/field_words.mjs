// What a page is told of `manifest/`. Of the words of field-words.json, those before the semicolons, of all languages
// together, as the names that `src/content/tokens.ts` gives them; of field-classes.json, the rules. For esbuild and vitest.

import { readFile } from "node:fs/promises";
import { transform } from "esbuild";

const FILE = /manifest\/field-(words|classes)\.json$/;
const NO_BLANKS = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/u;

async function tokens() {
  const source = await readFile(new URL("src/content/tokens.ts", import.meta.url), "utf8");
  const { code } = await transform(source, { loader: "ts" });
  return import(`data:text/javascript,${encodeURIComponent(code)}`);
}

function kindOf(word, text, { ROW, WHOLE, BEGINS, ENDS, WITHIN }) {
  if (word.startsWith("=")) return WHOLE;
  const open = NO_BLANKS.test(text);
  const before = open || word.startsWith("*");
  const after = open || word.endsWith("*");
  if (text.includes(" ") || !(before || after)) return ROW;
  return before && after ? WITHIN : before ? ENDS : BEGINS;
}

/** Of the rules of classes, what a page asks: not how a placeholder is called, only that there is one. */
async function rulesOfPage(path) {
  const { rules } = JSON.parse(await readFile(path, "utf8"));
  const told = Object.entries(rules).map(([name, { usual, ceiling, placeholder }]) => [
    name,
    placeholder === undefined ? { usual, ceiling } : { usual, ceiling, placeholder: "" },
  ]);
  return JSON.stringify({ rules: Object.fromEntries(told) });
}

const ofPage = (path) => (path.endsWith("classes.json") ? rulesOfPage(path) : wordsOfPage(path));

async function wordsOfPage(path) {
  const its = await tokens();
  const { words } = JSON.parse(await readFile(path, "utf8"));
  /** By name: what it stands for. */
  const taken = new Map();
  const nameOf = (word) => {
    const text = its.tokensOf(word).join(" ");
    if (text === "") return "";
    const kind = kindOf(word, text, its);
    let hash = its.SEED;
    for (let at = 0; at < text.length; at++) hash = its.step(hash, text, at);
    const name = its.seal(hash, kind);
    const meant = `${kind} ${text}`;
    if (taken.has(name)) {
      if (taken.get(name) !== meant)
        throw new Error(`"${word}" has the name of "${taken.get(name)}": change tokens.ts`);
      return "";
    }
    taken.set(name, meant);
    return name.toString(36).padStart(6, "0");
  };
  const names = Object.entries(words).map(([name, languages]) => [
    name,
    Object.values(languages)
      .flatMap((list) => list.split(";")[0].split(/, */))
      .map(nameOf)
      .join(""),
  ]);
  return JSON.stringify({ words: Object.fromEntries(names) });
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
