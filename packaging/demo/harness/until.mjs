import { setTimeout as pause } from "node:timers/promises";

const LOOK_AGAIN_AFTER = 25;

/** Machines are crowded at times: then a browser takes a minute to start. */
export const PATIENCE = 120_000;

/**
 * Waits until `look` returns something true, and returns that. Nothing here waits for a time to pass: `patience` only
 * says when a condition that never comes true is an error, which then says what was waited for.
 * @template T
 * @param {string} what
 * @param {() => T | Promise<T>} look
 * @returns {Promise<T>}
 */
export async function until(what, look, { patience = PATIENCE } = {}) {
  const deadline = Date.now() + patience;
  for (;;) {
    const seen = await look();
    if (seen) return seen;
    if (Date.now() > deadline) throw new Error(`Waited ${patience / 1000} s in vain: ${what}`);
    await pause(LOOK_AGAIN_AFTER);
  }
}
