// Figures as people read them, and the bars that they are held against.

const format = (value) => {
  if (typeof value !== "number") return value ?? "";
  if (value >= 1000) return Math.round(value).toLocaleString("en-US");
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
};

/** Prints rows under a heading: the first column to the left, figures to the right. */
export function printTable(title, columns, rows) {
  const cells = [columns, ...rows.map((row) => row.map(format))];
  const widths = columns.map((_, i) => Math.max(...cells.map((row) => row[i].length)));
  const line = (row) => row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join("   ");
  console.log(`\n${title}`);
  for (const row of cells) console.log(`  ${line(row)}`);
}

const atLeast = (limit) => ({ words: `at least ${limit}`, holds: (value) => value >= limit });
const atMost = (limit) => ({ words: `at most ${limit}`, holds: (value) => value <= limit });
/** Machines differ: worth a look, no bar. */
const about = (words) => ({ words: `about ${words}`, holds: null });

const bars = {
  "host.times_python": atLeast(10),
  "host.times_node": atLeast(3.5),
  "host.share_of_parts": atLeast(0.6),
  "host.first_ack_of_python": atMost(0.1),
  "host.writers_fairness": atLeast(0.7),
  "host.writers_p99_ratio": atMost(24),
  "host.idle_rss_mb": atMost(10),
  "host.peak_rss_mb": atMost(20),
  "host.bundle_bytes_per_event": atMost(95),
  "page.content_script_gzip_kb": atMost(30),
  "page.handler_p98_ms": atMost(3),
  "page.longest_call_ms": atMost(50),
  "page.script_of_rrweb_plain": atMost(3),
  "page.script_of_playwright": atMost(0.25),
  "page.bytes_per_step": atMost(1200),
  "page.first_selector_percent": atLeast(95),
  "page.any_selector_percent": atLeast(100),
  "page.target_in_outline_percent": atLeast(98),
  "export.times_age_zstd_jq": atLeast(2),
  // A script that does an export's parts: opens, checks the signature, reads, looks for what is private, writes, packs.
  "export.times_python": atLeast(5),
  // One that opens, reads and writes, all of it in C, and has nothing of what an export is for: the bare parts are 3 of it.
  "export.times_python_decode": about("1.5"),
  "export.share_of_parts": atLeast(0.5),
  "export.two_core_ratio": atLeast(1.8),
  "export.peak_rss_mb": atMost(256),
  "export.events_per_second": about("60,000"),
  "export.learnable_percent": atLeast(90),
  "policy.check_ms": atMost(1000),
  "policy.match_us": atMost(2),
  "redact.times_redact_pii": atLeast(4),
  "redact.times_secretlint": atLeast(20),
  "redact.growth": atMost(20),
  "redact.false_positives": atMost(0.01),
  "redact.recall": about("1"),
  "redact.precision": about("1"),
  "redact.values_per_second": about("100,000"),
  "redact.mb_per_second": about("20"),
  "redact.p999_ms_4k": about("1"),
  "host.events_per_second": about("120,000"),
  "host.cpu_us_per_event": about("7"),
  "host.first_ack_ms": about("12"),
};

/** Prints every figure of these beside its bar; returns the names of those that do not hold. */
export function printBars(figures) {
  const mine = Object.entries(bars).filter(([name]) => name in figures);
  const missed = mine.filter(([name, { holds }]) => holds?.(figures[name]) === false).map(([name]) => name);
  printTable(
    "Bars",
    ["", "figure", "bar", ""],
    mine.map(([name, { words, holds }]) => [
      name,
      figures[name],
      words,
      !holds ? "guide" : missed.includes(name) ? "missed" : "holds",
    ]),
  );
  return missed;
}
