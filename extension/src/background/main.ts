/**
 * The worker. Every listener is registered before the first `await`: a worker that the browser starts for an
 * event hears only what it listens for at once.
 */

import { PROTOCOL, readFromContent, readFromPage } from "../shared/message.js";
import { WAITING } from "./greeting.js";
import { sessionJournal } from "./journal.js";
import type { Surroundings } from "./link.js";
import { isContentScript, isLifeline, isOwnPage } from "./pages.js";
import { Recorder } from "./recorder.js";

const HOST = "org.fieldnote.host";

const around: Omit<Surroundings, "attach"> = {
  connect: () => chrome.runtime.connectNative(HOST),
  whyLost: () => chrome.runtime.lastError?.message ?? "the host has ended",
  stayAwake: () => void chrome.runtime.getPlatformInfo(),
};

const recorder = Recorder.start(sessionJournal, (stream) => ({
  ...around,
  attach: () => ({
    type: "attach",
    protocol: PROTOCOL,
    extension: chrome.runtime.getManifest().version,
    browser: chrome.runtime.getURL("").startsWith("moz-extension:") ? "firefox" : "chromium",
    stream,
  }),
}));

chrome.runtime.onMessage.addListener((message: unknown, sender, answer) => {
  // Only content scripts speak in single messages, and they have three things to say; events, where the lifeline does not carry them.
  const heard = isContentScript(sender) ? readFromContent(message) : null;
  if (heard === null || !isContentScript(sender)) return false;
  if (heard.type === "events") {
    void recorder.then((it) => it.report(heard, sender));
    return false;
  }
  if (heard.type === "unmarked") {
    void recorder.then((it) => it.unmarked(sender));
    return false;
  }
  void recorder.then((it) => it.ordersFor(sender)).then(answer);
  return true;
});

chrome.runtime.onConnect.addListener((port) => {
  if (isLifeline(port)) {
    void recorder.then((it) => it.lifelineOpened(port));
    port.onMessage.addListener((message: unknown) => {
      const heard = readFromContent(message);
      if (heard?.type === "events") void recorder.then((it) => it.reportOn(port, heard));
    });
    port.onDisconnect.addListener(() => void recorder.then((it) => it.lifelineEnded(port)));
    return;
  }
  if (!isOwnPage(port.sender)) return;
  port.onMessage.addListener((message: unknown) => {
    const heard = readFromPage(message);
    if (heard?.type === "answer") void recorder.then((it) => it.answered(heard));
    if (heard?.type === "open") void recorder.then((it) => it.open(heard.page));
    if (heard?.type === "question") void recorder.then((it) => it.asked(heard, port));
  });
  void recorder.then((it) => it.pageOpened(port));
});

chrome.commands.onCommand.addListener((command) => {
  if (command === "pause") void recorder.then((it) => it.pauseOrResume());
});
chrome.notifications.onClicked.addListener((id) => {
  if (id === WAITING) void recorder.then((it) => it.open("review"));
});
// Not in every browser; where it is missing, the next page that is shown tells.
chrome.action.onUserSettingsChanged?.addListener(() => void recorder.then((it) => it.surroundingsChanged()));
chrome.tabs.onAttached.addListener(() => void recorder.then((it) => it.surroundingsChanged()));

/** Kinds of transition that begin outside of a page. */
const ASKED = new Set(["typed", "auto_bookmark", "generated", "keyword", "keyword_generated", "start_page"]);

for (const moved of [chrome.webNavigation.onHistoryStateUpdated, chrome.webNavigation.onReferenceFragmentUpdated]) {
  moved.addListener(({ tabId, frameId, url }) => {
    if (frameId === 0) void recorder.then((it) => it.pageShown(tabId, url));
  });
}

chrome.webNavigation.onCommitted.addListener(({ tabId, frameId, url, transitionType, transitionQualifiers }) => {
  if (frameId !== 0) return;
  void recorder.then((it) => it.pageRenewed(tabId));
  // Going back to a page tells how it was reached at first.
  const isBack = transitionQualifiers.includes("forward_back");
  const asked = !isBack && (ASKED.has(transitionType) || transitionQualifiers.includes("from_address_bar"));
  void recorder.then((it) => it.pageShown(tabId, url, { loaded: true, asked }));
});

chrome.tabs.onCreated.addListener(({ id, openerTabId }) => {
  if (id !== undefined) void recorder.then((it) => it.tabMade(id, openerTabId));
});
chrome.webNavigation.onCreatedNavigationTarget.addListener(({ tabId, sourceTabId }) => {
  void recorder.then((it) => it.tabMade(tabId, sourceTabId, true));
});
chrome.tabs.onActivated.addListener(({ tabId }) => void recorder.then((it) => it.tabActivated(tabId)));
chrome.tabs.onRemoved.addListener((tabId) => void recorder.then((it) => it.tabClosed(tabId)));
chrome.windows.onFocusChanged.addListener((windowId) => {
  // Another program is in front: nobody asks which.
  if (windowId !== chrome.windows.WINDOW_ID_NONE) void recorder.then((it) => it.windowActivated(windowId));
});
chrome.downloads.onCreated.addListener(({ mime, url, finalUrl, referrer }) => {
  void recorder.then((it) => it.downloadBegan(mime ?? "", finalUrl ?? url, referrer ?? ""));
});

chrome.runtime.onUpdateAvailable.addListener(() => void recorder.then((it) => it.updateAvailable()));

// Registered so that the browser starts the worker, and with it the host, when it starts itself.
chrome.runtime.onStartup.addListener(() => undefined);
chrome.runtime.onInstalled.addListener(() => undefined);
