// Looks for texts in the bytes of files, plain and in the forms in which they could hide.

import { execFile } from "node:child_process";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const WHOLE = { maxBuffer: 2 ** 29, encoding: "buffer" };

/**
 * Searches every file below `folder`.
 * @param {string[]} texts
 * @param {{passingOver?: RegExp}} options files that are none of ours, by their path
 * @returns {Promise<string[]>} what was found where: "TEXT as FORM in PATH"
 */
export async function findTexts(texts, folder, { passingOver = /^$/ } = {}) {
  const needles = new Needles(texts.flatMap((text) => formsOf(text).map(([form, bytes]) => ({ text, form, bytes }))));
  const found = new Set();
  for (const path of await filesBelow(folder)) {
    if (passingOver.test(path)) continue;
    const bytes = await readFile(path).catch((error) => {
      if (error.code === "ENOENT") return Buffer.alloc(0); // The browser tidied up meanwhile.
      throw error;
    });
    for (const { text, form } of needles.in(bytes)) found.add(`${text} as ${form} in ${path}`);
  }
  return [...found];
}

/** Many needles in one pass: a bit for each way in which one begins, and only there a closer look. */
class Needles {
  #begin = new Map();
  #bits = new Uint8Array(1 << 16);

  constructor(needles) {
    for (const needle of needles) {
      const key = needle.bytes.readUInt32BE(0);
      this.#bits[hash(key)] = 1;
      this.#begin.set(key, [...(this.#begin.get(key) ?? []), needle]);
    }
  }

  *in(bytes) {
    let key = 0;
    for (let at = 0; at < bytes.length; at++) {
      key = ((key << 8) | bytes[at]) >>> 0;
      if (at < 3 || this.#bits[hash(key)] === 0) continue;
      for (const needle of this.#begin.get(key) ?? []) {
        if (needle.bytes.equals(bytes.subarray(at - 3, at - 3 + needle.bytes.length))) yield needle;
      }
    }
  }
}

const hash = (key) => Math.imul(key, 0x9e3779b1) >>> 16;

/** Lays what is encrypted and compressed open below `folder`, for it to be searched, too. */
export async function layOpen(folder, { identity, bundles, dataset }) {
  const shards = (await readdir(dataset)).filter((name) => name.endsWith(".zst")).map((name) => join(dataset, name));
  const opened = await Promise.all([
    ...bundles.map((bundle) => run("sh", ["-c", 'age -d -i "$0" "$1" | zstd -dcq', identity, bundle], WHOLE)),
    ...shards.map((shard) => run("zstd", ["-dcq", shard], WHOLE)),
  ]);
  await writeFile(join(folder, "opened"), Buffer.concat(opened.map(({ stdout }) => stdout)));
}

/** The forms of a text as bytes, each once. */
export function formsOf(text) {
  const spellings = [
    ["it stands", text],
    ["lower case", text.toLowerCase()],
    ["upper case", text.toUpperCase()],
    ["percent encoding", encodeURIComponent(text)],
    [
      "percent encoding of all",
      [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, "0")}`).join(""),
    ],
    ["JSON escapes", [...text].map((sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`).join("")],
    ["a JSON string", JSON.stringify(text).slice(1, -1)],
    ["it stands, reversed", [...text].reverse().join("")],
  ];
  const forms = spellings.flatMap(([form, spelling]) => {
    const utf8 = Buffer.from(spelling, "utf8");
    const utf16 = Buffer.from(spelling, "utf16le");
    return [
      [form, utf8],
      [`${form}, UTF-16LE`, utf16],
      [`${form}, UTF-16BE`, Buffer.from(utf16).swap16()],
    ];
  });
  const utf8 = Buffer.from(text, "utf8");
  const utf16 = Buffer.from(text, "utf16le");
  forms.push(
    ["hex", Buffer.from(utf8.toString("hex"))],
    ...base64Forms(utf8).map((bytes) => ["base64", bytes]),
    ...base64Forms(utf16).map((bytes) => ["base64 of UTF-16LE", bytes]),
  );
  // Of two that are the same bytes the first gives the name.
  return [...new Map(forms.reverse().map(([form, bytes]) => [bytes.toString("latin1"), [form, bytes]])).values()];
}

/** Base64 of `bytes` at each of the three places where it can begin, less the digits that its neighbours share. */
const base64Forms = (bytes) =>
  [0, 1, 2].map((before) => {
    const digits = Buffer.concat([Buffer.alloc(before), bytes])
      .toString("base64")
      .replace(/=+$/, "");
    return Buffer.from(digits.slice(Math.ceil((before * 4) / 3), Math.floor(((before + bytes.length) * 4) / 3)));
  });

async function filesBelow(folder) {
  const entries = await readdir(folder, { withFileTypes: true });
  const nested = await Promise.all(
    entries.map((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? filesBelow(path) : entry.isFile() ? [path] : [];
    }),
  );
  return nested.flat();
}
