/** What has changed since the person last said yes: the receipt of that yes beside the notice of now. */

import { DISCLOSURES } from "../shared/event.js";
import type { View } from "../shared/message.js";
import { KEYS, type Notice, type Team } from "../shared/policy.js";
import { asRecord, type Fields } from "../shared/read.js";
import { counted, hours, joined, text } from "../shared/words.js";

/** One sentence for each; empty where the receipt shows no difference. */
export async function changesSince(receipt: Fields, { notice, teams }: View): Promise<string[]> {
  if (notice === null) return [];
  const known = new Set(await Promise.all(listed(receipt.recipients).map(reader)));
  return [
    ...ofWords(receipt, notice),
    ...named(
      "changed_recipients",
      notice.recipients.map((each) => called(each, notice)).filter((each) => !known.has(each)),
    ),
    ...ofTerms(receipt, notice),
    ...teams.flatMap((team) => ofTeam(teamIn(receipt, team.name), team)),
  ];
}

/** Who could read it by a receipt, as the notice called them: a key, or a key and a name. */
async function reader(terms: unknown): Promise<string> {
  const { key, name } = asRecord(terms) ?? { key: terms };
  const print = await fingerprint(String(key));
  return called(print, typeof name === "string" ? { names: { [print]: name } } : {});
}

/** As the host writes it: half of a quarter of the digest, in groups of four. */
async function fingerprint(recipient: string): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(recipient)));
  const digits = [...digest.subarray(0, 8)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return digits.replace(/(.{4})(?=.)/g, "$1-");
}

function called(recipient: string, { names }: Pick<Notice, "names">): string {
  const name = names?.[recipient];
  return name === undefined ? recipient : `${name} (${recipient})`;
}

function ofWords(receipt: Fields, notice: Notice): string[] {
  return (["purpose", "lawful_basis"] as const)
    .filter((key) => typeof receipt[key] === "string" && receipt[key] !== notice[key])
    .map((key) => text(`changed_${key}`, String(receipt[key]), notice[key]));
}

function ofTerms(receipt: Fields, notice: Notice): string[] {
  const said: string[] = [];
  const differs = (key: "review_window_hours" | "retention_days") =>
    typeof receipt[key] === "number" && receipt[key] !== notice[key] ? receipt[key] : null;
  const window = differs("review_window_hours");
  if (window !== null) said.push(text("changed_window", hours(window), hours(notice.review_window_hours)));
  const days = differs("retention_days");
  if (days !== null)
    said.push(text("changed_retention", counted("days", days), counted("days", notice.retention_days)));
  return said;
}

function ofTeam(before: Fields | null, team: Team): string[] {
  if (before === null) return [text("changed_team", team.name), ...named("changed_sites", team.sites.map(urlOf))];
  const sites = listed(before.sites).map((site) => String(asRecord(site)?.url ?? site));
  const fields = listed(before.fields).map((rule) => asRecord(rule) ?? {});
  const cleared = (rules: Fields[]) =>
    rules.filter(({ values }) => values === "clear").map(({ match }) => String(match));
  const wasCleared = new Set(cleared(fields));
  return [
    ...named(
      "changed_sites",
      team.sites.map(urlOf).filter((url) => !sites.includes(url)),
    ),
    ...named(
      "changed_exclude",
      strings(before.exclude).filter((url) => !team.exclude.includes(url)),
    ),
    ...(rank(DISCLOSURES, team.values) > rank(DISCLOSURES, before.values) ? [text("changed_values")] : []),
    ...(before.keys !== undefined && rank(KEYS, team.keys) > rank(KEYS, before.keys) ? [text("changed_keys")] : []),
    ...(before.outline === false && team.outline === true ? [text("changed_outline")] : []),
    ...(before.fields === undefined
      ? []
      : named(
          "changed_fields",
          cleared(team.fields.map((rule) => ({ ...rule }))).filter((match) => !wasCleared.has(match)),
        )),
  ];
}

function rank(levels: readonly string[], level: unknown): number {
  return levels.indexOf(String(level));
}

function teamIn(receipt: Fields, name: string): Fields | null {
  return (
    listed(receipt.teams)
      .map(asRecord)
      .find((team) => team?.name === name) ?? null
  );
}

function named(key: string, items: string[]): string[] {
  return items.length === 0 ? [] : [text(key, joined(items))];
}

function urlOf({ url }: { url: string }): string {
  return url;
}

function listed(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function strings(value: unknown): string[] {
  return listed(value).filter((item) => typeof item === "string");
}
