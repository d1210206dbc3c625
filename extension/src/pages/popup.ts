/** The popup: whether this page is recorded, and why; pause; the task; what waits on this computer. */

import type { PageName, View } from "../shared/message.js";
import { Allowlist } from "../shared/policy.js";
import type { Request, Task } from "../shared/request.js";
import { counted, phrase, text } from "../shared/words.js";
import { drawn, element, fill, make, onPress, quoted, show, translate } from "./page.js";
import { showStanding } from "./standing.js";
import { Refused, Worker } from "./worker.js";

/** The value of the choice that is none of the list's: no task of a list is empty. */
const OWN = "";

let view: View | null = null;
/** The page that the popup is about; `null`: the browser has not said yet. */
let here: { url: string; notVisible: boolean } | null = null;

const worker = new Worker("popup", (next) => {
  view = next;
  draw();
});

function draw(): void {
  if (view === null || here === null) return;
  const { standing, today, held } = view;
  const agreed = standing === "recording" || standing === "paused";
  showStanding(view);
  if (standing === "recording") showPage(view, here);
  show("here", standing === "recording");
  show("asking", standing === "ask" || standing === "declined");
  show("pausing", agreed);
  show("pauses", standing !== "paused");
  show("resume", standing === "paused");
  show("tasking", agreed);
  showTask(view);
  fill("today", counted("popup_today", today));
  // Without a host nobody has counted.
  show("today", standing !== "no_host");
  fill("waits", waits(view));
  show("waits", held.events > 0);
  drawn();
}

/** Whether this page is recorded, why, and for whom. */
function showPage({ teams, notice }: View, { url: address, notVisible }: { url: string; notVisible: boolean }): void {
  const lists = new Allowlist(teams);
  const verdict = lists.judge(address);
  const place = verdict !== null && notVisible ? "not_visible" : lists.placeOf(address);
  element("standing").dataset.here = place;
  fill(
    "standing-text",
    verdict === null ? text(`here_${place}`) : text(`here_${place}`, verdict.app, verdict.team.name),
  );
  fill(
    "here",
    place === "listed" && notice !== null
      ? phrase("here_why", quoted(notice.organisation), quoted(notice.purpose))
      : text("standing_recording"),
  );
}

function waits({ held }: View): string {
  const waiting = counted("held_now", held.events);
  return held.leaves_in === undefined ? waiting : `${waiting} ${text("leaves_first", leaving(held.leaves_in))}`;
}

function leaving(seconds: number): string {
  return counted("hours", Math.max(1, Math.ceil(seconds / 3600)));
}

// ---- The task -------------------------------------------------------------------------------------------------

function showTask({ task, teams }: View): void {
  show("begin", task === undefined);
  show("doing", task !== undefined);
  if (task !== undefined) {
    fill("doing-words", phrase("popup_task_doing", quoted(task.words, "name")));
    fill("doing-leaves", leavesOf(task));
    return;
  }
  const tasks = [...new Set(teams.flatMap((team) => team.tasks ?? []))];
  const select = element<HTMLSelectElement>("task");
  if (select.dataset.tasks === JSON.stringify(tasks)) return;
  select.dataset.tasks = JSON.stringify(tasks);
  select.replaceChildren(
    ...tasks.map((words) => make("option", words, { value: words })),
    make("option", text("popup_task_own"), { value: OWN }),
  );
  showOwn();
}

function leavesOf({ own, leaves }: Task): string {
  if (!own) return "";
  return leaves === undefined ? text("task_stays") : text("task_leaves", leaves);
}

function showOwn(): void {
  show("own", element<HTMLSelectElement>("task").value === OWN);
}

function begin(): void {
  const chosen = element<HTMLSelectElement>("task").value;
  const words = chosen === OWN ? element<HTMLInputElement>("words").value.trim() : chosen;
  if (words === "") {
    element("words").focus();
    return;
  }
  const clear = chosen === OWN && element<HTMLInputElement>("clear").checked;
  void ask({ type: "state", change: "begin_task", words, ...(clear ? { clear } : {}) });
}

// ---- What a person does ---------------------------------------------------------------------------------------

async function ask(request: Request): Promise<void> {
  show("failed", false);
  try {
    await worker.ask(request);
    element("standing").focus();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    fill("failed", error.message);
    show("failed", true);
  }
}

function open(page: PageName): void {
  worker.open(page);
  window.close();
}

for (const button of document.querySelectorAll<HTMLButtonElement>("[data-minutes]")) {
  const minutes = Number(button.dataset.minutes);
  onPress(button, () => void ask({ type: "state", change: "pause", ...(minutes === 0 ? {} : { minutes }) }));
}
onPress(element("resume"), () => void ask({ type: "state", change: "resume" }));
onPress(element("done"), () => void ask({ type: "state", change: "end_task", outcome: "done" }));
onPress(element("stopped"), () => void ask({ type: "state", change: "end_task", outcome: "stopped" }));
onPress(element("read"), () => open("notice"));
onPress(element("notice"), () => open("notice"));
onPress(element("review"), () => open("review"));
element("task").addEventListener("change", showOwn);
element("begin").addEventListener("submit", (event) => {
  event.preventDefault();
  if (event.isTrusted) begin();
});

translate("popup_page");

void (async () => {
  const [[tab], commands] = await Promise.all([
    chrome.tabs.query({ active: true, currentWindow: true }),
    chrome.commands.getAll(),
  ]);
  const shortcut = commands.find(({ name }) => name === "pause")?.shortcut ?? "";
  fill("pause-hint", shortcut === "" ? text("popup_pause_hint") : text("popup_pause_hint_key", shortcut));
  // What the badge says of a page is what the worker found.
  const title = tab?.id === undefined ? "" : await chrome.action.getTitle({ tabId: tab.id });
  here = { url: tab?.url ?? "", notVisible: title === text("badge_not_visible") };
  draw();
})();
