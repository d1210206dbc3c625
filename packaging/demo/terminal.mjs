// What the demo and `try` print.

const colours = process.stdout.isTTY && !process.env.NO_COLOR;
const style = (code) => (text) => (colours ? `\x1b[${code}m${text}\x1b[0m` : text);

export const bold = style(1);
export const dim = style(2);
export const green = style(32);
export const red = style(31);

/** Does one thing of a run and says how long it took. */
export async function step(title, act) {
  const start = performance.now();
  const result = await act();
  console.log(`  ${green("✓")} ${title.padEnd(64)} ${dim(`${((performance.now() - start) / 1000).toFixed(1)} s`)}`);
  return result;
}

export const heading = (text) => console.log(`\n${bold(text)}`);

/** Prints rows of two cells. */
export function pairs(rows) {
  const width = Math.max(...rows.map(([left]) => left.length));
  for (const [left, right] of rows) console.log(`  ${left.padEnd(width)}  ${right}`);
}
