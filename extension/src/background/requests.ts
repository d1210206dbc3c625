/** What a person asks of the host, on its way there and back: each request has a number, and its answer repeats it. */

import type { Asked, Failure, HostAnswer, HostError } from "../shared/message.js";
import type { Fields } from "../shared/read.js";
import type { Request } from "../shared/request.js";

export type Outcome = { fields: Fields } | { failed: Failure };

const gone = (): Outcome => ({ failed: { name: "no_host", message: chrome.i18n.getMessage("failed_no_host") } });

export class Requests {
  readonly #send: (request: Asked) => boolean;
  readonly #open = new Map<number, (outcome: Outcome) => void>();
  #last = 0;

  /** `send`: false where there is nobody to hear it. */
  constructor(send: (request: Asked) => boolean) {
    this.#send = send;
  }

  ask(request: Request): Promise<Outcome> {
    return new Promise((resolve) => {
      const id = ++this.#last;
      if (this.#send({ ...request, id })) this.#open.set(id, resolve);
      else resolve(gone());
    });
  }

  answered({ id, fields }: Pick<HostAnswer, "id" | "fields">): void {
    this.#settle(id, { fields });
  }

  failed(id: number, { name, message }: HostError): void {
    this.#settle(id, { failed: { name, message } });
  }

  /** Nobody will answer any more. */
  lost(): void {
    for (const id of [...this.#open.keys()]) this.#settle(id, gone());
  }

  #settle(id: number, outcome: Outcome): void {
    const resolve = this.#open.get(id);
    this.#open.delete(id);
    resolve?.(outcome);
  }
}
