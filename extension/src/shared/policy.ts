/** What the organisation decided, as the host tells it, and the one question asked of it: may this page be recorded? */

import type { Disclosure } from "./event.js";
import type { Moment } from "./request.js";
import { excludes, matches, type Pattern, parsePattern, parseUrl, sameOrigin } from "./site.js";

export interface Site {
  url: string;
  app: string;
}

export interface FieldRule {
  /** A CSS selector. */
  match: string;
  values: Disclosure;
}

export interface Team {
  name: string;
  sites: Site[];
  exclude: string[];
  /** Highest disclosure of typed text for which no rule speaks. */
  values: Exclude<Disclosure, "clear">;
  keys: Keys;
  /** Whether actions cite outlines of their pages. */
  outline: boolean;
  fields: FieldRule[];
  /** What the team's tasks are called. */
  tasks?: string[];
}

/** What is recorded of keys: nothing; those that write nothing; how texts came about, too; and in clear texts each. */
export const KEYS = ["off", "shortcuts", "episodes", "strokes"] as const;

export type Keys = (typeof KEYS)[number];

export interface Notice {
  digest: string;
  organisation: string;
  purpose: string;
  lawful_basis: string;
  contact: string;
  more?: string;
  /** Fingerprints. */
  recipients: string[];
  /** Names of recipients, by fingerprint. */
  names?: Record<string, string>;
  review_window_hours: number;
  retention_days: number;
  /** A text is released into a dataset when it was seen from so many, or approved. */
  min_participants?: number;
}

export const POLICY_STATES = [
  "recording",
  "paused",
  "ask",
  "declined",
  "off",
  "not_listed",
  "shared_account",
  "refused",
] as const;

export type PolicyState = (typeof POLICY_STATES)[number];

export interface Policy extends Moment {
  state: PolicyState;
  /** One sentence for the person. */
  why: string;
  /** Number that the host expects next of this stream; 0: it does not know the stream. */
  next_seq: number;
  teams: Team[];
  notice?: Notice;
}

export interface Verdict {
  team: Team;
  app: string;
}

/** A team's lists, read. */
export interface Lists {
  team: Team;
  sites: { pattern: Pattern | null; app: string }[];
  /** `null`: an exclusion that cannot be read. It excludes everything. */
  exclude: (Pattern | null)[];
}

export function readLists(teams: readonly Team[]): Lists[] {
  return teams.map((team) => ({
    team,
    sites: team.sites.map(({ url, app }) => ({ pattern: parsePattern(url), app })),
    exclude: team.exclude.map(parsePattern),
  }));
}

/** The first team that lists the page decides; an exclusion in any team of this person wins over all. */
export function judge(lists: readonly Lists[], address: string): Verdict | null {
  const url = parseUrl(address);
  if (url === null || isExcluded(lists, url)) return null;
  for (const { team, sites } of lists) {
    const site = sites.find(({ pattern }) => pattern !== null && matches(pattern, url));
    if (site !== undefined) return { team, app: site.app };
  }
  return null;
}

function isExcluded(lists: readonly Lists[], url: URL): boolean {
  return lists.some(({ exclude }) => exclude.some((pattern) => pattern === null || excludes(pattern, url)));
}

/** The person's lists, read once and asked at every event. */
export class Allowlist {
  readonly #teams: Lists[];

  constructor(teams: readonly Team[]) {
    this.#teams = readLists(teams);
  }

  get teams(): Team[] {
    return this.#teams.map(({ team }) => team);
  }

  /** Why a page is recorded, or not. */
  placeOf(address: string): "listed" | "excluded" | "elsewhere" {
    const url = parseUrl(address);
    if (url !== null && isExcluded(this.#teams, url) && this.knowsOrigin(address)) return "excluded";
    return this.judge(address) === null ? "elsewhere" : "listed";
  }

  judge(address: string): Verdict | null {
    return judge(this.#teams, address);
  }

  /** Whether some page of this origin could be recorded: what is known before paths are. */
  knowsOrigin(address: string): boolean {
    const url = parseUrl(address);
    return (
      url !== null &&
      this.#teams.some(({ sites }) => sites.some(({ pattern }) => pattern !== null && sameOrigin(pattern, url)))
    );
  }

  /** The lists as far as they concern one origin: all that a page there needs to judge itself. */
  narrowedTo(address: string): Team[] {
    const url = parseUrl(address);
    if (url === null) return [];
    return this.#teams
      .map(({ team, sites, exclude }) => ({
        ...team,
        sites: team.sites.filter((_, i) => {
          const pattern = sites[i]?.pattern;
          return pattern != null && sameOrigin(pattern, url);
        }),
        exclude: team.exclude.filter((_, i) => {
          const pattern = exclude[i];
          return pattern == null || sameOrigin(pattern, url);
        }),
      }))
      .filter(({ sites, exclude }) => sites.length + exclude.length > 0);
  }
}

/** An address as it may be sent: without credentials, query and fragment. */
export function bareAddress(address: string, limit: number): string | null {
  const url = parseUrl(address);
  if (url === null || (url.protocol !== "http:" && url.protocol !== "https:")) return null;
  return (url.origin + url.pathname).slice(0, limit);
}
