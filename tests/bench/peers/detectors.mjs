// The host's detectors (host/redact/README.md) as a good Node engineer would run them: a trie, compiled into a table, for all
// keywords and context words in one pass; one expression a trigger; a row's pattern only where its keyword or trigger is;
// length, digits, entropy, checksum and score on hits; texts in which nothing was found are remembered.
//
// The rows are the host's own, as make_table.mjs wrote them. Where the host has 144 validators this has three: Luhn, mod
// 97, and one weighted checksum that stands for all others. It leaves out decodings of long tokens, cutting of spans
// that do not hold, and the resolution of overlaps.

import { readFileSync } from "node:fs";

const TRIGGERS = [
  ["digits", "0", /[+(]*\d(?:[ \-./()]{0,2}\d)*/g],
  ["word", "0", /[A-Za-z0-9]+/g],
  ["iban", "0", /\b[A-Za-z]{2}\d\d[A-Za-z0-9]*(?:[ -][A-Za-z0-9]+)*/g],
  ["at", "@", /[^\s<>()[\]{}"'`,;|\\]*@[^\s<>()[\]{}"'`,;|\\]*/g],
  ["hex_groups", "0", /[0-9a-fA-F]*[:.-][0-9a-fA-F]*[:.-][0-9a-fA-F:.-]*/g],
  ["comma", ",", /[+-]?\d+\.?\d*\s*[,;]\s*[+-]?\d+\.?\d*/g],
  ["token", "0", /[A-Za-z0-9+/=_.~-]{16,}/g],
  ["lower_words", " ", /\b[a-z]+(?: [a-z]+){11,}\b/g],
  ["capital_words", " ", /[A-Z]\w*(?: [a-z]{1,3})? [A-Z]\w*(?: [A-Z]\w*)*/g],
];
const THRESHOLD = 0.4;
const BY_LABEL = 0.6;
const CONTEXT_REACH = 48;
const BEFORE_KEYWORD = 64;
const LONGEST_CLEAN = 512;
const MOST_CLEAN = 4096;
const NOTHING = [];
const NOWHERE = new Set();

const isDigit = (code) => code >= 48 && code <= 57;
const isLetter = (code) => (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code > 127;
const isWord = (code) => isDigit(code) || isLetter(code);

function countDigits(text) {
  let digits = 0;
  for (let i = 0; i < text.length; ++i) if (isDigit(text.charCodeAt(i))) ++digits;
  return digits;
}

function entropy(text) {
  const counts = new Map();
  for (const c of text) counts.set(c, (counts.get(c) ?? 0) + 1);
  let bits = 0;
  for (const n of counts.values()) bits -= n * Math.log2(n / text.length);
  return bits / text.length;
}

const VALIDATORS = {
  luhn(span) {
    const digits = span.replace(/\D/g, "");
    let sum = 0;
    for (let i = 0; i < digits.length; ++i) {
      const n = digits.charCodeAt(digits.length - 1 - i) - 48;
      sum += i % 2 === 0 ? n : n > 4 ? 2 * n - 9 : 2 * n;
    }
    return sum % 10 === 0;
  },
  iban(span) {
    const text = span.replace(/[ -]/g, "").toUpperCase();
    let rest = 0;
    for (const c of text.slice(4) + text.slice(0, 4)) {
      const n = Number.parseInt(c, 36);
      rest = (rest * (n > 9 ? 100 : 10) + n) % 97;
    }
    return rest === 1;
  },
  checksum(span) {
    if (countDigits(span) * 2 < span.length) return false;
    let sum = 0;
    for (let i = 0; i < span.length; ++i) {
      const n = Number.parseInt(span[i], 36);
      if (n >= 0) sum += i * n;
    }
    return sum % 11 === 0;
  },
};

export class Detectors {
  #rows;
  #trie = new Map();
  #free = new Map();
  #bound = new Map([["text", new Set()]]);
  #fitting = new Map();
  #clean = new Set();
  #told = new Map();

  constructor(path) {
    const { rows, literals } = JSON.parse(readFileSync(path, "utf8"));
    this.#rows = rows;
    for (const [text, begins, ends, keywordOf, contextOf] of literals) {
      let node = this.#trie;
      for (let i = 0; i < text.length; ++i) {
        const code = text.charCodeAt(i);
        if (!node.has(code)) node.set(code, new Map());
        node = node.get(code);
      }
      node.literal = { begins, ends, keywordOf, contextOf };
    }
    for (const [trigger] of TRIGGERS) {
      this.#free.set(trigger, []);
      this.#bound.set(trigger, new Set());
    }
    for (const [at, row] of rows.entries()) {
      if (row.required && row.trigger !== "keyword") this.#bound.get(row.trigger).add(at);
      else this.#free.get(row.trigger)?.push(at);
    }
  }

  /** Rows that have one of these words as their context. */
  told(words) {
    let rows = this.#told.get(words);
    if (rows === undefined) {
      rows = new Set();
      this.#literals(words.toLowerCase(), (_, { contextOf }) => {
        for (const row of contextOf) rows.add(row);
      });
      if (this.#told.size > 512) this.#told.clear();
      this.#told.set(words, rows);
    }
    return rows;
  }

  #literals(folded, take) {
    const { length } = folded;
    for (let at = 0; at < length; ++at) {
      let node = this.#trie;
      for (let end = at; end < length; ) {
        node = node.get(folded.charCodeAt(end++));
        if (node === undefined) break;
        const { literal } = node;
        if (literal === undefined) continue;
        if (literal.begins && at > 0 && isWord(folded.charCodeAt(at - 1))) continue;
        if (literal.ends && end < length && isWord(folded.charCodeAt(end))) continue;
        take(at, literal);
      }
    }
  }

  /** Free rows that this window could hold a span of. */
  #fits(trigger, window) {
    const digits = countDigits(window);
    const key = `${trigger} ${window.length} ${digits}`;
    let rows = this.#fitting.get(key);
    if (rows === undefined) {
      const whole = trigger === "word";
      rows = this.#free.get(trigger).filter((at) => {
        const { length, digits: bounds } = this.#rows[at];
        const enough = window.length >= length[0] && digits >= bounds[0];
        return enough && (!whole || (window.length <= length[1] && digits <= bounds[1]));
      });
      this.#fitting.set(key, rows);
    }
    return rows;
  }

  /** What is found, as {begin, end, entity}; `told`: rows with a context word on the field. */
  find(text, told = NOWHERE) {
    if (told.size === 0 && this.#clean.has(text)) return NOTHING;
    const searched = text.normalize("NFKC");
    const found = [];
    const words = [];
    this.#literals(searched.toLowerCase(), (at, { keywordOf, contextOf }) => {
      if (contextOf.length > 0) words.push([at, contextOf]);
      for (const row of keywordOf) {
        this.#judge(row, searched, Math.max(0, at - BEFORE_KEYWORD), at + this.#rows[row].reach, told, words, found);
      }
    });
    const digit = /\d/.test(searched);
    for (const [trigger, needs, windows] of TRIGGERS) {
      if (needs === "0" ? !digit : !searched.includes(needs)) continue;
      const bound = this.#bound.get(trigger);
      for (const match of searched.matchAll(windows)) {
        const begin = match.index;
        const end = begin + match[0].length;
        for (const row of this.#fits(trigger, match[0])) this.#judge(row, searched, begin, end, told, words, found);
        if (bound.size === 0) continue;
        const near = new Set();
        for (const row of told) if (bound.has(row)) near.add(row);
        for (const [at, contextOf] of words) {
          if (at < begin - CONTEXT_REACH || at >= end) continue;
          for (const row of contextOf) if (bound.has(row)) near.add(row);
        }
        for (const row of near) this.#judge(row, searched, begin, end, told, words, found);
      }
    }
    for (const row of told) {
      if (this.#bound.get("text").has(row)) this.#judge(row, searched, 0, searched.length, told, words, found);
    }
    if (found.length === 0 && told.size === 0 && text.length <= LONGEST_CLEAN) {
      if (this.#clean.size >= MOST_CLEAN) this.#clean.clear();
      this.#clean.add(text);
    }
    return found;
  }

  #judge(at, text, begin, end, told, words, found) {
    const row = this.#rows[at];
    if (row.js === "") return this.#judgeSpan(at, text, begin, end, told, words, found);
    row.expression ??= new RegExp(row.js, "gd");
    for (const match of text.slice(begin, end).matchAll(row.expression)) {
      const [first, last] = match.indices[1] ?? match.indices[0];
      this.#judgeSpan(at, text, begin + first, begin + last, told, words, found);
    }
  }

  #judgeSpan(at, text, begin, end, told, words, found) {
    const row = this.#rows[at];
    const span = text.slice(begin, end);
    if (span.length === 0 || span.length < row.length[0] || span.length > row.length[1]) return;
    if (row.digits[0] > 0 || row.digits[1] < 1e9) {
      const digits = countDigits(span);
      if (digits < row.digits[0] || digits > row.digits[1]) return;
    }
    if (row.entropy > 0 && entropy(span) < row.entropy) return;
    if (row.validator !== null && !VALIDATORS[row.validator](span)) return;
    const hasContext =
      told.has(at) ||
      words.some(([word, contextOf]) => word >= begin - CONTEXT_REACH && word < begin && contextOf.includes(at));
    if (row.required && !hasContext) return;
    const score = row.score + row.validated + (hasContext ? BY_LABEL : 0);
    if (score >= THRESHOLD && row.entity !== "allowed") found.push({ begin, end, entity: row.entity });
  }
}
