// @vitest-environment jsdom
import { describe, expect, it } from "vitest";
import { classOf } from "../src/content/field_class.js";
import { disclose, read, shapeOf } from "../src/content/value.js";
import type { Disclosure, Value } from "../src/shared/event.js";
import type { FieldRule, Team } from "../src/shared/policy.js";
import { find, fresh, page } from "./page.js";

const CANARY = "Kanarie7f3a";

const team = (fields: FieldRule[] = [], values: Team["values"] = "placeholder"): Team => ({
  name: "t",
  sites: [],
  exclude: [],
  values,
  keys: "episodes",
  outline: false,
  fields,
});

const rule = (values: Disclosure, match = "#it"): FieldRule => ({ match, values });

function told(html: string, of: Team = team(), secrets = fresh()) {
  page(html);
  const field = find();
  return disclose(read(field, secrets), field, of);
}

describe("the class of a field", () => {
  it.each([
    ['<input id="it" type="password">', "password"],
    ['<input id="it" type="PASSWORD">', "password"],
    ['<input id="it" autocomplete="section-a current-password webauthn">', "password"],
    ['<input id="it" autocomplete="new-password">', "password"],
    ['<input id="it" style="-webkit-text-security: disc">', "password"],
    ['<input id="it" name="userPassword">', "password"],
    ['<input id="it" name="user_pwd_2">', "password"],
    ['<label>Kennwort <input id="it"></label>', "password"],
    ['<label for="it">Paßwort</label><input id="it">', "password"],
    ['<input id="it" placeholder="Passwort">', "password"],
    ['<input id="it" aria-label="PIN">', "password"],
    ['<input id="it" name="apiKey">', "secret"],
    ['<span id="l">Client secret</span><textarea id="it" aria-labelledby="l"></textarea>', "secret"],
    ['<input id="it" autocomplete="one-time-code">', "one_time_code"],
    ['<input id="it" name="otp">', "one_time_code"],
    ['<label>Verification code <input id="it"></label>', "one_time_code"],
    ['<label>Bestätigungscode <input id="it"></label>', "one_time_code"],
    ['<label>SMS-TAN <input id="it"></label>', "one_time_code"],
    ['<input id="it" maxlength="1" inputmode="numeric">', "one_time_code"],
    ['<input id="it" maxlength="6" inputmode="numeric">', "one_time_code"],
    ['<input id="it" autocomplete="billing cc-number">', "payment_card"],
    ['<input id="it" autocomplete="cc-name">', "payment_card"],
    ['<input id="it" type="tel" autocomplete="cc-csc">', "payment_card"],
    ['<select id="it" autocomplete="cc-exp-month"></select>', "payment_card"],
    ['<input id="it" name="cardNumber">', "payment_card"],
    ['<label>Kartennummer <input id="it"></label>', "payment_card"],
    ['<label>Prüfziffer <input id="it"></label>', "payment_card"],
    ['<input id="it" aria-label="CVC">', "payment_card"],
    ['<input id="it" inputmode="numeric" maxlength="19">', "payment_card"],
    ['<input id="it" type="hidden">', "hidden"],
    ['<input id="it" type="file">', "file"],
    ['<input id="it" type="email">', "email"],
    ['<input id="it" inputmode="email">', "email"],
    ['<input id="it" autocomplete="work tel-national">', "phone"],
    ['<input id="it" type="url">', "url"],
    ['<input id="it" type="search">', "search"],
    ['<input id="it" type="datetime-local">', "date"],
    ['<input id="it" type="range">', "number"],
    ['<input id="it">', "text"],
    ['<input id="it" type="unheard-of">', "text"],
    ['<textarea id="it"></textarea>', "free_text"],
    ['<div id="it" contenteditable></div>', "free_text"],
    ['<select id="it"></select>', "choice"],
    ['<input id="it" type="radio">', "choice"],
    ['<input id="it" type="checkbox" name="show_password">', "toggle"],
    // Not every word that looks like a secret is one.
    ['<label>Passenger <input id="it"></label>', "text"],
    ['<label>Opinion <input id="it"></label>', "text"],
    ['<label>Company <input id="it"></label>', "text"],
    ['<label>Distance <input id="it"></label>', "text"],
    ['<input id="it" name="spanning">', "text"],
  ])("%s is %s", (html, expected) => {
    page(html);
    expect(classOf(find(), fresh())).toBe(expected);
  });
});

describe("a secret once is a secret always", () => {
  it("when its type changes after it was seen", () => {
    const secrets = fresh();
    page('<input id="it" type="password">');
    expect(classOf(find(), secrets)).toBe("password");
    find<HTMLInputElement>().type = "text";
    expect(classOf(find(), secrets)).toBe("password");
  });

  it("when its type changed before it was seen", () => {
    const secrets = fresh();
    page('<input id="it" type="password">');
    find<HTMLInputElement>().type = "text";
    expect(classOf(find(), secrets)).toBe("password");
  });

  it("when another field of its name takes its place in the form", () => {
    const secrets = fresh();
    page('<form><input id="it" name="word" type="password"></form>');
    secrets.note(document);
    find("form").innerHTML = '<input id="it2" name="word" type="text">';
    expect(classOf(find("#it2"), secrets)).toBe("password");
    page('<form><input id="it2" name="word" type="text"></form>');
    expect(classOf(find("#it2"), secrets), "another form").toBe("text");
  });

  it("when its autocomplete is taken away", () => {
    const secrets = fresh();
    page('<input id="it" autocomplete="one-time-code">');
    expect(classOf(find(), secrets)).toBe("one_time_code");
    find().removeAttribute("autocomplete");
    expect(classOf(find(), secrets)).toBe("one_time_code");
  });
});

describe("what is told of a value", () => {
  const text = { class: "text", disclosure: "placeholder", text: CANARY };
  const withheld = { class: "text", disclosure: "withheld" };

  it("is by default what its class allows", () => {
    expect(told(`<input id="it" value="${CANARY}">`).value).toEqual(text);
    expect(told('<input id="it" type="number" value="42">').value).toMatchObject({ disclosure: "shape" });
    expect(told('<input id="it" type="checkbox" checked>').value).toEqual({
      class: "toggle",
      disclosure: "clear",
      checked: true,
    });
    expect(told('<select id="it" multiple><option selected>A<option>B<option selected>C</select>').value).toEqual({
      class: "choice",
      disclosure: "clear",
      options: ["A", "C"],
    });
    expect(told('<label><input id="it" type="radio" checked> High </label>').value).toEqual({
      class: "choice",
      disclosure: "clear",
      options: ["High"],
      checked: true,
    });
    expect(
      told('<input id="it" type="radio" aria-label="3 stars" checked><label for="it"><svg></svg></label>').value,
    ).toEqual({
      class: "choice",
      disclosure: "clear",
      options: ["3 stars"],
      checked: true,
    });
  });

  it("is never more than the class for a secret, whatever the policy says", () => {
    for (const html of ['type="password"', 'autocomplete="cc-number"', 'name="otp"']) {
      const { value, rule: decided } = told(`<input id="it" ${html} value="${CANARY}">`, team([rule("clear")]));
      expect(Object.keys(value)).toEqual(["class", "disclosure"]);
      expect(value.disclosure).toBe("withheld");
      expect(decided).toBeUndefined();
    }
  });

  it("is bounded by the team, for what is typed", () => {
    expect(told(`<input id="it" value="${CANARY}">`, team([], "withheld")).value).toEqual(withheld);
    expect(told('<input id="it" type="date" value="2026-12-04">', team([], "withheld")).value.disclosure).toBe(
      "withheld",
    );
    expect(told('<select id="it"><option>A</select>', team([], "withheld")).value.disclosure).toBe("clear");
    const shape = told(`<input id="it" value="${CANARY}">`, team([], "shape")).value;
    expect(shape).toMatchObject({ disclosure: "shape", shape: { length: "9-16" } });
    expect(JSON.stringify(shape)).not.toContain(CANARY);
  });

  it("is raised by a rule alone, which is named", () => {
    expect(told(`<input id="it" value="${CANARY}">`, team([rule("clear")]))).toEqual({
      value: { class: "text", disclosure: "clear", text: CANARY },
      rule: "#it",
    });
  });

  it("is decided by the strictest rule", () => {
    const rules = [rule("clear"), rule("shape", "input"), rule("placeholder", "*")];
    expect(told(`<input id="it" value="${CANARY}">`, team(rules))).toMatchObject({
      value: { disclosure: "shape" },
      rule: "input",
    });
  });

  it("is withheld when a rule cannot be understood", () => {
    expect(told(`<input id="it" value="${CANARY}">`, team([rule("clear"), rule("clear", "!!")])).value).toEqual(
      withheld,
    );
  });

  it("has no placeholder where few values are possible", () => {
    expect(told('<input id="it" type="number" value="7">', team([rule("placeholder")])).value.disclosure).toBe("shape");
    expect(told('<select id="it"><option>Abc</select>', team([rule("placeholder")])).value).toEqual({
      class: "choice",
      disclosure: "shape",
      shape: { length: "1-4", characters: ["letters"], lines: "one" },
    });
    expect(told('<input id="it" type="checkbox">', team([rule("shape")])).value).toEqual({
      class: "toggle",
      disclosure: "withheld",
    });
  });

  it("is the text of an editor, line by line", () => {
    expect(told('<div id="it" contenteditable><p>One</p><p>Two<br>Three</p></div>').value).toMatchObject({
      text: "One\nTwo\nThree",
    });
  });

  it("is well-formed and cut, and says so", () => {
    page('<textarea id="it"></textarea>');
    find<HTMLTextAreaElement>().value = `\ud83d${"x".repeat(20_000)}`;
    const { value } = disclose(read(find(), fresh()), find(), team()) as { value: Value & { text: string } };
    expect(value).toMatchObject({ disclosure: "placeholder", cut: true });
    expect(value.text).toHaveLength(16_384);
    expect(value.text.startsWith("\ufffdxx")).toBe(true);
  });
});

describe("marks of the page", () => {
  it.each([
    "data-fieldnote=withheld",
    "data-fieldnote=whithold",
    "data-fieldnote",
    "class=rr-block",
    "class=rr-mask",
    "class=rr-ignore",
    "class=ph-no-capture",
    "class=ph-mask",
    "data-private",
    "data-sentry-mask",
    "data-sentry-block",
    "class=sentry-mask",
    "class=sentry-block",
    "data-openreplay-obscured",
    "data-openreplay-masked",
    "data-openreplay-hidden",
    "data-hl-record=false",
    "class=highlight-mask",
    "class=highlight-block",
    "class=ph-sensitive",
    "class=dd-privacy-mask",
    "data-dd-privacy=mask-user-input",
    "data-hj-suppress",
    "class=fs-mask",
    "class=fs-exclude",
    "class=amp-block",
    "class=mp-mask",
    "class=nr-block",
    "data-clarity-mask=true",
    "data-recording-sensitive",
    "data-sl=mask",
    "data-cs-mask",
    "data-heap-redact-text",
    "data-dtrum-mask",
  ])("%s withholds, on the field and on anything around it, against every rule", (mark) => {
    const clear = team([rule("clear")]);
    expect(told(`<input id="it" ${mark} value="${CANARY}">`, clear).value.disclosure).toBe("withheld");
    expect(told(`<div ${mark}><p><input id="it" value="${CANARY}"></p></div>`, clear).value.disclosure).toBe(
      "withheld",
    );
  });

  it("hold through shadow hosts", () => {
    page('<div data-private><span id="host"></span></div>');
    const root = find("#host").attachShadow({ mode: "open" });
    root.innerHTML = `<input value="${CANARY}">`;
    const field = root.querySelector("input") as HTMLInputElement;
    expect(read(field, fresh())).toEqual({ class: "text", ceiling: "withheld", content: null, seen: field });
  });

  it("that say no are none", () => {
    for (const mark of ["data-private=false", "data-clarity-mask=False", "data-dd-privacy=allow", "data-hl-record"])
      expect(told(`<input id="it" ${mark} value="${CANARY}">`).value.disclosure, mark).toBe("placeholder");
  });

  it("can lower a little, and never raise", () => {
    expect(told(`<input id="it" data-fieldnote="shape" value="${CANARY}">`).value.disclosure).toBe("shape");
    expect(told(`<input id="it" data-fieldnote="clear" value="${CANARY}">`).value.disclosure).toBe("placeholder");
    expect(told('<input id="it" type="password" data-fieldnote="clear">').value.disclosure).toBe("withheld");
  });
});

describe("where one signs in or pays", () => {
  const field = `<input id="it" value="${CANARY}">`;

  it.each([
    ["a password beside it", `${field}<input type="password">`],
    ["a new password elsewhere on the page", `<form>${field}</form><form><input autocomplete="new-password"></form>`],
    ["a code", `${field}<input autocomplete="one-time-code">`],
    ["a card", `${field}<input autocomplete="billing cc-number">`],
  ])("only the shape of what is typed is told: %s", (_, html) => {
    expect(told(html, team([rule("clear")])).value.disclosure).toBe("shape");
  });

  it("a secret field that is gone still counts in its form, one that is not rendered does not", () => {
    const secrets = fresh();
    page(`<form>${field}<input name="pin" type="password"></form>`);
    read(find("[name=pin]"), secrets);
    find("[name=pin]").remove();
    expect(read(find(), secrets).ceiling).toBe("shape");
    expect(told(`${field}<div style="display: none"><input type="password"></div>`).value.disclosure).toBe(
      "placeholder",
    );
  });
});

describe("a shape", () => {
  it.each([
    ["", "0", [], "one"],
    ["abc", "1-4", ["letters"], "one"],
    ["12 345", "5-8", ["digits", "spaces"], "one"],
    ["a@b.example", "9-16", ["letters", "punctuation"], "one"],
    ["line\nline line line", "17-64", ["letters", "spaces"], "many"],
    ["\u0000".repeat(70), "65+", ["other"], "one"],
  ])("of %j", (text, length, characters, lines) => {
    expect(shapeOf(text)).toEqual({ length, characters, lines });
  });
});
