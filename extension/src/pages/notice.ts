/**
 * The notice: who records what, where, why and for whom, and a yes and a no of equal weight. It shows what the worker
 * says, and says to the worker what the person answers. Every string of the policy goes in as text.
 */

import type { Answer, Standing, View } from "../shared/message.js";
import type { Notice, Team } from "../shared/policy.js";

const text = chrome.i18n.getMessage;

let worker: chrome.runtime.Port;
let view: View | null = null;

function connect(): void {
  worker = chrome.runtime.connect({ name: "notice" });
  worker.onMessage.addListener((message: View) => show(message));
  // The worker was started anew; it wants to know that somebody is here.
  worker.onDisconnect.addListener(() => setTimeout(connect, 1000));
}

function show(next: View): void {
  const answered = view?.standing !== next.standing && isAnswerPending();
  view = next;
  showStanding(next);
  element("notice").hidden = next.notice === null;
  if (next.notice !== null) showNotice(next.notice, next);
  showAnswer(next);
  if (answered) element("standing").focus();
}

/** Where the host's own sentence helps whoever can mend it. */
const WITH_REASON: Standing[] = ["refused", "no_host", "incompatible", "storage_full"];

function showStanding({ standing, why }: View): void {
  element("standing").dataset.standing = standing;
  fill("standing-text", text(`standing_${standing}`));
  // The host's own sentence where ours cannot know: what is wrong, and with what.
  fill("standing-why", WITH_REASON.includes(standing) ? why : "");
}

function showNotice(notice: Notice, { standing, teams }: View): void {
  fill("title", text(standing === "recording" ? "notice_title_recording" : "notice_title", notice.organisation));
  fill("typed", text(`notice_what_typed_${highestValues(teams)}`));
  list("apps", sitesByApp(teams), appItem);
  const exclusions = unique(teams.flatMap(({ exclude }) => exclude));
  element("excluded").hidden = exclusions.length === 0;
  list("exclusions", exclusions, codeItem);
  const cleared = unique(
    teams.flatMap(({ fields }) => fields.filter(({ values }) => values === "clear").map(({ match }) => match)),
  );
  element("cleared").hidden = cleared.length === 0;
  element("as-typed").hidden = cleared.length === 0;
  list("clear-fields", cleared, codeItem);
  element("facts").replaceChildren(...facts(notice));
}

function facts(notice: Notice): Node[] {
  return [
    ...fact("fact_who", notice.organisation),
    ...fact("fact_purpose", notice.purpose),
    ...fact("fact_basis", notice.lawful_basis),
    ...fact("fact_review", duration(notice.review_window_hours)),
    ...fact("fact_retention", text("days", String(notice.retention_days))),
    ...fact("fact_recipients", ...notice.recipients.map(code)),
    ...fact("fact_contact", notice.contact),
    ...(notice.more === undefined ? [] : fact("fact_more", link(notice.more))),
  ];
}

function showAnswer({ standing, notice }: View): void {
  const canAnswer = notice !== null && (standing === "ask" || standing === "recording" || standing === "declined");
  element("answer").hidden = !canAnswer;
  fill("question", text(standing === "ask" ? "notice_question" : "notice_change"));
  for (const answer of ["yes", "no"] as const) {
    const button = element<HTMLButtonElement>(answer);
    button.disabled = false;
    // What holds already is not offered again; before the first answer both are.
    button.hidden = (answer === "yes" && standing === "recording") || (answer === "no" && standing === "declined");
  }
}

function isAnswerPending(): boolean {
  return element<HTMLButtonElement>("yes").disabled;
}

function give(answer: Answer["answer"]): void {
  const digest = view?.notice?.digest;
  if (digest === undefined) return;
  for (const button of document.querySelectorAll("button")) button.disabled = true;
  worker.postMessage({ type: "answer", digest, answer } satisfies Answer);
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

function duration(hours: number): string {
  return hours % 24 === 0 && hours >= 48 ? text("days", String(hours / 24)) : text("hours", String(hours));
}

function unique(items: string[]): string[] {
  return [...new Set(items)];
}

// ---- Into the page --------------------------------------------------------------------------------------------

function element<T extends HTMLElement = HTMLElement>(id: string): T {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`notice.html has no #${id}`);
  return found as T;
}

function fill(id: string, content: string): void {
  element(id).textContent = content;
}

function list<T>(id: string, items: T[], draw: (item: T) => Node): void {
  element(id).replaceChildren(...items.map(draw));
}

function make(tag: string, content: string | Node[], className = ""): HTMLElement {
  const made = document.createElement(tag);
  if (typeof content === "string") made.textContent = content;
  else made.append(...content);
  if (className !== "") made.className = className;
  return made;
}

function code(content: string): HTMLElement {
  return make("code", content);
}

function codeItem(content: string): HTMLElement {
  return make("li", [code(content)]);
}

function appItem([app, patterns]: [string, string[]]): HTMLElement {
  return make("li", [make("span", app, "app"), make("ul", patterns.map(codeItem), "patterns")]);
}

function fact(key: string, ...content: (string | Node)[]): Node[] {
  return [make("dt", text(key)), ...content.map((item) => make("dd", typeof item === "string" ? item : [item]))];
}

/** Only what a browser opens as a page of the web becomes a link. */
function link(address: string): Node {
  if (!/^https?:\/\//.test(address)) return document.createTextNode(address);
  const anchor = document.createElement("a");
  anchor.href = address;
  anchor.rel = "noreferrer";
  anchor.textContent = address;
  return anchor;
}

document.documentElement.lang = chrome.i18n.getUILanguage().startsWith("en") ? chrome.i18n.getUILanguage() : "en";
document.title = text("notice_page");
for (const translated of document.querySelectorAll<HTMLElement>("[data-text]")) {
  translated.textContent = text(translated.dataset.text ?? "");
}
for (const answer of ["yes", "no"] as const) {
  element(answer).addEventListener("click", (event) => event.isTrusted && give(answer));
}
connect();
