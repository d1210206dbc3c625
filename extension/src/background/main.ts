/**
 * The worker. Every listener is registered before the first `await`: a worker that the browser starts for an
 * event hears only what it listens for at once.
 */

import { PROTOCOL, readAnswer, readFromContent } from "../shared/message.js";
import { sessionJournal } from "./journal.js";
import type { Surroundings } from "./link.js";
import { isContentScript, isOwnPage } from "./notice.js";
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
  // Only content scripts speak in single messages, and they have two things to say.
  const heard = isContentScript(sender) ? readFromContent(message) : null;
  if (heard === null || !isContentScript(sender)) return false;
  if (heard.type === "events") {
    void recorder.then((it) => it.report(heard, sender));
    return false;
  }
  void recorder.then((it) => it.ordersFor(sender)).then(answer);
  return true;
});

chrome.runtime.onConnect.addListener((port) => {
  // A lifeline says nothing: that it breaks when the worker ends is what wakes the worker again.
  if (!isOwnPage(port.sender)) return;
  port.onMessage.addListener((message: unknown) => {
    const answered = readAnswer(message);
    if (answered !== null) void recorder.then((it) => it.answered(answered));
  });
  void recorder.then((it) => it.noticeOpened(port));
});

chrome.action.onClicked.addListener(() => void recorder.then((it) => it.openNotice()));

/** Kinds of transition that begin outside of a page. */
const ASKED = new Set(["typed", "auto_bookmark", "generated", "keyword", "keyword_generated", "start_page"]);

for (const moved of [chrome.webNavigation.onHistoryStateUpdated, chrome.webNavigation.onReferenceFragmentUpdated]) {
  moved.addListener(({ tabId, frameId, url }) => {
    if (frameId === 0) void recorder.then((it) => it.pageShown(tabId, url, false));
  });
}

chrome.webNavigation.onCommitted.addListener(({ tabId, frameId, url, transitionType, transitionQualifiers }) => {
  if (frameId !== 0) return;
  const asked = ASKED.has(transitionType) || transitionQualifiers.includes("from_address_bar");
  void recorder.then((it) => it.pageShown(tabId, url, asked));
});

chrome.tabs.onCreated.addListener(({ id, openerTabId }) => {
  if (id !== undefined) void recorder.then((it) => it.tabMade(id, openerTabId));
});
chrome.webNavigation.onCreatedNavigationTarget.addListener(({ tabId, sourceTabId }) => {
  void recorder.then((it) => it.tabMade(tabId, sourceTabId));
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
