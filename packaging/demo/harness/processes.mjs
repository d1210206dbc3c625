import { readdir, readFile } from "node:fs/promises";

/** The ids of all processes whose command line has `text` in it. */
export async function processesWith(text) {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const lines = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "")));
  return pids.filter((_, index) => lines[index].includes(text)).map(Number);
}
