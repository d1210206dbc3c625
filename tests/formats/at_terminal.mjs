// A program that asks at its terminal, and somebody who answers there.

import { spawn } from "node:child_process";

const quoted = (word) => `'${word.replaceAll("'", "'\\''")}'`;

/**
 * Runs a program at a terminal of its own and answers each question that ends like one of `answers`.
 * @param {string[]} command
 * @param {[RegExp, string][]} answers in the order in which they are asked
 * @returns {Promise<{code: number, shown: string}>} what the terminal showed, answers too if they were echoed
 */
export function atTerminal(command, answers) {
  const terminal = spawn("script", ["-qefc", command.map(quoted).join(" "), "/dev/null"], {
    env: { ...process.env, NO_COLOR: "1" },
  });
  const left = [...answers];
  let shown = "";
  let unanswered = "";
  terminal.stdout.setEncoding("utf8").on("data", (text) => {
    shown += text;
    unanswered += text;
    if (!left[0]?.[0].test(unanswered)) return;
    const [[, answer]] = left.splice(0, 1);
    unanswered = "";
    terminal.stdin.write(`${answer}\n`);
  });
  return new Promise((resolve, reject) => {
    terminal.once("error", reject).once("close", (code) => resolve({ code, shown }));
  });
}
