/** The event, as `manifest/schema/event.schema.json` defines it. No behaviour lives here. */

export type Kind = Act["kind"];

/** What a field holds, judged at the element. Stricter classes first; up to `file` no value is ever told. */
export type FieldClass =
  | "password"
  | "one_time_code"
  | "payment_card"
  | "secret"
  | "special_category"
  | "hidden"
  | "file"
  | "national_id"
  | "birth_date"
  | "personal_status"
  | "salary"
  | "postal_code"
  | "bank_account"
  | "email"
  | "phone"
  | "username"
  | "name"
  | "address"
  | "identifier"
  | "url"
  | "free_text"
  | "search"
  | "text"
  | "date"
  | "number"
  | "choice"
  | "toggle";

/** From the least that is told to the most. */
export const DISCLOSURES = ["withheld", "shape", "placeholder", "clear"] as const;

export type Disclosure = (typeof DISCLOSURES)[number];

export type CharacterKind = "letters" | "digits" | "spaces" | "punctuation" | "other";

export interface Shape {
  length: "0" | "1-4" | "5-8" | "9-16" | "17-64" | "65+";
  characters: CharacterKind[];
  lines: "one" | "many";
}

export type Value =
  | { class: FieldClass; disclosure: "withheld" }
  | { class: FieldClass; disclosure: "shape"; shape: Shape }
  | { class: FieldClass; disclosure: "placeholder"; text: string; cut?: true }
  | {
      class: FieldClass;
      disclosure: "clear";
      text?: string;
      options?: string[];
      checked?: boolean;
      cut?: true;
    };

/** One way to find an element: a chain from the document through shadow hosts to the element. */
export type Selector = string[];

/** A row, card, form or dialog that a target belongs to. */
export interface Belonging {
  role: string;
  name: string;
  content?: true;
}

type Pair = [x: number, y: number];

export interface Target {
  role: string;
  name: string;
  /** The name is what the page shows about its subject, not the words of the tool. */
  content?: true;
  /** The text of its label, where that is not its name. */
  label?: string;
  tag: string;
  type?: string;
  selectors: Selector[];
  /** How many elements each selector found, in the same order; 0: nobody counted. */
  matches?: number[];
  box: [x: number, y: number, width: number, height: number];
  /** Where in its box the pointer was. */
  point?: Pair;
  viewport?: Pair;
  /** Which child frame of which, from the page inwards. */
  frames?: number[];
  /** Innermost first. */
  within?: Belonging[];
}

export type Navigation = "load" | "reload" | "back_forward" | "same_document" | "hash";

export type Modifier = "alt" | "control" | "meta" | "shift";

export type Provenance = "typed" | "pasted" | "autofilled" | "scripted" | "input_method";

/** How a text came about. */
export interface Entry {
  by: Provenance[];
  amount?: "few" | "many";
  keys?: string[];
}

export interface Files {
  number: number;
  types: string[];
}

export interface Change {
  what: "navigated" | "dialog" | "dialog_closed" | "alert" | "status" | "invalid" | "changed" | "nothing";
  text?: string;
}

/** Which outline was at hand before an action, and the place of its target in it. */
export interface Citation {
  digest: string;
  state: "fresh" | "stale";
  /** Absent where the target is not in the outline. */
  ref?: string;
}

/** The page as a browser agent reads it; lines as `manifest/protocol.md` has them. */
export interface Outline {
  digest: string;
  dialect: typeof OUTLINE_WIRE;
  frames?: number[];
  lines: string[];
}

export const OUTLINE_WIRE = "lines/1";

interface Held {
  modifiers?: Modifier[];
  button?: "middle";
}

/**
 * What a person did; `effect` is what the page answered, `outline` what it looked like. `cause`: the number of the
 * event that this follows from.
 */
export type Act = { cause?: number; cause_document?: string } & (
  | (Aimed & { outline?: Citation })
  | Answer
  | { kind: "outline"; outline: Outline }
);

/** What is done to something. */
type Aimed =
  | ({ kind: "click" | "double_click" | "context_menu"; target: Target } & Held)
  | ({ kind: "drag"; target: Target; onto: Target } & Held)
  | { kind: "hover" | "submit" | "reset"; target: Target }
  | { kind: "scroll"; target: Target; scroll: Pair }
  | { kind: "input"; target: Target; value: Value; rule?: string; entry?: Entry }
  | { kind: "select" | "check"; target: Target; value: Value; rule?: string }
  | { kind: "file"; target: Target; files: Files }
  | { kind: "key"; target: Target; key: string; modifiers?: Modifier[] }
  | { kind: "copy" | "cut" | "paste"; target: Target; size: Shape["length"] };

type Answer = { kind: "navigate"; navigation: Navigation; title?: string } | { kind: "effect"; changes: Change[] };

/** What the browser did, as the worker sees it. */
export type BrowserAct =
  | { kind: "tab_opened" | "tab_closed" | "tab_switched" | "away" | "back" }
  | { kind: "download"; files: Files };

/** An act with its place, as it goes to the host. */
export type WireEvent = (Act | BrowserAct) & {
  document: string;
  n: number;
  tab: number;
  frame: number;
  url: string;
  top?: string;
  cause?: number;
  /** Where `cause` is an event of another document. */
  cause_document?: string;
};

/** An event as it is held and as it leaves: what the host made of a wire event. Read, not written, by us. */
export interface HeldEvent {
  kind: Kind | BrowserAct["kind"] | "outline";
  stream: string;
  seq: number;
  document: string;
  n: number;
  tab: number;
  app: string;
  url?: string;
  /** The id of the task that it belongs to. */
  task?: string;
  target?: Target;
  onto?: Target;
  value?: Value;
  files?: Files;
  key?: string;
  modifiers?: Modifier[];
  size?: Shape["length"];
  navigation?: Navigation;
  title?: string;
  changes?: Change[];
  outline?: { lines?: string[] };
}
