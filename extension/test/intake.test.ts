import { describe, expect, it } from "vitest";
import { faceOf } from "../src/background/badge.js";
import { Intake, type Reporter } from "../src/background/intake.js";
import { hostPatterns } from "../src/background/sites.js";
import { State } from "../src/background/state.js";
import type { Target } from "../src/shared/event.js";
import { AWAY_MS, DOCUMENTS } from "../src/shared/limits.js";
import {
  type Report,
  type ReportedEvent,
  readFromContent,
  readFromPage,
  readHostMessage,
} from "../src/shared/message.js";
import { Allowlist, type Policy, type Team } from "../src/shared/policy.js";
import { NOTHING_HELD } from "../src/shared/request.js";

const TEAM: Team = {
  name: "support",
  sites: [
    { url: "https://crm.example/*", app: "crm" },
    { url: "https://*.tickets.example:8443/app/*", app: "tickets" },
  ],
  exclude: ["https://crm.example/hr/*"],
  values: "placeholder",
  keys: "episodes",
  outline: false,
  fields: [],
};
const LISTS = new Allowlist([TEAM]);
const PAGE = "https://crm.example/tickets?q=secret#x";
const DOCUMENT = "00112233445566aa";

const target: Target = { role: "button", name: "Save", tag: "button", selectors: [], box: [0, 0, 1, 1] };
const click = (n: number, page = PAGE): ReportedEvent => ({ kind: "click", target, n, page });
const report = (...events: ReportedEvent[]): Report => ({ type: "events", life: "1", document: DOCUMENT, events });
const from = (more: Partial<Reporter> = {}): Reporter => ({
  tabId: 815,
  frameId: 0,
  frameUrl: "https://crm.example/",
  borrowed: false,
  topUrl: "https://crm.example/",
  ...more,
});

describe("what a page reports", () => {
  it("gets its tab's number and an address without query and fragment", () => {
    const intake = new Intake({});
    expect(intake.admit(report(click(0)), from(), LISTS).events).toEqual([
      { kind: "click", target, document: DOCUMENT, n: 0, tab: 1, frame: 0, url: "https://crm.example/tickets" },
    ]);
    expect(intake.admit(report(click(1)), from({ tabId: 4 }), LISTS).events[0]?.tab).toBe(2);
    expect(intake.admit(report(click(2)), from(), LISTS).events[0]?.tab).toBe(1);
  });

  it("is believed about its path, and about nothing else", () => {
    const claims = (page: string, frameUrl: string) =>
      new Intake({}).admit(report(click(0, page)), from({ frameUrl }), LISTS).events.length;
    expect(claims("https://crm.example/a", "https://crm.example/")).toBe(1);
    expect(claims("https://crm.example/a", "https://elsewhere.example/")).toBe(0);
    expect(claims("https://crm.example/hr/pay", "https://crm.example/")).toBe(0);
    expect(claims("https://elsewhere.example/", "https://crm.example/hr/pay")).toBe(0);
  });

  it("in a frame needs the page around it to be listed as well", () => {
    const inFrame = (topUrl: string) =>
      new Intake({}).admit(report(click(0)), from({ frameId: 3, topUrl }), LISTS).events;
    expect(inFrame("https://crm.example/top?x")).toMatchObject([{ frame: 3, top: "https://crm.example/top" }]);
    expect(inFrame("https://crm.example/hr/pay")).toEqual([]);
    expect(inFrame("https://elsewhere.example/")).toEqual([]);
    expect(inFrame("")).toEqual([]);
  });

  it("counts as its parent where it has no address", () => {
    const borrowed = (frameUrl: string) =>
      new Intake({}).admit(report(click(0, "about:srcdoc")), from({ frameId: 3, borrowed: true, frameUrl }), LISTS);
    expect(borrowed("https://crm.example/a").events).toMatchObject([{ url: "https://crm.example/a" }]);
    expect(borrowed("https://crm.example/hr/a").events).toEqual([]);
  });

  it("is missed where its numbers have a gap, and taken once", () => {
    const intake = new Intake({});
    expect(intake.admit(report(click(2)), from(), LISTS).missing).toBe(2);
    expect(intake.admit(report(click(3), click(5)), from(), LISTS).missing).toBe(1);
    expect(intake.admit(report(click(5)), from(), LISTS)).toMatchObject({ events: [], missing: 0 });
  });

  it("goes on where a worker left off, and forgets documents rather than grow", () => {
    const first = new Intake({}).admit(report(click(0)), from(), LISTS);
    const next = new Intake(first.records).admit(report(click(1)), from(), LISTS);
    expect(next).toMatchObject({ missing: 0, events: [{ tab: 1 }] });
    const full: Record<string, unknown> = {};
    for (let i = 0; i < DOCUMENTS; i++) full[`document.${i}`] = 1;
    const admitted = new Intake(full).admit(report(click(9)), from(), LISTS);
    expect(admitted.missing).toBe(0);
    expect(admitted.stale).toHaveLength(1);
  });
});

describe("a page that is shown", () => {
  it("follows from what was done before it, but not where somebody asked for another in between", () => {
    const intake = new Intake({});
    const load = (document: string) => {
      const shown: ReportedEvent = { kind: "navigate", navigation: "load", n: 0, page: PAGE };
      return intake.admit({ ...report(shown), document }, from(), LISTS).events[0]?.cause;
    };
    intake.admit(report(click(0)), from(), LISTS);
    expect(load("00112233445566bb")).toBe(0);
    intake.admit(report(click(1)), from(), LISTS);
    intake.askedFor(815);
    expect(load("00112233445566cc")).toBeUndefined();
    // The page that was asked for leads on by itself.
    expect(load("00112233445566dd")).toBeUndefined();
  });
});

describe("messages", () => {
  it("from content scripts are a query or events, and nothing else", () => {
    expect(readFromContent({ type: "query", more: 1 })).toEqual({ type: "query" });
    expect(readFromContent(report(click(0)))).toEqual({ ...report(click(0)), last: false });
    expect(readFromContent({ ...report(), last: true })).toEqual({ ...report(), last: true });
    for (const message of [
      null,
      "query",
      { type: "answer", digest: "x", answer: "yes" },
      { type: "consent", digest: "x", answer: "yes" },
      { ...report(click(0)), document: "nonsense" },
      { ...report(), events: [{ kind: "click", n: 0 }] },
      report({ ...click(0), n: -1 } as ReportedEvent),
      report({ ...click(0), url: "https://x/" } as unknown as ReportedEvent),
      report({ ...click(0), target: { name: "x".repeat(200_000) } } as unknown as ReportedEvent),
    ]) {
      expect(readFromContent(message)).toBeNull();
    }
  });

  it("from our pages are an answer, a question, a wish for another page", () => {
    expect(readFromPage({ type: "answer", digest: "d", answer: "no", x: 1 })).toEqual({
      type: "answer",
      digest: "d",
      answer: "no",
    });
    expect(readFromPage({ type: "answer", digest: "d", answer: "maybe" })).toBeNull();
    const question = { type: "question", number: 1, request: { type: "seal" } };
    expect(readFromPage(question)).toEqual(question);
    expect(readFromPage({ ...question, request: { type: "batch", events: [] } })).toBeNull();
    expect(readFromPage({ type: "open", page: "https://elsewhere.example" })).toBeNull();
  });

  it("from a host of another version are taken at their strictest", () => {
    const policy = { type: "policy", state: "resting", why: "", next_seq: 0 };
    const team = {
      name: "a",
      sites: [],
      exclude: [],
      values: "all",
      keys: "all",
      fields: [{ match: "p", values: "loud" }],
    };
    expect(readHostMessage({ ...policy, teams: [team] })).toMatchObject({
      state: "refused",
      teams: [{ values: "withheld", keys: "off", fields: [{ values: "withheld" }] }],
    });
    expect(readHostMessage({ type: "weather" })).toBeNull();
    expect(() => readHostMessage({ ...policy, teams: [{ name: "a" }] })).toThrow("expected");
  });
});

describe("how things stand", () => {
  const policy = (state: Policy["state"]): Policy => ({
    ...{ state, why: "w", next_seq: 0, teams: [TEAM], today: 0 },
    held: NOTHING_HELD,
  });

  it("records while a yes holds and for 60 s without the host", () => {
    const state = new State();
    expect([state.standing(0), state.recording(0)]).toEqual(["connecting", false]);
    state.heard(policy("recording"), 0);
    expect(state.standing(0)).toBe("recording");
    state.lost({ why: "gone", incompatible: false }, 1000);
    state.lost({ why: "still gone", incompatible: false }, 30_000);
    expect(state.recording(1000 + AWAY_MS - 1)).toBe(true);
    expect([state.recording(1000 + AWAY_MS), state.standing(1000 + AWAY_MS)]).toEqual([false, "no_host"]);
    state.heard(policy("declined"), 0);
    expect([state.standing(0), state.recording(0)]).toEqual(["declined", false]);
  });

  it("says when there is no room, and goes on with the first ack", () => {
    const state = new State();
    state.heard(policy("recording"), 0);
    expect(state.full("no room on the disk", 1000)).toBe(true);
    // The host ends, comes back, and still cannot store: that is no fresh start.
    state.lost({ why: "gone", incompatible: false }, 1100);
    state.heard(policy("recording"), 3);
    expect(state.full("no room on the disk", 2000)).toBe(false);
    expect(state.standing(1000 + AWAY_MS - 1)).toBe("recording");
    expect(state.standing(1000 + AWAY_MS)).toBe("storage_full");
    expect(state.view(1000 + AWAY_MS).why).toBe("no room on the disk");
    expect(faceOf("storage_full", "listed").text).toBe("!");
    expect(state.stored()).toBe(true);
    expect(state.standing(1000 + AWAY_MS)).toBe("recording");
    expect(state.stored()).toBe(false);
  });

  it("does not wait for an ack of nothing", () => {
    const state = new State();
    state.full("no room on the disk", 1000);
    state.heard(policy("recording"), 0);
    expect(state.standing(1000 + AWAY_MS)).toBe("recording");
  });

  it("goes on for what is left of the 60 s when the worker is started again", () => {
    const before = new State();
    before.heard(policy("recording"), 0);
    const after = new State();
    after.restore(before.remembered, 5000);
    expect([after.recording(5000), after.recording(5000 + AWAY_MS)]).toEqual([true, false]);
    const never = new State();
    never.restore(undefined, 5000);
    expect(never.recording(5000)).toBe(false);
  });

  it("pauses from the moment in which it is asked for, until the host says otherwise", () => {
    const state = new State();
    state.heard(policy("recording"), 0);
    state.pauses({ since: 1000, minutes: 15 });
    expect([state.recording(1000), state.standing(1000), state.pausedSince]).toEqual([false, "paused", 1000]);
    expect(state.view(1000).pause).toEqual({ since: 1000, until: 1000 + 15 * 60_000 });
    // A worker that is started anew has not forgotten it.
    const after = new State();
    after.restore(state.remembered, 2000);
    expect(after.recording(2000)).toBe(false);
    state.stands({ type: "standing", ...policy("paused"), pause: { since: 1001 } });
    state.pauseIsSettled();
    expect([state.standing(3000), state.pausedSince, state.agreed]).toEqual(["paused", 1001, true]);
    state.stands({ type: "standing", ...policy("recording") });
    expect([state.recording(4000), state.pausedSince]).toEqual([true, null]);
  });

  it("is told apart on the badge without colour", () => {
    expect(faceOf("recording", "listed").text).toBe("REC");
    expect(faceOf("recording", "elsewhere").text).toBe("");
    expect(faceOf("no_host", "listed").text).toBe("!");
    expect(faceOf("ask", "listed").text).toBe("?");
    expect(faceOf("paused", "listed").text).toBe("II");
    expect(faceOf("recording", "not_visible").text).toBe("off");
    expect(faceOf("declined", "listed").text).toBe("off");
  });

  it("an answer counts for the notice that was shown, while the host can hear it", () => {
    const notice = { digest: "d", organisation: "", purpose: "", lawful_basis: "", contact: "", recipients: [] };
    const state = new State();
    state.heard({ ...policy("ask"), notice: { ...notice, review_window_hours: 24, retention_days: 30 } }, 0);
    expect(state.accepts({ type: "answer", digest: "d", answer: "yes" })).toBe(true);
    expect(state.accepts({ type: "answer", digest: "other", answer: "yes" })).toBe(false);
    state.lost({ why: "", incompatible: false }, 0);
    expect(state.accepts({ type: "answer", digest: "d", answer: "yes" })).toBe(false);
  });
});

it("content scripts are registered for hosts, which is what browsers know", () => {
  expect(hostPatterns([TEAM, TEAM])).toEqual(["https://*.tickets.example/*", "https://crm.example/*"]);
});
