// A workplace: a machine on which the organisation has rolled out Fieldnote by policy, the sample tool, and a browser.
// Everything is real, from the policy file to the mouse; `options` can leave one part out or put another in its place.

import { mkdir, readdir } from "node:fs/promises";
import { userInfo } from "node:os";
import { join } from "node:path";

import { startDesk } from "../desk/server.mjs";
import { checkout } from "./checkout.mjs";
import { browserEnvironment, startChromium } from "./chromium.mjs";
import { packExtension, serveExtension } from "./extension_package.mjs";
import { FIREFOX_ID, FIREFOX_ORIGIN, rollOutInFirefox, startFirefox } from "./firefox.mjs";
import {
  chromiumPolicy,
  fieldnotePolicy,
  installChromiumPolicy,
  installNativeManifest,
  nativeManifest,
  POLICY_FOLDER,
  requirePrivateEtc,
  writeFiles,
} from "./machine_files.mjs";
import { bundlesIn, exportDataset, fieldnote, newOrganisationKey, parseLines } from "./organisation.mjs";
import { Person } from "./person.mjs";
import { PATIENCE, until } from "./until.mjs";

export const DESK_HOST = "desk.corp.test";
export const DESK = `http://${DESK_HOST}`;

/** More teams of the person that runs this, as files of the policy. */
function teamFiles(teams) {
  const members = { users: [userInfo().username] };
  return Object.fromEntries(
    Object.entries(teams).map(([name, team]) => [
      `teams.d/${name}.json`,
      JSON.stringify({ members, ...team }, null, 2),
    ]),
  );
}

/** The browser's own limit can be another than the team's list: a test switches one of them off. */
const originsOf = (hosts) => hosts.map((host) => `http://${host}`);

export class Workplace {
  #folder;
  #desk;
  #feed;
  #isFirefox = false;
  #extensionPage;
  /** Further browsers of the same person. */
  #others = [];

  /**
   * @param {object} options
   * @param {string} options.folder everything that this workplace writes outside of its private /etc
   * @param {string} [options.identity] file for the organisation's key
   * @param {string} [options.extension] folder of the built extension
   * @param {string | null} [options.host] program that the browser starts; null: the host is not installed
   * @param {string[] | null} [options.allowedHosts] the browser's own limit; null: none
   * @param {string[]} [options.origins] the sites of the team
   * @param {Record<string, object>} [options.teams] more teams of the person, by name
   * @param {"chromium" | "firefox"} [options.browser]
   * @param {() => Promise<{port: number, close: () => Promise<void>}>} [options.serve] the tool to work in, if not Desk
   * @param {string[]} [options.tasks] on the team's list, if not the usual ones
   * @param {string} [options.fields] the policy's field rules, if not the usual ones
   */
  static async open(options) {
    await requirePrivateEtc();
    const workplace = new Workplace();
    try {
      await workplace.#open(options);
    } catch (error) {
      await workplace.close();
      throw error;
    }
    return workplace;
  }

  async #open({
    folder,
    identity = join(folder, "organisation.key"),
    extension = checkout.extension,
    host = checkout.host,
    allowedHosts = [DESK_HOST],
    origins = [DESK],
    teams = {},
    browser = "chromium",
    serve = startDesk,
    tasks,
    fields,
  }) {
    this.#folder = folder;
    this.#isFirefox = browser === "firefox";
    this.identity = identity;
    await mkdir(folder, { recursive: true });
    const [desk, pack, recipient] = await Promise.all([
      serve(),
      this.#isFirefox ? { id: FIREFOX_ID } : packExtension(extension, join(folder, "packed")),
      newOrganisationKey(identity),
    ]);
    this.#desk = desk;
    this.id = pack.id;
    const account = {
      recipient,
      id: pack.id,
      user: userInfo().username,
      origins,
      exclude: [`${DESK}/hr/*`],
      tasks,
      fields,
    };
    await writeFiles(POLICY_FOLDER, { ...fieldnotePolicy(account), ...teamFiles(teams) });
    if (this.#isFirefox) {
      const source = join(folder, "browser-policy");
      await writeFiles(
        source,
        fieldnotePolicy({ ...account, origins: originsOf(allowedHosts ?? [DESK_HOST]), exclude: [] }),
      );
      await rollOutInFirefox({ folder, extension, host, source, allowedHosts });
      this.browser = await startFirefox({ folder, port: desk.port });
      return;
    }
    this.#feed = await serveExtension(pack);

    const rendered = join(folder, "rendered");
    await installChromiumPolicy(
      await chromiumPolicy({ folder: rendered, id: pack.id, feed: this.#feed.base, recipient, allowedHosts }),
    );
    if (host) await installNativeManifest(nativeManifest({ id: pack.id, host }));
    this.browser = await startChromium({ folder, port: desk.port });
  }

  /** Serves another build of the extension (packExtension, with the folder of this one's) as the newest. */
  publish(pack) {
    this.#feed.publish(pack);
  }

  /** Has the browser look for an update, and waits until it has taken `version` from the feed. */
  async fetchUpdate(version) {
    const page = await this.#openExtensionPage();
    await page.evaluate(() => chrome.runtime.requestUpdateCheck());
    await until(`the browser has fetched version ${version}`, () => this.#feed.fetched() === version);
    await page.close();
  }

  /** Waits until the extension runs as `version`. */
  async untilUpdated(version) {
    let page = null;
    await until(`the extension is version ${version}`, async () => {
      // Our pages are closed when the extension starts anew, and be it while they open.
      if (page?.isClosed() !== false) page = await this.#openExtensionPage().catch(() => null);
      return (await page?.evaluate(() => chrome.runtime.getManifest().version).catch(() => "")) === version;
    });
    await page.close();
  }

  /**
   * Another Chromium of the same person, with a profile of its own.
   * @param {{profile: string, language?: string, display?: string}} options
   */
  async anotherBrowser(options) {
    const browser = await startChromium({ folder: this.#folder, port: this.#desk.port, ...options });
    this.#others.push(browser);
    return browser;
  }

  /** Somebody at a new tab, looking at `url`. */
  async person(url = DESK, browser = this.browser) {
    const page = await browser.newPage();
    page.setDefaultTimeout(PATIENCE);
    await page.bringToFront();
    await page.goto(url);
    return new Person(page);
  }

  /** Somebody who reads the notice that the extension opened by itself. */
  async notice() {
    const [page] = await until("the notice opens", async () => {
      const open = await this.notices();
      return open.length > 0 ? open : null;
    });
    await page.bringToFront();
    return new Person(page);
  }

  /** One of the extension's own pages, in a tab. */
  async own(name, browser = this.browser) {
    const url = `${this.#origin}/${name}`;
    if (this.#isFirefox) return this.#ownInFirefox(url);
    const page = await browser.newPage();
    await page.bringToFront();
    await page.goto(url);
    return new Person(page);
  }

  /** Firefox lets a driver lead no tab to such a page; another one of ours opens it. */
  async #ownInFirefox(url) {
    const [notice] = await this.notices();
    await notice.evaluate((address) => void chrome.tabs.create({ url: address }), url);
    const page = await until(`there is ${url}`, async () => {
      for (const each of await this.browser.pages()) if ((await this.#addressOf(each)) === url) return each;
      return null;
    });
    await page.bringToFront();
    return new Person(page);
  }

  /** The popup of the toolbar's button, over `page`, drawn. One that was open is gone. */
  async popup(page) {
    await this.#haveExtensionPage();
    const url = `${this.#origin}/popup.html`;
    const open = () => this.browser.targets().filter((target) => target.url() === url);
    // Another page in front closes a popup by itself; until it has, it cannot be told from the next one.
    for (const target of open()) await (await target.asPage()).close().catch(() => {});
    await until("no popup is open", () => open().length === 0);
    await page.bringToFront();
    await this.#extensionPage.evaluate(() => chrome.action.openPopup());
    const [target] = await until("the popup is open", () => (open().length > 0 ? open() : null));
    const popup = await target.asPage();
    await until("the popup is drawn", () =>
      popup.evaluate(() => performance.getEntriesByName("drawn").length > 0).catch(() => false),
    );
    return new Person(popup);
  }

  /** The notice pages that the extension has opened and nobody has closed. */
  async notices() {
    const found = [];
    for (const page of await this.browser.pages()) {
      if (page === this.#extensionPage) continue;
      if ((await this.#addressOf(page)).startsWith(`${this.#origin}/notice`)) found.push(page);
    }
    return found;
  }

  /** Of a page of ours in Firefox, the driver's own note is that of the tab when it was new. */
  async #addressOf(page) {
    if (!this.#isFirefox) return page.url();
    return page.evaluate(() => location.href).catch(() => "");
  }

  /** What the toolbar's badge says while somebody looks at `page`. */
  async badge(page) {
    await this.#haveExtensionPage();
    await page.bringToFront();
    return this.#extensionPage.evaluate(async () => {
      const [tab] = await chrome.tabs.query({ active: true });
      return chrome.action.getBadgeText({ tabId: tab.id });
    });
  }

  /** The state folder of the person's account: spool, keys, bundles. */
  get state() {
    return join(this.environment.XDG_STATE_HOME, "fieldnote");
  }

  get environment() {
    return browserEnvironment(this.#folder);
  }

  /** Runs `fieldnote` as the person. */
  fieldnote(...args) {
    return fieldnote(args, this.environment);
  }

  /** The events that are held, as they would leave. */
  async held() {
    if (!(await readdir(this.state).catch(() => [])).includes("spool.db")) return [];
    return parseLines(await this.fieldnote("held", "--json"));
  }

  /** Waits until an event of which `wanted` is true is held. */
  untilHeld(what, wanted) {
    return until(`held: ${what}`, async () => (await this.held()).find(wanted));
  }

  seal() {
    return this.fieldnote("seal", "--now");
  }

  bundles() {
    return bundlesIn(join(this.state, "bundles"));
  }

  /** Seals what is held and exports all bundles. */
  async dataset({ folder = join(this.#folder, "dataset"), formats = [] } = {}) {
    await this.seal();
    return exportDataset({ identity: this.identity, bundles: await this.bundles(), folder, formats });
  }

  async close() {
    await Promise.all([this.browser, ...this.#others].map((browser) => browser?.close()));
    await Promise.all([this.#desk?.close(), this.#feed?.close()]);
  }

  get #origin() {
    return this.#isFirefox ? FIREFOX_ORIGIN : `chrome-extension://${this.id}`;
  }

  /** Our pages are closed when the extension starts anew. */
  async #haveExtensionPage() {
    if (this.#extensionPage?.isClosed() !== false) this.#extensionPage = await this.#openExtensionPage();
  }

  async #openExtensionPage() {
    const page = await this.browser.newPage();
    await page.goto(`${this.#origin}/notice.html`);
    return page;
  }
}
