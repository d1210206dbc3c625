/**
 * The notice: a page that opens by itself when it has something to ask, once for each notice, and whenever the
 * person presses the toolbar button. It is told at once when things change.
 */

import type { View } from "../shared/message.js";

const PAGE = "notice.html";
const SHOWN = "notice_shown";

export class NoticePages {
  readonly #ports = new Set<chrome.runtime.Port>();

  /** A notice page is there: it gets the view now and at every change. */
  joined(port: chrome.runtime.Port, view: View): void {
    this.#ports.add(port);
    port.onDisconnect.addListener(() => this.#ports.delete(port));
    port.postMessage(view);
  }

  changed(view: View): void {
    for (const port of this.#ports) port.postMessage(view);
  }

  /** Opens the page, or brings the open one to the front. */
  async open(): Promise<void> {
    const [tab] = [...this.#ports].flatMap(({ sender }) => sender?.tab ?? []);
    if (tab?.id === undefined) {
      await chrome.tabs.create({ url: chrome.runtime.getURL(PAGE) });
    } else {
      await chrome.tabs.update(tab.id, { active: true });
      await chrome.windows.update(tab.windowId, { focused: true });
    }
  }

  /** Opens the page unless this very notice was opened before: asked once, not again and again. */
  async openOnce(digest: string): Promise<void> {
    const { [SHOWN]: shown } = await chrome.storage.local.get(SHOWN);
    if (shown === digest) return;
    await chrome.storage.local.set({ [SHOWN]: digest });
    await this.open();
  }
}

/** One of our own pages; a page of the web has another origin, and cannot frame ours. */
export function isOwnPage(sender: chrome.runtime.MessageSender | undefined): boolean {
  return sender?.id === chrome.runtime.id && (sender.url ?? "").startsWith(chrome.runtime.getURL(PAGE));
}

/** A content script of ours: it runs in a tab, in a page that is not ours. */
export function isContentScript(
  sender: chrome.runtime.MessageSender,
): sender is chrome.runtime.MessageSender & { tab: chrome.tabs.Tab & { id: number } } {
  return (
    sender.id === chrome.runtime.id &&
    sender.tab?.id !== undefined &&
    !(sender.url ?? "").startsWith(chrome.runtime.getURL(""))
  );
}
