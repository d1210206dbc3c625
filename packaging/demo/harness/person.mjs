// Somebody at the mouse and the keyboard. Finds things as people and screen readers do, by role and name, and only
// ever moves, presses and types: nothing here calls into the page to make something happen.

import { until } from "./until.mjs";

const STEPS_OF_A_MOVE = 8;
const MOST_TABS = 80;

/** The elements that have a role without saying so. */
const ELEMENTS = {
  textbox: "input:not([type=checkbox], [type=radio], [type=submit], [type=date]), textarea, [contenteditable]",
  Date: "input[type=date]",
  button: "button, input[type=submit], summary",
  link: "a[href]",
  combobox: "select",
  checkbox: "input[type=checkbox]",
  radio: "input[type=radio]",
  heading: "h1, h2, h3, h4, h5, h6",
  option: "option",
};

/** In the page: the first visible element of that role and name; enough of both for the tools that are worked in here. */
function findNamed(selector, role, name) {
  const plain = (text) => (text ?? "").replace(/\s+/g, " ").trim();
  const named = (ids) =>
    plain(
      ids
        ?.split(/\s+/)
        .map((id) => document.getElementById(id)?.textContent)
        .join(" "),
    );
  const nameOf = (element) =>
    plain(element.getAttribute("aria-label")) ||
    named(element.getAttribute("aria-labelledby")) ||
    plain([...(element.labels ?? [])].map((label) => label.textContent).join(" ")) ||
    plain(element.textContent) ||
    plain(element.getAttribute("placeholder") ?? element.getAttribute("title"));
  for (const element of document.querySelectorAll([`[role="${role}"]`, ...(selector ? [selector] : [])].join()))
    if (element.getClientRects().length && nameOf(element) === name) return element;
  return null;
}

export class Person {
  #page;

  /** @param {import("puppeteer-core").Page} page */
  constructor(page) {
    this.#page = page;
  }

  get page() {
    return this.#page;
  }

  /** The first visible element with this role and name. */
  async find(role, name) {
    if (this.#isFirefox) return this.#findInFirefox(role, name);
    const selector = `::-p-aria([role=${JSON.stringify(role)}][name=${JSON.stringify(name)}])`;
    return this.#page.waitForSelector(selector, { visible: true });
  }

  /** Firefox takes seconds to look for a role over WebDriver BiDi: here the page is asked in simple words. */
  async #findInFirefox(role, name) {
    return until(`there is ${role} "${name}"`, async () => {
      const handle = await this.#page.evaluateHandle(findNamed, ELEMENTS[role] ?? "", role, name).catch(() => null);
      return handle?.asElement() ?? null;
    });
  }

  get #isFirefox() {
    return this.#page.browser().process()?.spawnfile.includes("firefox") ?? false;
  }

  async see(role, name) {
    await (await this.find(role, name)).dispose();
  }

  async click(role, name) {
    await this.#clickOn(await this.find(role, name));
  }

  /** Clicks on something that closes this page, and is back when it is gone; that may be before the click is answered. */
  async leave(role, name) {
    const closed = new Promise((resolve) => this.#page.once("close", resolve));
    const unanswered = (error) => {
      if (!/closed/.test(error.message)) throw error;
    };
    await Promise.all([closed, this.click(role, name).catch(unanswered)]);
  }

  /** Clicks on something that leads to another page, and is back when that page is there. */
  async follow(role, name) {
    const element = await this.find(role, name);
    const begun = () => this.#page.evaluate(() => performance.timeOrigin);
    const before = await begun();
    await Promise.all([this.#page.waitForNavigation(), this.#clickOn(element)]);
    // The driver may take what the page before has still to tell of its own load for this one's.
    await until(`${name} leads on`, async () => (await begun().catch(() => before)) !== before);
  }

  /** Presses Enter in a form that leads to another page, and is back when that page is there. */
  async submitToNextPage() {
    await Promise.all([this.#page.waitForNavigation(), this.press("Enter")]);
  }

  /** Clicks into a field and types. */
  async type(name, text, role = "textbox") {
    await this.click(role, name);
    await this.#page.keyboard.type(text);
  }

  /** Walks to a <select> with Tab and types the beginning of an option's label until it is chosen. */
  async choose(name, label) {
    const select = await this.find("combobox", name);
    await this.#tabTo(select, name);
    for (const sign of label) {
      await this.#page.keyboard.press(sign);
      if ((await select.evaluate((element) => element.selectedOptions[0]?.label)) === label) return;
    }
    throw new Error(`"${name}" has no option "${label}".`);
  }

  /** Walks to a date field with Tab and types its month, day and year. */
  async date(name, isoDate) {
    const field = await this.find("Date", name);
    await this.#tabTo(field, name);
    const [year, month, day] = isoDate.split("-");
    await this.#page.keyboard.type(month + day + year);
    await until(`${name} reads ${isoDate}`, async () => (await field.evaluate((element) => element.value)) === isoDate);
  }

  async press(key) {
    await this.#page.keyboard.press(key);
  }

  async #clickOn(element) {
    await element.scrollIntoView();
    const { x, y } = await element.clickablePoint();
    await this.#page.mouse.move(x, y, { steps: STEPS_OF_A_MOVE });
    await this.#page.mouse.click(x, y);
  }

  async #tabTo(element, name) {
    for (let tabs = 0; tabs < MOST_TABS; ++tabs) {
      if (await element.evaluate((candidate) => candidate === document.activeElement)) return;
      await this.#page.keyboard.press("Tab");
    }
    throw new Error(`Tab does not lead to "${name}".`);
  }
}
