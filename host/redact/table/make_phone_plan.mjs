// The numbering plans of the world as one small automaton: validators/phone_plan.inc. Run by hand when the
// plans have changed, and commit what comes out:
//   npm install --prefix /tmp/plan libphonenumber-js && node make_phone_plan.mjs /tmp/plan
//
// A country's plan is a regular expression over its national numbers. All of them, each behind its calling code,
// are read into one deterministic automaton, whose equal ends are then shared. It has no circles: no number is
// longer than 17 digits.
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const package_folder = join(process.argv[2] ?? ".", "node_modules/libphonenumber-js");
const { version } = JSON.parse(readFileSync(join(package_folder, "package.json"), "utf8"));
const metadata = JSON.parse(readFileSync(join(package_folder, "metadata.full.json"), "utf8"));
const CALLING_CODE = 0;
const PATTERN = 2;

// --- a pattern as a machine with silent steps: { steps: [[mask of digits, to]], silent: [to] } a state ----------------

const machine = [];
const new_state = () => machine.push({ steps: [], silent: [], last: false }) - 1;

// Each part of the grammar takes where it begins and returns where it ends.
function read(pattern, begin) {
  let at = 0;
  const alternatives = (from) => {
    const to = new_state();
    do machine[sequence(from)].silent.push(to);
    while (pattern[at] === "|" && ++at);
    return to;
  };
  const sequence = (from) => {
    while (at < pattern.length && pattern[at] !== "|" && pattern[at] !== ")") from = repeated(from);
    return from;
  };
  const repeated = (from) => {
    const start = at;
    let to = one(from);
    const end = at;
    const [text, least, most] = /^(?:\?|\{(\d+)(?:,(\d+))?\})/.exec(pattern.slice(at)) ?? ["", "1"];
    if (!text) return to;
    const optional = text === "?";
    const lower = optional ? 0 : Number(least);
    const upper = optional ? 1 : Number(most ?? least);
    const ends = lower === 0 ? [from] : [];
    if (lower <= 1) ends.push(to);
    for (let n = 2; n <= upper; n++) {
      at = start;
      to = one(to);
      if (n >= lower) ends.push(to);
    }
    at = end + text.length;
    const join = new_state();
    for (const state of ends) machine[state].silent.push(join);
    return join;
  };
  const one = (from) => {
    if (pattern[at] === "(") {
      at += 3; // (?:
      const to = alternatives(from);
      at++;
      return to;
    }
    const to = new_state();
    machine[from].steps.push([digits(), to]);
    return to;
  };
  const digits = () => {
    if (pattern.startsWith("\\d", at)) {
      at += 2;
      return 0x3ff;
    }
    if (pattern[at] !== "[") return 1 << Number(pattern[at++]);
    const close = pattern.indexOf("]", at);
    let mask = 0;
    for (const [, first, last] of pattern.slice(at + 1, close).matchAll(/(\d)(?:-(\d))?/g))
      for (let digit = Number(first); digit <= Number(last ?? first); digit++) mask |= 1 << digit;
    at = close + 1;
    return mask;
  };
  const to = alternatives(begin);
  if (at !== pattern.length) throw new Error(`not understood: ${pattern.slice(at)} of ${pattern}`);
  return to;
}

const start = new_state();
for (const country of [...Object.values(metadata.countries), ...Object.values(metadata.nonGeographic)])
  machine[read(country[CALLING_CODE] + country[PATTERN].replace(/^(.*)$/, "(?:$1)"), start)].last = true;

// --- deterministic, and equal states once -----------------------------------------------------------------------------

function reach(states) {
  const seen = new Set(states);
  for (const state of seen) for (const next of machine[state].silent) seen.add(next);
  return [...seen].sort((a, b) => a - b);
}

const shared = new Map(); // what a state can do -> its number
const by_members = new Map();
const table = []; // number -> { last, edges: [[mask, number]] }
function settle(members) {
  const key = members.join();
  const known = by_members.get(key);
  if (known !== undefined) return known;
  const to = new Map(); // number -> mask
  for (let digit = 0; digit < 10; digit++) {
    const next = members.flatMap((state) =>
      machine[state].steps.filter(([mask]) => mask & (1 << digit)).map(([, target]) => target),
    );
    if (next.length === 0) continue;
    const number = settle(reach(next));
    to.set(number, (to.get(number) ?? 0) | (1 << digit));
  }
  const state = { last: members.some((member) => machine[member].last), edges: [...to].map(([n, mask]) => [mask, n]) };
  const does = JSON.stringify(state);
  if (!shared.has(does)) shared.set(does, table.push(state) - 1);
  by_members.set(key, shared.get(does));
  return shared.get(does);
}
const first = settle(reach([start]));

// --- as numbers: an edge is digits (10 bits), last edge of its state, its target ends a number, target ------------------

const order = [first];
for (const number of order) for (const [, next] of table[number].edges) if (!order.includes(next)) order.push(next);
const offset = new Map();
let edges = 0;
for (const number of order) {
  offset.set(number, edges);
  edges += Math.max(1, table[number].edges.length);
}
const words = order.flatMap((number) => {
  const of = table[number].edges;
  if (of.length === 0) return [1 << 10];
  return of.map(([mask, to], i) => (mask | (Number(i === of.length - 1) << 10) | (Number(table[to].last) << 11) | (offset.get(to) << 12)) >>> 0);
});

const lines = [];
for (let i = 0; i < words.length; i += 12) lines.push(`    ${words.slice(i, i + 12).map((w) => `0x${w.toString(16)},`).join(" ")}`);
writeFileSync(
  join(dirname(fileURLToPath(import.meta.url)), "../validators/phone_plan.inc"),
  `// Made by table/make_phone_plan.mjs from libphonenumber-js ${version} (MIT), whose plans are those of Google's
// libphonenumber (Apache-2.0). ${order.length} states, ${words.length} edges. An edge: bits 0-9 digits, 10 last edge of its
// state, 11 a number may end at its target, 12 and up the target's first edge.
${lines.join("\n")}
`,
);
console.log(`${order.length} states, ${words.length} edges`);
