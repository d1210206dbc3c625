import assert from "node:assert/strict";
import { createHmac, randomBytes, randomInt } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import test from "node:test";

import { checkout } from "../../packaging/demo/harness/checkout.mjs";
import { DESK } from "../../packaging/demo/harness/workplace.mjs";
import { assertHeld } from "./contract.mjs";
import { clickOn, folderOf, recordingFor, startedBy } from "./recording.mjs";
import { findTexts, formsOf, layOpen } from "./search.mjs";

const PLAIN = "/canaries/plain";
const CLEAR = "Nothing private in this subject";

/**
 * What Chromium itself keeps of the pages that people see, whatever extensions do: history, what it restores after a
 * crash, what it offers to fill in. All else in the profile is searched, the extension's storage first of all.
 */
const OF_THE_BROWSER =
  /\/profile\/(segmentation_platform\/|Default\/(History|Visited Links|Top Sites|Favicons|Shortcuts|Web Data|Login Data|Sessions\/|Network Action Predictor|Cache\/|Code Cache\/|AutofillStrikeDatabase\/|Site Characteristics Database\/))/;

test("no canary is found in spool, bundles, dataset, host log and browser profile", async (t) => {
  const canaries = makeCanaries();
  const folder = await folderOf(t);
  const host = await startedBy(folder, "host", [checkout.host], `2>>'${join(folder, "host.log")}'`);
  const workplace = await recordingFor(t, { folder, host });
  const upload = join(checkout.build, "e2e", "papers");
  await mkdir(upload, { recursive: true });
  const paper = join(upload, `${canaries.file_name}.txt`);
  await writeFile(paper, canaries.file_content);

  const visit = new Visit(await openPage(workplace, canaries), canaries);
  await visit.secrets();
  await visit.toPageWithoutSecrets();
  await visit.persons();
  await visit.otherWaysToWrite(paper);
  await visit.whatThePageShows();
  await workplace.untilHeld("the last click", clickOn("Done with all"));

  const texts = Object.values(canaries);
  const search = () => findTexts(texts, folder, { passingOver: OF_THE_BROWSER });
  const named = (found) => found.map((line) => namesOf(canaries, line));
  const events = await workplace.held();
  assertHeld(events);
  const leaks = named(await search());
  const dataset = join(folder, "dataset");
  const { steps } = await workplace.dataset({ folder: dataset });
  await layOpen(folder, { identity: workplace.identity, bundles: await workplace.bundles(), dataset });
  await workplace.close();
  leaks.push(...named(await search()));
  await t.test("and the session was recorded, each canary's event with it", () => {
    const seen = new Set(events.map(({ target }) => target?.name));
    for (const name of visit.touched) assert.ok(seen.has(name), `nothing was recorded of "${name}"`);
    assert.ok(steps.length >= 40, `${steps.length} steps`);
    const outlines = events.filter(({ kind }) => kind === "outline").flatMap(({ outline }) => outline.lines);
    for (const shown of [
      '- textbox "Kennwort"',
      '- option "None"',
      "- cell ",
      '- slider "Rate"',
      '- textbox "In a frame"',
    ])
      assert.ok(
        outlines.some((line) => line.includes(shown)),
        `no outline has: ${shown}`,
      );
    const secret = events.filter(({ value }) => value?.disclosure === "withheld").map(({ target }) => target.name);
    for (const name of visit.withheld) assert.ok(secret.includes(name), `"${name}" is not withheld`);
  });

  await t.test("and the search finds what is there", async () => {
    assert.ok(
      (await findTexts([CLEAR], folder, { passingOver: OF_THE_BROWSER })).some((line) => line.endsWith("opened")),
    );
    const planted = join(folder, "planted");
    for (const [form, bytes] of formsOf(canaries.password)) {
      await writeFile(planted, Buffer.concat([randomBytes(50), bytes, randomBytes(50)]));
      const found = await findTexts([canaries.password], folder, { passingOver: OF_THE_BROWSER });
      assert.equal(found.length > 0, true, form);
    }
  });

  assert.deepEqual([...new Set(leaks)].sort(), []);
});

/** The page, as the test's own folder has it, with the canaries in their places. */
async function openPage(workplace, canaries) {
  const template = await readFile(join(checkout.root, "tests/e2e/canaries/page.html"), "utf8");
  const body = template.replace(/\{\{(\w+)\}\}/g, (_, name) => {
    assert.ok(name in canaries, name);
    return canaries[name];
  });
  const page = await workplace.browser.newPage();
  await page.bringToFront();
  await page.setRequestInterception(true);
  page.on("request", (request) => {
    const { pathname } = new URL(request.url());
    if (!pathname.startsWith("/canaries") && !pathname.startsWith("/people")) request.continue();
    else {
      // Without fields for secrets, and without the form that others in it make private.
      const plain = /<input[^>]*(type="password"|autocomplete="cc-)[^>]*>|<\/?form[^>]*>/g;
      const here = pathname === PLAIN ? body.replace(plain, "") : body;
      request.respond({ contentType: "text/html", headers: { "cache-control": "no-store" }, body: here });
    }
  });
  await page.goto(`${DESK}/canaries?session=${canaries.query_at_load}#${canaries.fragment_at_load}`);
  return page;
}

class Visit {
  /** Accessible names of what was worked with. */
  touched = [];
  withheld = [];

  constructor(page, canaries) {
    this.page = page;
    this.canaries = canaries;
  }

  async secrets() {
    const { canaries: c } = this;
    await this.type("#password", c.password, "Password", "withheld");
    await this.click("button ::-p-text(Reveal)", "Reveal");
    await this.type("#shown", c.shown_password, "Signing word", "withheld");
    await this.type("#worded", c.worded_password, "Kennwort", "withheld");
    await this.type("#dotted", c.dotted_password, "Door", "withheld");
    await this.type("#code", c.one_time_code, "Bestätigungscode", "withheld");
    const boxes = await this.page.$$("#boxes input");
    for (const [i, box] of boxes.entries()) {
      await box.click();
      await this.page.keyboard.type(c.boxed_code[i]);
      this.note(`Letter ${i + 1}`, "withheld");
    }
    await this.type("#key", c.api_key, "API key", "withheld");
    await this.type("#passport", c.passport, "Reisepassnummer", "withheld");
    await this.type("#diagnosis", c.diagnosis, "Diagnosis", "withheld");
    await this.type("#holder", c.card_holder, "Card holder", "withheld");
    await this.type("#card", c.card, "Card number", "withheld");
    await this.type("#check", "4711", "Check", "withheld");
    const quarters = await this.page.$$(".quarter");
    for (const [i, quarter] of quarters.entries()) {
      await quarter.click();
      await this.page.keyboard.type(c.split_card.slice(4 * i, 4 * i + 4));
    }
    await this.autofill(await this.page.createCDPSession());
  }

  /** Beside a field for a secret only the shape of what is typed is told: the same page without any. */
  async toPageWithoutSecrets() {
    const { search, hash } = new URL(this.page.url());
    await this.page.goto(`${DESK}${PLAIN}${search}${hash}`);
  }

  async persons() {
    const { canaries: c } = this;
    await this.type("[name=subject]", `${CLEAR}, and then ${c.email_in_clear}`, "Subject");
    await this.type("#born", c.birth_date, "Born");
    await this.type("#salary", c.salary, "Salary");
    await this.type("#customer", c.by_rule, "Note by rule");
    await this.type("#plain", c.plain, "Remark");
    await this.type("#email", c.email, "Work email");
    await this.type("#phone", c.phone, "Mobile");
    await this.type("#search", c.search, "Find");
    await this.type("#editor", c.editor, "Reply");
    await this.type("#marked", c.marked, "Marked", "withheld");
    await this.type("#hinted", c.hinted);
    const frame = this.page.frames().find((candidate) => candidate !== this.page.mainFrame());
    await this.typeInto(await frame.$("#framed"), c.framed, "In a frame");
    await this.typeInto(await this.page.$("#open >>> input"), c.open_shadow, "In the open");
    await this.focusInside("#closed");
    await this.page.keyboard.type(c.closed_shadow);
    this.note("In the closed");
  }

  async otherWaysToWrite(paper) {
    const { canaries: c, page } = this;
    const session = await page.createCDPSession();
    await page.click("#composed");
    for (const end of [4, 9, c.composed.length]) {
      const text = c.composed.slice(0, end);
      await session.send("Input.imeSetComposition", { text, selectionStart: end, selectionEnd: end });
    }
    await session.send("Input.insertText", { text: c.composed });
    this.note("Composed");

    // Copied from the page and pasted, with a token that was in the clipboard before.
    await page.evaluate((text) => {
      document.getElementById("copied").textContent = text;
    }, c.pasted_token);
    await this.copy("#copied");
    await this.paste("#comment", "Comment");
    await page.evaluate((text) => {
      document.getElementById("copied").textContent = text;
    }, c.copied);
    await this.copy("#copied");

    await this.type("#scripted", "x", "Scripted");
    const chooser = page.waitForFileChooser();
    await page.click("#papers");
    await (await chooser).accept([paper]);
    this.note("Papers");
  }

  /** Chromium fills in a card as it does when somebody picks it from its list. */
  async autofill(session) {
    const { canaries: c, page } = this;
    for (const id of ["holder", "card", "expires"])
      await page.$eval(`#${id}`, (field) => {
        field.value = "";
      });
    await session.send("Autofill.enable").catch(() => {});
    const field = await page.$("#card");
    await field.click();
    await field.autofill({
      creditCard: {
        number: c.autofilled_card,
        name: c.autofilled_holder,
        expiryMonth: "11",
        expiryYear: "2031",
        cvc: "471",
      },
    });
    await page.keyboard.press("Tab");
  }

  async whatThePageShows() {
    const { canaries: c, page } = this;
    await page.focus("#customers");
    await page.keyboard.press("ArrowDown");
    this.note("Customer");
    await this.click("#radio");
    await this.click("#labelled");
    await this.click(`#user-${c.id.replace(/[@.]/g, "\\$&")}`, "By its id");
    await this.click("#titled");
    await this.click("#paid");
    await this.click("#fragment", "Onwards");
    await this.click("#cell");
    await this.click("#row");
    await this.click("#blocked");
    await this.click("#alert", "Check it");
    await this.click("#retitle", "Open the case");
    await this.click("#route", "To the person");
    await this.click("#last", "Done with all");
  }

  note(name, kept) {
    if (name !== undefined) this.touched.push(name);
    if (kept === "withheld") this.withheld.push(name);
  }

  async type(selector, text, name, kept) {
    await this.typeInto(await this.page.$(selector), text, name, kept);
  }

  async typeInto(field, text, name, kept) {
    await field.click();
    await this.page.keyboard.type(text);
    await this.page.keyboard.press("Tab");
    this.note(name, kept);
  }

  async click(selector, name) {
    await (await this.page.$(selector)).click();
    this.note(name);
  }

  /** No selector leads into a closed shadow root; the mouse does. */
  async focusInside(selector) {
    const { x, y, width, height } = await (await this.page.$(selector)).boundingBox();
    await this.page.mouse.click(x + Math.min(width, 200) - 40, y + height / 2);
  }

  async copy(selector) {
    await this.page.$eval(selector, (element) => {
      getSelection().selectAllChildren(element);
    });
    await this.page.keyboard.down("Control");
    await this.page.keyboard.press("KeyC", { commands: ["Copy"] });
    await this.page.keyboard.up("Control");
  }

  async paste(selector, name) {
    await this.page.click(selector);
    await this.page.keyboard.down("Control");
    await this.page.keyboard.press("KeyV", { commands: ["Paste"] });
    await this.page.keyboard.up("Control");
    await this.page.keyboard.press("Tab");
    this.note(name);
  }
}

/** Each is random, so that a find is none by chance; what only its content gives away is of a kind that can be known. */
function makeCanaries() {
  return {
    password: word(),
    shown_password: word(),
    worded_password: word(),
    dotted_password: word(),
    one_time_code: word(),
    boxed_code: randomBytes(6).toString("hex"),
    api_key: word(),
    passport: word(),
    diagnosis: word(),
    card_holder: word(),
    card: cardNumber(),
    split_card: cardNumber(),
    autofilled_card: cardNumber(),
    autofilled_holder: word(),
    birth_date: word(),
    salary: digits(12),
    by_rule: word(),
    plain: word(),
    email: email(),
    email_in_clear: email(),
    phone: phone(),
    search: word(),
    editor: word(),
    marked: word(),
    hinted: word(),
    framed: word(),
    open_shadow: word(),
    closed_shadow: word(),
    composed: word(),
    scripted: word(),
    pasted_token: token(),
    copied: word(),
    file_name: word(),
    file_content: word(),
    hidden: word(),
    title: email(),
    new_title: phone(),
    placeholder: email(),
    option: email(),
    radio: email(),
    aria_label: email(),
    tooltip: email(),
    id: `${word()}@orchard-mail.net`,
    link: iban(),
    cell: word(),
    row: word(),
    blocked: word(),
    alert: token(),
    path: email(),
    query: word(),
    query_at_load: word(),
    fragment: word(),
    fragment_at_load: word(),
    shown_heading: email(),
    shown_paragraph: word(),
    shown_quote: word(),
    shown_item: word(),
    shown_definition: word(),
    shown_code: token(),
    shown_output: word(),
    shown_alt: email(),
    shown_drawing: email(),
    shown_mailto: email(),
    shown_path: email(),
    shown_query: word(),
    shown_fragment: word(),
    shown_description: email(),
    shown_value_text: email(),
    shown_dialog: email(),
    shown_branch: email(),
    shown_data: word(),
    shown_summary: phone(),
    shown_details: word(),
    shown_caption: email(),
    shown_header: email(),
    shown_cell: word(),
    shown_value: word(),
    shown_secret: word(),
    shown_draft: word(),
    shown_proposal: email(),
    shown_never: word(),
    shown_comment: word(),
  };
}

const word = () => `Kanarie${randomBytes(9).toString("hex")}`;
const digits = (count) => Array.from({ length: count }, (_, i) => randomInt(i === 0 ? 1 : 0, 10)).join("");
const email = () => `${word().toLowerCase()}@orchard-mail.net`;
const phone = () => `+4915${randomInt(1, 2)}${digits(8)}`;

function token() {
  const part = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const signed = `${part({ alg: "HS256", typ: "JWT" })}.${part({ sub: word(), iat: 1_800_000_000 })}`;
  return `${signed}.${createHmac("sha256", randomBytes(32)).update(signed).digest("base64url")}`;
}

/** ISO/IEC 7812: the last digit makes the sum, every second digit doubled, end in 0. */
function cardNumber() {
  const body = `4539${digits(11)}`;
  const sum = [...body].reverse().reduce((total, digit, i) => {
    const value = i % 2 === 0 ? 2 * digit : Number(digit);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return `${body}${(10 - (sum % 10)) % 10}`;
}

/** ISO 13616: the number with its country and check digits moved behind it is 1 modulo 97. */
function iban() {
  const account = digits(18);
  const check = 98n - (BigInt(`${account}131400`) % 97n);
  return `DE${String(check).padStart(2, "0")}${account}`;
}

const namesOf = (canaries, line) =>
  Object.entries(canaries).reduce((text, [name, value]) => text.replace(value, name), line);
