// A screen that nobody sees, and its keyboard: what a browser takes from the system reaches it as from a person.

import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { promisify } from "node:util";

/** Starts one; `display` is its name, and `press` presses keys, as in "alt+shift+u", in the window in front. */
export async function startScreen() {
  const server = spawn("Xvfb", ["-displayfd", "3", "-screen", "0", "1300x900x24", "-nolisten", "tcp"], {
    stdio: ["ignore", "ignore", "ignore", "pipe"],
  });
  const [number] = await once(server.stdio[3], "data");
  const display = `:${String(number).trim()}`;
  const env = { ...process.env, DISPLAY: display };
  const ask = async (...args) => (await promisify(execFile)("xdotool", args, { env })).stdout.trim();
  return {
    display,
    /** Without a window manager nothing has the keyboard until it is given it. */
    async press(keys) {
      const [window] = (await ask("search", "--sync", "--onlyvisible", "--class", "chromium")).split("\n").slice(-1);
      await ask("windowfocus", "--sync", window);
      await ask("key", keys);
    },
    async close() {
      const ended = once(server, "exit");
      server.kill();
      await ended;
    },
  };
}
