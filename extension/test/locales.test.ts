import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

interface Message {
  message: string;
  placeholders?: Record<string, { content: string }>;
}

const root = join(import.meta.dirname, "..");
const read = (language: string): Record<string, Message> =>
  JSON.parse(readFileSync(join(root, "_locales", language, "messages.json"), "utf8"));
const english = read("en");
const languages = readdirSync(join(root, "_locales"));

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? filesBelow(join(folder, entry.name)) : [join(folder, entry.name)],
  );
const sources = [...filesBelow(join(root, "src")), join(root, "..", "manifest", "extension.json")]
  .filter((path) => /\.(ts|html|json)$/.test(path))
  .map((path) => readFileSync(path, "utf8"))
  .join("\n");

const partsOf = ({ message }: Message) => (message.match(/\$[A-Z_]+\$/g) ?? []).sort();

describe.each(languages)("the messages in %s", (language) => {
  const messages = read(language);

  it("say which language they are in", () => expect(messages.language?.message).toBe(language));

  it("are those of English, no more and no fewer", () => expect(Object.keys(messages)).toEqual(Object.keys(english)));

  it.each(Object.keys(english))("%s has the parts of the English one", (key) => {
    const [ours, theirs] = [messages[key], english[key]];
    if (ours === undefined || theirs === undefined) throw new Error(`${language} has no ${key}`);
    expect(ours.message.trim()).not.toBe("");
    expect(partsOf(ours)).toEqual(partsOf(theirs));
    expect(ours.placeholders).toEqual(theirs.placeholders);
    expect(
      Object.keys(ours.placeholders ?? {})
        .map((name) => `$${name.toUpperCase()}$`)
        .sort(),
    ).toEqual(partsOf(ours));
  });
});

it("there are the four languages", () => expect(languages.sort()).toEqual(["de", "en", "es", "fr"]));

/** Keys as they stand in the sources; `${...}` in one stands for a word. */
const used = [...sources.matchAll(/["`]([a-z][a-z0-9_]*(?:\$\{[^}]*\}[a-z0-9_]*)*)["`]|__MSG_(\w+)__/g)]
  .map(([, key, inManifest]) => key ?? inManifest ?? "")
  .filter((key) => /[a-z]/.test(key));
const patterns = [...new Set(used)].map(
  (key) => new RegExp(`^${key.replace(/\$\{[^}]*\}/g, "[a-z0-9_]+")}(_one|_other)?$`),
);

it("every message is used", () => {
  const unused = Object.keys(english).filter((key) => !patterns.some((pattern) => pattern.test(key)));
  expect(unused).toEqual([]);
});

it("every message that a page asks for by its whole name is there", () => {
  const asked = [
    ...sources.matchAll(/\b(?:text|phrase)\(\s*"([a-z0-9_]{2,})"/g),
    ...sources.matchAll(/getMessage\("([a-z0-9_]+)"/g),
    ...sources.matchAll(/data-(?:text|label)="([a-z0-9_]+)"/g),
    ...sources.matchAll(/__MSG_(\w+)__/g),
  ].map(([, key]) => key ?? "");
  expect(asked.filter((key) => english[key] === undefined)).toEqual([]);
  const counts = [...sources.matchAll(/\bcounted\(\s*"([a-z0-9_]+)"/g)].map(([, key]) => key ?? "");
  expect(counts.flatMap((key) => [`${key}_one`, `${key}_other`]).filter((key) => english[key] === undefined)).toEqual(
    [],
  );
});
