// The ledger in words: what was kept back, and why.

const HOW = {
  withheld: "kept back whole: nothing but the kind of field is recorded",
  shape: "only its length and kinds of characters: the text never left the page",
  placeholder: "masked before it was stored: equal texts, equal placeholders",
  content: "what the page shows about people and cases, masked",
  echo: "a masked text that turned up again, masked there too",
  corrected: "the page offered more than the policy allows, and the host took less",
};

const REFUSED = {
  site: "a page that is on no list of this person, or excluded",
  schema: "a malformed event",
  duplicate_key: "a malformed event",
  unknown_kind: "an event that this host does not know",
};

const LOST = {
  outbox_full: "the host was away for too long",
  document_gap: "the page was gone before it could send it",
  unreadable: "the host could not read it",
  too_large: "larger than a batch may be",
  not_recording: "it came after recording had stopped",
};

/** @returns {[string, string][]} rows of what and why; one row that says so when there is nothing */
export function ledgerRows({ redacted, refused, lost }) {
  const rows = [
    ...Object.entries(redacted).map(([reason, count]) => {
      const [how, ...what] = reason.split("_");
      return [`${count} ${what.join(" ")}`, `${how}: ${HOW[how] ?? ""}`];
    }),
    ...Object.entries(refused).map(([reason, count]) => [`${count} refused`, REFUSED[reason] ?? reason]),
    ...Object.entries(lost).map(([reason, count]) => [`${count} lost`, LOST[reason] ?? reason]),
  ];
  return rows.length ? rows : [["nothing", ""]];
}
