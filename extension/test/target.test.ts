// @vitest-environment jsdom
import { beforeEach, describe, expect, it, vi } from "vitest";
import { actionable } from "../src/content/actionable.js";
import { describe as describeTarget } from "../src/content/target.js";
import { deepest } from "../src/content/tree.js";
import { find, page } from "./page.js";

const CANARY = "Kanarie7f3a";

// jsdom takes its time over styles; what is bounded here by time is bounded by nodes too.
beforeEach(() => void vi.spyOn(performance, "now").mockReturnValue(0));

function target(html: string, selector = "#it") {
  page(html);
  return describeTarget(find(selector));
}

describe("role and name", () => {
  it.each([
    ['<button id="it"> Save  <b>now</b></button>', "button", "Save now"],
    ['<a id="it" href="/x">More</a>', "link", "More"],
    ['<a id="it">No link</a>', "generic", ""],
    ['<label>Subject <input id="it"></label>', "textbox", "Subject"],
    ['<label for="it">Word</label><input id="it" type="password">', "textbox", "Word"],
    ['<input id="it" type="date" aria-label="Due">', "textbox", "Due"],
    ['<input id="it" type="search" title="Find">', "searchbox", "Find"],
    ['<input id="it" type="number" aria-label="Amount">', "spinbutton", "Amount"],
    ['<input id="it" type="submit" value="Send">', "button", "Send"],
    ['<label><input id="it" type="radio"> High</label>', "radio", "High"],
    ['<label><input id="it" type="checkbox"> Copy me</label>', "checkbox", "Copy me"],
    ['<select id="it" aria-label="Category"><option>A</select>', "combobox", "Category"],
    ['<div id="it" role="button" aria-label="Close"></div>', "button", "Close"],
    ['<div id="it" role="nonsense switch" aria-label="Dark"></div>', "switch", "Dark"],
    ['<div id="it" contenteditable aria-label="Reply">x</div>', "textbox", "Reply"],
    ['<div id="it">Some text</div>', "generic", ""],
    ['<div id="it" aria-label="Card">Some text</div>', "generic", "Card"],
    ['<form id="it"></form>', "generic", ""],
    ['<form id="it" aria-label="Ticket"></form>', "form", "Ticket"],
    ['<table><tr><td id="it">Jane Doe</td></tr></table>', "cell", "Jane Doe"],
  ])("%s is %s %j", (html, role, name) => {
    expect(target(html)).toMatchObject({ role, name });
  });

  it("is at most 200 well-formed characters", () => {
    const { name } = target(`<button id="it" aria-label="${"x".repeat(199)}😀 and more"></button>`);
    expect(name).toBe("x".repeat(199));
    page('<button id="it"></button>');
    find().setAttribute("aria-label", "half \ud83d emoji");
    expect(describeTarget(find()).name).toBe("half \ufffd emoji");
  });

  it("is given up rather than sought through a page", () => {
    const { name } = target(`<button id="it">${"<i>x</i>".repeat(2000)}</button>`);
    expect(name).toBe("");
  });
});

describe("what was found out", () => {
  it("holds until something changes anywhere in the document", () => {
    page('<label for="it">Who</label><input id="it" name="who"><p id="other"></p>');
    expect(describeTarget(find()).name).toBe("Who");
    find("label").textContent = "Whom";
    expect(describeTarget(find()).name).toBe("Whom");
    find("#other").outerHTML = '<input name="who">';
    expect(JSON.stringify(describeTarget(find()).selectors)).not.toContain("[name=");
    find().setAttribute("aria-label", "Somebody");
    expect(describeTarget(find()).name).toBe("Somebody");
  });

  it("is not remembered of what holds others, or stands in a shadow tree", () => {
    page("<div id=host></div>");
    const root = find("#host").attachShadow({ mode: "open" });
    root.innerHTML = "<button>One</button>";
    const button = root.querySelector("button") as HTMLElement;
    expect(describeTarget(button).name).toBe("One");
    button.textContent = "Two";
    expect(describeTarget(button).name).toBe("Two");
  });
});

describe("no typed value is ever in a name", () => {
  it.each([
    `<label for="it">Remind me in <input value="${CANARY}"> days <input id="it" type="checkbox"></label>`,
    `<label for="it">Remind me in <textarea>${CANARY}</textarea> days <input id="it" type="checkbox"></label>`,
    `<label for="it">Who <select><option>${CANARY}</select><input id="it" type="checkbox"></label>`,
    `<label for="it">Note <span contenteditable>${CANARY}</span><input id="it" type="checkbox"></label>`,
    `<label for="it">Note <span role="textbox">${CANARY}</span><input id="it" type="checkbox"></label>`,
    `<label for="it">Level <input type="range" value="${CANARY}" aria-valuetext="${CANARY}"><input id="it" type="checkbox"></label>`,
    `<button id="it">Send to <input value="${CANARY}"></button>`,
    `<button id="it">Send to <output>${CANARY}</output></button>`,
    `<input id="v" value="${CANARY}"><button id="it" aria-labelledby="v"></button>`,
    `<input id="v" hidden value="${CANARY}"><button id="it" aria-labelledby="v"></button>`,
    `<input id="it" value="${CANARY}" aria-labelledby="it">`,
    `<input id="v" value="${CANARY}"><button id="it"><i aria-labelledby="v"></i></button>`,
    `<input id="v" value="${CANARY}"><i id="own" aria-owns="v">Of</i><button id="it" aria-labelledby="own"></button>`,
    `<div contenteditable><button id="it">${CANARY}</button></div>`,
    `<div contenteditable><a id="it" href="#">${CANARY}</a></div>`,
    `<div id="e" contenteditable><b id="v">${CANARY}</b></div><button id="it" aria-labelledby="v"></button>`,
    `<table><tr><td id="it" contenteditable>${CANARY}</td></tr></table>`,
    `<div id="it" role="textbox" contenteditable>${CANARY}</div>`,
    `<div id="it" role="gridcell" contenteditable>${CANARY}</div>`,
    `<button id="it">Show <span data-private>${CANARY}</span></button>`,
    `<div class="ph-no-capture"><button id="it" aria-label="${CANARY}">${CANARY}</button></div>`,
    `<table><tr id="it"><td><input value="${CANARY}"></td></tr></table>`,
  ])("%s", (html) => {
    expect(JSON.stringify(target(html))).not.toContain(CANARY);
  });

  it("but the words around it are", () => {
    expect(target('<label for="it">Every <input value="3"> days <input id="it" type="checkbox"></label>').name).toBe(
      "Every days",
    );
  });
});

describe("content", () => {
  it.each([
    ["<table><tr><td id=it>Jane</td></tr></table>", true],
    ["<table><tr><td><a id=it href=#>Jane</a></td></tr></table>", true],
    ["<ul><li><a id=it href=#>Jane</a></li></ul>", true],
    ["<div role=listitem><a id=it href=#>Jane</a></div>", true],
    ["<article><a id=it href=#>Jane</a></article>", true],
    ["<h1 id=it>Refund for Jane</h1>", true],
    ["<div role=row id=it>Jane</div>", true],
    ["<nav><ul><li><a id=it href=#>Tickets</a></li></ul></nav>", undefined],
    ["<div role=menu><ul><li><a id=it href=#>Tickets</a></li></ul></div>", undefined],
    ["<div role=toolbar><ul><li><a id=it href=#>Print</a></li></ul></div>", undefined],
    ["<table><tr><td><button id=it>Delete</button></td></tr></table>", undefined],
    ["<p><a id=it href=#>New ticket</a></p>", undefined],
  ])("%s: %s", (html, content) => {
    expect(target(html).content).toBe(content);
  });

  it("is found by its place alone", () => {
    const { selectors } = target(
      '<main id="tickets"><table><tr data-testid="jane"><td><a id="it" name="jane" href="/jane">Jane</a></td></tr></table></main>',
    );
    expect(selectors).toEqual([
      ["#tickets > table > tbody > tr > td > a"],
      ['xpath///*[@id="tickets"]/table/tbody/tr/td/a'],
    ]);
  });
});

describe("selectors", () => {
  it("come best first", () => {
    const { selectors } = target(
      '<form><button>Other</button><button id="it" data-testid="save" name="save">Save</button></form>',
    );
    expect(selectors).toEqual([
      ['[data-testid="save"]'],
      ["#it"],
      ['aria/Save[role="button"]'],
      ['button[name="save"]'],
      ['xpath///button[normalize-space(.)="Save"]'],
      ["html > body > form > button:nth-of-type(2)"],
      ["xpath///html/body/form/button[2]"],
    ]);
  });

  it("that find several elements come last, and say so", () => {
    const { selectors, matches } = target('<button>Save</button><button class="it">Save</button>', ".it");
    expect(selectors.map(([selector], i) => [selector, matches?.[i]])).toEqual([
      ["html > body > button:nth-of-type(2)", 1],
      ["xpath///html/body/button[2]", 1],
      ['aria/Save[role="button"]', 2],
      ['xpath///button[normalize-space(.)="Save"]', 2],
    ]);
  });

  it.each([
    ":r1:",
    "«r5»",
    "_r_3_",
    "radix-abc",
    "headlessui-menu-button-2",
    "ember123",
    "field-4711",
    "row_3",
    "3",
    "a3f9b2c1d4",
    "css-1q2w3e",
    "550e8400-e29b-41d4-a716-446655440000",
    "mat-input-7",
    "radio-_r_c_",
    "__button1",
    "trigger-VkS61-AdcMfFdtFc_2m-G",
  ])("do not use the generated id %s", (id) => {
    page("<button>Save</button>");
    find("button").id = id;
    expect(JSON.stringify(describeTarget(find("button")).selectors)).not.toContain(id);
  });

  it("use a place from the nearest stable id, and what is unique only", () => {
    const { selectors } = target('<div id="panel"><p><i></i><i class="it"></i></p></div><div id="b"></div>', ".it");
    expect(selectors).toEqual([["#panel > p > i:nth-of-type(2)"], ['xpath///*[@id="panel"]/p/i[2]']]);
    const twice = target('<input name="q"><input name="q" class="it">', ".it");
    expect(twice.selectors).toEqual([["html > body > input:nth-of-type(2)"], ["xpath///html/body/input[2]"]]);
  });

  it("lead through shadow roots, and each finds its element", () => {
    page('<div id="app"></div>');
    const outer = find("#app").attachShadow({ mode: "open" });
    outer.innerHTML = "<section><my-box></my-box><my-box></my-box></section>";
    const host = outer.querySelectorAll("my-box")[1] as HTMLElement;
    const inner = host.attachShadow({ mode: "open" });
    inner.innerHTML = "<button>One</button><button>Two</button>";
    const button = inner.querySelectorAll("button")[1] as HTMLElement;
    const { selectors } = describeTarget(button);
    expect(selectors).toEqual([
      ["#app", "section > my-box:nth-of-type(2)", 'aria/Two[role="button"]'],
      ["#app", "section > my-box:nth-of-type(2)", "button:nth-of-type(2)"],
    ]);
    for (const chain of selectors.filter((chain) => !chain.some((part) => part.startsWith("aria/")))) {
      let root: ParentNode = document;
      let found: Element | null = null;
      for (const part of chain) {
        found = root.querySelector(part);
        root = found?.shadowRoot ?? root;
      }
      expect(found).toBe(button);
    }
  });

  it("begin at the top of a shadow tree, where the same is further down, too", () => {
    page('<div id="app"></div>');
    const root = find("#app").attachShadow({ mode: "open" });
    root.innerHTML = "<p><i><b></b></i></p><i><b></b></i>";
    const { selectors } = describeTarget(root.lastElementChild?.firstElementChild as HTMLElement);
    expect(selectors).toEqual([["#app", "i:not(* > *) > b"]]);
    expect(root.querySelectorAll("i:not(* > *) > b").length).toBe(1);
  });

  it("are bounded on a page without end", () => {
    page(`<div>${"<p>x</p>".repeat(8000)}</div>`);
    const last = document.querySelector("p:last-child") as HTMLElement;
    const before = Date.now();
    describeTarget(last);
    expect(Date.now() - before).toBeLessThan(500);
  });
});

describe("what was meant", () => {
  it.each([
    ["<button><span id=hit>x</span></button>", "button"],
    ["<a href=#><svg><path id=hit></path></svg></a>", "a"],
    ["<label id=hit>Word <input></label>", "input"],
    ["<label><b id=hit>Word</b></label><input>", "label"],
    ["<table><tr><td><span id=hit>x</span></td></tr></table>", "td"],
    ["<button><h3 id=hit>x</h3></button>", "button"],
    ["<div role=tab><i id=hit></i></div>", "div"],
    ["<div contenteditable><p><a href=# id=hit>x</a></p></div>", "div"],
    ["<p><em id=hit>x</em></p>", "em"],
    ["<div><svg><path id=hit></path></svg></div>", "svg"],
    ["<div tabindex=-1><span id=hit>x</span></div>", "span"],
    ["<div tabindex=0><span id=hit>x</span></div>", "div"],
    ["<span role=combobox><b role=textbox id=hit></b></span>", "span"],
    ["<my-radio role=radio><label><b id=hit>x</b></label></my-radio>", "my-radio"],
  ])("%s: %s", (html, expected) => {
    page(html);
    expect(actionable(find("#hit")).localName).toBe(expected);
  });

  it("is inside open shadow roots", () => {
    page("<div id=host></div>");
    const root = find("#host").attachShadow({ mode: "open" });
    root.innerHTML = "<button>x</button>";
    let hit: Element | null = null;
    addEventListener("click", (event) => (hit = deepest(event)), { once: true });
    root.querySelector("button")?.click();
    expect((hit as Element | null)?.localName).toBe("button");
  });
});
