import { describe, expect, it } from "vitest";
import { Allowlist, bareAddress, type Team } from "../src/shared/policy.js";
import { matches, parsePattern, parseUrl } from "../src/shared/site.js";

const matching = (pattern: string, address: string) => {
  const parsed = parsePattern(pattern);
  const url = parseUrl(address);
  return parsed !== null && url !== null && matches(parsed, url);
};

describe("a pattern", () => {
  it.each([
    ["https://crm.corp.example/*", "https://crm.corp.example/", true],
    ["https://crm.corp.example/*", "https://crm.corp.example/a/b?c=d#e", true],
    ["https://crm.corp.example/*", "https://CRM.corp.example:443/a", true],
    ["https://crm.corp.example/*", "http://crm.corp.example/", false],
    ["https://crm.corp.example/*", "https://crm.corp.example:8443/", false],
    ["https://crm.corp.example/*", "https://crm.corp.example.evil.example/", false],
    ["https://crm.corp.example/*", "https://evil.example/crm.corp.example/", false],
    ["https://crm.corp.example/*", "https://crm.corp.example@evil.example/", false],
    ["https://crm.corp.example:8443/*", "https://crm.corp.example:8443/x", true],
    ["https://*.x.example/*", "https://a.x.example/", true],
    ["https://*.x.example/*", "https://b.a.x.example/", true],
    ["https://*.x.example/*", "https://x.example/", false],
    ["https://*.x.example/*", "https://notx.example/", false],
    ["https://a.example/app", "https://a.example/app", true],
    ["https://a.example/app", "https://a.example/app?x=1", true],
    ["https://a.example/app", "https://a.example/app/", false],
    ["https://a.example/app*", "https://a.example/apple", true],
    ["https://a.example/hr/*", "https://a.example/%68r/x", true],
    ["https://a.example/hr/*", "https://a.example/x/../hr/x", true],
    ["https://a.example/hr/*", "https://a.example/HR/x", false],
    ["https://a.example/app?x*", "https://a.example/app?x=1", false],
    ["https://bücher.example/*", "https://xn--bcher-kva.example/", true],
    ["http://crm/*", "http://crm/a", true],
    ["http://127.0.0.1:8080/*", "http://127.0.0.1:8080/a", true],
    ["http://[::1]/*", "http://[::1]/a", true],
  ])("%s on %s: %s", (pattern, address, expected) => {
    expect(matching(pattern, address)).toBe(expected);
  });

  it.each([
    "crm.corp.example/*",
    "*://crm.corp.example/*",
    "ftp://crm.corp.example/*",
    "https://crm.corp.example",
    "https://*/*",
    "https://a.*.example/*",
    "https://a.example/*/b",
    "https://a.example/b#c",
    "https://user@a.example/*",
    "https://a.example:99999/*",
    "",
  ])("%j is none", (pattern) => {
    expect(parsePattern(pattern)).toBeNull();
  });
});

const team = (name: string, sites: string[], exclude: string[] = []): Team => ({
  name,
  sites: sites.map((url) => ({ url, app: name })),
  exclude,
  values: "placeholder",
  keys: "episodes",
  outline: false,
  fields: [],
});

describe("the lists of a person", () => {
  const support = team("support", ["https://crm.example/*"], ["https://crm.example/hr/*"]);
  const sales = team(
    "sales",
    ["https://crm.example/*", "https://*.tickets.example/*"],
    ["https://a.tickets.example/x"],
  );
  const lists = new Allowlist([support, sales]);

  it("are judged by the first team that lists the page", () => {
    expect(lists.judge("https://crm.example/a")?.team.name).toBe("support");
    expect(lists.judge("https://b.tickets.example/x")).toEqual({ team: sales, app: "sales" });
  });

  it("are without what any team excludes", () => {
    expect(lists.judge("https://crm.example/hr/pay")).toBeNull();
    // The folder itself, and nothing that only begins alike.
    expect(lists.judge("https://crm.example/hr?tab=1")).toBeNull();
    expect(lists.judge("https://crm.example/hrx")).not.toBeNull();
    expect(lists.judge("https://a.tickets.example/x")).toBeNull();
  });

  it("hold nothing else", () => {
    for (const address of ["https://example.org/", "about:blank", "blob:https://crm.example/1", "", "nonsense"]) {
      expect(lists.judge(address)).toBeNull();
    }
    expect(new Allowlist([]).judge("https://crm.example/")).toBeNull();
  });

  it("exclude everything when an exclusion cannot be read", () => {
    expect(
      new Allowlist([team("a", ["https://crm.example/*"], ["crm.example/hr"])]).judge("https://crm.example/"),
    ).toBeNull();
  });

  it("are told to a page only as far as they concern it, and judge it the same", () => {
    const told = lists.narrowedTo("https://a.tickets.example/");
    expect(told.map(({ name, sites, exclude }) => [name, sites.length, exclude.length])).toEqual([["sales", 1, 1]]);
    expect(new Allowlist(told).judge("https://a.tickets.example/x")).toBeNull();
    expect(new Allowlist(told).judge("https://a.tickets.example/y")).not.toBeNull();
    expect(lists.narrowedTo("https://example.org/")).toEqual([]);
  });
});

describe("an address that is sent", () => {
  it("is without credentials, query and fragment, and never too long", () => {
    expect(bareAddress("https://u:p@crm.example:8443/a/b?c=d#e", 2048)).toBe("https://crm.example:8443/a/b");
    expect(bareAddress("file:///etc/passwd", 2048)).toBeNull();
    expect(bareAddress(`https://crm.example/${"a".repeat(5000)}`, 2048)).toHaveLength(2048);
  });
});
