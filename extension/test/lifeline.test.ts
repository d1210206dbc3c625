// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Arrivals } from "../src/background/arrivals.js";
import { type ContentSender, Documents } from "../src/background/documents.js";
import { Intake } from "../src/background/intake.js";
import { Lifeline } from "../src/content/lifeline.js";
import { GOES_MS } from "../src/shared/limits.js";
import type { Report, ReportedEvent } from "../src/shared/message.js";
import { Allowlist } from "../src/shared/policy.js";

const DOCUMENT = "0123456789abcdef";

function report(...numbers: number[]): Report {
  const events = numbers.map((n) => ({ kind: "navigate", navigation: "load", n, page: "https://a.corp.test/" }));
  return { type: "events", life: "1", document: DOCUMENT, events: events as ReportedEvent[] };
}

describe("what a page tells", () => {
  let ports: { posted: Report[]; breaks: () => void }[];
  let single: Report[];

  beforeEach(() => {
    ports = [];
    single = [];
    vi.stubGlobal("chrome", {
      runtime: {
        id: "fieldnote",
        connect: () => {
          const port: (typeof ports)[number] = { posted: [], breaks: () => undefined };
          ports.push(port);
          return {
            postMessage: (message: Report) => port.posted.push(message),
            disconnect: () => undefined,
            onDisconnect: { addListener: (listener: () => void) => (port.breaks = listener) },
          };
        },
        sendMessage: (message: Report) => {
          single.push(message);
          return Promise.resolve();
        },
      },
    });
  });

  it("goes over one port", () => {
    const lifeline = new Lifeline(true, () => undefined);
    lifeline.send(report(0));
    lifeline.send(report(1));
    expect(ports.map(({ posted }) => posted.length)).toEqual([2]);
    expect(single).toEqual([]);
  });

  it("is told again when the port breaks, and counts once", () => {
    const lifeline = new Lifeline(true, () => undefined);
    lifeline.send(report(0));
    lifeline.send(report(1));
    ports[0]?.breaks();
    lifeline.send(report(2));
    expect(ports.length).toBe(2);
    const intake = new Intake({});
    const from = { tabId: 7, frameId: 0, frameUrl: "https://a.corp.test/", borrowed: false, topUrl: "" };
    const allowlist = new Allowlist([
      {
        name: "t",
        sites: [{ url: "https://a.corp.test/*", app: "a" }],
        exclude: [],
        values: "placeholder",
        keys: "off",
        outline: false,
        fields: [],
      },
    ]);
    const arrived = [...(ports[0]?.posted.slice(0, 1) ?? []), ...single, ...(ports[1]?.posted ?? [])];
    const admitted = arrived.map((each) => intake.admit(each, from, allowlist));
    expect(admitted.flatMap(({ events }) => events.map(({ n }) => n))).toEqual([0, 1, 2]);
    expect(admitted.map(({ missing }) => missing)).toEqual([0, 0, 0]);
  });

  it("goes by a message each where a port may go with it", () => {
    const lifeline = new Lifeline(false, () => undefined);
    lifeline.send(report(0));
    lifeline.send(report(1));
    lifeline.end();
    expect([ports, single.length]).toEqual([[], 2]);
  });

  it("is told once more when the page goes, as its last", () => {
    const lifeline = new Lifeline(true, () => undefined);
    lifeline.open();
    lifeline.end();
    expect(single).toEqual([]);
    lifeline.send(report(0));
    lifeline.end();
    lifeline.end();
    expect(single).toEqual([{ ...report(0), last: true }]);
  });
});

describe("who speaks on a lifeline", () => {
  const sender = { frameId: 3, url: "https://a.corp.test/frame", tab: { id: 7, url: "https://a.corp.test/app" } };
  const port = { sender } as unknown as chrome.runtime.Port & { sender: ContentSender };

  it("is where its page has gone by its own routing, and not where the next page is", () => {
    const documents = new Documents();
    documents.opened(port);
    documents.showed(8, "https://a.corp.test/other", false);
    expect(documents.senderOn(port)?.tab.url).toBe("https://a.corp.test/app");
    documents.showed(7, "https://a.corp.test/hr", false);
    expect(documents.senderOn(port)?.tab.url).toBe("https://a.corp.test/hr");
    documents.showed(7, "https://a.corp.test/next", true);
    expect(documents.senderOn(port)?.tab.url).toBe("https://a.corp.test/hr");
    documents.ended(port);
    expect(documents.senderOn(port)).toBeUndefined();
  });
});

describe("the next page in a tab", () => {
  const sender = { frameId: 0, url: "https://a.corp.test/", tab: { id: 7, url: "https://a.corp.test/" } };
  const lifeline = () => ({ sender }) as unknown as chrome.runtime.Port & { sender: ContentSender };
  const of = (document: string, ...numbers: number[]): Report => ({ ...report(...numbers), document });
  let heard: string[];
  let arrivals: Arrivals;
  let [before, after] = [lifeline(), lifeline()];

  beforeEach(() => {
    vi.useFakeTimers();
    heard = [];
    const documents = new Documents();
    arrivals = new Arrivals(documents, ({ document, events }) => {
      heard.push(`${document} ${events.map(({ n }) => n)}`);
    });
    [before, after] = [lifeline(), lifeline()];
    documents.opened(before);
    documents.opened(after);
  });
  afterEach(() => void vi.useRealTimers());

  it("is heard when the page before has said its last, whichever lifeline ended first", async () => {
    arrivals.onLifeline(before, of("a", 0));
    arrivals.onLifeline(after, of("b", 0));
    arrivals.onLifeline(after, of("b", 1));
    await vi.advanceTimersByTimeAsync(GOES_MS - 1);
    expect(heard).toEqual(["a 0"]);
    arrivals.heard({ ...of("a", 1), last: true }, sender as ContentSender);
    await vi.advanceTimersByTimeAsync(0);
    arrivals.onLifeline(after, of("b", 2));
    expect(heard).toEqual(["a 0", "a 1", "b 0", "b 1", "b 2"]);
  });

  it("does not wait for ever, nor twice", async () => {
    arrivals.onLifeline(before, of("a", 0));
    arrivals.onLifeline(after, of("b", 0));
    await vi.advanceTimersByTimeAsync(GOES_MS);
    arrivals.onLifeline(after, of("b", 1));
    expect(heard).toEqual(["a 0", "b 0", "b 1"]);
  });

  it("waits likewise for the page that took its place while it was kept", async () => {
    arrivals.onLifeline(before, of("a", 0));
    arrivals.heard({ ...of("a"), last: true }, sender as ContentSender);
    arrivals.onLifeline(after, of("b", 0));
    arrivals.onLifeline(before, of("a", 1));
    expect(heard).toEqual(["a 0", "a ", "b 0"]);
    arrivals.heard({ ...of("b", 1), last: true }, sender as ContentSender);
    await vi.advanceTimersByTimeAsync(0);
    expect(heard).toEqual(["a 0", "a ", "b 0", "b 1", "a 1"]);
  });
});
