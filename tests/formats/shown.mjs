// What can be seen of a page of the gallery, and which of its controls were pressed: that two visits can be compared.

/**
 * In every frame of a page, before anything else: notes the controls that are pressed. Of a custom element, whose shadow
 * root may be closed, the outermost.
 */
export function notePresses() {
  window.pressed = [];
  addEventListener(
    "click",
    (event) => {
      if (!event.isTrusted) return;
      const way = event.composedPath().filter((at) => at instanceof Element);
      const hit = way.findLast(({ localName }) => localName.includes("-")) ?? way.find((at) => at.matches("button, a"));
      if (hit) window.pressed.push(`${hit.localName}#${[...document.querySelectorAll(hit.localName)].indexOf(hit)}`);
      const drawn = way.find((at) => at.matches("canvas, svg"));
      if (drawn) window.pressed.push(`${drawn.localName} at ${event.offsetX}, ${event.offsetY}`);
    },
    { capture: true },
  );
}

/** In a page: what a person sees of it and has entered. */
export function shown() {
  const words = (text) =>
    text
      .replace(/\u200b/g, "")
      .replace(/\s+/g, " ")
      .trim();
  const fields = [];
  const shadows = [];
  const scrolled = [];
  const look = (root) => {
    for (const element of root.querySelectorAll("*")) {
      if (element instanceof HTMLInputElement) fields.push([element.type, element.value, element.checked]);
      // An editor's own text area holds whatever it likes.
      else if (element.scrollTop > 0 && element.localName !== "textarea") scrolled.push(Math.round(element.scrollTop));
      const { shadowRoot } = element;
      // A replay may have made it open.
      if (shadowRoot === null || element.localName === "my-closed") continue;
      // biome-ignore lint/performance/useDomNodeTextContent: what is hidden is not shown
      shadows.push(words([...shadowRoot.children].map(({ innerText }) => innerText ?? "").join(" ")));
      look(shadowRoot);
    }
  };
  look(document);
  const all = (selector) => [...document.querySelectorAll(selector)];
  // What is read out to somebody who does not see, whatever was said last; and what goes by itself after a moment.
  for (const { style } of all("[aria-live], .ant-message")) style.display = "none";
  return {
    at: location.pathname + location.hash,
    // biome-ignore lint/performance/useDomNodeTextContent: what is hidden is not shown
    text: words(document.body.innerText),
    fields,
    shadows,
    scrolled,
    bold: all("strong").map(({ textContent }) => words(textContent)),
    places: all("li, [draggable]").map(({ textContent, parentElement }) => [
      textContent,
      parentElement.ariaLabel ?? parentElement.tagName,
    ]),
    states: all("[aria-valuenow], [aria-checked]").map(({ ariaValueNow, ariaChecked }) => ariaValueNow ?? ariaChecked),
    open: all("dialog[open], :popover-open").length,
  };
}

/** What is shown in the end of `page`, a page of Puppeteer's or Playwright's: it is the same twice in a row. */
export async function settled(page) {
  let last = "";
  for (;;) {
    const now = { ...(await page.evaluate(shown)), pressed: [], frames: [] };
    for (const frame of page.frames()) {
      now.pressed.push(await frame.evaluate(() => window.pressed));
      if (frame.parentFrame() !== null)
        now.frames.push(await frame.evaluate(() => document.body.textContent.replace(/\ufeff/g, "").trim()));
    }
    const text = JSON.stringify(now);
    if (text === last) return now;
    last = text;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}
