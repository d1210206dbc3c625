/**
 * What was found out about an element and holds as long as nothing in the document changes: a field is clicked, typed
 * in and left, a button is pressed again. It is watched only as long as something is remembered.
 */

let answers = new WeakMap<object, WeakMap<Element, unknown>>();
let isWatching = false;

const observer = new MutationObserver(forget);
const ANYTHING: MutationObserverInit = { subtree: true, childList: true, characterData: true, attributes: true };

/** What was found out may be wrong by now. */
export function forget(): void {
  answers = new WeakMap();
  observer.disconnect();
  isWatching = false;
}

/** Of elements with others in them, or in shadow trees, nothing is remembered: what changes there is not all seen. */
export function whileStill<E extends Element, T>(ask: (element: E) => T): (element: E) => T {
  return (element) => {
    if (element.childElementCount > 0 || element.getRootNode() !== document) return ask(element);
    if (isWatching && observer.takeRecords().length > 0) forget();
    const known = answers.get(ask) as WeakMap<Element, T> | undefined;
    if (known?.has(element)) return known.get(element) as T;
    const answer = ask(element);
    if (!isWatching) observer.observe(document, ANYTHING);
    isWatching = true;
    if (known === undefined) answers.set(ask, new WeakMap([[element, answer]]));
    else known.set(element, answer);
    return answer;
  };
}
