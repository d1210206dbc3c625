// Between pages and tabs.

import { setTimeout as pause } from "node:timers/promises";

import { until } from "../../../packaging/demo/harness/until.mjs";

/** The same path, in another document. */
async function reloaded(hand, act) {
  await hand.page.evaluate(() => {
    window.isBefore = true;
  });
  await act();
  const again = () => hand.page.evaluate(() => !window.isBefore && document.readyState === "complete");
  await until("it is reloaded", () => again().catch(() => false));
}

/**
 * The browser's own buttons: `way` is goBack, goForward or reload. No hand is there sooner after a click, by the page's
 * own timer: what slows the page down slows it, too.
 */
async function byBrowser(hand, way, path) {
  await hand.page.evaluate(rings, 9, 50);
  const act = () => void hand.page[way]().catch(() => undefined);
  await (way === "reload" ? reloaded(hand, act) : act());
  await hand.arrived(path);
}

/** In a page: until a timer has rung so often. */
function rings(often, period) {
  return new Promise((resolve) => {
    let rest = often;
    const timer = setInterval(() => {
      if (--rest > 0) return;
      clearInterval(timer);
      resolve();
    }, period);
  });
}

async function follow(hand, selector, path) {
  await hand.click(selector);
  await hand.arrived(path);
}

const TABS = [
  ["click", "link New tab"],
  ["tab_opened", "< click"],
  ["navigate", "load", "< click"],
  ["click", "button Two"],
  ["tab_switched"],
  ["tab_switched"],
  ["tab_closed"],
  ["click", "button Popup"],
  ["tab_opened", "< click"],
  ["navigate", "load", "< click"],
  ["click", "button Three"],
  ["click", "button Close"],
  ["tab_closed", "< click"],
  ["click", "link Foreign"],
  ["away"],
  ["back"],
];

export const moving = {
  "within-a-page": {
    html: `<a id=h href="#one">Hash</a><button id=p onclick="history.pushState(null,'','/within-a-page/pushed')">Push</button><button id=r onclick="history.replaceState(null,'','/within-a-page/replaced')">Replace</button><button id=q onclick="history.pushState(null,'','?q=1')">Query</button><button id=k onclick="history.back()">Back</button>`,
    async work(hand) {
      await hand.click("#h");
      await hand.click("#p");
      await hand.click("#r");
      await hand.click("#q");
      await hand.click("#k");
      await hand.page.waitForFunction(() => location.search === "");
      await hand.click("#k");
      await hand.arrived("/within-a-page");
    },
    expected: [
      ["click", "link Hash"],
      ["navigate", "hash", "< click"],
      ["click", "button Push"],
      ["navigate", "same_document", "< click"],
      ["click", "button Replace"],
      ["navigate", "same_document", "< click"],
      ["click", "button Query"],
      ["click", "button Back"],
      ["click", "button Back"],
      ["navigate", "back_forward", "< click"],
    ],
  },
  "between-pages": {
    html: `<a id=a href="/between-pages/two">Two</a>`,
    pages: {
      two: `<button id=b onclick="location.reload()">Reload</button><button id=c onclick="history.back()">Back</button><button id=d onclick="location.href='/between-pages/three'">Three</button><form id=f action="/between-pages/three" aria-label=Form><button id=s>Submit</button></form>`,
      three: "Three",
    },
    async work(hand) {
      await follow(hand, "#a", "/between-pages/two");
      await reloaded(hand, () => hand.click("#b"));
      await follow(hand, "#d", "/between-pages/three");
      await byBrowser(hand, "goBack", "/between-pages/two");
      await follow(hand, "#s", "/between-pages/three");
      await byBrowser(hand, "goBack", "/between-pages/two");
      await byBrowser(hand, "reload", "/between-pages/two");
      await follow(hand, "#c", "/between-pages");
      await byBrowser(hand, "goForward", "/between-pages/two");
      await reloaded(hand, () => hand.click("#b"));
    },
    expected: [
      ["click", "link Two"],
      ["navigate", "load", "< click"],
      ["click", "button Reload"],
      ["navigate", "reload", "< click"],
      ["click", "button Three"],
      ["navigate", "load", "< click"],
      ["navigate", "back_forward"],
      ["click", "button Submit"],
      ["submit", "form Form", "< click"],
      ["navigate", "load", "< click"],
      ["navigate", "back_forward"],
      ["navigate", "reload"],
      ["click", "button Back"],
      ["navigate", "back_forward", "< click"],
      ["navigate", "back_forward"],
      ["click", "button Reload"],
      ["navigate", "reload", "< click"],
    ],
  },
  "kept-whole": {
    html: `<a id=a href="/kept-whole/two">Two</a><button id=b>Here</button><p id=r></p><script>addEventListener("pageshow",(e)=>{r.textContent=e.persisted})</script>`,
    pages: { two: "Two <button id=t>There</button>" },
    async work(hand) {
      await hand.click("#b");
      await follow(hand, "#a", "/kept-whole/two");
      await hand.click("#t");
      await byBrowser(hand, "goBack", "/kept-whole");
      await hand.click("#b");
      hand.page.kept = await hand.page.$eval("#r", (element) => element.textContent);
    },
    expected: [
      ["click", "button Here"],
      ["click", "link Two"],
      ["navigate", "load", "< click"],
      ["click", "button There"],
      ["navigate", "back_forward"],
      ["click", "button Here"],
    ],
  },
  tabs: {
    // Without a screen Chromium does not tell that the window in front is another one.
    inFirefox: [...TABS.slice(0, 11), ["tab_switched"], ...TABS.slice(11)],
    html: `<a id=a target=_blank href="/tabs/two">New tab</a><button id=b onclick="window.w=open('/tabs/three','','width=400,height=300')">Popup</button><button id=c onclick="w.close()">Close</button><a id=d href="/tabs/two">Plain</a><a id=x target=_blank href="http://foreign.corp.test/tabs/two">Foreign</a>`,
    pages: { two: "<button id=t>Two</button>", three: "<button id=u>Three</button>" },
    async work(hand) {
      const opened = async (selector, options) => {
        const [target] = await Promise.all([
          new Promise((resolve) => hand.page.once("popup", resolve)),
          hand.click(selector, options),
        ]);
        return target;
      };
      const two = await opened("#a");
      await two.bringToFront();
      await (await two.waitForSelector("#t")).click();
      await hand.page.bringToFront();
      await hand.told("tab_switched", 1);
      await two.bringToFront();
      await hand.told("tab_switched", 2);
      // Closed by hand, which takes a while.
      await pause(1100);
      await two.close();
      await hand.page.bringToFront();
      await hand.told("tab_closed", 1);
      const three = await opened("#b");
      await (await three.waitForSelector("#u")).click();
      await hand.page.bringToFront();
      await hand.click("#c");
      await hand.told("tab_closed", 2);
      const foreign = await opened("#x");
      await hand.told("away", 1);
      await foreign.close();
      await hand.page.bringToFront();
      await hand.told("back", 1);
    },
    expected: TABS,
  },
  leaving: {
    html: `<a id=a href="http://foreign.corp.test/leaving/out">Out</a>`,
    pages: { out: "Out" },
    async work(hand) {
      await Promise.all([hand.page.waitForNavigation(), hand.click("#a")]);
      await byBrowser(hand, "goBack", "/leaving");
      // Who comes back looks at the page before they leave it again.
      await hand.told("navigate", 2);
    },
    expected: [["click", "link Out"], ["away"], ["back"], ["navigate", "back_forward"]],
  },
  downloads: {
    html: `<a id=a href="/downloads/jane.csv">Report</a><a id=b download="payroll.txt" href="data:text/plain,abc">Text</a><a id=c download="jane.bin">Made here</a><script>c.href=URL.createObjectURL(new Blob(["x"],{type:"application/zip"}))</script>`,
    pages: { "jane.csv": "a,b" },
    async work(hand) {
      for (const [at, id] of ["a", "b", "c"].entries()) {
        await hand.click(`#${id}`);
        await hand.told("download", at + 1);
      }
    },
    expected: [
      ["click", "link Report"],
      ["download", { number: 1, types: ["text/csv"] }, "< click"],
      ["click", "link Text"],
      ["download", { number: 1, types: ["text/plain"] }, "< click"],
      ["click", "link Made here"],
      ["download", { number: 1, types: ["application/zip"] }, "< click"],
    ],
  },
  "closes-itself": {
    html: `<a target=_blank href="/closes-itself/order">Order</a>`,
    pages: { order: `<button onclick="window.close()">Close</button>` },
    async work(hand) {
      const [order] = await Promise.all([new Promise((resolve) => hand.page.once("popup", resolve)), hand.click("a")]);
      await hand.told("navigate", 2);
      await order.bringToFront();
      // The page is gone before the driver is answered.
      void (await order.waitForSelector("button")).click().catch(() => undefined);
      await hand.told("tab_closed", 1);
    },
    expected: [
      ["click", "link Order"],
      ["tab_opened", "< click"],
      ["navigate", "load", "< click"],
      ["click", "button Close"],
      ["tab_closed", "< click"],
    ],
  },
};
