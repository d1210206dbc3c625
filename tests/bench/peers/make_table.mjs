// The detectors' rows (host/redact/detectors/*.json) as the peers read them: one file of plain JSON with patterns in their
// dialects, context lists spelt out and literals folded. The host compiles the same rows into itself; so this is made before
// anything is measured.

import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const withoutComments = (text) => text.replace(/^\s*\/\/.*$/gm, "");

/** RE2 to a dialect with `\uXXXX`. */
const escapes = (pattern) => pattern.replace(/\\x\{([0-9A-F]+)\}/g, (_, hex) => `\\u${hex.padStart(4, "0")}`);

/** Each letter of a pattern in both cases: Node 20 has no flags inside of a pattern. */
function inBothCases(pattern) {
  let out = "";
  let inClass = false;
  for (let i = 0; i < pattern.length; ++i) {
    const c = pattern[i];
    const [lower, upper] = [c.toLowerCase(), c.toUpperCase()];
    if (c === "\\") {
      const length = pattern[i + 1] === "u" ? 6 : 2;
      out += pattern.slice(i, i + length);
      i += length - 1;
    } else if (lower === upper || upper.length > 1) {
      if (c === "[" || c === "]") inClass = c === "[";
      out += c;
    } else if (inClass && pattern[i + 1] === "-") {
      const range = pattern.slice(i, i + 3);
      out += range.toLowerCase() + range.toUpperCase();
      i += 2;
    } else {
      out += inClass ? lower + upper : `[${lower}${upper}]`;
    }
  }
  return out;
}

/** RE2's `(?i)`, `(?i:...)` and `(?s:...)` spelt out. */
function forJavaScript(pattern) {
  let source = escapes(pattern);
  for (let at = source.indexOf("(?i)"); at >= 0; at = source.indexOf("(?i)")) {
    source = source.slice(0, at) + inBothCases(source.slice(at + 4));
  }
  for (let match = /\(\?[is]+:/.exec(source); match; match = /\(\?[is]+:/.exec(source)) {
    const begin = match.index + match[0].length;
    let depth = 1;
    let end = begin;
    for (let inClass = false; depth > 0; ++end) {
      if (source[end] === "\\") ++end;
      else if (source[end] === "[") inClass = true;
      else if (source[end] === "]") inClass = false;
      else if (!inClass && source[end] === "(") ++depth;
      else if (!inClass && source[end] === ")") --depth;
    }
    let inner = source.slice(begin, end - 1);
    if (match[0].includes("i")) inner = inBothCases(inner);
    if (match[0].includes("s")) inner = inner.replaceAll(".", "[^]");
    source = `${source.slice(0, match.index)}(?:${inner})${source.slice(end)}`;
  }
  return source;
}

/** Which of the peers' three validators stands for one of the host's. */
function validator(name) {
  if (name === undefined || name === "not_a_stand_in") return null;
  if (name === "payment_card" || name === "luhn" || name === "imei" || name === "iccid") return "luhn";
  if (name.startsWith("iban")) return "iban";
  if (/^(random_|password_like|name_|email|jwt|phone_plausible)/.test(name)) return null;
  return "checksum";
}

export async function makeTable(detectors, out) {
  const read = async (name) => JSON.parse(withoutComments(await readFile(join(detectors, name), "utf8")));
  const lists = await read("words.json");
  const rows = [];
  for (const name of (await readdir(detectors)).sort()) {
    if (name !== "words.json") rows.push(...(await read(name)));
  }
  /** Literal: whether it may stand inside of a word, and the rows that it is a keyword or a context word of. */
  const literals = new Map();
  const add = (word, use, row) => {
    const begins = !word.startsWith("*");
    const ends = !word.endsWith("*");
    const text = fold(word.replace(/^\*|\*$/g, ""));
    const literal = literals.get(text) ?? [begins, ends, [], []];
    literals.set(text, literal);
    const isLetter = (c) => /[\p{L}\p{N}]/u.test(c);
    literal[0] &&= use === 3 && begins && isLetter(text[0]);
    literal[1] &&= use === 3 && ends && isLetter(text.at(-1));
    literal[use].push(row);
  };
  const table = rows.map((row, at) => {
    for (const keyword of row.keywords ?? []) add(keyword, 2, at);
    const context = row.context ?? {};
    for (const word of [...(context.words ?? []), ...(context.lists ?? []).flatMap((name) => lists[name])])
      add(word, 3, at);
    return {
      entity: row.entity,
      trigger: row.trigger ?? "keyword",
      pattern: row.pattern ? escapes(row.pattern) : "",
      js: row.pattern ? forJavaScript(row.pattern) : "",
      length: row.length ?? [0, 1e9],
      digits: row.digits ?? [0, 1e9],
      validator: validator(row.validator),
      validated: row.validator === undefined ? 0 : 0.5,
      entropy: row.entropy ?? 0,
      score: row.score,
      required: context.required ?? false,
      reach: row.reach ?? 512,
    };
  });
  await writeFile(
    out,
    JSON.stringify({ rows: table, literals: [...literals].map(([text, facts]) => [text, ...facts]) }),
  );
}
