/**
 * What a person asks of the host (`manifest/protocol.md`, from "How things stand" on), and what it answers. Our own
 * pages ask, the worker passes on and gives each request its number.
 */

import type { HeldEvent } from "./event.js";
import { boolean, type Fields, integer, list, moment, optional, record, string } from "./read.js";

// ---- How things stand -----------------------------------------------------------------------------------------

export interface Pause {
  /** Milliseconds since the epoch, as `until`. */
  since: number;
  /** Left out: until it is resumed. */
  until?: number;
}

export type Outcome = "done" | "stopped";

export interface Task {
  id: string;
  words: string;
  /** The words are the person's, not the list's. */
  own: boolean;
  /** The words as they would leave; left out where none do. */
  leaves?: string;
  outcome?: Outcome;
  /** Held events of it. */
  events?: number;
}

export interface HeldNow {
  events: number;
  /** For `told`. */
  up_to: number;
  told: number;
  /** Seconds on the clock of use until the first may leave. */
  leaves_in?: number;
}

/** What changes from moment to moment: part of `policy`, and all of `standing`. */
export interface Moment {
  pause?: Pause;
  task?: Task;
  /** Events stored since midnight. */
  today: number;
  held: HeldNow;
}

export const NOTHING_HELD: HeldNow = { events: 0, up_to: 0, told: 0 };

export function readMoment(fields: Fields): Moment {
  return {
    ...optional(fields, "pause", readPause),
    ...optional(fields, "task", readTask),
    today: fields.today === undefined ? 0 : integer(record(fields.today).events),
    held: fields.held === undefined ? NOTHING_HELD : readHeldNow(fields.held),
  };
}

function readPause(value: unknown): Pause {
  const fields = record(value);
  return { since: moment(fields.since), ...optional(fields, "until", moment) };
}

export function readTask(value: unknown): Task {
  const fields = record(value);
  return {
    id: string(fields.id),
    words: string(fields.words),
    own: boolean(fields.own),
    ...optional(fields, "leaves", string),
    ...optional(fields, "outcome", (outcome) => (outcome === "done" ? "done" : "stopped")),
    ...optional(fields, "events", integer),
  };
}

function readHeldNow(value: unknown): HeldNow {
  const fields = record(value);
  return {
    events: integer(fields.events),
    up_to: integer(fields.up_to),
    told: integer(fields.told),
    ...optional(fields, "leaves_in", integer),
  };
}

// ---- What is asked --------------------------------------------------------------------------------------------

/** Chooses held events: what is given must all hold. */
export interface Which {
  events?: string[];
  from?: string;
  to?: string;
  app?: string;
  site?: string;
  task?: string;
  text?: string;
  all?: true;
}

export type Scope = { of: "all" } | { of: "task"; task: string } | { of: "weeks"; first: string; last: string };

export type Request =
  | { type: "state"; change: "pause"; minutes?: number }
  | { type: "state"; change: "resume" | "none" }
  | { type: "state"; change: "begin_task"; words: string; clear?: boolean }
  | { type: "state"; change: "end_task"; outcome: Outcome }
  | { type: "told"; up_to: number }
  | { type: "held"; form: "events"; which?: Which; before?: string; most?: number; outlines?: "short" | "whole" }
  | { type: "held"; form: "texts"; which?: Which; after?: string }
  | { type: "held"; form: "counts" }
  | { type: "delete"; which: Which }
  | { type: "label"; which: Which; words: string; clear?: boolean; outcome?: Outcome }
  | { type: "seal" }
  | { type: "withdraw"; held: "delete" | "keep"; left?: Scope; go_on?: true }
  | { type: "mine"; after?: string };

const REQUESTS: readonly string[] = [
  "state",
  "told",
  "held",
  "delete",
  "label",
  "seal",
  "withdraw",
  "mine",
] satisfies Request["type"][];

/** From a page of ours, which wrote it; what is in it is the host's to check, against the schema. */
export function isRequest(value: Fields): boolean {
  return REQUESTS.includes(String(value.type));
}

// ---- What is answered -----------------------------------------------------------------------------------------

/** A held event as the host shows it. */
export interface HeldItem {
  key: string;
  /** Seconds on the clock of use; 0: with the next sealing. */
  leaves_in: number;
  /** Lines of an outline that were left out. */
  lines?: number;
  event: HeldEvent;
}

export interface HeldPage {
  events: HeldItem[];
  next?: string;
}

export function readHeldPage(fields: Fields): HeldPage {
  return { events: list(fields.events, readHeldItem), ...optional(fields, "next", string) };
}

function readHeldItem(value: unknown): HeldItem {
  const fields = record(value);
  const event = record(fields.event);
  string(event.kind);
  string(event.app);
  return {
    key: string(fields.key),
    leaves_in: integer(fields.leaves_in),
    ...optional(fields, "lines", integer),
    // As the contract says it; a page shows what is there, and as text.
    event: event as unknown as HeldEvent,
  };
}

export const WHERE = ["task", "value", "choice", "content", "name", "outline", "address", "selector"] as const;
export type Where = (typeof WHERE)[number];

export interface HeldText {
  text: string;
  where: Where;
  events: number;
  places: { app: string; url?: string; events: number }[];
}

export interface TextPage {
  texts: HeldText[];
  total: number;
  next?: string;
}

export function readTextPage(fields: Fields): TextPage {
  return {
    texts: list(fields.texts, (value) => {
      const text = record(value);
      return {
        text: string(text.text),
        where: WHERE.find((where) => where === text.where) ?? "content",
        events: integer(text.events),
        places: list(text.places, (each) => {
          const place = record(each);
          return { app: string(place.app), ...optional(place, "url", string), events: integer(place.events) };
        }),
      };
    }),
    total: integer(fields.total),
    ...optional(fields, "next", string),
  };
}

export interface HeldCounts {
  events: number;
  damaged: number;
  groups: { app: string; task?: string; events: number }[];
  tasks: Task[];
  /** Counts by reason of what was masked or left out. */
  redacted: Record<string, number>;
  held: HeldNow;
  last_leaves_in?: number;
}

export function readHeldCounts(fields: Fields): HeldCounts {
  return {
    events: integer(fields.events),
    damaged: fields.damaged === undefined ? 0 : integer(fields.damaged),
    groups: list(fields.groups, (value) => {
      const group = record(value);
      return { app: string(group.app), ...optional(group, "task", string), events: integer(group.events) };
    }),
    tasks: list(fields.tasks, readTask),
    redacted: Object.fromEntries(
      Object.entries(record(record(fields.ledger).redacted ?? {})).map(([reason, count]) => [reason, integer(count)]),
    ),
    held: readHeldNow(fields.held),
    ...optional(fields, "last_leaves_in", integer),
  };
}

export interface Deleted {
  events: number;
  left_before: number;
}

export function readDeleted(fields: Fields): Deleted {
  return {
    events: integer(fields.events),
    left_before: fields.left_before === undefined ? 0 : integer(fields.left_before),
  };
}

export interface Labelled {
  events: number;
  task?: Task;
}

export function readLabelled(fields: Fields): Labelled {
  return { events: integer(fields.events), ...optional(fields, "task", readTask) };
}

export interface Sealed {
  events: number;
  bundles: number;
  /** What stays held, and why: a sentence each. */
  left: string[];
}

export function readSealed(fields: Fields): Sealed {
  return { events: integer(fields.events), bundles: integer(fields.bundles), left: list(fields.left, string) };
}

export interface Withdrawn {
  deleted: number;
  /** The number of the bundle that asks. */
  asked?: number;
}

export function readWithdrawn(fields: Fields): Withdrawn {
  return { deleted: integer(fields.deleted), ...optional(fields, "asked", integer) };
}

export interface Bundle {
  n: number;
  digest: string;
  events: number;
  here: boolean;
  asks?: Scope;
}

export interface MinePart {
  participant?: string;
  /** Each as it was kept. */
  receipts: Fields[];
  tasks: Task[];
  bundles: Bundle[];
  next?: string;
}

export function readMinePart(fields: Fields): MinePart {
  return {
    ...optional(fields, "participant", string),
    receipts: list(fields.receipts, record),
    tasks: list(fields.tasks, readTask),
    bundles: list(fields.bundles, (value) => {
      const bundle = record(value);
      return {
        n: integer(bundle.n),
        digest: string(bundle.digest),
        events: integer(bundle.events),
        here: boolean(bundle.here),
        ...optional(bundle, "asks", (asks) => record(asks) as Scope),
      };
    }),
    ...optional(fields, "next", string),
  };
}
