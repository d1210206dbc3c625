import { setTimeout as pause } from "node:timers/promises";

import { until } from "../../packaging/demo/harness/until.mjs";

/** A hand on the mouse: everything is found by CSS (`>>>` goes through shadow roots) and done by coordinates. */
export class Hand {
  #workplace;
  #look;
  #opened = "";

  /**
   * `workplace`: where what this hand does is recorded, for who asks whether it is `told`; `look`: for how long somebody
   * looks at what has changed before they go on.
   */
  constructor(page, workplace, look = 700) {
    this.page = page;
    this.keys = page.keyboard;
    this.#workplace = workplace;
    this.#look = look;
  }

  look() {
    return pause(this.#look);
  }

  /** Until so many events of a kind are held of the page that was opened last. */
  async told(kind, number) {
    const isOurs = (event) =>
      event.kind === kind && (!event.url || new URL(event.url).pathname.startsWith(this.#opened));
    await until(`${number} times ${kind} of ${this.#opened}`, async () => {
      return (await this.#workplace.held()).filter(isOurs).length >= number;
    });
  }

  /** Until what stands in the page is drawn: before, no pointer can hit it. */
  drawn() {
    return this.page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  }

  /** Until a page of this path is there. It is asked itself: Firefox does not tell the driver of a page that it had kept. */
  async arrived(path) {
    const shown = () =>
      this.page.evaluate(() => document.readyState === "complete" && location.pathname).catch(() => "");
    await until(`${path} is shown`, async () => (await shown()) === path);
  }

  /** A page may send itself on as it begins. */
  async open(url) {
    const { pathname } = new URL(url);
    this.#opened = pathname;
    const shown = () =>
      this.page.evaluate(() => document.readyState === "complete" && location.pathname).catch(() => "");
    void this.page.goto(url).catch(() => undefined);
    await until(`${url} is shown`, async () => `${await shown()}`.startsWith(pathname));
  }

  /** A page is told of when it has its title, which takes longer than a driver takes to click in one of its frames. */
  async begun() {
    await this.told("navigate", 1);
    await this.drawn();
  }

  async box(selector, nth = 0) {
    await this.page.waitForSelector(selector, { visible: true });
    const elements = await this.page.$$(selector);
    if (!(await elements[nth].isIntersectingViewport({ threshold: 1 }))) await elements[nth].scrollIntoView();
    await elements[nth].evaluate(atRest);
    const { x, y, width, height } = await elements[nth].boundingBox();
    return { x: x + width / 2, y: y + height / 2, left: x, top: y, width, height };
  }

  async move(selector, nth = 0) {
    const at = await this.box(selector, nth);
    await this.page.mouse.move(at.x, at.y, { steps: 4 });
    return at;
  }

  async click(selector, { nth = 0, ...options } = {}) {
    const { x, y } = await this.move(selector, nth);
    await this.page.mouse.click(x, y, options);
  }

  async type(selector, text) {
    await this.click(selector);
    await this.keys.type(text);
  }

  async chord(...keys) {
    for (const key of keys.slice(0, -1)) await this.keys.down(key);
    await this.keys.press(keys.at(-1));
    for (const key of keys.slice(0, -1).reverse()) await this.keys.up(key);
  }

  async drag(from, to) {
    const a = await this.box(from);
    const b = await this.box(to);
    const { mouse } = this.page;
    await mouse.move(a.x, a.y);
    await mouse.down();
    await mouse.move(a.x + 12, a.y + 12, { steps: 3 });
    await mouse.move(b.x, b.y, { steps: 6 });
    await pause(100);
    await mouse.move(b.x + 2, b.y + 2);
    await mouse.up();
    await pause(100);
  }
}

/** In the page: until what somebody aims at has come to rest. What goes on for ever does not move it. */
async function atRest(element) {
  const moves = ({ effect, playState }) =>
    playState === "running" && effect.target?.contains(element) && effect.getComputedTiming().endTime < 10_000;
  const moving = document.getAnimations().filter(moves);
  await Promise.allSettled(moving.map(({ finished }) => finished));
}
