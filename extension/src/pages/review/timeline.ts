/** Every held event, newest first: as a sentence, in its form in the bundle, with what was left out. */

import { type HeldItem, readHeldPage, readLabelled, type Task, type Which } from "../../shared/request.js";
import { counted, hours, phrase, text } from "../../shared/words.js";
import { drawn, element, fill, make, onPress, quoted, show } from "../page.js";
import { askForTask, isSure, type Room, small } from "./room.js";
import { leftOut, sentence } from "./sentence.js";
import { routeOf } from "./texts.js";
import { WindowedList } from "./window.js";

const ROW_HEIGHT = 64;
const FIRST_PAGE = 60;
const LATER_PAGES = 300;
const TYPING_MS = 200;
/** What one request may name. */
const KEYS = 1000;
const ANY = "*";
const NO_TASK = "none";

export class Timeline {
  readonly #room: Room;
  readonly #list = new WindowedList<HeldItem>(element("events-list"), ROW_HEIGHT, (item, index) =>
    this.#draw(item, index),
  );
  #items: HeldItem[] = [];
  readonly #selected = new Set<string>();
  /** Where a range begins. */
  #anchor: number | null = null;
  #next: string | undefined;
  /** The next page comes before the end of this one is seen. */
  readonly #end = new IntersectionObserver(([end]) => end?.isIntersecting && void this.#more(), {
    rootMargin: "2000px",
  });
  #round = 0;
  #loading = false;

  constructor(room: Room) {
    this.#room = room;
    let typing: ReturnType<typeof setTimeout> | undefined;
    const anew = (): void => void this.load().catch((error: unknown) => this.#room.fails(error));
    element("events-search").addEventListener("input", () => {
      clearTimeout(typing);
      typing = setTimeout(anew, TYPING_MS);
    });
    for (const id of ["events-app", "events-task"]) element(id).addEventListener("change", anew);
    onPress(element("delete-shown"), () => void this.#deleteShown());
    onPress(element("selected-delete"), () => void this.#deleteSelected());
    onPress(element("selected-task"), () => void this.#nameSelected());
    onPress(element("selected-none"), () => this.#selectNone());
  }

  /** Shows what stands in a text, or belongs to a task. */
  search(wanted: { text?: string; task?: string }): void {
    element<HTMLInputElement>("events-search").value = wanted.text ?? "";
    element<HTMLSelectElement>("events-app").value = ANY;
    element<HTMLSelectElement>("events-task").value = wanted.task ?? ANY;
    void this.load().catch((error: unknown) => this.#room.fails(error));
  }

  /** From the beginning, by what is searched for. */
  async load(): Promise<void> {
    const round = ++this.#round;
    this.#loading = true;
    this.#drawFilters();
    try {
      const page = await this.#ask(undefined, FIRST_PAGE);
      if (round !== this.#round) return;
      this.#selectNone();
      this.#items = page.events;
      this.#next = page.next;
      this.#list.clear();
      this.#list.append(page.events);
      this.#tell();
      drawn();
    } finally {
      if (round === this.#round) this.#loaded();
    }
  }

  /** Looks anew whether the end is near: a filter may let so little through that it still is. */
  #loaded(): void {
    this.#loading = false;
    this.#end.unobserve(element("events-end"));
    this.#end.observe(element("events-end"));
  }

  async #more(): Promise<void> {
    if (this.#loading || this.#next === undefined || element("panel-events").hidden) return;
    const round = this.#round;
    this.#loading = true;
    try {
      const page = await this.#ask(this.#next, LATER_PAGES);
      if (round !== this.#round) return;
      this.#items.push(...page.events);
      this.#next = page.next;
      this.#list.append(page.events);
      this.#tell();
    } catch (error) {
      this.#room.fails(error);
    } finally {
      if (round === this.#round) this.#loaded();
    }
  }

  async #ask(before: string | undefined, most: number) {
    const which = this.#which();
    return readHeldPage(
      await this.#room.worker.ask({
        ...{ type: "held", form: "events", most },
        ...(Object.keys(which).length === 0 ? {} : { which }),
        ...(before === undefined ? {} : { before }),
      }),
    );
  }

  #which(): Which {
    const words = element<HTMLInputElement>("events-search").value.trim();
    const app = element<HTMLSelectElement>("events-app").value;
    const task = element<HTMLSelectElement>("events-task").value;
    return {
      ...(words === "" ? {} : { text: words }),
      ...(app === ANY || app === "" ? {} : { app }),
      ...(task === ANY || task === "" ? {} : { task }),
    };
  }

  #drawFilters(): void {
    const { groups = [], tasks = [] } = this.#room.counts ?? {};
    const apps = [...new Set(groups.map(({ app }) => app))];
    choices("events-app", [[ANY, text("filter_all")], ...apps.map((app): [string, string] => [app, app])]);
    choices("events-task", [
      [ANY, text("filter_all")],
      [NO_TASK, text("filter_no_task")],
      ...tasks.map(({ id, words }): [string, string] => [id, words]),
    ]);
  }

  #tell(): void {
    const filtered = Object.keys(this.#which()).length > 0;
    const total = this.#room.counts?.events ?? this.#items.length;
    show("delete-shown", filtered && this.#items.length > 0);
    fill(
      "events-count",
      this.#items.length === 0
        ? text(filtered ? "events_none_found" : "events_none")
        : filtered
          ? counted(this.#next === undefined ? "events_found" : "events_found_more", this.#items.length)
          : counted("events", total),
    );
    fill("events-end", this.#next === undefined ? "" : text("events_more"));
  }

  // ---- A row ----------------------------------------------------------------------------------------------------

  #draw(item: HeldItem, index: number): HTMLElement {
    const { key, event } = item;
    const said = make("p", sentence(lineCount(item)));
    const name = said.textContent ?? "";
    const box = make("input", "", { type: "checkbox", "aria-label": `${text("select")}: ${name}` });
    box.checked = this.#selected.has(key);
    box.addEventListener("click", (click) => this.#select(index, box.checked, click.shiftKey));
    const reasons = leftOut(event);
    const follows = event.kind === "effect" || event.kind === "outline";
    return make(
      "li",
      [
        ...this.#heading(item, this.#items[index - 1]),
        make(
          "div",
          [
            box,
            make(
              "div",
              [
                said,
                ...(reasons.length === 0 ? [] : [make("p", reasons.join(" "), { class: "quiet small" })]),
                this.#raw(item),
              ],
              { class: "said" },
            ),
            small(text("delete"), name, () => void this.#deleteOne(item, name)),
          ],
          { class: follows ? "entry follows" : "entry" },
        ),
      ],
      { class: "row", "data-key": key },
    );
  }

  /** Where a task, a tool or a page begins. */
  #heading({ event, leaves_in }: HeldItem, before: HeldItem | undefined): Node[] {
    const sameTask = before !== undefined && before.event.task === event.task;
    const samePage = sameTask && before.event.app === event.app && before.event.url === event.url;
    if (samePage) return [];
    const task = this.#room.task(event.task);
    const heading = task === undefined ? text("filter_no_task") : phrase("task_heading", quoted(wordsOf(task)));
    return [
      ...(sameTask ? [] : [make("h3", heading)]),
      make("h4", [
        quoted(event.app, "app"),
        " ",
        quoted(routeOf(event.url ?? ""), "route"),
        " ",
        leavesWhen(leaves_in),
      ]),
    ];
  }

  /** The event as its line in the bundle is; the whole of a page's outline is asked for when it is wanted. */
  #raw(item: HeldItem): Node {
    const details = make("details", make("summary", text("events_raw")));
    details.addEventListener("toggle", () => {
      if (!details.open || details.childElementCount > 1) return;
      const form = make("pre", JSON.stringify(item.event, null, 1), { tabindex: "0", dir: "ltr" });
      details.append(form);
      if (item.lines === undefined) return;
      this.#room.worker
        .ask({ type: "held", form: "events", which: { events: [item.key] }, most: 1, outlines: "whole" })
        .then((fields) => {
          const [whole] = readHeldPage(fields).events;
          if (whole !== undefined) form.textContent = JSON.stringify(whole.event, null, 1);
        })
        .catch((error: unknown) => this.#room.fails(error));
    });
    return details;
  }

  // ---- Selecting ------------------------------------------------------------------------------------------------

  /** With the shift key, all between this row and the one before it. */
  #select(index: number, on: boolean, range: boolean): void {
    const from = range && this.#anchor !== null ? this.#anchor : index;
    this.#anchor = index;
    for (const { key } of this.#items.slice(Math.min(from, index), Math.max(from, index) + 1)) {
      if (on) this.#selected.add(key);
      else this.#selected.delete(key);
    }
    for (const row of element("events-list").querySelectorAll<HTMLElement>("[data-key]")) {
      const box = row.querySelector("input");
      if (box !== null) box.checked = this.#selected.has(row.dataset.key ?? "");
    }
    this.#tellSelected();
  }

  #selectNone(): void {
    this.#selected.clear();
    this.#anchor = null;
    for (const box of element("events-list").querySelectorAll("input")) box.checked = false;
    this.#tellSelected();
  }

  #tellSelected(): void {
    show("selected", this.#selected.size > 0);
    fill("selected-count", counted("selected", this.#selected.size));
  }

  async #deleteOne({ key }: HeldItem, name: string): Promise<void> {
    if (await isSure(counted("delete_sure", 1), name, text("delete"))) await this.#room.deletes({ events: [key] });
  }

  async #deleteSelected(): Promise<void> {
    const keys = [...this.#selected];
    if (!(await isSure(counted("delete_sure", keys.length), text("delete_how"), text("delete")))) return;
    for (let at = 0; at < keys.length; at += KEYS) await this.#room.deletes({ events: keys.slice(at, at + KEYS) });
  }

  async #deleteShown(): Promise<void> {
    const which = this.#which();
    if (Object.keys(which).length === 0) return;
    if (await isSure(text("delete_shown_sure"), text("delete_how"), text("delete"))) await this.#room.deletes(which);
  }

  async #nameSelected(): Promise<void> {
    const keys = [...this.#selected];
    const answer = await askForTask(counted("task_ask", keys.length), this.#room.taskList);
    if (answer === null) return;
    await this.#room.does(async () => {
      let events = 0;
      for (let at = 0; at < keys.length; at += KEYS) {
        const which = { events: keys.slice(at, at + KEYS) };
        events += readLabelled(await this.#room.worker.ask({ type: "label", which, ...answer })).events;
      }
      return counted("labelled", events);
    });
  }
}

export function wordsOf({ words }: Task): string {
  return words === "" ? text("task_unnamed") : words;
}

/** An outline whose lines were left out still says how many it has. */
function lineCount({ event, lines }: HeldItem) {
  return lines === undefined ? event : { ...event, outline: { lines: new Array<string>(lines) } };
}

function leavesWhen(seconds: number): Node {
  const when = seconds === 0 ? text("leaves_next") : text("leaves_in", hours(Math.ceil(seconds / 3600)));
  return make("span", when, { class: "quiet small" });
}

/** The choices of a <select>, keeping what is chosen where it still is one. */
export function choices(id: string, pairs: [string, string][]): void {
  const select = element<HTMLSelectElement>(id);
  const chosen = select.value;
  select.replaceChildren(...pairs.map(([value, words]) => make("option", words, { value })));
  select.value = pairs.some(([value]) => value === chosen) ? chosen : (pairs[0]?.[0] ?? "");
}
