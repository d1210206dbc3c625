/** The event, as `manifest/schema/event.schema.json` defines it. Types only: no behaviour lives here. */

export type Kind = "click" | "input" | "select" | "check" | "submit" | "navigate";

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

export type Disclosure = "withheld" | "shape" | "placeholder" | "clear";

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

export interface Target {
  role: string;
  name: string;
  /** The name is what the page shows about its subject, not the words of the tool. */
  content?: true;
  tag: string;
  type?: string;
  selectors: Selector[];
  box: [x: number, y: number, width: number, height: number];
}

export type Navigation = "load" | "reload" | "back_forward" | "same_document";

/** What a person did. */
export type Act =
  | { kind: "click" | "submit"; target: Target }
  | { kind: "input" | "select" | "check"; target: Target; value: Value; rule?: string }
  | { kind: "navigate"; navigation: Navigation };

/** An act with its place, as it goes to the host. */
export type WireEvent = Act & {
  document: string;
  n: number;
  tab: number;
  frame: number;
  url: string;
  top?: string;
};
