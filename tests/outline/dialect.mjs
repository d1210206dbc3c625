// The dialect of Playwright's snapshots for agents, from lines as they go to the host. The host writes it itself
// (`host/model/outline`); this one is for tests of the page's side alone.

const STATES = ["checked", "disabled", "expanded", "active", "invalid", "level", "pressed", "selected", "aria-hidden"];

/** @param {string} wire @param {(ref: string) => string} [prefixed] @returns {string[]} */
export function render(wire, prefixed = (ref) => ref) {
  const rows = wire === "" ? [] : wire.split("\n").map(parse);
  const lines = [];
  const clickable = [];
  rows.forEach((row, i) => {
    const indent = "  ".repeat(row.depth);
    if (row.role === "text") {
      lines.push(`${indent}- text: ${value(row.t)}`);
      return;
    }
    clickable.length = row.depth;
    const outermost = row.pointer && !clickable.includes(true);
    clickable[row.depth] = row.pointer;
    let key = row.role;
    if (row.n !== undefined) key += ` ${JSON.stringify(row.n)}`;
    for (const state of row.states) key += ` [${state}]`;
    if (row.ref !== "") key += ` [ref=${prefixed(row.ref)}]`;
    if (outermost) key += " [cursor=pointer]";
    if (needsQuotes(key)) key = `'${key.replaceAll("'", "''")}'`;
    const props = [
      ["url", row.u],
      ["placeholder", row.p],
    ].filter(([, text]) => text !== undefined);
    const parent = (rows[i + 1]?.depth ?? 0) > row.depth;
    if (props.length === 0 && row.t !== undefined) lines.push(`${indent}- ${key}: ${value(row.t)}`);
    else lines.push(`${indent}- ${key}${props.length > 0 || parent ? ":" : ""}`);
    for (const [name, text] of props) lines.push(`${indent}  - /${name}: ${value(text)}`);
    if (props.length > 0 && row.t !== undefined) lines.push(`${indent}  - text: ${value(row.t)}`);
  });
  return lines;
}

function parse(line) {
  const [depth, head, ref, ...texts] = line.split("\t");
  const [role, ...states] = head.split(" ");
  const row = { depth: Number(depth), role, ref: ref.replace("*", ""), pointer: ref.endsWith("*") };
  row.states = states.sort((a, b) => place(a) - place(b));
  for (const text of texts) row[text[0]] = /[kp]/.test(text[1]) ? text.slice(text.indexOf(",") + 1) : text.slice(2);
  return row;
}

const place = (state) => STATES.indexOf(state.replace(/=.*/, ""));

function value(text) {
  if (!needsQuotes(text)) return text;
  const escaped = text.replace(/["\\]/g, "\\$&");
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is escaped
  return `"${escaped.replace(/[\x00-\x1f\x7f-\x9f]/g, (sign) => `\\x${sign.charCodeAt(0).toString(16).padStart(2, "0")}`)}"`;
}

function needsQuotes(text) {
  return (
    text === "" ||
    /^\s|\s$|^[-&*\],?!>|@"'#%[]|:(\s|$)|\s#|[{}`]|\p{Cc}|^[-+]?\.(inf|nan)$/iu.test(text) ||
    !Number.isNaN(Number(text)) ||
    /^(y|n|yes|no|true|false|on|off|null|~)$/i.test(text)
  );
}
