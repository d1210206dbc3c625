import { describe, expect, it } from "vitest";
import { type Journal, Outbox } from "../src/background/outbox.js";
import type { WireEvent } from "../src/shared/event.js";
import { BATCH_BYTES, BATCH_EVENTS, OUTBOX_BYTES } from "../src/shared/limits.js";
import type { Batch } from "../src/shared/message.js";
import { utf8Length } from "../src/shared/text.js";

const STREAM = "0123456789abcdef0123456789abcdef";

/** A journal like `storage.session`: it keeps copies, and survives the worker. */
class Memory implements Journal {
  readonly records = new Map<string, string>();

  async put(records: Record<string, unknown>): Promise<void> {
    for (const [key, value] of Object.entries(records)) this.records.set(key, JSON.stringify(value));
  }

  async drop(keys: string[]): Promise<void> {
    for (const key of keys) this.records.delete(key);
  }

  async all(): Promise<Record<string, unknown>> {
    return Object.fromEntries([...this.records].map(([key, value]) => [key, JSON.parse(value)]));
  }
}

const open = (journal: Journal) => Outbox.open(journal, () => STREAM);

function event(n: number, name = ""): WireEvent {
  return {
    kind: "click",
    document: "00000000000000aa",
    n,
    tab: 1,
    frame: 0,
    url: "https://crm.corp.example/",
    target: { role: "button", name, tag: "button", selectors: [], box: [0, 0, 1, 1] },
  };
}

async function filled(count: number, journal: Journal = new Memory()): Promise<Outbox> {
  const outbox = await open(journal);
  for (let n = 0; n < count; n++) await outbox.add(event(n));
  return outbox;
}

const numbers = (batch: Batch | null) => batch?.events.map(({ n }) => n);

describe("a batch", () => {
  it("begins with type and seq, so that the host can name what it cannot read", async () => {
    const outbox = await filled(1);
    await outbox.lose("document_gap", 2);
    expect(JSON.stringify(await outbox.form())).toMatch(
      /^\{"type":"batch","seq":1,"lost":\{"document_gap":2\},"events":\[/,
    );
  });

  it("gathers what came while another was under way", async () => {
    const outbox = await filled(1);
    expect(numbers(await outbox.form())).toEqual([0]);
    for (const n of [1, 2, 3]) await outbox.add(event(n));
    expect(await outbox.form()).toBeNull();
    await outbox.acked(1);
    expect(await outbox.form()).toMatchObject({ seq: 2, events: [{ n: 1 }, { n: 2 }, { n: 3 }] });
  });

  it("stays below its limits", async () => {
    const outbox = await open(new Memory());
    const wide = "ä".repeat(200);
    for (let n = 0; n < 3000; n++) await outbox.add(event(n, n < 1500 ? "" : wide));
    const seen: number[] = [];
    for (let batch = await outbox.form(); batch !== null; batch = await outbox.form()) {
      expect(batch.events.length).toBeLessThanOrEqual(BATCH_EVENTS);
      expect(utf8Length(JSON.stringify(batch))).toBeLessThanOrEqual(BATCH_BYTES);
      seen.push(...batch.events.map(({ n }) => n));
      await outbox.acked(batch.seq);
    }
    expect(seen).toEqual(Array.from({ length: 3000 }, (_, n) => n));
  });

  it("carries counts even without an event", async () => {
    const outbox = await open(new Memory());
    expect(await outbox.form()).toBeNull();
    await outbox.lose("outbox_full", 7);
    expect(await outbox.form()).toEqual({ type: "batch", seq: 1, lost: { outbox_full: 7 }, events: [] });
  });
});

describe("what does not fit is counted", () => {
  it("a full outbox", async () => {
    const outbox = await open(new Memory());
    const name = "x".repeat(100_000);
    for (let n = 0; n < 30; n++) await outbox.add(event(n, name));
    const kept = outbox.waiting;
    expect(kept).toBe(Math.floor(OUTBOX_BYTES / (utf8Length(JSON.stringify(event(10, name))) + 1)));
    expect((await outbox.form())?.lost).toEqual({ outbox_full: 30 - kept });
  });

  it("an event larger than a batch may be", async () => {
    const outbox = await open(new Memory());
    await outbox.add(event(0, "x".repeat(BATCH_BYTES)));
    expect(await outbox.form()).toEqual({ type: "batch", seq: 1, lost: { too_large: 1 }, events: [] });
  });
});

describe("a worker that is started again", () => {
  it("goes on with the same stream and offers the same batch", async () => {
    const journal = new Memory();
    const before = await filled(2, journal);
    await before.lose("document_gap", 1);
    const sent = await before.form();
    await before.add(event(2));
    const after = await open(journal);
    expect(after.stream).toBe(STREAM);
    expect(after.underWay()).toEqual(sent);
    await after.expects(2);
    expect(after.underWay()).toBeNull();
    expect(await after.form()).toMatchObject({ seq: 2, events: [{ n: 2 }] });
  });

  it("leaves nothing in the journal but its head when all is stored", async () => {
    const journal = new Memory();
    const outbox = await filled(5, journal);
    await outbox.form();
    await outbox.acked(1);
    expect([...journal.records.keys()]).toEqual(["outbox"]);
  });
});

describe("numbers", () => {
  it("follow what the host expects", async () => {
    const outbox = await filled(1);
    await outbox.form();
    await outbox.expects(0);
    expect(outbox.underWay()?.seq).toBe(1);
    await outbox.expects(1);
    expect(outbox.underWay()?.seq).toBe(1);
  });

  it("go back where the host lost what it had, without a gap", async () => {
    const outbox = await filled(1);
    await outbox.form();
    await outbox.acked(1);
    await outbox.add(event(1));
    await outbox.form();
    await outbox.expects(1);
    expect(outbox.underWay()).toMatchObject({ seq: 1, events: [{ n: 1 }] });
    await outbox.acked(1);
    await outbox.add(event(2));
    expect((await outbox.form())?.seq).toBe(2);
  });

  it("are not used up by what is cleared", async () => {
    const outbox = await filled(3);
    await outbox.form();
    await outbox.clear();
    expect(outbox.waiting).toBe(0);
    await outbox.add(event(3));
    expect(await outbox.form()).toMatchObject({ seq: 1, events: [{ n: 3 }] });
  });
});

describe("a batch that cannot be read", () => {
  it("is sent once more, then halved until the bad event is alone; that one is dropped and counted", async () => {
    const outbox = await filled(8);
    const stored: number[] = [];
    let offers = 0;
    for (let batch = await outbox.form(); batch !== null; batch = outbox.underWay() ?? (await outbox.form())) {
      offers++;
      if (batch.events.some(({ n }) => n === 5)) await outbox.unreadable(batch.seq);
      else {
        stored.push(...batch.events.map(({ n }) => n));
        await outbox.acked(batch.seq);
        if (batch.lost !== undefined) expect(batch.lost).toEqual({ unreadable: 1 });
      }
    }
    expect(stored).toEqual([0, 1, 2, 3, 4, 6, 7]);
    expect(offers).toBeLessThan(20);
  });
});

// ---- Every event exactly once and in order, whatever happens ---------------------------------------------------

/** A host as `manifest/protocol.md` describes it, which loses acks, ends, and cannot read some events. */
class Host {
  readonly stored: number[] = [];
  readonly lost = new Map<string, number>();
  expected = 0;

  receive(batch: Batch, bad: ReadonlySet<number>): Answer {
    if (batch.events.some(({ n }) => bad.has(n))) return { unreadable: batch.seq };
    if (this.expected !== 0 && batch.seq < this.expected) return { acked: batch.seq };
    if (this.expected !== 0 && batch.seq > this.expected) return { expected: this.expected };
    this.expected = batch.seq + 1;
    this.stored.push(...batch.events.map(({ n }) => n));
    for (const [reason, count] of Object.entries(batch.lost ?? {})) {
      this.lost.set(reason, (this.lost.get(reason) ?? 0) + count);
    }
    return { acked: batch.seq };
  }
}

type Answer = { acked: number } | { unreadable: number } | { expected: number };

function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1664525 + 1013904223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

async function apply(outbox: Outbox, answer: Answer): Promise<void> {
  if ("acked" in answer) await outbox.acked(answer.acked);
  else if ("unreadable" in answer) await outbox.unreadable(answer.unreadable);
  else await outbox.expects(answer.expected);
}

async function session(seed: number): Promise<void> {
  const random = seeded(seed);
  const chance = (probability: number) => random() < probability;
  const journal = new Memory();
  const host = new Host();
  const bad = new Set(Array.from({ length: 200 }, (_, n) => n).filter(() => chance(0.02)));
  let outbox = await open(journal);
  let next = 0;
  for (let round = 0; next < 200 || outbox.waiting > 0 || outbox.underWay() !== null; round++) {
    expect(round).toBeLessThan(5000);
    while (next < 200 && chance(0.6)) await outbox.add(event(next++));
    if (chance(0.1)) outbox = await open(journal);
    // After a reconnect the host says what it expects; within a connection it need not.
    if (chance(0.3)) await outbox.expects(host.expected);
    const batch = outbox.underWay() ?? (await outbox.form());
    if (batch === null || chance(0.1)) continue;
    const answer = host.receive(batch, bad);
    if (chance(0.2)) outbox = await open(journal);
    else if (!chance(0.2)) await apply(outbox, answer);
    if (chance(0.05)) await apply(outbox, answer);
  }
  expect(await outbox.form().then((batch) => batch && host.receive(batch, bad))).toSatisfy(
    (last) => last === null || "acked" in last,
  );
  expect(host.stored).toEqual(Array.from({ length: 200 }, (_, n) => n).filter((n) => !bad.has(n)));
  expect(host.lost.get("unreadable") ?? 0).toBe(bad.size);
}

describe("every event is stored exactly once and in order", () => {
  it.each(Array.from({ length: 200 }, (_, seed) => seed))("lost acks, restarts, bad events: seed %i", session);
});

describe("a pause", () => {
  const later = async (outbox: Outbox, n: number, at: number) => outbox.add(event(n), {}, at);

  it("drops what was recorded after it began, and sends what is earlier as earlier", async () => {
    const outbox = await open(new Memory());
    for (const [n, at] of [
      [0, 100],
      [1, 200],
      [2, 300],
    ] as const)
      await later(outbox, n, at);
    await outbox.paused(200);
    const batch = await outbox.form();
    expect(JSON.stringify(batch)).toMatch(/^\{"type":"batch","seq":1,"earlier":true,/);
    expect([numbers(batch), batch?.lost]).toEqual([[0, 1], { not_recording: 1 }]);
    await outbox.acked(1);
    expect(await outbox.form()).toBeNull();
  });

  it("leaves alone what is under way, which may be stored by now", async () => {
    const outbox = await open(new Memory());
    await later(outbox, 0, 100);
    await later(outbox, 1, 300);
    expect(numbers(await outbox.form())).toEqual([0, 1]);
    await later(outbox, 2, 400);
    await outbox.paused(200);
    await outbox.acked(1);
    expect([outbox.waiting, await outbox.form()]).toEqual([0, null]);
  });

  it("sends a refused batch again under its number, without what is later", async () => {
    const outbox = await open(new Memory());
    await later(outbox, 0, 100);
    await later(outbox, 1, 300);
    await outbox.form();
    await outbox.refusedForPause(1, 200);
    expect(await outbox.form()).toMatchObject({ seq: 1, earlier: true, events: [{ n: 0 }] });
  });

  it("keeps what the host takes no more, until recording goes on", async () => {
    const outbox = await open(new Memory());
    await later(outbox, 0, 100);
    await outbox.paused(200);
    await outbox.form();
    await outbox.refusedForPause(1, 200);
    expect([outbox.waiting, await outbox.form()]).toEqual([1, null]);
    outbox.resumed();
    const batch = await outbox.form();
    expect([batch?.seq, numbers(batch), batch?.earlier]).toEqual([1, [0], undefined]);
  });

  it("remembers when each event was recorded across a restart of the worker, and never sends it", async () => {
    const journal = new Memory();
    const before = await open(journal);
    await later(before, 0, 100);
    await later(before, 1, 300);
    const after = await open(journal);
    await after.paused(200);
    const batch = await after.form();
    expect(numbers(batch)).toEqual([0]);
    expect(JSON.stringify(batch)).not.toContain('"at"');
  });
});
