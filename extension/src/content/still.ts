/**
 * What was found out about an element is not found out again: in one turn of ours the page stays as it is, and often for
 * longer, for a field is clicked, typed in and left, and a button is pressed again. The document is watched only as long
 * as something is remembered.
 */

/** The number of the turn that one of our listeners runs in, 0 between them. */
export let turn = 0;
let turns = 0;

/** Runs a listener. */
export function inTurn(run: (event: Event) => void, event: Event): void {
  const around = turn;
  turn ||= ++turns;
  try {
    run(event);
  } finally {
    turn = around;
  }
}

/** The numbers of the stretches in which nothing has changed, and in which nothing has but texts in rows. */
let stretch = 0;
let shape = 0;
let isWatching = false;
/** The turn in which it was last looked whether something has. */
let looked = 0;
/** Of rows, cards and the like: the stretch that began when a text in it changed. */
const rewritten = new WeakMap<Element, number>();
/** How often texts have changed since somebody did something. */
let unasked = 0;

/** So many changes, one after the other or at once, are not looked at. */
const MOST = 50;

const observer = new MutationObserver(note);
const ANYTHING: MutationObserverInit = { subtree: true, childList: true, characterData: true, attributes: true };

/** What was found out may be wrong by now. */
export function forget(): void {
  stretch++;
  shape++;
  unasked = 0;
  observer.disconnect();
  isWatching = false;
}

function note(records: MutationRecord[]): void {
  stretch++;
  if (records.length + ++unasked > MOST || !records.every(isInRow)) forget();
}

/** A text that says nothing of what is in other rows. */
function isInRow({ type, target, addedNodes, removedNodes }: MutationRecord): boolean {
  const element = target instanceof Element ? target : target.parentElement;
  const row = element && rowAround(element);
  if (row) rewritten.set(row, stretch);
  return (
    row !== null && type !== "attributes" && ![...addedNodes, ...removedNodes].some((node) => node instanceof Element)
  );
}

function look(): void {
  if (!isWatching || (turn !== 0 && looked === turn)) return;
  looked = turn;
  if (turn !== 0) unasked = 0;
  const records = observer.takeRecords();
  if (records.length > 0) note(records);
}

/** Of elements with others in them, or in shadow trees, no more than a turn's: what changes there is not all seen. */
const lasts = (element: Element) => element.childElementCount === 0 && document.contains(element);

/** The row around an element, as the one who wants to know it sees it. */
type RowAround = (element: Element) => Element | null;
let rowAround: RowAround = () => null;

/**
 * Remembers the answers. Texts of the page may say nothing of them; or all may; or those of the row around an element
 * alone, so that numbers that change all the time elsewhere do not matter.
 */
export function once<E extends Element, T>(ask: (element: E) => T, texts: "none" | "all" | RowAround = "none") {
  let known = new WeakMap<E, { answer: T; turn: number; since: number; row: Element | null }>();
  let since = 0;
  if (typeof texts === "function") rowAround = texts;
  return (element: E): T => {
    look();
    const now = texts === "all" ? stretch : shape;
    if (since !== now) {
      known = new WeakMap();
      since = now;
    }
    const before = known.get(element);
    if (
      before !== undefined &&
      (before.turn === 0 || before.turn === turn) &&
      !(before.row !== null && (rewritten.get(before.row) ?? 0) > before.since)
    )
      return before.answer;
    const answer = ask(element);
    const isLasting = lasts(element);
    const row = typeof texts === "function" ? texts(element) : null;
    if (isLasting || turn !== 0) known.set(element, { answer, turn: isLasting ? 0 : turn, since: stretch, row });
    if (isLasting && !isWatching) {
      observer.observe(document, ANYTHING);
      isWatching = true;
    }
    return answer;
  };
}
