/** What there is of the person: to be saved, looked at, and asked back. */

import type { Fields } from "../../shared/read.js";
import {
  type Bundle,
  type HeldItem,
  type MinePart,
  readHeldPage,
  readMinePart,
  readWithdrawn,
  type Scope,
} from "../../shared/request.js";
import { counted, day, text } from "../../shared/words.js";
import { code, element, fill, list, make, onPress, quoted, show } from "../page.js";
import { isSure, type Room } from "./room.js";
import { choices, wordsOf } from "./timeline.js";

type Mine = Omit<MinePart, "next">;

export class MyData {
  readonly #room: Room;

  constructor(room: Room) {
    this.#room = room;
    onPress(element("save"), () => void this.#save());
    const form = element<HTMLFormElement>("withdraw");
    form.addEventListener("change", () => this.#drawForm());
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (event.isTrusted) void this.#withdraw();
    });
  }

  async load(): Promise<void> {
    const mine = await this.#all();
    fill("participant", mine.participant === undefined ? text("mine_key_none") : code(mine.participant));
    list("bundles", mine.bundles.toReversed(), bundleItem);
    if (mine.bundles.length === 0) fill("bundles", make("li", text("mine_left_none"), { class: "quiet" }));
    list("receipts", mine.receipts.toReversed(), receiptItem);
    if (mine.receipts.length === 0) fill("receipts", make("li", text("mine_receipts_none"), { class: "quiet" }));
    const select = this.#field<HTMLSelectElement>("task");
    select.id = "withdraw-task-choice";
    choices(
      select.id,
      mine.tasks.map((task) => [task.id, wordsOf(task)]),
    );
    this.#drawForm();
  }

  async #all(): Promise<Mine> {
    const mine: Mine = { receipts: [], tasks: [], bundles: [] };
    let after: string | undefined;
    do {
      const part = readMinePart(
        await this.#room.worker.ask({ type: "mine", ...(after === undefined ? {} : { after }) }),
      );
      if (part.participant !== undefined) mine.participant = part.participant;
      mine.receipts.push(...part.receipts);
      mine.tasks.push(...part.tasks);
      mine.bundles.push(...part.bundles);
      after = part.next;
    } while (after !== undefined);
    return mine;
  }

  // ---- Saving ---------------------------------------------------------------------------------------------------

  /** One readable file (GDPR, articles 15 and 20): where it is put is the person's choice. */
  #save(): Promise<void> {
    return this.#room.does(async () => {
      const held: HeldItem[] = [];
      let before: string | undefined;
      do {
        const page = readHeldPage(
          await this.#room.worker.ask({
            ...{ type: "held", form: "events", most: 500, outlines: "whole" },
            ...(before === undefined ? {} : { before }),
          }),
        );
        held.push(...page.events);
        before = page.next;
      } while (before !== undefined);
      const mine = await this.#all();
      const file = { ...mine, held: held.map(({ event }) => event).reverse() };
      const address = URL.createObjectURL(
        new Blob([`${JSON.stringify(file, null, 2)}\n`], { type: "application/json" }),
      );
      const anchor = make("a", "", { href: address, download: "fieldnote-my-data.json" });
      anchor.click();
      setTimeout(() => URL.revokeObjectURL(address), 60_000);
      return counted("mine_saved", held.length);
    });
  }

  // ---- Taking the yes back --------------------------------------------------------------------------------------

  #drawForm(): void {
    const left = this.#chosen("left");
    show("withdraw-task", left === "task");
    show("withdraw-weeks", left === "weeks");
    for (const name of ["first", "last"]) this.#field<HTMLInputElement>(name).required = left === "weeks";
    this.#field<HTMLSelectElement>("task").required = left === "task";
  }

  async #withdraw(): Promise<void> {
    const held = this.#chosen("held") === "keep" ? "keep" : "delete";
    const left = this.#scope();
    const goesOn = this.#field<HTMLInputElement>("go-on").checked;
    const question = text(goesOn ? "withdraw_sure_go_on" : "withdraw_sure");
    if (!(await isSure(question, text(`withdraw_sure_${held}`), text("withdraw_yes")))) return;
    await this.#room.does(async () => {
      const { deleted, asked } = readWithdrawn(
        await this.#room.worker.ask({
          ...{ type: "withdraw", held },
          ...(left === null ? {} : { left }),
          ...(goesOn ? { go_on: true } : {}),
        }),
      );
      return [
        text(goesOn ? "withdrawn_go_on" : "withdrawn"),
        ...(held === "delete" ? [counted("deleted", deleted)] : []),
        ...(left === null ? [] : [asked === undefined ? text("withdrawn_nothing_left") : text("withdrawn_asked")]),
      ].join(" ");
    });
  }

  #scope(): Scope | null {
    switch (this.#chosen("left")) {
      case "all":
        return { of: "all" };
      case "task":
        return { of: "task", task: this.#field<HTMLSelectElement>("task").value };
      case "weeks": {
        const [first, last] = [
          this.#field<HTMLInputElement>("first").value,
          this.#field<HTMLInputElement>("last").value,
        ];
        return { of: "weeks", first, last };
      }
      default:
        return null;
    }
  }

  #chosen(name: string): string {
    return String(new FormData(element<HTMLFormElement>("withdraw")).get(name) ?? "");
  }

  #field<T extends Element>(name: string): T {
    return element<HTMLFormElement>("withdraw").elements.namedItem(name) as unknown as T;
  }
}

function bundleItem({ n, events, here, asks, digest }: Bundle): HTMLElement {
  const said =
    asks === undefined
      ? `${counted("mine_bundle", events, n)} ${text(here ? "mine_bundle_here" : "mine_bundle_away")}`
      : `${text("mine_asked", n)} ${scopeIn(asks)}`;
  return make("li", [make("span", said), " ", code(digest.slice(0, 16))]);
}

function scopeIn(scope: Scope): string {
  return scope.of === "weeks" ? text("scope_weeks", scope.first, scope.last) : text(`scope_${scope.of}`);
}

function receiptItem(receipt: Fields): HTMLElement {
  const at = Date.parse(String(receipt.at));
  const when = Number.isNaN(at) ? "" : day(at);
  return make("li", [
    make("span", text(`mine_receipt_${answerOf(receipt)}`, when)),
    make("details", [
      make("summary", text("mine_receipt_whole")),
      make("pre", JSON.stringify(receipt, null, 1), { tabindex: "0", dir: "ltr" }),
    ]),
    ...(receipt.purpose === undefined ? [] : [make("p", quoted(String(receipt.purpose)), { class: "quiet small" })]),
  ]);
}

function answerOf({ kind, answer }: Fields): "yes" | "no" | "withdrawn" {
  if (kind === "withdrawal_receipt") return "withdrawn";
  return answer === "yes" ? "yes" : "no";
}
