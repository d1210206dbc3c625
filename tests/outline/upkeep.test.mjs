// The outline at hand stays that of the page while the page changes, and never takes long.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { render } from "./dialect.mjs";
import { ask, openBrowser, tooOld } from "./extension.mjs";

let browser;
before(async () => {
  if (!tooOld) browser = await openBrowser();
});
after(() => browser?.close());

const cite = (page, selector = "body") => ask(page.mainFrame(), "citation-wanted", selector);

async function fresh(page, selector) {
  for (const until = Date.now() + 20_000; Date.now() < until; ) {
    const cited = await cite(page, selector);
    if (cited.state === "fresh") return cited;
    await page.waitForTimeout(20);
  }
  throw new Error("the outline never was fresh");
}

/** What is left of lines when refs are called by their order: Playwright gives new ones where a name changes. */
function reordered(lines) {
  const refs = new Map();
  return lines.join("\n").replace(/\[ref=(\w+)\]/g, (_, ref) => {
    if (!refs.has(ref)) refs.set(ref, refs.size + 1);
    return `[ref=${refs.get(ref)}]`;
  });
}

async function isPlaywrights(page) {
  const { lines: wire } = await fresh(page);
  const theirs = (await page.ariaSnapshot({ mode: "ai" })).split("\n");
  sameLines(reordered(render(wire)), reordered(theirs));
}

/** Says where two texts part, and no more. */
function sameLines(ours, theirs) {
  if (ours === theirs) return;
  const [a, b] = [ours.split("\n"), theirs.split("\n")];
  const at = a.findIndex((line, i) => line !== b[i]);
  assert.fail(`line ${at}:\n${a.slice(at, at + 8).join("\n")}\nand Playwright:\n${b.slice(at, at + 8).join("\n")}`);
}

/** What pages do, and what must be seen of it. */
const CHANGES = {
  "text changes": () => {
    document.querySelector("h1").textContent = "Other";
  },
  "a row is added": () => {
    const row = document.querySelector("tbody").insertRow();
    row.insertCell().textContent = "9001";
    row.insertCell().innerHTML = "<button>New</button>";
  },
  "rows go": () => {
    for (const row of [...document.querySelectorAll("tbody tr")].slice(0, 40)) row.remove();
  },
  "a cell in a row changes the name of the row": () => {
    document.querySelector("tbody td").innerHTML = "<b>Renamed</b>";
  },
  "a dialog comes": () => {
    document.body.insertAdjacentHTML(
      "beforeend",
      '<div role=dialog aria-label="Sure?"><button id=ok>OK</button></div>',
    );
  },
  "a class hides": () => {
    document.head.insertAdjacentHTML("beforeend", "<style>.gone { display: none }</style>");
    document.querySelector("[role=dialog]").className = "gone";
  },
  "a class shows": () => {
    document.querySelector("[role=dialog]").className = "";
  },
  "a state changes": () => {
    document.querySelector("#ok").setAttribute("aria-pressed", "true");
    document.querySelector("#ok").disabled = true;
  },
  "a label changes": () => {
    document.body.insertAdjacentHTML("afterbegin", "<label for=f>Before</label><input id=f>");
    setTimeout(() => {
      document.querySelector("label").firstChild.data = "After";
    }, 300);
  },
  "a field is covered, its label behind it": () => {
    document.body.insertAdjacentHTML(
      "beforeend",
      "<p id=covered aria-hidden=true><input id=g type=checkbox><label for=g>Agree</label></p>",
    );
  },
  "and is covered no more": () => {
    document.querySelector("#covered").removeAttribute("aria-hidden");
  },
  "an element moves": () => {
    document.body.prepend(document.querySelector("[role=dialog]"));
  },
  "a shadow root is attached and changes": () => {
    const root = document.querySelector("h1").attachShadow({ mode: "open" });
    root.innerHTML = "<button>One</button>";
    document.querySelector("h1").title = "noticed";
    setTimeout(() => {
      root.innerHTML = "<button>Two</button><slot></slot>";
    }, 300);
  },
};

describe("the outline at hand follows the page", { skip: tooOld }, () => {
  test("through changes of every kind", async () => {
    const page = await browser.open("orders.html#kept");
    await isPlaywrights(page);
    for (const [what, change] of Object.entries(CHANGES)) {
      await page.evaluate(change);
      await page.waitForTimeout(400);
      await isPlaywrights(page).catch((error) => assert.fail(`${what}: ${error.message}`));
    }
    await page.close();
  });

  test("and what is not in a fresh one was not to be seen, also where styles alone show it", async () => {
    const page = await browser.open("orders.html#kept");
    await page.evaluate(() =>
      document.body.insertAdjacentHTML(
        "afterbegin",
        "<style>#more { display: none } #turn:checked ~ #more { display: block }</style><input type=checkbox id=turn aria-label=More><button id=more>More</button>",
      ),
    );
    await fresh(page, "#turn");
    await page.evaluate(() => document.querySelector("#turn").click());
    let cited = await cite(page, "#more");
    for (const until = Date.now() + 20_000; cited.ref === undefined && Date.now() < until; ) {
      assert.equal(cited.state, "stale");
      await page.waitForTimeout(5);
      cited = await cite(page, "#more");
    }
    assert.notEqual(cited.ref, undefined);
    await page.close();
  });

  test("and what is typed, checked and chosen", async () => {
    const page = await browser.open("forms.html#kept");
    await fresh(page);
    await page.getByLabel("Mail").fill("new@corp.test");
    await page.getByLabel("Express").click();
    await page.getByLabel("Blue").click();
    await page.waitForTimeout(1000);
    const { lines: wire } = await fresh(page);
    const lines = render(wire).map((line) => line.replace(/\/url: .*/, ""));
    const theirs = (await page.ariaSnapshot({ mode: "ai" })).split("\n");
    sameLines(reordered(lines), reordered(theirs));
    await page.close();
  });

  test("and is stale as soon as the page has changed", async () => {
    const page = await browser.open("lists.html#kept");
    await fresh(page);
    const states = await page.evaluate(() => {
      const cite = () => {
        let state;
        addEventListener("outline", ({ detail }) => (state = JSON.parse(detail).state), { once: true });
        dispatchEvent(new CustomEvent("citation-wanted", { detail: "body" }));
        return state;
      };
      const before = cite();
      document.body.append("more");
      return [before, cite()];
    });
    assert.deepEqual(states, ["fresh", "stale"]);
    await page.close();
  });

  test("with the ref of the one thing in an element that has no line of its own", async () => {
    const page = await browser.open("lists.html#kept");
    await page.evaluate(() => {
      document.body.insertAdjacentHTML(
        "beforeend",
        '<div id=event><div><div>10:00</div><div>Review</div></div><div style="height:8px"></div></div>',
      );
    });
    await page.waitForTimeout(300);
    const inner = await fresh(page, "#event > div");
    const outer = await fresh(page, "#event");
    assert.notEqual(inner.ref, undefined);
    assert.equal(outer.ref, inner.ref);
    await page.close();
  });

  test("with the same ref for the same element", async () => {
    const page = await browser.open("orders.html#kept");
    const before = await fresh(page, "tbody tr:last-child button");
    await page.evaluate(() => {
      document.querySelector("tbody tr").remove();
      document.querySelector("tbody tr:last-child button").textContent = "Renamed";
    });
    await page.waitForTimeout(300);
    const after = await fresh(page, "tbody tr:last-child button");
    assert.equal(after.ref, before.ref);
    assert.notEqual(after.digest, before.digest);
    await page.close();
  });
});

/** 11,000 nodes; a grid whose cells change all the time. */
const BIG = (rows) => {
  const row = (i) => `<tr><th>${i}</th><td>Name ${i}</td><td>Town ${i % 97}</td><td><button>Edit</button></td></tr>`;
  document.body.innerHTML = `<h1>Orders</h1><form aria-label="Find"><input aria-label="Number"><button>Find</button></form>
    <table><thead><tr><th>Number</th><th>Name</th><th>Town</th><th>Do</th></tr></thead>
    <tbody>${Array.from({ length: rows }, (_, i) => row(i)).join("")}</tbody></table>
    <div role="dialog" aria-label="Keep me" style="position:fixed;left:-500px"><button>Kept</button></div>`;
};

describe("the outline of a page that is too large", { skip: tooOld }, () => {
  test("keeps what matters and says what fell", async (t) => {
    const page = await browser.open("lists.html#kept");
    await page.evaluate(() => {
      window.long = [];
      new PerformanceObserver((list) => window.long.push(...list.getEntries().map(({ duration }) => duration))).observe(
        {
          type: "longtask",
        },
      );
    });
    await page.evaluate(BIG, 1570);
    await page.waitForTimeout(300);
    await page.evaluate(() => (window.long.length = 0));
    const top = await fresh(page, "tbody tr:nth-child(3) button");
    const text = top.lines.join("\n");
    assert.ok(Buffer.byteLength(text) <= 65536, `${text.length} bytes`);
    assert.match(text, /\ttw… \d+ rows not shown/);
    assert.match(text, /\tcolumnheader\t[^\t]*\tnwNumber/);
    assert.match(text, /\tdialog\t[^\t]*\tnwKeep me/);
    assert.match(text, /\tbutton\t[^\t]*\tnwFind/);
    assert.ok(top.ref !== undefined, "what is in view is in the outline");
    // Out of view, and nevertheless cited: cut anew around it.
    const far = await cite(page, "tbody tr:nth-child(1200) button");
    assert.ok(far.ref !== undefined && far.lines.join("\n").includes(`\t${far.ref}`));
    assert.match(far.lines.join("\n"), /nc1199|tc1199/);
    // `packaging/dev bench` holds the bar: here the machine may be busy.
    t.diagnostic(`the cut took ${far.took} ms; long tasks: ${await page.evaluate(() => window.long)}`);
    await page.close();
  });

  test("and follows it while it changes all the time", async () => {
    const page = await browser.open("lists.html#kept");
    await page.evaluate(BIG, 300);
    await page.evaluate(() => {
      setInterval(() => {
        const rows = document.querySelectorAll("tbody tr");
        for (let i = 0; i < 20; i++)
          rows[Math.floor(Math.random() * rows.length)].cells[2].textContent = `T ${Math.random()}`;
      }, 50);
    });
    await page.waitForTimeout(1500);
    await page.evaluate(() => document.body.insertAdjacentHTML("beforeend", "<button id=late>Late</button>"));
    await page.waitForTimeout(1500);
    const { ref } = await cite(page, "#late");
    assert.ok(ref !== undefined, "a button that came while the grid went on is in the outline");
    await page.close();
  });
});
