/** The tasks of what is held: named, renamed, shown and deleted afterwards. */

import { readLabelled, type Task } from "../../shared/request.js";
import { counted, text } from "../../shared/words.js";
import { element, list, make, quoted } from "../page.js";
import { askForTask, isSure, type Room, small } from "./room.js";
import { wordsOf } from "./timeline.js";

export class Tasks {
  readonly #room: Room;
  readonly #showEvents: (task: string) => void;

  constructor(room: Room, showEvents: (task: string) => void) {
    this.#room = room;
    this.#showEvents = showEvents;
  }

  draw(): void {
    const tasks = this.#room.counts?.tasks ?? [];
    if (tasks.length === 0) element("tasks-list").replaceChildren(make("li", text("tasks_none"), { class: "quiet" }));
    else list("tasks-list", tasks, (task) => this.#item(task));
  }

  #item(task: Task): HTMLElement {
    const { id, events = 0, outcome } = task;
    const facts = [
      counted("events", events),
      ...(outcome === undefined ? [] : [text(`task_${outcome}`)]),
      leavesAs(task),
    ];
    const name = wordsOf(task);
    return make(
      "li",
      make(
        "div",
        [
          make("div", [quoted(name, "name"), make("p", facts.join(" "), { class: "quiet small" })], { class: "said" }),
          small(text("texts_show"), name, () => this.#showEvents(id)),
          small(text("task_rename"), name, () => void this.#rename(task)),
          small(text("delete"), name, () => void this.#delete(task)),
        ],
        { class: "entry" },
      ),
      { class: "row" },
    );
  }

  async #rename({ id, words }: Task): Promise<void> {
    const answer = await askForTask(text("task_rename_ask"), this.#room.taskList, words);
    if (answer === null || answer.words === "") return;
    await this.#room.does(async () => {
      const { task } = readLabelled(await this.#room.worker.ask({ type: "label", which: { task: id }, ...answer }));
      return task === undefined ? "" : `${text("task_renamed", task.words)} ${leavesAs(task)}`;
    });
  }

  async #delete({ id, events = 0, words }: Task): Promise<void> {
    if (await isSure(counted("delete_sure", events), words, text("delete"))) await this.#room.deletes({ task: id });
  }
}

/** What leaves of a task's words. */
export function leavesAs({ own, leaves }: Task): string {
  if (!own) return text("task_listed");
  return leaves === undefined ? text("task_stays") : text("task_leaves", leaves);
}
