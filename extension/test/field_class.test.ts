// @vitest-environment jsdom
/** What a field is by what stands around it. */

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { classOf } from "../src/content/field_class.js";
import { fieldsWith, wordsOn } from "../src/content/field_context.js";
import { read } from "../src/content/value.js";
import { find, fresh, page } from "./page.js";

function classIn(html: string): string {
  page(html);
  return classOf(find(), fresh());
}

const inForm = (field: string, others = '<input name="subject"><input name="amount">') =>
  `<form>${others}${field}</form>`;

beforeEach(() => void vi.spyOn(performance, "now").mockReturnValue(0));
afterEach(() => history.replaceState(null, "", "/"));

describe("the words of a field", () => {
  it.each([
    ["its label", '<label for="it">Passwort</label><input id="it">'],
    ["a label around it", "<label>Passwort <input id=it></label>"],
    ["elements it is labelled by", '<b id="a">Neues</b><b id="b">Kennwort</b><input id="it" aria-labelledby="a b">'],
    ["aria-label", '<input id="it" aria-label="Passwort">'],
    ["title", '<input id="it" title="Passwort">'],
    ["placeholder", '<input id="it" placeholder="Passwort">'],
    ["a placeholder of dots", '<input id="it" placeholder="••••••••">'],
    ["a test id", '<input id="it" data-testid="login-password">'],
    ["an Angular name", '<input id="it" formcontrolname="newPassword">'],
    ["the text before it", "<div>Passwort: <input id=it></div>"],
    ["the element before it", "<span>Passwort</span><input id=it>"],
    ["what stands before its box", "<div><div>Passwort</div><div><input id=it></div></div>"],
    ["the head of its row", "<table><tr><th>Passwort</th><td><input id=it></td></tr></table>"],
    ["the head of its column", "<table><tr><th>User<th>Password</tr><tr><td>a<td><input id=it></tr></table>"],
    ["the cell before it", "<table><tr><td>Passwort</td><td><input id=it></td></tr></table>"],
    ["the legend of its group", "<fieldset><legend>Change password</legend><input id=it></fieldset>"],
    ["the name of its group", '<div role="group" aria-label="Passwort"><input id=it></div>'],
    ["its help text", '<input id="it" aria-describedby="h"><p id="h">Your password has 12 letters</p>'],
    ["its CSS classes", '<input id="it" class="form-control js-password">'],
  ])("are %s", (_, html) => {
    expect(classIn(html)).toBe("password");
  });

  it("are its own before those of its group", () => {
    const inGroup = (label: string) =>
      classIn(`<fieldset><legend>Delivery address</legend><label>${label}<input id=it></label></fieldset>`);
    expect(inGroup("Full name")).toBe("name");
    expect(inGroup("Floor")).toBe("address");
  });

  it("are not those that are typed or chosen", () => {
    page('<label>Colour <textarea>password</textarea><select><option>password</select><input id="it"></label>');
    expect(wordsOn(find()).join(" ")).not.toContain("password");
  });

  it("are not those of a field before it", () => {
    expect(classIn("<label>Password <input></label><input id=it>")).toBe("text");
  });

  it("of a radio button are the question and not the answer", () => {
    const radio = (legend: string, label: string) =>
      classIn(`<fieldset><legend>${legend}</legend><label><input type=radio id=it name=x>${label}</label></fieldset>`);
    expect(radio("Payment method", "Credit card")).toBe("choice");
    expect(radio("Gender", "female")).toBe("personal_status");
    expect(radio("Religion", "none")).toBe("special_category");
  });
});

describe("codes that are good once", () => {
  const six = '<input id="it" inputmode="numeric" maxlength="6">';

  it("are not what six digits are among other fields", () => {
    expect(classIn(inForm(six))).toBe("text");
    expect(classIn(inForm(`<label>Ticket number ${six}</label>`, ""))).toBe("text");
    expect(classIn(inForm(`<label>Ticketnummer ${six}</label>`))).toBe("text");
  });

  it("are what six digits are alone, under a word or where people sign in", () => {
    expect(classIn(inForm(six, ""))).toBe("one_time_code");
    expect(classIn(inForm(`<label>Code ${six}</label>`))).toBe("one_time_code");
    expect(classIn(inForm('<label>Code <input id="it" pattern="\\d{6}"></label>'))).toBe("one_time_code");
    history.replaceState(null, "", "/account/two-factor/");
    expect(classIn(inForm(six))).toBe("one_time_code");
  });

  it("are what a lone code is, whatever its measure", () => {
    expect(classIn(inForm("<label>Code <input id=it></label>", ""))).toBe("one_time_code");
    expect(classIn(inForm("<label>Code <input id=it></label>"))).toBe("text");
    expect(classIn(inForm("<label>Discount code <input id=it></label>", ""))).toBe("text");
    history.replaceState(null, "", "/sign-in");
    expect(classIn(inForm("<label>Code <input id=it></label>"))).toBe("one_time_code");
  });

  it("are typed in single boxes, too", () => {
    const boxes = '<input maxlength="1">'.repeat(3);
    expect(classIn(`<form>${boxes}<input id="it" maxlength="1"></form>`)).toBe("one_time_code");
    expect(classIn('<input id="it" maxlength="1" inputmode="numeric">')).toBe("one_time_code");
    expect(classIn(inForm('<input id="it" maxlength="1">'))).toBe("text");
  });
});

describe("payment cards", () => {
  const card = "<label>Card number <input></label>";

  it("make a check code of three or four digits beside them", () => {
    const digits = '<input id="it" inputmode="numeric" maxlength="4">';
    expect(classIn(inForm(digits, card))).toBe("payment_card");
    expect(classIn(inForm(digits))).toBe("text");
    expect(classIn(inForm('<label>Expiry <input id="it"></label>', card))).toBe("payment_card");
    expect(classIn(inForm('<label>Expiry <input id="it"></label>'))).toBe("text");
    expect(classIn(inForm('<label>Amount <input id="it"></label>', card))).toBe("text");
  });

  it("are typed in four fields, too", () => {
    const quarter = '<input maxlength="4" inputmode="numeric">';
    expect(classIn(`<div>${quarter.repeat(3)}<input id="it" maxlength="4" inputmode="numeric"></div>`)).toBe(
      "payment_card",
    );
    expect(classIn(inForm('<input id="it" maxlength="4" inputmode="numeric">'))).toBe("text");
  });

  it("have all that stands in their group", () => {
    expect(classIn("<fieldset><legend>Payment card</legend><label>Name <input id=it></label><input></fieldset>")).toBe(
      "payment_card",
    );
  });
});

it("knows pay by where it is typed", () => {
  const amount = inForm('<label>Amount <input id="it" type="number"></label>');
  expect(classIn(amount)).toBe("number");
  history.replaceState(null, "", "/payroll/2026");
  expect(classIn(amount)).toBe("salary");
});

it("shows no shape of one answer of a few", () => {
  const list = "<option>male<option>female";
  page(`<label>Gender <select id="it">${list}</select></label>`);
  expect(read(find(), fresh())).toMatchObject({ class: "personal_status", ceiling: "shape" });
});

describe("a page without end", () => {
  it("is looked at in part", () => {
    page(inForm('<input id="it" maxlength="4">', "<input>".repeat(5000)));
    expect(fieldsWith(find())).toHaveLength(64);
    page(`<label>${"<i>word </i>".repeat(5000)}<input id="it"></label>`);
    expect(wordsOn(find()).join("").length).toBeLessThan(1000);
  });

  it("withholds what takes too long", () => {
    page(inForm('<input id="it" inputmode="numeric" maxlength="4">', "<input>".repeat(60)));
    let clock = 0;
    vi.spyOn(performance, "now").mockImplementation(() => (clock += 10));
    expect(read(find(), fresh())).toEqual({ class: "password", ceiling: "withheld", content: null });
  });
});

it("judges the fields around by their own trees, closed ones too", () => {
  page('<div id="host"></div>');
  const root = find("#host").attachShadow({ mode: "closed" });
  root.innerHTML = "<label for=a>Card number</label><input id=a><input id=b inputmode=numeric maxlength=3>";
  expect(classOf(root.querySelector("#a") as HTMLElement, fresh())).toBe("payment_card");
  expect(classOf(root.querySelector("#b") as HTMLElement, fresh())).toBe("payment_card");
});
