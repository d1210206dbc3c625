/**
 * The notice: who records what, where, why and for whom, and a yes and a no of equal weight. It shows what the worker
 * says, and says to the worker what the person answers. Every string of the policy goes in as text.
 */

import type { Answer, Standing, View } from "../shared/message.js";
import type { Notice, Team } from "../shared/policy.js";
import type { Fields } from "../shared/read.js";
import { readMinePart } from "../shared/request.js";
import { counted, hours, text } from "../shared/words.js";
import { changesSince } from "./changes.js";
import { code, element, fill, link, list, make, onPress, quoted, show, translate } from "./page.js";
import { showStanding } from "./standing.js";
import { Refused, Worker } from "./worker.js";

let view: View | null = null;
/** The notice whose changes are shown, or being looked for. */
let compared = "";

const worker = new Worker("notice", (next) => {
  const answered = view?.standing !== next.standing && isAnswerPending();
  view = next;
  showStanding(next);
  show("notice", next.notice !== null);
  if (next.notice !== null) showNotice(next.notice, next);
  showAnswer(next);
  if (answered) element("standing").focus();
  if (next.notice !== null && next.notice.digest + next.standing !== compared) {
    compared = next.notice.digest + next.standing;
    void showChanges(next);
  }
});

function showNotice(notice: Notice, { standing, teams }: View): void {
  const recorded = standing === "recording" || standing === "paused";
  fill("title", text(recorded ? "notice_title_recording" : "notice_title", notice.organisation));
  fill("lead", text(recorded ? "notice_lead_recording" : "notice_lead"));
  fill("typed", text(`notice_what_typed_${highestValues(teams)}`));
  show(
    "outlined",
    teams.some(({ outline }) => outline === true),
  );
  list("apps", sitesByApp(teams), appItem);
  const exclusions = unique(teams.flatMap(({ exclude }) => exclude));
  show("excluded", exclusions.length > 0);
  list("exclusions", exclusions, codeItem);
  const cleared = unique(
    teams.flatMap(({ fields }) => fields.filter(({ values }) => values === "clear").map(({ match }) => match)),
  );
  show("cleared", cleared.length > 0);
  show("as-typed", cleared.length > 0);
  list("clear-fields", cleared, codeItem);
  element("facts").replaceChildren(...facts(notice));
}

function facts(notice: Notice): Node[] {
  return [
    ...fact("fact_who", quoted(notice.organisation)),
    ...fact("fact_purpose", quoted(notice.purpose)),
    ...fact("fact_basis", quoted(notice.lawful_basis)),
    ...fact("fact_review", text("fact_review_how", hours(notice.review_window_hours))),
    ...fact("fact_retention", text("fact_retention_how", counted("days", notice.retention_days))),
    ...fact(
      "fact_recipients",
      ...notice.recipients.map((each) => recipient(each, notice)),
      text("fact_recipients_how"),
    ),
    ...(notice.min_participants === undefined
      ? []
      : fact("fact_release", text("fact_release_how", notice.min_participants))),
    ...fact("fact_contact", quoted(notice.contact)),
    ...(notice.more === undefined ? [] : fact("fact_more", link(notice.more))),
  ];
}

function recipient(fingerprint: string, { names }: Notice): Node {
  const name = names?.[fingerprint];
  return make("span", name === undefined ? [code(fingerprint)] : [quoted(name), " ", code(fingerprint)]);
}

/** Asked again, the person reads first what is new. */
async function showChanges({ standing, notice }: View): Promise<void> {
  const receipt = standing === "ask" ? await lastYes() : null;
  if (view === null || notice?.digest !== view.notice?.digest || view.standing !== standing) return;
  show("changed", receipt !== null);
  if (receipt === null) return;
  const changes = await changesSince(receipt, view);
  list("changes", changes.length > 0 ? changes : [text("changed_other")], (change) => make("li", quoted(change)));
  fill("lead", text("notice_lead_again"));
}

async function lastYes(): Promise<Fields | null> {
  try {
    let yes: Fields | null = null;
    for (let after: string | undefined; ; ) {
      const part = readMinePart(await worker.ask({ type: "mine", ...(after === undefined ? {} : { after }) }));
      for (const receipt of part.receipts) if (receipt.answer === "yes") yes = receipt;
      if (part.next === undefined) return yes;
      after = part.next;
    }
  } catch (error) {
    // The notice itself is whole without it, and the sentence above says that it has changed.
    if (error instanceof Refused) return null;
    throw error;
  }
}

function showAnswer({ standing, notice }: View): void {
  const canAnswer = notice !== null && ANSWERABLE.includes(standing);
  show("answer", canAnswer);
  fill("question", text(standing === "ask" ? "notice_question" : "notice_change"));
  for (const answer of ["yes", "no"] as const) {
    const button = element<HTMLButtonElement>(answer);
    button.disabled = false;
    // What holds already is not offered again; before the first answer both are.
    button.hidden = (answer === "no" && standing === "declined") || (answer === "yes" && RECORDED.includes(standing));
  }
  show("taking-back", RECORDED.includes(standing));
}

const RECORDED: Standing[] = ["recording", "paused"];
const ANSWERABLE: Standing[] = ["ask", "declined", ...RECORDED];

function isAnswerPending(): boolean {
  return element<HTMLButtonElement>("yes").disabled;
}

function give(answer: Answer["answer"]): void {
  const digest = view?.notice?.digest;
  if (digest === undefined) return;
  for (const button of document.querySelectorAll("button")) button.disabled = true;
  worker.answer(digest, answer);
}

// ---- From the policy ------------------------------------------------------------------------------------------

function sitesByApp(teams: Team[]): [string, string[]][] {
  const apps = new Map<string, string[]>();
  for (const { url, app } of teams.flatMap(({ sites }) => sites))
    apps.set(app, unique([...(apps.get(app) ?? []), url]));
  return [...apps];
}

/** What the person is told is the most that any of their teams may see. */
function highestValues(teams: Team[]): Team["values"] {
  const values = new Set(teams.map((team) => team.values));
  return values.has("placeholder") ? "placeholder" : values.has("shape") ? "shape" : "withheld";
}

function unique(items: string[]): string[] {
  return [...new Set(items)];
}

// ---- Into the page --------------------------------------------------------------------------------------------

function codeItem(content: string): HTMLElement {
  return make("li", code(content));
}

function appItem([app, patterns]: [string, string[]]): HTMLElement {
  return make("li", [quoted(app, "app"), make("ul", patterns.map(codeItem))]);
}

function fact(key: string, ...content: (string | Node)[]): Node[] {
  return [make("dt", text(key)), ...content.map((item) => make("dd", item))];
}

translate("notice_page");
for (const answer of ["yes", "no"] as const) onPress(element(answer), () => give(answer));
