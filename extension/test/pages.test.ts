import { describe, expect, it } from "vitest";
import { OwnPages } from "../src/background/pages.js";
import type { View } from "../src/shared/message.js";
import { NOTHING_HELD } from "../src/shared/request.js";

const VIEW: View = {
  type: "view",
  standing: "recording",
  why: "",
  teams: [],
  notice: null,
  today: 0,
  held: NOTHING_HELD,
};

class Page {
  readonly told: unknown[] = [];
  tries = 0;
  #ended: () => void = () => undefined;
  readonly onDisconnect = {
    addListener: (listener: () => void) => {
      this.#ended = listener;
    },
  };

  /** `isGone`: its end came before there was a listener for it. */
  constructor(readonly isGone = false) {}

  postMessage(message: unknown): void {
    this.tries++;
    if (this.isGone) throw new Error("Attempting to use a disconnected port object");
    this.told.push(message);
  }
  closes(): void {
    this.#ended();
  }
  get port(): chrome.runtime.Port {
    return this as unknown as chrome.runtime.Port;
  }
}

describe("our own pages", () => {
  it("are told how things stand, at once and at every change until they close", () => {
    const pages = new OwnPages();
    const page = new Page();
    pages.joined(page.port, VIEW);
    pages.changed(VIEW);
    expect(page.told).toEqual([VIEW, VIEW]);
    page.closes();
    pages.changed(VIEW);
    pages.tell(page.port, VIEW);
    expect(page.told).toHaveLength(2);
  });

  it("that were closed while the worker started keep nobody from being told, and are not told again", () => {
    const pages = new OwnPages();
    const gone = new Page(true);
    const page = new Page();
    pages.joined(gone.port, VIEW);
    pages.joined(page.port, VIEW);
    pages.changed(VIEW);
    expect(page.told).toEqual([VIEW, VIEW]);
    expect(gone.tries).toBe(1);
  });
});
