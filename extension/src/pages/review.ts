/** The review: what is on this computer and not sent yet. Everything here can be read before it leaves, and deleted. */

import { readHeldCounts, readSealed } from "../shared/request.js";
import { counted, hours, text } from "../shared/words.js";
import { element, fill, onPress, show, translate } from "./page.js";
import { MyData } from "./review/mine.js";
import { isSure, Room } from "./review/room.js";
import { Tasks } from "./review/tasks.js";
import { Texts } from "./review/texts.js";
import { Timeline } from "./review/timeline.js";
import { showStanding } from "./standing.js";
import { Worker } from "./worker.js";

const TABS = ["texts", "events", "tasks", "mine"] as const;
type Tab = (typeof TABS)[number];

translate("review_page");

const worker = new Worker("review", (view) => {
  showStanding(view);
  room.taskList = [...new Set(view.teams.flatMap(({ tasks }) => tasks ?? []))];
  const least = view.notice?.min_participants;
  fill("texts-further", least === undefined ? "" : text("texts_further", least));
});
const room = new Room(worker, load);
const texts = new Texts(room, (words) => showEvents({ text: words }));
const timeline = new Timeline(room);
const tasks = new Tasks(room, (task) => showEvents({ task }));
const mine = new MyData(room);

/** What each part shows, for the part that is in front at once and for the others when somebody looks. */
const parts: Record<Tab, () => Promise<void>> = {
  texts: () => texts.load(),
  events: () => timeline.load(),
  tasks: async () => tasks.draw(),
  mine: () => mine.load(),
};
const stale = new Set<Tab>(TABS);
let front: Tab = tabOf(location.hash);

async function load(): Promise<void> {
  for (const tab of TABS) stale.add(tab);
  // What is in front need not wait for the counts: nobody reads a number before a list.
  const [fields] = await Promise.all([worker.ask({ type: "held", form: "counts" }), loadFront("texts")]);
  const counts = readHeldCounts(fields);
  room.counts = counts;
  const { events, held, last_leaves_in, damaged } = counts;
  fill("lead", events === 0 ? text("review_nothing") : counted("review_lead", events));
  fill(
    "leaves",
    [
      ...(held.leaves_in === undefined ? [] : [leaves(held.leaves_in, last_leaves_in)]),
      ...(damaged === 0 ? [] : [counted("review_damaged", damaged)]),
    ].join(" "),
  );
  show("leaves", events > 0);
  for (const id of ["seal", "delete-all"]) element<HTMLButtonElement>(id).disabled = events === 0;
  await loadFront();
  // Whoever reads this page has been told that events wait.
  if (held.up_to > held.told) await worker.ask({ type: "told", up_to: held.up_to });
}

function leaves(first: number, last: number | undefined): string {
  const when = first === 0 ? text("review_leaves_next") : text("review_leaves", inUse(first));
  return last === undefined || last === first ? when : `${when} ${text("review_leaves_last", inUse(last))}`;
}

function inUse(seconds: number): string {
  return hours(Math.max(1, Math.ceil(seconds / 3600)));
}

async function loadFront(only?: Tab): Promise<void> {
  if ((only !== undefined && only !== front) || !stale.delete(front)) return;
  await parts[front]();
}

function bring(tab: Tab): void {
  front = tab;
  for (const each of TABS) {
    const button = element(`tab-${each}`);
    button.setAttribute("aria-selected", String(each === tab));
    button.tabIndex = each === tab ? 0 : -1;
    show(`panel-${each}`, each === tab);
  }
}

function turnTo(tab: Tab): void {
  bring(tab);
  history.replaceState(null, "", `#${tab}`);
  loadFront().catch((error: unknown) => room.fails(error));
}

function showEvents(wanted: { text?: string; task?: string }): void {
  bring("events");
  history.replaceState(null, "", "#events");
  stale.delete("events");
  timeline.search(wanted);
  element("tab-events").focus();
}

function tabOf(hash: string): Tab {
  return TABS.find((tab) => `#${tab}` === hash) ?? "texts";
}

for (const [index, tab] of TABS.entries()) {
  const button = element(`tab-${tab}`);
  onPress(button, () => turnTo(tab));
  button.addEventListener("keydown", ({ key, isTrusted }) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[key];
    const next = step === undefined ? undefined : TABS[(index + step + TABS.length) % TABS.length];
    if (next === undefined || !isTrusted) return;
    turnTo(next);
    element(`tab-${next}`).focus();
  });
}
addEventListener("hashchange", () => turnTo(tabOf(location.hash)));

onPress(element("delete-all"), async () => {
  const { events = 0 } = room.counts ?? {};
  if (await isSure(counted("delete_all_sure", events), text("delete_all_how"), text("review_delete_all")))
    await room.deletes({ all: true });
});

onPress(element("seal"), async () => {
  const { events = 0 } = room.counts ?? {};
  if (!(await isSure(counted("seal_sure", events), text("seal_how"), text("review_seal")))) return;
  await room.does(async () => {
    const sealed = readSealed(await worker.ask({ type: "seal" }));
    return [counted("sealed", sealed.events), ...sealed.left].join(" ");
  });
});

bring(front);
load().catch((error: unknown) => room.fails(error));
