/**
 * Messages: between host and worker (`manifest/protocol.md`), between content script and worker, and between
 * our own pages and the worker. What arrives is read field by field: an unknown field of a newer host is passed
 * over, a missing one makes the message unreadable.
 */

import type { Act, Disclosure, FieldClass, WireEvent } from "./event.js";
import { REPORT_BYTES } from "./limits.js";
import {
  type FieldRule,
  KEYS,
  type Lists,
  type Notice,
  POLICY_STATES,
  type Policy,
  type PolicyState,
  type Site,
  type Team,
} from "./policy.js";
import { asRecord, type Fields, integer, list, optional, record, string } from "./read.js";
import { isRequest, type Moment, type Request, readMoment } from "./request.js";
import { utf8Length } from "./text.js";

/** The protocol that this extension speaks. */
export const PROTOCOL = 1;

export type Counts = Record<string, number>;

// ---- Host and worker ------------------------------------------------------------------------------------------

export interface Hello {
  type: "hello";
  protocol: { min: number; max: number };
  host: string;
}

export interface Ack {
  type: "ack";
  seq: number;
  stored: number;
}

export interface HostError {
  type: "error";
  name: string;
  message: string;
  seq?: number;
  expected?: number;
  /** The request that it answers. */
  id?: number;
}

/** How things stand now: unasked, or the answer to a request. */
export type NewStanding = { type: "standing"; id?: number; state: PolicyState; why: string } & Moment;

/** The answer to a request of a person. */
export interface HostAnswer {
  type: "answer";
  id: number;
  fields: Fields;
}

export type HostMessage = Hello | ({ type: "policy" } & Policy) | NewStanding | Ack | HostAnswer | HostError;

export interface Attach {
  type: "attach";
  protocol: number;
  extension: string;
  browser: "chromium" | "firefox";
  stream: string;
}

export interface Consent {
  type: "consent";
  digest: string;
  answer: "yes" | "no";
}

/** A request with the number that its answer repeats. */
export type Asked = Request & { id: number };

/** `type`, `seq` and `earlier` stand first and in this order: the host refuses an unreadable batch by its number. */
export interface Batch {
  type: "batch";
  seq: number;
  /** Recorded before the pause that is on. */
  earlier?: true;
  lost?: Counts;
  events: WireEvent[];
}

/** `null`: a message of a type that this version does not know, to be passed over. */
export function readHostMessage(message: unknown): HostMessage | null {
  const fields = record(message);
  switch (fields.type) {
    case "hello": {
      const protocol = record(fields.protocol);
      return {
        type: "hello",
        protocol: { min: integer(protocol.min), max: integer(protocol.max) },
        host: string(fields.host),
      };
    }
    case "policy":
      return { type: "policy", ...readPolicy(fields) };
    case "standing":
      return {
        type: "standing",
        ...optional(fields, "id", integer),
        state: readState(fields.state),
        why: string(fields.why),
        ...readMoment(fields),
      };
    case "ack":
      return { type: "ack", seq: integer(fields.seq), stored: integer(fields.stored) };
    case "held_events":
    case "held_texts":
    case "held_counts":
    case "deleted":
    case "labelled":
    case "sealed":
    case "withdrawn":
    case "mine_part":
      return { type: "answer", id: integer(fields.id), fields };
    case "error":
      return {
        type: "error",
        name: string(fields.name),
        message: string(fields.message),
        ...optional(fields, "seq", integer),
        ...optional(fields, "expected", integer),
        ...optional(fields, "id", integer),
      };
    default:
      return null;
  }
}

export function readPolicy(fields: Fields): Policy {
  return {
    state: readState(fields.state),
    why: string(fields.why),
    next_seq: integer(fields.next_seq),
    teams: list(fields.teams, readTeam),
    ...optional(fields, "notice", readNotice),
    ...readMoment(fields),
  };
}

/** A state that this version does not know is one in which it does not record. */
function readState(value: unknown): PolicyState {
  return POLICY_STATES.find((state) => state === value) ?? "refused";
}

function readTeam(value: unknown): Team {
  const fields = record(value);
  return {
    name: string(fields.name),
    sites: list(fields.sites, readSite),
    exclude: list(fields.exclude, string),
    values: readBound(fields.values),
    // A level that this version does not know is none.
    keys: KEYS.find((keys) => keys === fields.keys) ?? "off",
    // A host that does not say takes none.
    outline: fields.outline === true,
    fields: list(fields.fields, readRule),
    ...optional(fields, "tasks", (tasks) => list(tasks, string)),
  };
}

function readSite(value: unknown): Site {
  const fields = record(value);
  return { url: string(fields.url), app: string(fields.app) };
}

function readRule(value: unknown): FieldRule {
  const fields = record(value);
  return { match: string(fields.match), values: readDisclosure(fields.values) };
}

/** A disclosure that this version does not know discloses nothing. */
function readDisclosure(value: unknown): Disclosure {
  return value === "clear" || value === "placeholder" || value === "shape" ? value : "withheld";
}

function readBound(value: unknown): Team["values"] {
  return value === "placeholder" || value === "shape" ? value : "withheld";
}

function readNotice(value: unknown): Notice {
  const fields = record(value);
  return {
    digest: string(fields.digest),
    organisation: string(fields.organisation),
    purpose: string(fields.purpose),
    lawful_basis: string(fields.lawful_basis),
    contact: string(fields.contact),
    ...optional(fields, "more", string),
    recipients: list(fields.recipients, string),
    ...optional(fields, "names", readNames),
    review_window_hours: integer(fields.review_window_hours),
    retention_days: integer(fields.retention_days),
    ...optional(fields, "min_participants", integer),
  };
}

function readNames(value: unknown): Record<string, string> {
  return Object.fromEntries(Object.entries(record(value)).map(([fingerprint, name]) => [fingerprint, string(name)]));
}

// ---- Content script and worker --------------------------------------------------------------------------------

/** "May I record?" The worker answers with `Orders`. */
export interface Query {
  type: "query";
}

/** What a person did in one document, in order. */
export interface Report {
  type: "events";
  /** Of the orders that it follows. */
  life: string;
  document: string;
  events: ReportedEvent[];
  /** The page goes away, or is kept for later: this is the last that it tells on its lifeline. */
  last?: boolean;
}

/** `page` is the document's own address at the moment of the event; the worker checks its origin. */
export type ReportedEvent = Act & { n: number; page: string };

/** The page takes the mark away by which a person sees that it is recorded. */
export interface Unmarked {
  type: "unmarked";
}

export type FromContent = Query | Report | Unmarked;

export interface Guide {
  /** Those that say what fields hold, as `field_words.ts` reads them, by class; the stricter class comes first. */
  words: Record<string, string>;
  /** By class, stricter ones first. `placeholder`: there where the class may have one. */
  rules: Record<FieldClass, { usual: Disclosure; ceiling: Disclosure; placeholder?: string }>;
  /** Those that bear the words of a field; and a selector of fields that make their page a private one. */
  attributes: string[];
  secretFields: string;
  /** Classes by the type of a field, and by its `autocomplete`: patterns. */
  types: Record<string, FieldClass>;
  autofill: [FieldClass, string][];
  /** What words may make of a field whose type says something; `secret`: of all that is stricter than `birth_date`. */
  byWords: Partial<Record<FieldClass, FieldClass[]>>;
  /** What patterns of fields for digits look like; the first group is how many there may be. */
  digits: string;
  /** Words of addresses where codes are asked for, and where pay is: patterns. */
  signIn: string;
  pay: string;
  /** A selector of what others mark as not to be recorded. */
  marks: string;
  /** Tables of roles and elements (`background/aria.ts`). */
  roles: string;
  tags: string;
  wholes: string;
  /** Selectors of sections, and of what says something of itself whatever its role. */
  sectioning: string;
  global: string;
  /** Attributes by which tests find elements; and ids that would be others tomorrow: a pattern. */
  testIds: string[];
  generated: string;
  /** Selectors of what shows one thing, of its head and cells, of what shows anything, and of the tool's own parts. */
  subjects: string;
  heads: string;
  cells: string;
  shown: string;
  /** Selectors of what holds what the page shows of its subject, and of lists of the tool's own words. */
  containers: string;
  chrome: string;
  tools: string;
  /** Selectors of dialogs, and of what tells news. */
  dialogs: string;
  sayings: string;
  /** Attributes that change with what somebody sees. */
  watched: string[];
  /** Selectors of what moves with a pointer; of what may open something where it rests, and of what then opens. */
  movable: string;
  openers: string;
  popups: string;
  menus: string;
}

/**
 * `address`: what the document counts as, where it has no address of its own (`about:`, `srcdoc`, `blob:`). `guide`:
 * how fields and marks are judged. `life`: of the extension, which ends when it is updated.
 */
export type Orders =
  | { record: false }
  | {
      record: true;
      life: string;
      address: string;
      /** A page made the tab. */
      opened: boolean;
      lists: Lists[];
      guide: Guide;
    };

/** Worker to content scripts. `record: false` silences at once; `true` means: ask again. */
export interface OrdersChanged {
  type: "orders_changed";
  record: boolean;
}

/**
 * Worker to a page: what have you to tell, and what do you look like? To the other frames of a tab, because something was
 * done beside them, by an event; to a page as a whole, because the browser is about to tell of something itself, or a
 * task `ends`.
 */
export type OutlineWanted =
  | { type: "outline_wanted"; document: string; n: number }
  | { type: "outline_wanted"; ends: boolean };

/** Nobody but the worker can send one to a content script: it is not read field by field. */
export type ToContent = OrdersChanged | OutlineWanted;

export function readFromContent(message: unknown): FromContent | null {
  const fields = asRecord(message);
  if (fields?.type === "query" || fields?.type === "unmarked") return { type: fields.type };
  if (fields?.type !== "events" || !isDocument(fields.document) || typeof fields.life !== "string") return null;
  if (!Array.isArray(fields.events) || !fields.events.every(isReportedEvent)) return null;
  const { life, document, events } = fields;
  return { type: "events", life, document, events, last: fields.last === true };
}

/** The frame of an event; what is in `target` and `value` is the host's to check, against the schema. */
function isReportedEvent(value: unknown): value is ReportedEvent {
  const fields = asRecord(value);
  if (fields === null || !isCount(fields.n) || typeof fields.page !== "string") return false;
  const keys = Object.hasOwn(KIND_KEYS, String(fields.kind)) ? KIND_KEYS[fields.kind as Act["kind"]] : null;
  return (
    keys?.needed.every((key) => fields[key] !== undefined) === true &&
    (fields.cause === undefined || isCount(fields.cause)) &&
    (fields.cause_document === undefined || isDocument(fields.cause_document)) &&
    Object.keys(fields).every((key) => [...COMMON_KEYS, ...keys.needed, ...keys.more].includes(key)) &&
    utf8Length(JSON.stringify(fields)) <= REPORT_BYTES
  );
}

const COMMON_KEYS = ["kind", "n", "page", "cause", "cause_document"];

const keys = /* @__NO_SIDE_EFFECTS__ */ (needed: string[], more: string[] = []) => ({ needed, more });
/** What is done to a target may cite an outline. */
const aimed = /* @__NO_SIDE_EFFECTS__ */ (more: string[] = [], optional: string[] = []) =>
  keys(["target", ...more], ["outline", ...optional]);
const pointed = aimed([], ["modifiers", "button"]);
const told = aimed(["value"], ["rule"]);
const clipped = aimed(["size"]);

const KIND_KEYS: Record<Act["kind"], { needed: string[]; more: string[] }> = {
  click: pointed,
  double_click: pointed,
  context_menu: pointed,
  drag: aimed(["onto"], ["modifiers", "button"]),
  hover: aimed(),
  submit: aimed(),
  reset: aimed(),
  scroll: aimed(["scroll"]),
  input: aimed(["value"], ["rule", "entry"]),
  select: told,
  check: told,
  file: aimed(["files"]),
  key: aimed(["key"], ["modifiers"]),
  copy: clipped,
  cut: clipped,
  paste: clipped,
  navigate: keys(["navigation"], ["title"]),
  effect: keys(["cause", "changes"]),
  outline: keys(["outline"]),
};

// ---- Our own pages and the worker -----------------------------------------------------------------------------

/** How things stand, in the one word that badge and pages are drawn from. */
export type Standing = PolicyState | "connecting" | "no_host" | "incompatible" | "storage_full";

/** Worker to our pages: how things stand, now and at every change. */
export interface View extends Moment {
  type: "view";
  standing: Standing;
  why: string;
  teams: Team[];
  notice: Notice | null;
}

/** Notice page to worker: the person's answer to the notice of this digest. */
export interface Answer {
  type: "answer";
  digest: string;
  answer: "yes" | "no";
}

/** A page asks something of the host; the worker answers with `Reply`, which repeats the number. */
export interface Question {
  type: "question";
  number: number;
  request: Request;
}

export type Reply = { type: "reply"; number: number } & ({ fields: Fields } | { failed: Failure });

export interface Failure {
  /** Of the table in the protocol, or `no_host`. */
  name: string;
  /** One sentence. */
  message: string;
}

/** A page asks for another one: the tab that has it comes to the front, or a new one opens. */
export interface Open {
  type: "open";
  page: PageName;
}

export type PageName = "notice" | "review";

export type FromPage = Answer | Question | Open;

export type ToPage = View | Reply;

export function readFromPage(message: unknown): FromPage | null {
  const fields = asRecord(message);
  if (fields?.type === "question") {
    const request = asRecord(fields.request);
    if (request === null || !isCount(fields.number) || !isRequest(request)) return null;
    return { type: "question", number: fields.number, request: request as Request };
  }
  if (fields?.type === "open" && (fields.page === "notice" || fields.page === "review")) {
    return { type: "open", page: fields.page };
  }
  if (fields?.type !== "answer" || typeof fields.digest !== "string") return null;
  if (fields.answer !== "yes" && fields.answer !== "no") return null;
  return { type: "answer", digest: fields.digest, answer: fields.answer };
}

function isDocument(value: unknown): value is string {
  return typeof value === "string" && /^[0-9a-f]{16}$/.test(value);
}

function isCount(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 0xffffffff;
}
