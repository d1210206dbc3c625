// The ledger in words: what was kept back, and why.

const WHY = {
  password: "a password never leaves the page",
  one_time_code: "a one-time code never leaves the page",
  payment_card: "card data never leaves the page",
  hidden: "a hidden field is not something that a person did",
  file: "the names of a person's files are theirs",
  site: "the page is on no list of this person, or excluded",
  schema: "the event was malformed",
  not_recording: "it came after recording had stopped",
};

/** @returns {[string, string][]} rows of what and why, or one row that says there is nothing */
export function ledgerRows({ redacted, refused, lost }) {
  const rows = [
    ...Object.entries(redacted).map(([what, count]) => [`${what} × ${count}`, WHY[what] ?? "masked before it was written"]),
    ...Object.entries(refused).map(([what, count]) => [`refused: ${what} × ${count}`, WHY[what] ?? "refused by the host"]),
    ...Object.entries(lost).map(([what, count]) => [`lost: ${what} × ${count}`, WHY[what] ?? "lost in the browser"]),
  ];
  return rows.length ? rows : [["nothing", ""]];
}
