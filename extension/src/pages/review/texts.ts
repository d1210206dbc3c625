/** What leaves in readable text: each string once, with its places, the person's own words first. */

import { type HeldText, readTextPage } from "../../shared/request.js";
import { counted, text } from "../../shared/words.js";
import { drawn, element, fill, make, quoted } from "../page.js";
import { isSure, type Room, small } from "./room.js";
import { WindowedList } from "./window.js";

const ROW_HEIGHT = 72;

export class Texts {
  readonly #room: Room;
  readonly #showEvents: (text: string) => void;
  readonly #list = new WindowedList<HeldText>(element("texts-list"), ROW_HEIGHT, (each, index) =>
    this.#draw(each, index),
  );
  #all: HeldText[] = [];
  #shown: HeldText[] = [];
  #round = 0;

  /** `showEvents`: where the person wants to see what a text stands in. */
  constructor(room: Room, showEvents: (text: string) => void) {
    this.#room = room;
    this.#showEvents = showEvents;
    element("texts-search").addEventListener("input", () => this.#filter());
  }

  /** From the host, page by page; the first is shown at once. */
  async load(): Promise<void> {
    const round = ++this.#round;
    let after: string | undefined;
    do {
      const page = readTextPage(
        await this.#room.worker.ask({ type: "held", form: "texts", ...(after === undefined ? {} : { after }) }),
      );
      if (round !== this.#round) return;
      if (after === undefined) {
        this.#all = [];
        this.#shown = [];
        this.#list.clear();
      }
      this.#add(page.texts);
      drawn();
      after = page.next;
    } while (after !== undefined);
  }

  #add(texts: HeldText[]): void {
    this.#all.push(...texts);
    const fitting = texts.filter((each) => this.#fits(each));
    this.#shown.push(...fitting);
    this.#list.append(fitting);
    this.#count();
  }

  #filter(): void {
    this.#shown = this.#all.filter((each) => this.#fits(each));
    this.#list.clear();
    this.#list.append(this.#shown);
    this.#count();
  }

  #fits({ text: words }: HeldText): boolean {
    const wanted = element<HTMLInputElement>("texts-search").value.trim().toLowerCase();
    return wanted === "" || words.toLowerCase().includes(wanted);
  }

  #count(): void {
    fill("texts-count", this.#all.length === 0 ? text("texts_none") : counted("texts", this.#shown.length));
  }

  #draw(held: HeldText, index: number): HTMLElement {
    const first = this.#shown[index - 1]?.where !== held.where;
    return make(
      "li",
      [
        ...(first
          ? [make("h3", text(`where_${held.where}`)), make("p", text(`where_${held.where}_how`), quietly)]
          : []),
        make(
          "div",
          [
            make("div", [quoted(held.text, "readable"), make("p", placesOf(held), quietly)], { class: "said" }),
            small(text("texts_show"), held.text, () => this.#showEvents(held.text)),
            small(text("delete"), held.text, () => void this.#delete(held)),
          ],
          { class: "entry" },
        ),
      ],
      { class: "row", "data-where": held.where },
    );
  }

  async #delete({ text: words, events }: HeldText): Promise<void> {
    if (!(await isSure(counted("delete_sure", events), text("delete_text_how", words), text("delete")))) return;
    await this.#room.deletes({ text: words });
  }
}

const quietly = { class: "quiet small" };

function placesOf({ events, places }: HeldText): string {
  const named = places.map(({ app, url }) => (url === undefined ? app : `${app} ${routeOf(url)}`));
  return counted("texts_places", events, [...new Set(named)].slice(0, 3).join(", "));
}

export function routeOf(url: string): string {
  return url.replace(/^https?:\/\/[^/]+/, "") || "/";
}
