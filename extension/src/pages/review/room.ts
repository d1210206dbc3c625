/** What the parts of the review page share: the line to the worker, what is held, and a place to say what became of it. */

import { type HeldCounts, readDeleted, type Task, type Which } from "../../shared/request.js";
import { counted, text } from "../../shared/words.js";
import { element, fill, make, onPress, show } from "../page.js";
import { Refused, type Worker } from "../worker.js";

export class Room {
  readonly worker: Worker;
  /** What is held, as the host last counted it. */
  counts: HeldCounts | null = null;
  /** What the teams' tasks are called. */
  taskList: string[] = [];
  readonly #changed: () => Promise<void>;

  /** `changed`: what is held is not what it was. */
  constructor(worker: Worker, changed: () => Promise<void>) {
    this.worker = worker;
    this.#changed = changed;
  }

  /** The task of this id, as far as it is known. */
  task(id: string | undefined): Task | undefined {
    return this.counts?.tasks.find((task) => task.id === id);
  }

  /** Does one thing for the person, says what became of it, and shows what is held now. */
  async does(act: () => Promise<string>): Promise<void> {
    for (const id of ["failed", "done"]) {
      fill(id, "");
      show(id, false);
    }
    try {
      const said = await act();
      await this.#changed();
      fill("done", said);
      show("done", said !== "");
      if (said !== "") element("done").focus();
    } catch (error) {
      this.fails(error);
      await this.#changed().catch((again: unknown) => this.fails(again));
    }
  }

  deletes(which: Which): Promise<void> {
    return this.does(async () => {
      const { events, left_before } = readDeleted(await this.worker.ask({ type: "delete", which }));
      const said = counted("deleted", events);
      return left_before === 0 ? said : `${said} ${counted("deleted_left_before", left_before)}`;
    });
  }

  /** What the host refuses is one sentence for the person; anything else is a bug of ours. */
  fails(error: unknown): void {
    fill("failed", error instanceof Refused ? error.message : String(error));
    show("failed", true);
    if (!(error instanceof Refused)) throw error;
  }
}

/** Asks before something that cannot be undone. `fields`: what is to be filled in with the answer. */
export function isSure(question: string, detail: string, yes: string, fields: Node[] = []): Promise<boolean> {
  const dialog = element<HTMLDialogElement>("sure");
  fill("sure-question", question);
  fill("sure-detail", detail);
  fill("sure-fields", fields);
  fill("sure-yes", yes);
  dialog.returnValue = "no";
  dialog.showModal();
  // The answer that changes nothing is the one that a hasty key gives, unless there is something to fill in.
  if (fields.length === 0) element("sure-no").focus();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
  });
}

/** Words for a task: from the team's lists, or the person's own, which leave only if they say so. */
export async function askForTask(
  question: string,
  lists: string[],
  before = "",
): Promise<{ words: string; clear: boolean } | null> {
  const words = make("input", "", { type: "text", maxlength: "120", list: "task-words", id: "task-name" });
  words.value = before;
  const clear = make("input", "", { type: "checkbox", id: "task-clear" });
  const sure = await isSure(question, text("task_ask_how"), text("task_ask_yes"), [
    make("label", text("popup_task_words"), { for: "task-name", class: "label" }),
    words,
    make(
      "datalist",
      lists.map((each) => make("option", "", { value: each })),
      { id: "task-words" },
    ),
    make("label", [clear, " ", text("task_clear")], { class: "check" }),
  ]);
  return sure ? { words: words.value.trim(), clear: clear.checked && !lists.includes(words.value.trim()) } : null;
}

/** A button that looks like a link, for what is done to one row of many. `name`: what a screen reader says of it. */
export function small(label: string, name: string, press: () => void): HTMLButtonElement {
  const made = make("button", label, { type: "button", class: "plain", "aria-label": `${label}: ${name}` });
  onPress(made, press);
  return made;
}
