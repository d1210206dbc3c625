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

/** The number of the stretch in which nothing has changed. */
let stretch = 0;
let isWatching = false;
/** The turn in which it was last looked whether something has. */
let looked = 0;

const observer = new MutationObserver(forget);
const ANYTHING: MutationObserverInit = { subtree: true, childList: true, characterData: true, attributes: true };

/** What was found out may be wrong by now. */
export function forget(): void {
  stretch++;
  observer.disconnect();
  isWatching = false;
}

function look(): void {
  if (!isWatching || (turn !== 0 && looked === turn)) return;
  looked = turn;
  if (observer.takeRecords().length > 0) forget();
}

/** Of elements with others in them, or in shadow trees, no more than a turn's: what changes there is not all seen. */
const lasts = (element: Element) => element.childElementCount === 0 && document.contains(element);

/** Remembers the answers. */
export function once<E extends Element, T>(ask: (element: E) => T): (element: E) => T {
  let known = new WeakMap<E, { answer: T; turn: number }>();
  let since = stretch;
  return (element) => {
    look();
    if (since !== stretch) {
      known = new WeakMap();
      since = stretch;
    }
    const before = known.get(element);
    if (before !== undefined && (before.turn === 0 || before.turn === turn)) return before.answer;
    const answer = ask(element);
    const isLasting = lasts(element);
    if (isLasting || turn !== 0) known.set(element, { answer, turn: isLasting ? 0 : turn });
    if (isLasting && !isWatching) {
      observer.observe(document, ANYTHING);
      isWatching = true;
    }
    return answer;
  };
}
