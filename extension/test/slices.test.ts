// Work in idle time: when it is asked for, and how it is brought forward.
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { Slices } from "../src/content/outline/slices.js";

type Request = { run: IdleRequestCallback; timeout: number };

/** What a browser that has no idle time was asked for, by number. */
const asked = new Map<number, Request>();
let numbers = 0;

beforeEach(() => {
  vi.useFakeTimers();
  asked.clear();
  vi.stubGlobal("requestIdleCallback", (run: IdleRequestCallback, { timeout = 0 }: IdleRequestOptions) => {
    asked.set(++numbers, { run, timeout });
    return numbers;
  });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function timeouts(): number[] {
  return [...asked.values()].map(({ timeout }) => timeout);
}

/** The browser has `idle` milliseconds for the one request that is there. */
function serve(idle: number): void {
  const [first] = asked;
  if (first === undefined) return;
  const [number, { run }] = first;
  asked.delete(number);
  run({ didTimeout: idle === 0, timeRemaining: () => idle });
}

function slices(steps: number): { worker: Slices; done: () => number } {
  let done = 0;
  const worker = new Slices(
    function* () {
      for (let step = 0; step < steps; ++step) {
        ++done;
        vi.advanceTimersByTime(1);
        yield;
      }
    },
    () => worker.wake(),
  );
  return { worker, done: () => done };
}

test("somebody acts: idle time is asked for sooner, and the work is done once", () => {
  const { worker, done } = slices(1);
  worker.wake();
  worker.hurry();
  worker.wake();
  const [patient = 0, hurried = 0, ...more] = timeouts();
  expect(hurried).toBeLessThan(patient);
  expect(more).toEqual([]);
  serve(4);
  serve(4);
  expect(done()).toBe(1);
});

test("a rest is cut short when somebody acts", () => {
  const { worker, done } = slices(1);
  worker.wake();
  serve(4);
  expect(done()).toBe(1);
  vi.advanceTimersByTime(10);
  worker.hurry();
  vi.advanceTimersByTime(50);
  expect(timeouts()).toHaveLength(1);
});

test("work that goes on in the same idle time is asked for once", () => {
  const { worker, done } = slices(Number.POSITIVE_INFINITY);
  worker.wake();
  serve(50);
  const before = done();
  expect(before).toBeGreaterThan(0);
  const requests = timeouts().length;
  worker.wake();
  expect(timeouts()).toHaveLength(requests);
});

test("after the end nothing is asked for or done", () => {
  const { worker, done } = slices(3);
  worker.wake();
  worker.stop();
  serve(4);
  worker.wake();
  expect(done()).toBe(0);
  expect(timeouts()).toEqual([]);
});
