// Whether the selectors that were recorded find their element again. What that is, is told by the page itself: the way
// to what was pressed, step by step through its trees, which is independent of any selector of ours.

/** Has pages note where they are pressed, and the way to what is there. */
export function notePresses(page) {
  return page.evaluateOnNewDocument(() => {
    const wayTo = (element) => {
      const { parentNode: parent, parentElement, localName } = element;
      const isInShadow = parent instanceof ShadowRoot;
      const outer = isInShadow ? parent.host : parentElement;
      return [...(outer ? wayTo(outer) : []), [isInShadow, [...parent.children].indexOf(element), localName]];
    };
    window.presses = [];
    addEventListener(
      "pointerdown",
      (event) => {
        const at = [Math.round(event.clientX), Math.round(event.clientY)].join();
        const pressed = event.composedPath()[0];
        window.presses.push({ at, way: wayTo(pressed), text: pressed.textContent });
      },
      { capture: true },
    );
  });
}

/** Where this page was pressed. */
export const pressesOf = (page) => page.evaluate(() => window.presses);

/** Whether a selector has the driver look for an accessible name. */
export const isByName = (chain) => chain.some((selector) => selector.startsWith("aria/"));

/**
 * How the selectors of `targets` do on the page as it is now: for each target that is still there and each of its
 * selectors that is `wanted`, how many elements it finds, how many it found when it was recorded, and whether the first
 * is the target.
 */
export async function findAgain(page, targets, presses, wanted = () => true) {
  const all = [];
  for (const target of targets) {
    const { box, point, selectors, matches } = target;
    const press = presses.find(({ at }) => at === [box[0] + point[0], box[1] + point[1]].join());
    if (press === undefined) throw new Error(`nobody pressed where ${target.role} ${target.name} was`);
    const found = [];
    for (const [index, selector] of selectors.entries())
      if (wanted(selector)) found.push({ selector, matched: matches[index], ...(await look(page, selector, press)) });
    if (found.some(({ isThere }) => isThere)) all.push({ target, found });
  }
  return all;
}

async function look(page, chain, { way, text }) {
  const found = await elementsBy(page, chain);
  return page.evaluate(
    (steps, shown, number, first) => {
      let pressed = document;
      for (const [isInShadow, index, tag] of steps) {
        pressed = (isInShadow ? pressed.shadowRoot : pressed)?.children[index];
        if (pressed?.localName !== tag) return { isThere: false };
      }
      // What stood there may have come of the work, or be hidden until it is done.
      const isThere = pressed.textContent === shown && pressed.checkVisibility();
      return { isThere, matches: number, isFound: first?.contains(pressed) ?? false };
    },
    way,
    text,
    found.length,
    found[0] ?? null,
  );
}

/** A chain goes through shadow roots, closed ones as far as to their host. */
async function elementsBy(page, [outer, ...inner]) {
  let found = await page.$$(queryOf(outer));
  for (const selector of inner) {
    const below = found.map(async (host) => {
      const root = (await host.evaluateHandle(({ shadowRoot }) => shadowRoot)).asElement();
      return root === null ? [host] : root.$$(queryOf(selector));
    });
    found = (await Promise.all(below)).flat();
  }
  return found;
}

function queryOf(selector) {
  if (selector.startsWith("aria/")) return `::-p-aria(${selector.slice(5)})`;
  return selector.startsWith("xpath/") ? `::-p-xpath(${selector.slice(6)})` : selector;
}
