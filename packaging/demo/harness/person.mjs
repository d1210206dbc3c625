// Somebody at the mouse and the keyboard. Finds things as people and screen readers do, by role and name, and only
// ever moves, presses and types: nothing here calls into the page to make something happen.

import { until } from "./until.mjs";

const STEPS_OF_A_MOVE = 8;
const MOST_TABS = 80;

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
    const selector = `::-p-aria([role=${JSON.stringify(role)}][name=${JSON.stringify(name)}])`;
    return this.#page.waitForSelector(selector, { visible: true });
  }

  async see(role, name) {
    await (await this.find(role, name)).dispose();
  }

  async click(role, name) {
    await this.#clickOn(await this.find(role, name));
  }

  /** Clicks on something that leads to another page, and is back when that page is there. */
  async follow(role, name) {
    const element = await this.find(role, name);
    await Promise.all([this.#page.waitForNavigation(), this.#clickOn(element)]);
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
