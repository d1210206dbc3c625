/**
 * The content script: listens on the window, first of all and before the page, to what a person does, and hands it to
 * those who understand it. It changes nothing in the page and prevents nothing.
 */

import { Secrets } from "./secrets.js";

// These two come first: in this order the bundle compresses best.

import { Keys } from "./keys.js";

// Then all, by name.

import type { ToContent } from "../shared/message.js";
import { Clipboard } from "./clipboard.js";
import { Drags } from "./drag.js";
import { Edits } from "./edits.js";
import { Effects } from "./effect.js";
import { Gestures, writes } from "./gesture.js";
import { Hovers } from "./hover.js";
import { Lifeline } from "./lifeline.js";
import { HISTORY, Navigations } from "./navigation.js";
import { Outlines } from "./outlines.js";
import { Reporter } from "./reporter.js";
import { Scrolling } from "./scroll.js";
import { inTurn } from "./still.js";
import { near } from "./target.js";
import { deepest, originOf, shadowRootOf, treesAround } from "./tree.js";

/**
 * Set in the world of our scripts, which the page cannot see: one of us is enough for a document. A frame that is empty
 * at first keeps its window, and with it this world, when its first page comes.
 */
const HERE = Symbol.for("fieldnote");

/** Keys that scroll, outside of texts. */
const SCROLLS = /^(Arrow(Up|Down|Left|Right)|Page(Up|Down)|Home|End| )$/;

/** Before these the page cannot have gone elsewhere, or it does not matter. */
const COMES_ALONG = /^(pointer(over|up)|mousedown|focus|keyup|scroll|wheel|touchmove)/;

/** Where the browser tells of each move, the address is asked for when something new begins. */
const BEGINS = HISTORY && /^http/.test(location.protocol) ? /^(pointerdown|keydown|page)/ : /./;

type Handler = (event: Event) => void;

class Page {
  readonly #isTop = window === window.top;
  readonly #lifeline: Lifeline = new Lifeline(this.#isTop && HISTORY !== undefined, () => this.stop());
  readonly #reporter = new Reporter(this.#lifeline);
  readonly #secrets = new Secrets();
  readonly #edits: Edits = new Edits(this.#reporter, this.#secrets, {
    clicked: (field) => this.#gestures.clicked(field),
    changed: (field) => this.#gestures.changed(field),
  });
  readonly #drags = new Drags(this.#reporter);
  readonly #gestures: Gestures = new Gestures(this.#reporter, this.#edits, this.#drags);
  readonly #keys = new Keys(this.#reporter, this.#edits);
  readonly #clipboard = new Clipboard(this.#reporter, this.#edits, this.#secrets);
  readonly #scrolling = new Scrolling(this.#reporter);
  readonly #hovers = new Hovers(this.#reporter);
  readonly #effects = new Effects(this.#reporter, () => this.#livingRoots());
  readonly #navigations = new Navigations(this.#reporter);
  readonly #outlines = new Outlines(this.#reporter, this.#secrets);
  readonly #end = new AbortController();
  readonly #roots = new WeakSet<ShadowRoot>();
  /** What stands in the slot of a tree passes by the window and by that tree. */
  readonly #passed = new WeakSet<Event>();
  #living: WeakRef<ShadowRoot>[] = [];
  #entered: Element | undefined;
  #wheeled: Element | null = null;

  /** `change` and `submit` do not leave shadow trees: they are listened for in every tree that is worked in. */
  readonly #inTrees: Record<string, Handler> = {
    change: (event) => this.#edits.change(event),
    focusout: (event) => this.#edits.focusOut(event),
    submit: (event) => this.#submitted(event),
    reset: (event) => this.#gestures.reset(originOf(event) as HTMLFormElement),
    invalid: (event) => {
      this.#reporter.flush();
      this.#effects.invalid(event);
    },
    toggle: () => this.#effects.toggled(),
    scroll: (event) => {
      near(null);
      this.#scrolling.scrolled(event);
    },
  };

  readonly #onWindow: Record<string, Handler> = {
    ...this.#inTrees,
    pointerdown: (event) => this.#pointerDown(event as PointerEvent),
    mousedown: (event) => {
      this.#edits.press(event);
      this.#gestures.mouseDown(event as MouseEvent);
    },
    pointerup: (event) => this.#gestures.pointerUp(event as PointerEvent),
    pointercancel: () => this.#gestures.pointerCancel(),
    pointerover: (event) => this.#hovers.over(event as PointerEvent),
    wheel: (event) => this.#wheel(event),
    touchmove: () => this.#scrolling.asked(),
    dragstart: (event) => this.#gestures.dragStart(event as DragEvent),
    drop: (event) => this.#drags.drop(event as DragEvent),
    dragend: () => this.#drags.end(),
    keydown: (event) => this.#keyDown(event as KeyboardEvent),
    keyup: () => this.#keyUp(),
    click: (event) => this.#click(event as MouseEvent),
    auxclick: (event) => this.#gestures.auxClick(event as MouseEvent),
    dblclick: (event) => this.#gestures.doubleClick(event as MouseEvent),
    contextmenu: (event) => this.#gestures.contextMenu(event as MouseEvent),
    copy: (event) => this.#clipboard.handle(event as ClipboardEvent),
    cut: (event) => this.#clipboard.handle(event as ClipboardEvent),
    paste: (event) => this.#clipboard.handle(event as ClipboardEvent),
    beforeinput: (event) => this.#edits.beforeInput(event),
    input: (event) => this.#edits.input(event),
    focusin: (event) => {
      this.#enter(event);
      this.#edits.focusIn(event);
    },
    blur: () => this.#edits.blur(),
    pagehide: (event) => this.#leave(event as PageTransitionEvent),
    pageshow: (event) => this.#shown(event as PageTransitionEvent),
  };

  readonly #listeners = Object.fromEntries(
    Object.entries(this.#onWindow).map(([type, handler]) => [type, this.#listener(type, handler)]),
  );

  #listener(type: string, handler: Handler): Handler {
    const comesAlong = COMES_ALONG.test(type);
    const looks = this.#isTop && HISTORY === undefined && !comesAlong;
    const moves = !comesAlong && BEGINS.test(type);
    const heard = (event: Event) => {
      if (moves) this.#reporter.moved();
      if (looks) this.#navigations.look();
      handler(event);
      this.#outlines.seen(event);
    };
    return (event) => {
      if (!event.isTrusted || this.#passed.has(event)) return;
      this.#passed.add(event);
      inTurn(heard, event);
    };
  }

  start(): void {
    const late = document.readyState !== "loading";
    this.#listen();
    this.#reporter.onOrders = (outlines) => this.#outlines.ordered(outlines);
    this.#reporter.onSending = (kind) => this.#effects.before(kind);
    this.#reporter.onSent = (sent) => {
      this.#effects.begin(sent);
      this.#navigations.acted(sent);
    };
    this.#secrets.watch(document);
    this.#secrets.note(document);
    // `document.open()` takes all listeners away; the observer stays, and adding a listener twice adds it once.
    const reopened = new MutationObserver(() => {
      this.#listen();
      this.#reporter.moved();
    });
    reopened.observe(document, { childList: true });
    this.#end.signal.addEventListener("abort", () => reopened.disconnect());

    HISTORY?.addEventListener("currententrychange", () => this.#reporter.moved(), { signal: this.#end.signal });
    chrome.runtime.onMessage.addListener((message: ToContent) => this.#heard(message));
    this.#reporter.ask();
    if (late) this.#edits.taintExisting();
    if (!this.#isTop) return;
    this.#lifeline.open();
    this.#navigations.listen(this.#end.signal);
    if (!late) this.#navigations.begin();
  }

  #listen(at: EventTarget = window, handlers = this.#onWindow): void {
    const { signal } = this.#end;
    // Losing the focus is told to each field, too: of the window's own nothing else tells.
    for (const type of Object.keys(handlers))
      at.addEventListener(type, this.#listeners[type] as Handler, { capture: type !== "blur", passive: true, signal });
  }

  /** Before the page can react: passwords as they are now, and the shadow trees on the way, closed ones too. */
  #enter(event: Event): void {
    const first = originOf(event);
    const isFocus = event.type === "focusin";
    // A press has just been here.
    if (!(first instanceof Element) || (isFocus && first === this.#entered)) return;
    this.#entered = shadowRootOf(first) === null ? first : undefined;
    if (!isFocus) this.#secrets.note(document);
    this.#enterTreesAround(first);
    for (let root = shadowRootOf(first); root !== null; ) {
      this.#enterTree(root);
      root = root.activeElement === null ? null : shadowRootOf(root.activeElement);
    }
  }

  #enterTreesAround(inner: Element): void {
    for (const root of treesAround(inner)) this.#enterTree(root);
  }

  #enterTree(root: ShadowRoot): void {
    this.#secrets.note(root);
    if (this.#roots.has(root)) return;
    this.#roots.add(root);
    this.#living = this.#living.filter((each) => each.deref()?.isConnected);
    this.#living.push(new WeakRef(root));
    this.#secrets.watch(root);
    this.#listen(root, this.#inTrees);
  }

  *#livingRoots(): Generator<ShadowRoot> {
    for (const each of this.#living) {
      const root = each.deref();
      if (root?.isConnected) yield root;
    }
  }

  #pointerDown(event: PointerEvent): void {
    this.#enter(event);
    this.#scrolling.settle();
    if (event.isPrimary) this.#hovers.acted(deepest(event));
    this.#gestures.pointerDown(event);
    this.#scrolling.pressed(event);
  }

  #click(event: MouseEvent): void {
    const hit = deepest(event);
    // Whether Enter in a field submits is seen by the submit.
    const byKey = event.detail === 0 || this.#gestures.byKey;
    if (byKey && hit !== null && !this.#gestures.isImplicit(hit)) this.#keys.tookEnter();
    this.#edits.press(event);
    this.#gestures.click(event);
  }

  /** The scrolling of a shadow tree does not leave it. */
  #wheel(event: Event): void {
    const hit = deepest(event);
    this.#scrolling.asked(hit);
    if (hit !== null && hit !== this.#wheeled) this.#enterTreesAround(hit);
    this.#wheeled = hit;
  }

  #keyDown(event: KeyboardEvent): void {
    if (event.isComposing) return;
    this.#edits.settle();
    this.#clipboard.keyDown(event);
    const presses = event.key === "Enter" || event.key === " ";
    const hit = deepest(event);
    if (SCROLLS.test(event.key) && (hit === null || !writes(hit, "Enter"))) this.#scrolling.asked();
    const writesIt = presses && hit !== null && writes(hit, event.key);
    if (presses && !(event.key === " " && writesIt)) {
      this.#enter(event);
      if (event.key === "Enter") this.#edits.enter(event);
      this.#gestures.keyDown(event);
    }
    this.#keys.down(event);
  }

  #keyUp(): void {
    this.#clipboard.keyUp();
    this.#gestures.keyUp();
    this.#reporter.flush();
  }

  #submitted(event: Event): void {
    this.#keys.tookEnter();
    this.#edits.commitAll();
    const form = originOf(event);
    if (form instanceof HTMLFormElement) this.#gestures.submit(form);
  }

  #leave(event: PageTransitionEvent): void {
    this.#scrolling.settle();
    this.#edits.commitAll();
    this.#gestures.leave();
    this.#reporter.flush();
    if (this.#navigations.led) this.#effects.reopen();
    this.#effects.leave(!this.#isTop || this.#navigations.leads);
    this.#outlines.send({ type: "outline_wanted", ends: false });
    this.#reporter.deliver();
    this.#lifeline.end();
    // The browser closes the ports of a page that it keeps; ours is given up before it finds it broken.
    if (event.persisted) this.#lifeline.close();
  }

  /** Out of the browser's cache of whole pages: ports are dead, and orders may have changed meanwhile. */
  #shown(event: PageTransitionEvent): void {
    if (!event.persisted) return;
    this.#reporter.ask();
    if (!this.#isTop) return;
    this.#navigations.restored();
    this.#lifeline.open();
  }

  #heard(message: ToContent): void {
    if (message.type === "outline_wanted") this.#outlines.send(message);
    // What waits here was before what the worker was told of elsewhere.
    this.#reporter.flush(true);
    this.#reporter.deliver();
    if (message.type !== "orders_changed" || this.#end.signal.aborted) return;
    if (message.record) this.#reporter.ask();
    else this.#reporter.silence();
  }

  /** The extension was reloaded or removed, or another document has come: this script is an orphan, and goes. */
  stop(): void {
    this.#end.abort();
    this.#secrets.unwatch();
    this.#reporter.silence();
    this.#lifeline.end();
    this.#lifeline.close();
  }
}

const world = globalThis as { [HERE]?: { page: Page; document: Document } };
if (world[HERE]?.document !== document) {
  world[HERE]?.page.stop();
  world[HERE] = { page: new Page(), document };
  world[HERE].page.start();
}
