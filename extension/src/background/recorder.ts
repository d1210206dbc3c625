/**
 * Joins host, outbox, content scripts, badge and our own pages. Everything that takes time happens in one line, in the order in
 * which it arrived, so that events keep their order and no two batches are formed at once.
 */

import type { WireEvent } from "../shared/event.js";
import { filesOf } from "../shared/files.js";
import { ASKED_MS, AWAY_MS } from "../shared/limits.js";
import type {
  Ack,
  Answer,
  HostAnswer,
  HostError,
  NewStanding,
  Orders,
  OrdersChanged,
  OutlineWanted,
  PageName,
  Question,
  Report,
  Standing,
} from "../shared/message.js";
import { type Policy, readLists } from "../shared/policy.js";
import type { Request } from "../shared/request.js";
import { randomHex } from "../shared/text.js";
import { Arrivals, delivered, pause } from "./arrivals.js";
import { type ContentSender, Documents } from "./documents.js";
import { Faces } from "./faces.js";
import { Greeting } from "./greeting.js";
import { GUIDE } from "./guide.js";
import { Intake, isConsequence, type Reporter } from "./intake.js";
import { type Dialogue, Link, type Loss, type Surroundings } from "./link.js";
import { type Journal, Outbox } from "./outbox.js";
import { OwnPages } from "./pages.js";
import { type Outcome, Requests } from "./requests.js";
import { hostPatterns, inject, register } from "./sites.js";
import { type Remembered, State } from "./state.js";
import { type TabAct, Tabs } from "./tabs.js";
import { Update } from "./update.js";

const STATE = "state";

export class Recorder implements Dialogue {
  readonly #journal: Journal;
  readonly #outbox: Outbox;
  readonly #intake: Intake;
  readonly #state: State;
  readonly #link: Link;
  readonly #pages = new OwnPages();
  readonly #tabs = new Tabs();
  /** Tabs that a page of another tab has made. */
  readonly #made = new Set<number>();
  readonly #documents = new Documents();
  readonly #arrivals = new Arrivals(this.#documents, (...told) => this.#take(...told));
  readonly #faces: Faces;
  readonly #update = new Update(() => this.#next(() => this.#send()));
  readonly #requests: Requests;
  readonly #greeting: Greeting;
  #line: Promise<void> = Promise.resolve();
  /** What the pages were last told, so that they are told again only when it changes. */
  #told = "";
  #drawn: Standing | null = null;

  private constructor(
    journal: Journal,
    records: Record<string, unknown>,
    outbox: Outbox,
    surroundings: (stream: string) => Surroundings,
  ) {
    this.#journal = journal;
    this.#outbox = outbox;
    this.#intake = new Intake(records);
    this.#state = new State();
    this.#state.restore(records[STATE] as Remembered | undefined, Date.now());
    this.#faces = new Faces(this.#state);
    this.#link = new Link(surroundings(outbox.stream), this);
    this.#requests = new Requests((request) => this.#link.send(request));
    this.#greeting = new Greeting(journal, records);
  }

  static async start(journal: Journal, surroundings: (stream: string) => Surroundings): Promise<Recorder> {
    const outbox = await Outbox.open(journal, () => randomHex(16));
    const recorder = new Recorder(journal, await journal.all(), outbox, surroundings);
    recorder.#link.connect();
    recorder.#standingChanged();
    return recorder;
  }

  // ---- The host -------------------------------------------------------------------------------------------------

  policy(policy: Policy): void {
    this.#state.heard(policy, this.#outbox.waiting);
    // A pause that was asked for while nobody was there to hear it.
    if (this.#state.askedPause !== null) void this.#tellPause();
    this.#next(async () => {
      await this.#outbox.expects(policy.next_seq);
      await this.#follow();
      await this.#resend();
    });
    this.#standingChanged();
    const notice = policy.notice;
    if (policy.state === "ask" && notice !== undefined) {
      this.#next(() => this.#pages.openNoticeOnce(notice.digest));
    }
    this.#next(() => this.#greeting.tell(policy.held, (request) => this.#requests.ask(request)));
  }

  standing(standing: NewStanding): void {
    this.#state.stands(standing);
    if (standing.id !== undefined) this.#requests.answered({ id: standing.id, fields: { ...standing } });
    this.#next(async () => {
      await this.#follow();
      await this.#send();
    });
    this.#standingChanged();
  }

  answer(answer: HostAnswer): void {
    this.#requests.answered(answer);
  }

  /** What waits follows what was decided: it goes on, is held back, or is let go. */
  async #follow(): Promise<void> {
    const since = this.#state.pausedSince;
    if (since !== null) await this.#outbox.paused(since);
    else if (this.#state.agreed) this.#outbox.resumed();
    else await this.#outbox.clear();
  }

  ack({ seq }: Ack): void {
    if (this.#state.stored()) this.#standingChanged();
    this.#next(async () => {
      await this.#outbox.acked(seq);
      await this.#send();
    });
  }

  error(error: HostError): void {
    const { name, message, seq, expected, id } = error;
    if (id !== undefined) {
      this.#requests.failed(id, error);
      return;
    }
    console.warn(`host: ${name}: ${message}`);
    if (name === "storage_full" && this.#state.full(message, Date.now())) {
      setTimeout(() => this.#standingChanged(), AWAY_MS);
    }
    this.#next(async () => {
      if (name === "batch_unreadable" && seq !== undefined) await this.#outbox.unreadable(seq);
      else if (name === "batch_out_of_order" && expected !== undefined) await this.#outbox.expects(expected);
      else if (name === "paused" && seq !== undefined)
        await this.#outbox.refusedForPause(seq, this.#state.pausedSince ?? Date.now());
      else return;
      await this.#resend();
    });
  }

  lost(loss: Loss): void {
    if (!this.#state.away) setTimeout(() => this.#standingChanged(), AWAY_MS);
    this.#state.lost(loss, Date.now());
    this.#requests.lost();
    this.#standingChanged();
  }

  // ---- The pages ------------------------------------------------------------------------------------------------

  lifelineOpened(lifeline: chrome.runtime.Port & { sender: ContentSender }): void {
    if (lifeline.name === "" || this.#isThisLife(lifeline.name)) this.#documents.opened(lifeline);
  }

  lifelineEnded(lifeline: chrome.runtime.Port): void {
    this.#documents.ended(lifeline);
  }

  reportOn(lifeline: chrome.runtime.Port, report: Report): void {
    if (this.#isThisLife(report.life)) this.#arrivals.onLifeline(lifeline, report);
  }

  /** An extension that was updated hears the scripts of the one before, which has had all that they tell once more. */
  #isThisLife(life: string): boolean {
    return life === this.#outbox.stream;
  }

  report(report: Report, sender: ContentSender): void {
    if (this.#isThisLife(report.life)) this.#arrivals.heard(report, sender);
  }

  #take(report: Report, sender: ContentSender, reporter: Promise<Reporter>): void {
    this.#update.heard();
    this.#next(async () => {
      if (!this.#state.recording(Date.now())) {
        await this.#outbox.lose(this.#state.away ? "outbox_full" : "not_recording", report.events.length);
        return;
      }
      const { events, missing, records, stale } = this.#intake.admit(report, await reporter, this.#state.allowlist);
      if (missing > 0) await this.#outbox.lose("document_gap", missing);
      if (events.some((event) => !isConsequence(event))) this.#tabs.workedIn(sender.tab.id, sender.tab.url ?? "");
      for (const event of events) await this.#outbox.add(event, records);
      this.#askBeside(report.document, events, sender);
      if (stale.length > 0) await this.#journal.drop(stale);
      await this.#send();
    });
  }

  /** An action is done on a page as a whole: its other frames say what they look like. */
  #askBeside(document: string, events: WireEvent[], { tab, frameId = 0 }: ContentSender): void {
    const action = events.findLast((event) => event.kind !== "outline" && "outline" in event);
    if (action === undefined) return;
    const wanted: OutlineWanted = { type: "outline_wanted", document, n: action.n };
    for (const frame of this.#documents.framesOf(tab.id)) {
      // A frame that has gone has nothing to say.
      if (frame !== frameId) void chrome.tabs.sendMessage(tab.id, wanted, { frameId: frame }).catch(() => undefined);
    }
  }

  /** What a content script may do: nothing, or to record where these lists say so. */
  async ordersFor(sender: ContentSender): Promise<Orders> {
    const { allowlist } = this.#state;
    if (!this.#state.recording(Date.now()) || !allowlist.knowsOrigin(sender.tab.url ?? "")) return { record: false };
    const address = await this.#documents.addressOf(sender);
    const teams = allowlist.narrowedTo(address);
    if (teams.length === 0) return { record: false };
    // Never where the person cannot see it. A page that is not listed, of an origin that is, records nothing itself.
    if ((await this.#faces.placeOf(sender.tab.id, sender.tab.url ?? "")) === "not_visible") return { record: false };
    this.#documents.recorded(sender);
    if ((sender.frameId ?? 0) === 0) this.#arrivals.renewed(sender.tab.id);
    const opened = this.#made.has(sender.tab.id);
    return { record: true, life: this.#outbox.stream, address, opened, lists: readLists(teams), guide: GUIDE };
  }

  /** `loaded`: in a new document; `asked`: by the address bar, a bookmark, or the like. */
  pageShown(tabId: number, url: string, { loaded = false, asked = false } = {}): void {
    this.#documents.showed(tabId, url, loaded);
    if (asked) this.#next(async () => this.#intake.askedFor(tabId));
    this.#next(() => this.#faces.showOn(tabId, url));
    const isListed = this.#state.recording(Date.now()) && this.#state.allowlist.judge(url) !== null;
    const begun = isListed ? this.#documents.untilRecorded(tabId, url) : undefined;
    this.#inOrder(() => this.#did(() => this.#tabs.showed(tabId, url, this.#state.allowlist)), begun);
  }

  /** Another document is in a tab. */
  pageRenewed(tabId: number): void {
    this.#faces.renewed(tabId);
  }

  /** A page takes the mark away: nothing more is recorded of it. */
  unmarked({ tab }: ContentSender): void {
    this.#faces.refused(tab.id);
    this.#next(() => this.#faces.showOn(tab.id, tab.url ?? ""));
  }

  /** `byPage`: by a link or a script; a new tab of the person's own comes from another one, too. */
  tabMade(tabId: number, from?: number, byPage = false): void {
    if (byPage) this.#made.add(tabId);
    this.#inOrder(async () => this.#tabs.made(tabId, from));
  }

  tabActivated(tabId: number): void {
    this.#inOrder(() => this.#did(() => this.#tabs.activated(tabId)));
  }

  /** Which tab is in front there is asked in its turn: the answer to an earlier question may be wrong by now. */
  windowActivated(windowId: number): void {
    this.#inOrder(async () => {
      const [tab] = await chrome.tabs.query({ active: true, windowId });
      const id = tab?.id;
      if (id !== undefined) await this.#did(() => this.#tabs.activated(id));
    });
  }

  tabClosed(tabId: number): void {
    this.#made.delete(tabId);
    const ended = this.#documents.silent(tabId);
    this.#inOrder(async () => {
      await this.#did(() => this.#tabs.closed(tabId));
      this.#documents.closed(tabId);
      this.#arrivals.closed(tabId);
    }, ended);
  }

  /** It counts where a listed page is in front, or is where it came from. */
  downloadBegan(type: string, url: string, referrer: string): void {
    const tell = () =>
      this.#did(() => {
        const front = this.#tabs.inFront;
        // What a page has made itself bears its origin alone, or none.
        const listed =
          [url, referrer].some((address) => this.#state.allowlist.judge(address) !== null) ||
          url.startsWith("data:") ||
          (url.startsWith("blob:") && this.#state.allowlist.knowsOrigin(url.slice("blob:".length)));
        return front === null || !listed
          ? []
          : [{ act: { kind: "download", files: filesOf([type]) }, ...front, from: front.tabId }];
      });
    this.#inOrder(tell);
  }

  /** Does what the browser tells of, in its place among what pages tell, and after `also`. */
  #inOrder(work: () => Promise<void>, also?: Promise<void>): void {
    this.#arrivals.fromBrowser(() => this.#next(work), also);
  }

  /** Keeps what the browser did, if it is recorded. */
  async #did(tell: () => TabAct[]): Promise<void> {
    const acts = tell();
    if (!this.#state.recording(Date.now())) {
      this.#tabs.forget();
      return;
    }
    for (const { act, tabId, url, from } of acts) {
      // The browser tells of every tab, also of those that its own policy keeps us out of.
      if (!this.#documents.isRecorded(tabId, url)) continue;
      const event = this.#intake.own(act, tabId, url, this.#state.allowlist, from);
      if (event !== null) await this.#outbox.add(event);
    }
    if (acts.length > 0) await this.#send();
  }

  // ---- The person -----------------------------------------------------------------------------------------------

  pageOpened(port: chrome.runtime.Port): void {
    this.#pages.joined(port, this.#state.view(Date.now()));
  }

  answered(answer: Answer): void {
    if (!this.#state.accepts(answer)) return;
    this.#link.send({ type: "consent", digest: answer.digest, answer: answer.answer });
  }

  async asked({ number, request }: Question, port: chrome.runtime.Port): Promise<void> {
    const outcome = await this.#carryOut(request);
    this.#pages.tell(port, { type: "reply", number, ...outcome });
  }

  /** By the keyboard: pauses until it is resumed, or resumes. */
  async pauseOrResume(): Promise<void> {
    const paused = this.#state.standing(Date.now()) === "paused";
    await this.#carryOut({ type: "state", change: paused ? "resume" : "pause" });
  }

  open(page: PageName): void {
    this.#next(() => this.#pages.open(page));
  }

  async #carryOut(request: Request): Promise<Outcome> {
    if (request.type !== "state") return this.#requests.ask(request);
    if (request.change === "pause") {
      const { minutes } = request;
      this.#state.pauses({ since: Date.now(), ...(minutes === undefined ? {} : { minutes }) });
      // Pages fall silent now, and what they recorded before goes out as recorded before.
      this.#standingChanged();
      return this.#tellPause();
    }
    if (request.change === "resume") this.#state.pauseIsSettled();
    if (request.change === "begin_task" || request.change === "end_task") await this.#taskEnds();
    return this.#requests.ask(request);
  }

  /** How the page looks when a task ends, or another begins, belongs to it like all that was done before. */
  async #taskEnds(): Promise<void> {
    const front = this.#tabs.inFront;
    if (front !== null) await delivered(front.tabId, true);
    await new Promise<void>((inTurn) => this.#next(async () => inTurn()));
    for (let asked = 0; asked < ASKED_MS && this.#outbox.waiting > 0; asked += 10) await pause(10);
  }

  /** Tells the host of the pause that was asked for. Until it knows, the pause holds here, and is told again. */
  async #tellPause(): Promise<Outcome> {
    const asked = this.#state.askedPause;
    if (asked === null) return { fields: {} };
    const minutes = asked.minutes && Math.ceil(asked.minutes - (Date.now() - asked.since) / 60_000);
    const outcome =
      minutes !== undefined && minutes <= 0
        ? { fields: {} }
        : await this.#requests.ask({ type: "state", change: "pause", ...(minutes === undefined ? {} : { minutes }) });
    // Without a host nothing is decided yet; what a host refuses is no pause, and the person is told so.
    const undecided = "failed" in outcome && outcome.failed.name === "no_host";
    if (!undecided && this.#state.askedPause === asked) {
      this.#state.pauseIsSettled();
      this.#standingChanged();
      this.#next(async () => {
        await this.#follow();
        await this.#send();
      });
    }
    return outcome;
  }

  // ---- In one line ----------------------------------------------------------------------------------------------

  #next(work: () => Promise<void>): void {
    this.#line = this.#line.then(work).catch((error: unknown) => console.error(error));
  }

  /** Sends what waits, unless a batch is under way. */
  async #send(): Promise<void> {
    const canSend = this.#link.attached && (this.#state.recording(Date.now()) || this.#state.pausedSince !== null);
    const batch = canSend ? await this.#outbox.form() : null;
    if (batch !== null) this.#link.send(batch);
    else if (this.#outbox.waiting === 0) this.#update.settled();
  }

  updateAvailable(): void {
    this.#update.available();
  }

  /** Sends again what was under way, or what waits. */
  async #resend(): Promise<void> {
    const batch = this.#outbox.underWay();
    if (batch === null) await this.#send();
    else this.#link.send(batch);
  }

  #standingChanged(): void {
    const now = Date.now();
    const state = this.#state;
    const matches = state.recording(now) ? hostPatterns(state.allowlist.teams) : [];
    const told = JSON.stringify([state.recording(now), state.recording(now) ? state.allowlist.teams : []]);
    const standing = state.standing(now);
    const changed = told !== this.#told;
    this.#told = told;
    this.#pages.changed(state.view(now));
    if (changed) void tellPages({ type: "orders_changed", record: state.recording(now) });
    this.#next(async () => {
      await this.#journal.put({ [STATE]: state.remembered });
      if (changed) await register(matches);
      if (changed) await inject(matches, state.allowlist);
      if (changed) await this.#findTabs();
      if (changed || standing !== this.#drawn) await this.#faces.showEverywhere();
      this.#drawn = standing;
    });
  }

  async #findTabs(): Promise<void> {
    this.#tabs.forget();
    const [front] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
    for (const { id, url } of await chrome.tabs.query({}))
      if (id !== undefined) this.#tabs.found(id, url ?? "", id === front?.id, this.#state.allowlist);
  }

  /** A tab may have come to another window, or our button off the toolbar. */
  surroundingsChanged(): void {
    this.#next(() => this.#faces.showEverywhere());
  }
}

/** Every frame of every tab that has our script; the others have nobody who could answer. */
async function tellPages(message: OrdersChanged): Promise<void> {
  const tabs = await chrome.tabs.query({});
  await Promise.all(
    tabs.map(({ id }) => (id === undefined ? undefined : chrome.tabs.sendMessage(id, message).catch(() => undefined))),
  );
}
