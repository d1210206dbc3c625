/** Work in slices of idle time, at most so many milliseconds each, and at most a small share of all time. */

const SLICE_MS = 6;

/** A busy page gives no idle time; a slice comes after this nevertheless, and sooner once somebody acted. */
const PATIENCE_MS = 1000;
const HURRY_MS = 100;

/** A round of work is followed by a rest of so many times its length, within bounds. */
const REST = 20;
const LEAST_REST_MS = 50;
const MOST_REST_MS = 2000;

export class Slices {
  readonly #round: () => Generator<void>;
  readonly #rested: () => void;
  #work: Generator<void> | null = null;
  #scheduled = false;
  #resting: ReturnType<typeof setTimeout> | null = null;
  #hurried = false;
  #stopped = false;
  /** Milliseconds that the present round took, and those of them that are accounted for elsewhere. */
  #spent = 0;
  excused = 0;

  /** `round` makes the work of one round; `rested` is told after the rest that follows, to wake again if it must. */
  constructor(round: () => Generator<void>, rested: () => void) {
    this.#round = round;
    this.#rested = rested;
  }

  /** There is something to do. */
  wake(): void {
    if (!this.#scheduled && this.#resting === null && !this.#stopped) this.#ask();
  }

  #ask(): void {
    this.#scheduled = true;
    requestIdleCallback((deadline) => this.#slice(deadline), { timeout: this.#hurried ? HURRY_MS : PATIENCE_MS });
  }

  /** Somebody acted, and may act again soon: what changes now is looked at after a short rest. */
  hurry(): void {
    if (this.#hurried) return;
    this.#hurried = true;
    if (this.#resting !== null) {
      clearTimeout(this.#resting);
      this.#restFor(LEAST_REST_MS);
    } else if (this.#scheduled) {
      // Sooner than it was asked for; what comes second finds nothing to do.
      this.#ask();
    }
  }

  stop(): void {
    this.#stopped = true;
    this.#work = null;
  }

  #slice(deadline: IdleDeadline): void {
    if (!this.#scheduled || this.#stopped) return;
    this.#scheduled = false;
    const start = performance.now();
    const until = start + (deadline.didTimeout ? SLICE_MS : Math.min(SLICE_MS, deadline.timeRemaining()));
    this.#work ??= this.#round();
    let done = false;
    // One step at least, or a page that leaves hardly any idle time would never be outlined.
    do done = this.#work.next().done === true;
    while (!done && performance.now() < until);
    this.#spent += performance.now() - start;
    if (done) this.#rest();
    else if (deadline.timeRemaining() > SLICE_MS) this.#goOn(deadline);
    else this.wake();
  }

  /** In the same idle time, which is up to 50 ms long: once the page has had its turn, and if nobody came. */
  #goOn(deadline: IdleDeadline): void {
    this.#scheduled = true;
    setTimeout(() => {
      if (deadline.timeRemaining() > 0) return this.#slice(deadline);
      this.#scheduled = false;
      this.wake();
    });
  }

  #rest(): void {
    const rest = Math.min(MOST_REST_MS, Math.max(LEAST_REST_MS, (this.#spent - this.excused) * REST));
    this.#work = null;
    this.#spent = 0;
    this.excused = 0;
    this.#restFor(this.#hurried ? LEAST_REST_MS : rest);
    this.#hurried = false;
  }

  #restFor(rest: number): void {
    this.#resting = setTimeout(() => {
      this.#resting = null;
      this.#rested();
    }, rest);
  }
}
