// @vitest-environment jsdom

import Ajv from "ajv/dist/2020.js";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import schema from "../../manifest/schema/event.schema.json";
import { GUIDE } from "../src/background/guide.js";
import { Intake } from "../src/background/intake.js";
import { Drags } from "../src/content/drag.js";
import { Edits } from "../src/content/edits.js";
import { Gestures } from "../src/content/gesture.js";
import { Keys } from "../src/content/keys.js";
import type { Lifeline } from "../src/content/lifeline.js";
import { Reporter } from "../src/content/reporter.js";
import { citing } from "../src/content/target.js";
import type { Orders, Report } from "../src/shared/message.js";
import { Allowlist, readLists, type Team } from "../src/shared/policy.js";
import { find, fresh, page } from "./page.js";

const CANARY = "Kanarie7f3a";
const HERE = location.href;
const TEAM: Team = {
  name: "t",
  sites: [{ url: `${location.origin}/*`, app: "crm" }],
  exclude: [`${location.origin}/hr/*`],
  values: "placeholder",
  keys: "episodes",
  outline: false,
  fields: [{ match: "[name=health]", values: "withheld" }],
};

const ajv = new Ajv({ strict: false });
ajv.addSchema(schema);
const isWire = ajv.getSchema("https://fieldnote.invalid/schema/event.schema.json#/$defs/wire");

let reports: Report[];
let answer: (orders: Orders) => void;
let off: () => void;
/** What is told leaves after the listener that tells it; here, when it is asked for. */
let deliver: () => void;

/** The page's side as `main.ts` joins it, and a worker that keeps what it is sent. */
function record(
  orders: Orders | null = {
    record: true,
    life: "1",
    address: HERE,
    opened: false,
    lists: readLists([TEAM]),
    guide: GUIDE,
  },
): void {
  reports = [];
  vi.stubGlobal("chrome", {
    runtime: {
      id: "fieldnote",
      sendMessage: () => new Promise((resolve) => (answer = resolve)),
    },
  });
  const lifeline = { send: (report: Report) => reports.push(structuredClone(report)) } as unknown as Lifeline;
  const reporter = new Reporter(lifeline);
  reporter.ask();
  if (orders !== null) answer(orders);
  let gestures: Gestures;
  const edits = new Edits(reporter, fresh(), {
    clicked: (field) => gestures.clicked(field),
    changed: (field) => gestures.changed(field),
  });
  const drags = new Drags(reporter);
  gestures = new Gestures(reporter, edits, drags);
  const keys = new Keys(reporter, edits);
  const handlers: Record<string, (event: never) => void> = {
    pointerdown: (event) => gestures.pointerDown(event),
    pointerup: (event) => gestures.pointerUp(event),
    keydown: (event: KeyboardEvent) => {
      if (event.key === "Enter") edits.enter(event);
      gestures.keyDown(event);
      keys.down(event);
    },
    keyup: () => {
      gestures.keyUp();
      reporter.flush();
    },
    click: (event: MouseEvent) => {
      if (event.detail === 0) keys.tookEnter();
      gestures.click(event);
    },
    dblclick: (event: MouseEvent) => gestures.doubleClick(event),
    input: (event) => edits.input(event),
    change: (event) => edits.change(event),
    focusin: (event) => edits.focusIn(event),
    focusout: (event) => edits.focusOut(event),
    pagehide: () => {
      edits.commitAll();
      gestures.leave();
      reporter.flush();
    },
    submit: (event: Event) => {
      keys.tookEnter();
      edits.commitAll();
      gestures.submit(event.composedPath()[0] as HTMLFormElement);
      event.preventDefault();
    },
  };
  const end = new AbortController();
  for (const [type, handler] of Object.entries(handlers)) {
    addEventListener(type, handler as EventListener, { capture: true, signal: end.signal });
  }
  off = () => end.abort();
  deliver = () => reporter.deliver();
}

/** Kind, role, name and what was told, in order; and each is an event as the contract has it. */
function done() {
  deliver();
  const events = reports.flatMap((report) => {
    const { events } = new Intake({}).admit(
      { ...report, events: report.events.map((event, n) => ({ ...event, n })) },
      { tabId: 7, frameId: 0, frameUrl: HERE, borrowed: false, topUrl: HERE },
      new Allowlist([TEAM]),
    );
    return events;
  });
  for (const event of events) expect(isWire?.(event), JSON.stringify([isWire?.errors, event])).toBe(true);
  expect(reports.flatMap(({ events }) => events.map(({ n }) => n))).toEqual(events.map((_, n) => n));
  return events.map((event) => {
    const target = "target" in event ? `${event.target.role} ${event.target.name}`.trim() : "";
    return [event.kind, target, ...("value" in event ? [event.value.disclosure] : [])];
  });
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 5));

function fire(element: Element, type: string, init: MouseEventInit & { key?: string; repeat?: boolean } = {}): void {
  const options = { bubbles: true, composed: true, cancelable: true, isPrimary: true, ...init };
  element.dispatchEvent(
    type.startsWith("key")
      ? new KeyboardEvent(type, options)
      : new PointerEvent(type, { ...options, detail: 1 } as PointerEventInit),
  );
}

function press(element: HTMLElement): void {
  fire(element, "pointerdown");
  fire(element, "pointerup");
  // jsdom does what a browser does: it hands the click of a label to its control, and toggles check boxes.
  if (element.isConnected) element.click();
}

function type(element: HTMLInputElement | HTMLTextAreaElement, text: string): void {
  element.focus();
  element.value = text;
  element.dispatchEvent(new InputEvent("input", { bubbles: true, composed: true }));
}

const change = (element: Element) => element.dispatchEvent(new Event("change", { bubbles: true }));

beforeEach(() => {
  vi.spyOn(performance, "now").mockReturnValue(0);
  record();
});
afterEach(() => {
  off();
  vi.unstubAllGlobals();
  history.replaceState(null, "", HERE);
});

/** Lets the worker's answer arrive. */
const told = () => Promise.resolve().then(() => undefined);

describe("clicks", () => {
  it("are one each, on what was meant, as it was when pressed", async () => {
    await told();
    page('<button><span id="it">Save</span></button>');
    find("button").addEventListener("pointerdown", () => (find("button").textContent = "Saved"));
    const span = find();
    fire(span, "pointerdown");
    fire(find("button"), "pointerup");
    find("button").click();
    expect(done()).toEqual([["click", "button Save"]]);
  });

  it("on a text field are clicks; on a list they are told by its choice", async () => {
    await told();
    page('<input aria-label="Who" id="it"><select aria-label="What"><option>A<option>B</select>');
    press(find());
    press(find("select"));
    find<HTMLSelectElement>("select").selectedIndex = 1;
    change(find("select"));
    await settled();
    expect(done()).toEqual([
      ["click", "textbox Who"],
      ["select", "combobox What", "clear"],
    ]);
  });

  it("on a check box, its label, or a radio button are their change", async () => {
    await told();
    page(
      '<label id="l"><b id="text">Copy</b> <input type="checkbox"></label><input type="radio" aria-label="High" id="r">',
    );
    press(find("input"));
    await settled();
    press(find("#text"));
    await settled();
    press(find("#r"));
    await settled();
    expect(done()).toEqual([
      ["check", "checkbox Copy", "clear"],
      ["check", "checkbox Copy", "clear"],
      ["check", "radio High", "clear"],
    ]);
  });

  it("that change nothing are clicks", async () => {
    await told();
    page('<input type="radio" checked aria-label="High" id="it">');
    press(find());
    await settled();
    expect(done()).toEqual([["click", "radio High"]]);
  });

  it("on the label of a text field are one", async () => {
    await told();
    page('<label for="it" id="l">Who</label><input id="it">');
    press(find("#l"));
    await settled();
    expect(done()).toEqual([["click", "textbox Who"]]);
  });

  it("whose target goes away at the press are clicks nevertheless", async () => {
    await told();
    page('<button id="it">Gone</button>');
    const button = find();
    button.addEventListener("pointerdown", () => button.remove());
    fire(button, "pointerdown");
    fire(document.body, "pointerup");
    await settled();
    expect(done()).toEqual([["click", "button Gone"]]);
  });

  it("are recorded when the page leaves at the press", async () => {
    await told();
    page('<button id="it">Leave</button>');
    fire(find(), "pointerdown");
    dispatchEvent(new Event("pagehide"));
    expect(done()).toEqual([["click", "button Leave"]]);
  });

  it("beside an open combobox are no choices in it, and their words are the page's", async () => {
    await told();
    page(
      '<input role="combobox" aria-expanded="true" aria-label="Search" id="q"><ul><li aria-selected="false" id="it">Kim</li></ul>',
    );
    const search = find("#q");
    search.addEventListener("blur", () => search.setAttribute("aria-expanded", "false"));
    search.focus();
    fire(find(), "pointerdown");
    search.blur();
    fire(find(), "pointerup");
    find().click();
    expect(done()).toEqual([["click", "listitem Kim"]]);
    const [act] = reports.flatMap(({ events }) => events);
    expect(act).toMatchObject({ target: { content: true } });
  });

  it("in a list of its own are choices in that, whatever else is closed around it", async () => {
    await told();
    page("<my-app></my-app>");
    const app = find("my-app").attachShadow({ mode: "open" });
    app.innerHTML = '<input role="combobox" aria-expanded="false" aria-label="Search all"><my-page></my-page>';
    const inner = (app.querySelector("my-page") as HTMLElement).attachShadow({ mode: "open" });
    inner.innerHTML = `<div role="listbox" aria-label="Diagnosis" name="health"><div role="option" tabindex="0">${CANARY}</div></div>`;
    press(inner.querySelector("[role=option]") as HTMLElement);
    expect(done()).toEqual([["select", "generic", "withheld"]]);
    expect(JSON.stringify(reports)).not.toContain(CANARY);
  });

  it("on what opens and can be checked are a double click, too", async () => {
    await told();
    page('<div role="treeitem" aria-checked="false" id="it">Folder</div>');
    for (const detail of [1, 2]) {
      fire(find(), "pointerdown");
      fire(find(), "pointerup");
      find().dispatchEvent(new PointerEvent("click", { bubbles: true, composed: true, detail } as PointerEventInit));
    }
    fire(find(), "dblclick");
    expect(done()).toEqual([
      ["click", "treeitem Folder"],
      ["double_click", "treeitem Folder"],
    ]);
  });

  it("that submit are told before that, also where they check something that is drawn", async () => {
    await told();
    page('<form aria-label="Filter"><div role="checkbox" aria-checked="false" id="it" tabindex="0">Open</div></form>');
    find().addEventListener("click", () => {
      find().setAttribute("aria-checked", "true");
      find<HTMLFormElement>("form").requestSubmit();
    });
    press(find());
    expect(done()).toEqual([
      ["check", "checkbox Open", "clear"],
      ["submit", "form Filter"],
    ]);
  });

  it("beside a slider that moves by itself leave it alone", async () => {
    await told();
    page(
      '<p><span role="slider" aria-label="Seek" aria-valuenow="10" tabindex="0" id="s"></span></p><button id="it">Save</button>',
    );
    find("#s").focus();
    fire(find(), "pointerdown");
    find("#s").setAttribute("aria-valuenow", "11");
    fire(find(), "pointerup");
    find().click();
    expect(done()).toEqual([["click", "button Save"]]);
  });

  it("are not what a drag ends in", async () => {
    await told();
    page('<div id="all"><p id="a">one</p><p id="b">two</p></div>');
    fire(find("#a"), "pointerdown", { clientX: 10, clientY: 10 });
    fire(find("#b"), "pointerup", { clientX: 10, clientY: 90 });
    fire(find("#all"), "click", { clientX: 10, clientY: 90 });
    await settled();
    expect(done()).toEqual([]);
  });
});

describe("Enter", () => {
  it("on an option that is a button chooses once", async () => {
    await told();
    page('<div role="listbox" aria-label="Fruit"><button role="option" id="it">Apple</button></div>');
    find().focus();
    fire(find(), "keydown", { key: "Enter" });
    find().click();
    fire(find(), "keyup", { key: "Enter" });
    expect(done()).toEqual([["select", "listbox Fruit", "clear"]]);
  });

  it("in a field commits it and submits; the click on the submit button is not the person's", async () => {
    await told();
    page('<form id="f" aria-label="Ticket"><input id="it" aria-label="Subject"><button>Save</button></form>');
    type(find<HTMLInputElement>(), "Refund");
    fire(find(), "keydown", { key: "Enter" });
    change(find());
    find("button").click();
    fire(find(), "keyup", { key: "Enter" });
    await settled();
    expect(done()).toEqual([
      ["input", "textbox Subject", "placeholder"],
      ["submit", "form Ticket"],
    ]);
  });

  it("on a button is its click, and the submit follows from that", async () => {
    await told();
    page('<form><button id="it">Save</button></form>');
    fire(find(), "keydown", { key: "Enter" });
    find().click();
    fire(find(), "keyup", { key: "Enter" });
    expect(done()).toEqual([
      ["click", "button Save"],
      ["submit", "generic"],
    ]);
    expect(reports.flatMap(({ events }) => events)[1]?.cause).toBe(0);
  });

  it("in a chat that sends and clears is what was typed", async () => {
    await told();
    page('<textarea id="it" aria-label="Chat"></textarea>');
    const chat = find<HTMLTextAreaElement>();
    type(chat, "Hello");
    fire(chat, "keydown", { key: "Enter" });
    chat.value = "";
    await settled();
    expect(done()).toEqual([
      ["input", "textbox Chat", "placeholder"],
      ["key", "textbox Chat"],
    ]);
  });

  it("in a text of many lines is a line break", async () => {
    await told();
    page('<textarea id="it" aria-label="Story"></textarea>');
    type(find<HTMLTextAreaElement>(), "One");
    fire(find(), "keydown", { key: "Enter" });
    type(find<HTMLTextAreaElement>(), "One\n");
    await settled();
    expect(done()).toEqual([]);
  });
});

describe("Space", () => {
  const held = (element: HTMLElement) => {
    const prevented = new AbortController();
    element.addEventListener("keydown", (event) => event.preventDefault(), { signal: prevented.signal });
    for (const repeat of [false, true, true]) fire(element, "keydown", { key: " ", repeat });
    fire(element, "keyup", { key: " " });
    prevented.abort();
  };

  it("that is held down is one click", async () => {
    await told();
    page('<div role="button" tabindex="0" id="it">Pan</div>');
    find().focus();
    held(find());
    await settled();
    expect(done()).toEqual([["click", "button Pan"]]);
  });

  it("on nothing is none", async () => {
    await told();
    page("<p>A slide</p>");
    held(document.body);
    await settled();
    expect(done()).toEqual([]);
  });

  it("on a button that is renamed is no text in it", async () => {
    await told();
    page('<input type="button" value="Save" id="it"><input id="next">');
    find().addEventListener("click", () => {
      find<HTMLInputElement>().value = "Saving";
    });
    find().focus();
    fire(find(), "keydown", { key: " " });
    find().click();
    fire(find(), "keyup", { key: " " });
    find("#next").focus();
    expect(done()).toEqual([["click", "button Save"]]);
  });
});

describe("what is typed", () => {
  it("is reported once: by change, by leaving, by submit or at the end", async () => {
    await told();
    page('<form><input id="it" aria-label="A"></form><div id="e" contenteditable tabindex="0" aria-label="E"></div>');
    const field = find<HTMLInputElement>();
    type(field, "one");
    change(field);
    field.blur();
    dispatchEvent(new Event("pagehide"));
    expect(done()).toEqual([["input", "textbox A", "placeholder"]]);
    type(field, "two");
    find("form").dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
    change(field);
    expect(done().slice(1)).toEqual([
      ["input", "textbox A", "placeholder"],
      ["submit", "generic"],
    ]);
    type(field, "three");
    dispatchEvent(new Event("pagehide"));
    expect(done()).toHaveLength(4);
    const editor = find("#e");
    editor.focus();
    editor.textContent = "edited";
    editor.dispatchEvent(new InputEvent("input", { bubbles: true, composed: true }));
    editor.blur();
    expect(done()[4]).toEqual(["input", "textbox E", "placeholder"]);
  });

  it("is reported before the click of a button that keeps the focus where it is", async () => {
    await told();
    page('<input id="it" aria-label="Chat"><button type="button">Send</button>');
    type(find<HTMLInputElement>(), "Hello");
    fire(find("button"), "pointerdown");
    fire(find("button"), "click");
    expect(done()).toEqual([
      ["input", "textbox Chat", "placeholder"],
      ["click", "button Send"],
    ]);
  });

  it("into a date is reported when it is left, not at each step", async () => {
    await told();
    page('<input type="date" id="it" aria-label="Due">');
    for (const year of ["0002", "0020", "0202", "2026"]) {
      type(find<HTMLInputElement>(), `${year}-12-04`);
      change(find());
    }
    find().blur();
    expect(done()).toEqual([["input", "textbox Due", "shape"]]);
  });

  it("of a secret leaves no trace in any message", async () => {
    await told();
    page(`<label>Word <input id="it" type="password"></label>`);
    type(find<HTMLInputElement>(), CANARY);
    find<HTMLInputElement>().type = "text";
    change(find());
    press(find("label"));
    expect(done()[0]).toEqual(["input", "textbox Word", "withheld"]);
    deliver();
    expect(JSON.stringify(reports)).not.toContain(CANARY);
  });

  it("does not tell what was a secret when the field got the focus", () => {
    page('<input id="it" autocomplete="one-time-code" aria-label="x">');
    const field = find<HTMLInputElement>();
    field.focus();
    field.removeAttribute("autocomplete");
    type(field, CANARY);
    change(field);
    deliver();
    expect(JSON.stringify(reports)).toContain("one_time_code");
    expect(JSON.stringify(reports)).not.toContain(CANARY);
  });

  it("does not tell which radio button it was where the policy withholds it", async () => {
    await told();
    page(
      `<fieldset aria-label="Health"><label><input type="radio" name="health" value="x"> ${CANARY}</label></fieldset>`,
    );
    press(find("input"));
    await settled();
    press(find("input"));
    await settled();
    expect(done()).toEqual([
      ["check", "group Health", "withheld"],
      ["click", "group Health"],
    ]);
    find("input").focus();
    fire(find("input"), "keydown", { key: "Tab" });
    await settled();
    expect(done().slice(2)).toEqual([["key", "group Health"]]);
    deliver();
    expect(JSON.stringify(reports)).not.toContain(CANARY);
  });

  it("does not tell which drawn radio button it was, however little the page says of it", async () => {
    await told();
    page(
      `<div role="radiogroup" aria-label="Health"><div role="radio" name="health" id="it" tabindex="0">${CANARY}</div></div>`,
    );
    press(find());
    find().focus();
    fire(find(), "keydown", { key: "ArrowDown" });
    await settled();
    expect(done()).toEqual([
      ["click", "radiogroup Health"],
      ["key", "radiogroup Health"],
    ]);
    expect(JSON.stringify(reports)).not.toContain(CANARY);
  });

  it("is a text, whatever role the page gives its field", async () => {
    await told();
    page(
      '<input role="switch" aria-label="Who" id="it"><div contenteditable role="checkbox" aria-label="Whom" id="b"></div>',
    );
    type(find<HTMLInputElement>(), CANARY);
    change(find());
    find("#b").focus();
    find("#b").textContent = CANARY;
    find("#b").dispatchEvent(new InputEvent("input", { bubbles: true, composed: true }));
    find("#b").blur();
    expect(done()).toEqual([
      ["input", "switch Who", "placeholder"],
      ["input", "checkbox Whom", "placeholder"],
    ]);
  });
});

describe("outlines", () => {
  /** The outline at hand. */
  const atHand = (name: string) => {
    citing.cite = () => ({ digest: name.repeat(32), state: "fresh", ref: "e3", lines: [`0\tbutton\te3\tnw${name}`] });
  };
  const told = () => {
    deliver();
    return reports.flatMap(({ events }) => events.map((event) => [event.kind, "outline" in event && event.outline]));
  };
  beforeEach(async () => {
    off();
    record(null);
    answer({
      record: true,
      life: "1",
      address: HERE,
      opened: false,
      lists: readLists([{ ...TEAM, outline: true }]),
      guide: GUIDE,
    });
    await settled();
    page('<button id="it">Save</button><input aria-label="Who">');
  });
  afterEach(() => {
    citing.cite = () => null;
  });

  it("leave once, before the first action that cites them", () => {
    atHand("a");
    press(find());
    press(find());
    atHand("b");
    press(find());
    const cites = (name: string) => ["click", { digest: name.repeat(32), state: "fresh", ref: "e3" }];
    const outline = (name: string) => [
      "outline",
      { digest: name.repeat(32), dialect: "lines/1", lines: [`0\tbutton\te3\tnw${name}`] },
    ];
    expect(told()).toEqual([outline("a"), cites("a"), cites("a"), outline("b"), cites("b")]);
    expect(done()).toHaveLength(5);
  });

  it("are cited as they were when typing began", () => {
    atHand("a");
    type(find<HTMLInputElement>("input"), "x");
    atHand("b");
    type(find<HTMLInputElement>("input"), "xy");
    change(find("input"));
    expect(told().at(-1)).toEqual(["input", { digest: "a".repeat(32), state: "fresh", ref: "e3" }]);
  });

  it("are cut around what was done when it is told", () => {
    atHand("a");
    const { cite } = citing;
    citing.cite = (element) => {
      const cited = cite(element);
      return cited && { ...cited, complete: () => Object.assign(lastCited, { digest: "c".repeat(32) }) };
    };
    const lastCited = {};
    press(find());
    expect(lastCited).toEqual({ digest: "c".repeat(32) });
  });

  it("are not sent where the team wants none", async () => {
    off();
    record();
    await settled();
    atHand("a");
    press(find());
    expect(told()).toEqual([["click", false]]);
  });
});

describe("where nothing is recorded", () => {
  it("nothing is sent before the worker's answer, and nothing at all after a no", async () => {
    off();
    record(null);
    page('<button id="it">Save</button>');
    press(find());
    deliver();
    expect(reports).toEqual([]);
    answer({ record: false });
    await settled();
    press(find());
    deliver();
    expect(reports).toEqual([]);
  });

  it("what was done before a yes is sent, in order", async () => {
    off();
    record(null);
    page('<button id="it">Save</button>');
    press(find());
    answer({ record: true, life: "1", address: HERE, opened: false, lists: readLists([TEAM]), guide: GUIDE });
    await settled();
    press(find());
    expect(done()).toEqual([
      ["click", "button Save"],
      ["click", "button Save"],
    ]);
  });

  it("an excluded path stops capture before the next event, and what was typed there stays there", async () => {
    await told();
    page('<input id="it" aria-label="Salary"><button>Save</button>');
    history.pushState(null, "", "/hr/pay");
    press(find("button"));
    type(find<HTMLInputElement>(), CANARY);
    history.pushState(null, "", "/");
    change(find());
    press(find("button"));
    type(find<HTMLInputElement>(), `${CANARY} and more`);
    change(find());
    expect(done()).toEqual([["click", "button Save"]]);
    deliver();
    expect(JSON.stringify(reports)).not.toContain(CANARY);
    type(find<HTMLInputElement>(), "");
    type(find<HTMLInputElement>(), "new");
    change(find());
    expect(done()).toHaveLength(2);
  });

  it("an orphan is quiet", async () => {
    await told();
    page('<button id="it">Save</button>');
    Reflect.deleteProperty(chrome.runtime, "id");
    press(find());
    deliver();
    expect(reports).toEqual([]);
  });
});
