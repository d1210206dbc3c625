/** The host and the extension are held to one table of patterns and addresses. */

import { describe, expect, it } from "vitest";
import table from "../../tests/unit/site_cases.json";
import { matches, parsePattern, parseUrl } from "../src/shared/site.js";

interface Case {
  pattern: string;
  valid: boolean;
  matches?: string[];
  misses?: string[];
}

const cases: Case[] = table.cases;

describe("the table that the host is held to as well", () => {
  // What is too wide is refused by the host, which knows public suffixes; here patterns only match.
  it.each(cases.filter(({ valid }) => valid))("$pattern", (row) => {
    const pattern = parsePattern(row.pattern);
    expect(pattern).not.toBeNull();
    if (pattern === null) return;
    const hit = (address: string) => {
      const url = parseUrl(address);
      return url !== null && url.username === "" && url.password === "" && matches(pattern, url);
    };
    for (const address of row.matches ?? []) expect([address, hit(address)]).toEqual([address, true]);
    for (const address of row.misses ?? []) expect([address, hit(address)]).toEqual([address, false]);
  });
});
