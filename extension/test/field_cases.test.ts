/** The host and the page's script are held to one table of what is said of a field. */

import { describe, expect, it } from "vitest";
import { rules } from "../../manifest/field-classes.json";
import table from "../../tests/unit/field_cases.json";
import { GUIDE } from "../src/background/guide.js";
import { classOfType, verdict } from "../src/content/field_verdict.js";
import { learn } from "../src/content/guide.js";

learn(GUIDE);

interface Case {
  type?: string;
  autocomplete?: string;
  label?: string;
  name?: string;
  class: string;
  /** Of the page's script, where it has fewer words than the host. */
  page?: string;
}

const cases: Case[] = table.cases;

describe("the table that the host is held to as well", () => {
  it.each(cases)("%j", ({ type = "text", autocomplete = "", label = "", name = "", ...expected }) => {
    expect(verdict(classOfType(type), autocomplete, [label, name]).class).toBe(expected.page ?? expected.class);
  });

  it("lets the page's script miss only what it may tell the host, and a rare word", () => {
    const strict = cases.filter(({ class: name }) => rules[name as keyof typeof rules].usual === "withheld");
    expect(strict.filter(({ page }) => page !== undefined).length / strict.length).toBeLessThan(0.1);
  });
});
