/** A page's line to the worker: it hears how things stand, asks, and is answered. */

import type { Answer, Failure, FromPage, PageName, ToPage, View } from "../shared/message.js";
import type { Fields } from "../shared/read.js";
import type { Request } from "../shared/request.js";

/** How long to wait for a worker that the browser starts anew. */
const AGAIN_MS = 250;

/** What was asked was not done; the message is one sentence for the person. */
export class Refused extends Error {
  override name = "Refused";
  readonly reason: string;

  constructor({ name, message }: Failure) {
    super(message);
    this.reason = name;
  }
}

interface Waiting {
  resolve: (fields: Fields) => void;
  reject: (error: Refused) => void;
}

export class Worker {
  readonly #page: string;
  readonly #heard: (view: View) => void;
  readonly #waiting = new Map<number, Waiting>();
  #port: chrome.runtime.Port;
  #last = 0;

  /** `heard`: at once, and whenever something changes. */
  constructor(page: string, heard: (view: View) => void) {
    this.#page = page;
    this.#heard = heard;
    this.#port = this.#connect();
  }

  ask(request: Request): Promise<Fields> {
    return new Promise((resolve, reject) => {
      const number = ++this.#last;
      this.#waiting.set(number, { resolve, reject });
      this.#port.postMessage({ type: "question", number, request } satisfies FromPage);
    });
  }

  answer(digest: string, answer: Answer["answer"]): void {
    this.#port.postMessage({ type: "answer", digest, answer } satisfies FromPage);
  }

  open(page: PageName): void {
    this.#port.postMessage({ type: "open", page } satisfies FromPage);
  }

  #connect(): chrome.runtime.Port {
    const port = chrome.runtime.connect({ name: this.#page });
    port.onMessage.addListener((message: ToPage) => {
      if (message.type === "view") this.#heard(message);
      else this.#answered(message);
    });
    port.onDisconnect.addListener(() => {
      for (const { reject } of this.#waiting.values())
        reject(new Refused({ name: "no_host", message: chrome.i18n.getMessage("failed_no_host") }));
      this.#waiting.clear();
      setTimeout(() => (this.#port = this.#connect()), AGAIN_MS);
    });
    return port;
  }

  #answered(reply: Exclude<ToPage, View>): void {
    const waiting = this.#waiting.get(reply.number);
    this.#waiting.delete(reply.number);
    if ("fields" in reply) waiting?.resolve(reply.fields);
    else waiting?.reject(new Refused(reply.failed));
  }
}
