import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Dialogue, type HostPort, Link } from "../src/background/link.js";
import { HANDSHAKE_MS, STEADY_MS } from "../src/shared/limits.js";
import type { HostError } from "../src/shared/message.js";
import type { Policy } from "../src/shared/policy.js";

const STREAM = "0123456789abcdef0123456789abcdef";
const POLICY = { type: "policy", state: "recording", why: "", next_seq: 0, teams: [] };

class Port implements HostPort {
  readonly sent: unknown[] = [];
  closed = false;
  readonly #heard: ((message: unknown) => void)[] = [];
  readonly #ended: (() => void)[] = [];
  readonly onMessage = { addListener: (listener: (message: unknown) => void) => void this.#heard.push(listener) };
  readonly onDisconnect = { addListener: (listener: () => void) => void this.#ended.push(listener) };

  postMessage(message: unknown): void {
    this.sent.push(message);
  }
  disconnect(): void {
    this.closed = true;
  }
  says(message: unknown): void {
    for (const listener of this.#heard) listener(message);
  }
  ends(): void {
    for (const listener of this.#ended) listener();
  }
}

function setUp() {
  const ports: Port[] = [];
  const heard: { policies: Policy[]; errors: HostError[]; losses: { why: string; incompatible: boolean }[] } = {
    policies: [],
    errors: [],
    losses: [],
  };
  const dialogue: Dialogue = {
    policy: (policy) => heard.policies.push(policy),
    standing: () => undefined,
    answer: () => undefined,
    ack: () => undefined,
    error: (error) => heard.errors.push(error),
    lost: (loss) => heard.losses.push(loss),
  };
  const stayAwake = vi.fn();
  const link = new Link(
    {
      connect: () => {
        const port = new Port();
        ports.push(port);
        return port;
      },
      whyLost: () => "Native host has exited.",
      attach: () => ({ type: "attach", protocol: 1, extension: "0.1.0", browser: "chromium", stream: STREAM }),
      stayAwake,
    },
    dialogue,
  );
  const last = () => ports[ports.length - 1] as Port;
  const attach = () => {
    last().says({ type: "hello", protocol: { min: 1, max: 1 }, host: "0.1.0" });
    last().says(POLICY);
  };
  return { link, ports, heard, last, attach, stayAwake };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("the handshake", () => {
  it("says nothing before the host has, then attaches, then is there", () => {
    const { link, last, heard } = setUp();
    link.connect();
    expect(last().sent).toEqual([]);
    last().says({ type: "hello", protocol: { min: 1, max: 1 }, host: "0.1.0" });
    expect(last().sent).toEqual([
      { type: "attach", protocol: 1, extension: "0.1.0", browser: "chromium", stream: STREAM },
    ]);
    expect(link.send({ type: "batch", seq: 1, events: [] })).toBe(false);
    last().says(POLICY);
    expect(heard.policies).toHaveLength(1);
    expect(link.send({ type: "batch", seq: 1, events: [] })).toBe(true);
  });

  it("speaks with a host one version away, and passes over what it does not know", () => {
    const { link, last, heard } = setUp();
    link.connect();
    last().says({ type: "hello", protocol: { min: 2, max: 2, better: true }, host: "9", mood: "fine" });
    last().says({ type: "tasks", tasks: [] });
    last().says({
      ...POLICY,
      tasks: [],
      teams: [{ name: "a", sites: [], exclude: [], values: "shape", fields: [], x: 1 }],
    });
    expect(heard.policies[0]?.teams).toEqual([
      { name: "a", sites: [], exclude: [], values: "shape", keys: "off", outline: false, fields: [] },
    ]);
  });

  it("does not record for a host further away", () => {
    const { link, last, heard } = setUp();
    link.connect();
    last().says({ type: "hello", protocol: { min: 3, max: 4 }, host: "9" });
    expect(last().closed).toBe(true);
    expect(last().sent).toEqual([]);
    expect(heard.losses).toMatchObject([{ incompatible: true }]);
  });

  it("gives up a host that is silent, or cannot be understood", () => {
    const { link, last, heard } = setUp();
    link.connect();
    vi.advanceTimersByTime(HANDSHAKE_MS);
    expect(last().closed).toBe(true);
    vi.advanceTimersByTime(200);
    last().says({ type: "policy", state: "recording" });
    expect(heard.losses).toHaveLength(2);
    expect(heard.policies).toEqual([]);
  });
});

describe("coming back", () => {
  it("waits 0.1 s, doubling to 30 s, and stays awake while it does", () => {
    const { link, ports, last, stayAwake } = setUp();
    link.connect();
    for (const delay of [100, 200, 400, 800, 1600, 3200, 6400, 12_800, 25_600, 30_000, 30_000]) {
      const before = ports.length;
      last().ends();
      vi.advanceTimersByTime(delay - 1);
      expect(ports).toHaveLength(before);
      vi.advanceTimersByTime(1);
      expect(ports).toHaveLength(before + 1);
    }
    expect(stayAwake).toHaveBeenCalled();
  });

  it("begins anew after a connection that lasted", () => {
    const { link, ports, last, attach } = setUp();
    link.connect();
    for (const delay of [100, 200, 400, 800, 1600]) {
      last().ends();
      vi.advanceTimersByTime(delay);
    }
    attach();
    vi.advanceTimersByTime(5000);
    last().ends();
    vi.advanceTimersByTime(100);
    expect(ports).toHaveLength(7);
  });

  it("is at once when the policy has changed", () => {
    const { link, ports, last, attach, heard } = setUp();
    link.connect();
    attach();
    vi.advanceTimersByTime(5000);
    last().says({ type: "error", number: 15, name: "policy_changed", message: "" });
    last().ends();
    expect(ports).toHaveLength(2);
    expect(heard.errors).toHaveLength(1);
  });

  it("never waits longer than a second for a policy that is written in several steps", () => {
    const { link, ports, last, attach } = setUp();
    link.connect();
    for (let step = 0; step < 10; ++step) {
      const before = ports.length;
      attach();
      vi.advanceTimersByTime(500);
      last().says({ type: "error", number: 15, name: "policy_changed", message: "" });
      last().ends();
      vi.advanceTimersByTime(STEADY_MS - 1);
      expect(ports).toHaveLength(before);
      vi.advanceTimersByTime(1);
      expect(ports).toHaveLength(before + 1);
    }
  });

  it("does not hear a port that it gave up", () => {
    const { link, ports, last, attach, heard } = setUp();
    link.connect();
    attach();
    ports[0]?.ends();
    vi.advanceTimersByTime(100);
    ports[0]?.says(POLICY);
    ports[0]?.ends();
    expect(heard.policies).toHaveLength(1);
    expect(heard.losses).toHaveLength(1);
    expect(last()).toBe(ports[1]);
  });
});
