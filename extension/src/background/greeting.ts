/**
 * Nothing leaves before a start of the browser has told the person that events wait. This tells them: once a start, by
 * a message of the system, and says so to the host.
 */

import type { HeldNow, Request } from "../shared/request.js";
import { counted, text } from "../shared/words.js";
import type { Journal } from "./outbox.js";

const GREETED = "greeted";
export const WAITING = "fieldnote-waiting";

export class Greeting {
  readonly #journal: Journal;
  #done: boolean;

  /** `records`: what the journal remembers of this start of the browser. */
  constructor(journal: Journal, records: Record<string, unknown>) {
    this.#journal = journal;
    this.#done = records[GREETED] === true;
  }

  async tell({ events, up_to, told }: HeldNow, ask: (request: Request) => Promise<unknown>): Promise<void> {
    if (this.#done) return;
    this.#done = true;
    await this.#journal.put({ [GREETED]: true });
    if (events === 0 || up_to <= told || !(await shown(events))) return;
    // The answer is not waited for: it says nothing that the next standing does not.
    void ask({ type: "told", up_to });
  }
}

/** Whether it was shown: a system may have been told to show nothing of ours. */
async function shown(events: number): Promise<boolean> {
  if (chrome.notifications.getPermissionLevel !== undefined) {
    const level = await chrome.notifications.getPermissionLevel();
    if (level !== "granted") return false;
  }
  await chrome.notifications.create(WAITING, {
    type: "basic",
    iconUrl: chrome.runtime.getURL("icons/128.png"),
    title: text("waiting_title"),
    message: counted("waiting_message", events),
  });
  return true;
}
