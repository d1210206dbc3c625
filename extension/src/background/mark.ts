/**
 * The mark in a page that is recorded where no toolbar says so: in windows without one, and where somebody has taken
 * our button off it. It takes no clicks, lies above all else, and is read out by screen readers.
 */

/**
 * Runs in the page, so it uses nothing from outside of itself. `words`: what the mark says; null takes it away.
 * @returns whether the mark is to be seen
 */
export function mark(words: string | null): boolean {
  const world = globalThis as { fieldnoteMark?: { box: HTMLElement; kept: MutationObserver } };
  /** A page that takes the mark away or alters it more often than this does so on purpose. */
  const PATIENCE = 20;
  if (words === null) {
    world.fieldnoteMark?.kept.disconnect();
    world.fieldnoteMark?.box.remove();
    delete world.fieldnoteMark;
    return false;
  }
  const set = (element: HTMLElement, styles: Record<string, string>): void => {
    for (const [name, value] of Object.entries(styles)) element.style.setProperty(name, value, "important");
  };
  const attach = (box: HTMLElement): void => {
    if (!box.isConnected) document.documentElement?.append(box);
    // Above every layer that the page has, where the browser knows how.
    if (box.isConnected && !box.matches(":popover-open")) box.showPopover?.();
  };
  const make = (): HTMLElement => {
    const box = document.createElement("fieldnote-mark");
    box.setAttribute("role", "note");
    box.setAttribute("popover", "manual");
    set(box, {
      all: "initial",
      display: "block",
      position: "fixed",
      inset: "auto 8px 8px auto",
      "z-index": "2147483647",
      "pointer-events": "none",
    });
    const label = document.createElement("span");
    set(label, {
      display: "block",
      padding: "4px 10px",
      border: "1px solid #ffffff",
      "border-radius": "12px",
      background: "#8c1d18",
      color: "#ffffff",
      font: "600 12px/16px system-ui, sans-serif",
    });
    label.textContent = `\u25cf ${words}`;
    box.attachShadow({ mode: "closed" }).append(label);
    box.setAttribute("aria-label", words);
    return box;
  };
  const known = world.fieldnoteMark?.box;
  const box = known ?? make();
  attach(box);
  if (known === undefined) {
    // A page that is written anew takes the mark along; it comes back. One that does not want it is not recorded.
    let returns = 0;
    const whole = [...box.attributes].map(({ name, value }): [string, string] => [name, value]);
    const isWhole = (): boolean =>
      box.attributes.length === whole.length && whole.every(([name, value]) => box.getAttribute(name) === value);
    const kept = new MutationObserver(() => {
      if (box.isConnected && isWhole()) return;
      if (++returns > PATIENCE) {
        kept.disconnect();
        void chrome.runtime.sendMessage({ type: "unmarked" });
        return;
      }
      if (!isWhole()) {
        for (const name of box.getAttributeNames()) box.removeAttribute(name);
        for (const [name, value] of whole) box.setAttribute(name, value);
      }
      attach(box);
    });
    kept.observe(box, { attributes: true });
    kept.observe(document, { childList: true });
    if (document.documentElement !== null) kept.observe(document.documentElement, { childList: true });
    world.fieldnoteMark = { box, kept };
  }
  return box.isConnected && box.getClientRects().length > 0;
}
