/**
 * Outlines on their way to the host. What is described cites the outline that is at hand at that moment, before the page
 * reacts; the outline itself is sent with the first action that cites it, and once more when the page is left.
 */

import { OUTLINE_WIRE, type Outline } from "../shared/event.js";
import type { OutlineWanted } from "../shared/message.js";
import { type Cited, Outliner } from "./outline/outliner.js";
import type { Reporter } from "./reporter.js";
import type { Secrets } from "./secrets.js";
import { citing } from "./target.js";
import { deepest } from "./tree.js";
import { disclose, read } from "./value.js";

/** After these the page may look different; after some, because what a field holds has changed. */
const ACTS = /^(click|contextmenu|keydown|input|change)$/;
const EDITS = /^(input|change)$/;

export class Outlines {
  readonly #reporter: Reporter;
  readonly #secrets: Secrets;
  #outliner: Outliner | null = null;

  constructor(reporter: Reporter, secrets: Secrets) {
    this.#reporter = reporter;
    this.#secrets = secrets;
    citing.cite = (element) => (reporter.team?.outline ? (this.#outliner?.cite(element) ?? null) : null);
  }

  /** Whether outlines are wanted here may have changed, and with it what they may tell. */
  ordered(wanted: boolean): void {
    if (!wanted) {
      this.#outliner?.stop();
      this.#outliner = null;
    } else if (this.#outliner === null) {
      this.#outliner = new Outliner({
        page: () => this.#reporter.team?.outline === true,
        value: (field) => {
          const { value, rule } = this.#told(field) ?? {};
          if (value?.disclosure !== "clear" && value?.disclosure !== "placeholder") return null;
          return { ...value, text: value.text ?? "", ...(rule === undefined ? {} : { rule }) };
        },
        choice: (control) => this.#told(control as HTMLElement)?.value.disclosure === "clear",
      });
      this.#outliner.start();
    } else {
      this.#outliner.lookAgain();
    }
  }

  /** Somebody is here. */
  seen(event: Event): void {
    const outliner = this.#outliner;
    if (outliner === null) return;
    outliner.present();
    if (ACTS.test(event.type)) outliner.touch(deepest(event), EDITS.test(event.type));
    else if (event.type === "scroll") outliner.scrolled();
  }

  /**
   * The page as it was when something was done in a frame beside this one; or as it is left, if it was looked at since it
   * changed, where a task ends also if it was sent before.
   */
  send(wanted: OutlineWanted): void {
    const cited = this.#reporter.team?.outline ? this.#outliner?.cite(null) : null;
    if (!cited) return;
    const { pageAddress } = this.#reporter;
    if ("n" in wanted)
      this.#reporter.sendOutline(cited, pageAddress, { cause: wanted.n, cause_document: wanted.document });
    else if (cited.state === "fresh") this.#reporter.sendOutline(cited, pageAddress, {}, wanted.ends);
  }

  #told(field: HTMLElement) {
    const { team } = this.#reporter;
    return team === null ? null : disclose(read(field, this.#secrets), field, team);
  }
}

export function outlineOf({ digest, lines }: Cited, frames: number[]): Outline {
  return { digest, dialect: OUTLINE_WIRE, ...(frames.length === 0 ? {} : { frames }), lines };
}
