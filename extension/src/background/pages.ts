/**
 * Our own pages: notice, popup, review. All of them are told how things stand, at once and at every change. The notice
 * opens by itself when it has something to ask, once for each notice.
 */

import type { PageName, ToPage, View } from "../shared/message.js";
import type { ContentSender } from "./documents.js";

const PAGES = ["notice.html", "popup.html", "review.html"];
const SHOWN = "notice_shown";

export class OwnPages {
  readonly #ports = new Set<chrome.runtime.Port>();

  /** A page is there: it gets the view now and at every change. */
  joined(port: chrome.runtime.Port, view: View): void {
    this.#ports.add(port);
    port.onDisconnect.addListener(() => this.#ports.delete(port));
    this.tell(port, view);
  }

  changed(view: View): void {
    for (const port of this.#ports) this.tell(port, view);
  }

  /** To one page, if it is still there. */
  tell(port: chrome.runtime.Port, message: ToPage): void {
    if (!this.#ports.has(port)) return;
    try {
      port.postMessage(message);
    } catch {
      // It was closed while the worker started, before anybody listened for that.
      this.#ports.delete(port);
    }
  }

  /** Opens a page, or brings the open one to the front. */
  async open(page: PageName): Promise<void> {
    const [tab] = [...this.#ports].flatMap(({ name, sender }) => (name === page ? (sender?.tab ?? []) : []));
    if (tab?.id === undefined) {
      await chrome.tabs.create({ url: chrome.runtime.getURL(`${page}.html`) });
    } else {
      await chrome.tabs.update(tab.id, { active: true });
      await chrome.windows.update(tab.windowId, { focused: true });
    }
  }

  /** Opens the notice unless this very one was opened before: asked once, not again and again. */
  async openNoticeOnce(digest: string): Promise<void> {
    const { [SHOWN]: shown } = await chrome.storage.local.get(SHOWN);
    if (shown === digest) return;
    await chrome.storage.local.set({ [SHOWN]: digest });
    await this.open("notice");
  }
}

/** One of our own pages; a page of the web has another origin, and cannot frame ours. */
export function isOwnPage(sender: chrome.runtime.MessageSender | undefined): boolean {
  if (sender?.id !== chrome.runtime.id) return false;
  const path = (sender.url ?? "").split(/[?#]/)[0];
  return PAGES.some((page) => path === chrome.runtime.getURL(page));
}

/** A content script of ours: it runs in a tab, in a page that is not ours. */
export function isContentScript(sender: chrome.runtime.MessageSender | undefined): sender is ContentSender {
  return (
    sender?.id === chrome.runtime.id &&
    sender.tab?.id !== undefined &&
    !(sender.url ?? "").startsWith(chrome.runtime.getURL(""))
  );
}

/** What a content script of ours reports on. */
export function isLifeline(port: chrome.runtime.Port): port is chrome.runtime.Port & { sender: ContentSender } {
  return isContentScript(port.sender);
}
