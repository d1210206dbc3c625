/// <reference types="vite/client" />
import { describe, expect, it } from "vitest";
import manifest from "../../manifest/extension.json";

interface Message {
  message: string;
  placeholders?: Record<string, { content: string }>;
}

const files = import.meta.glob<Record<string, Message>>("../_locales/*/messages.json", {
  eager: true,
  import: "default",
});
const locales = Object.entries(files).map(([path, messages]) => ({ language: path.split("/")[2] ?? "", messages }));
const english = locales.find(({ language }) => language === "en")?.messages ?? {};

const pages = import.meta.glob<string>("../src/**/*.{ts,html}", { eager: true, query: "?raw", import: "default" });
const sources = [...Object.values(pages), JSON.stringify(manifest)].join("\n");

const partsOf = ({ message }: Message) => (message.match(/\$[A-Z_]+\$/g) ?? []).sort();

describe.each(locales)("the messages in $language", ({ language, messages }) => {
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

it("there are the four languages", () =>
  expect(locales.map(({ language }) => language).sort()).toEqual(["de", "en", "es", "fr"]));

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
