/** Whether a person can see that a page is recorded: by the badge in the toolbar, or by a mark in the page itself. */

import { mark } from "./mark.js";

export class Visibility {
  /** Tabs that bear the mark. */
  readonly #marked = new Set<number>();
  /** Tabs whose page takes the mark away. */
  readonly #refusing = new Set<number>();

  /** Makes it visible; `false`: nothing could, so nothing may be recorded there. */
  async ensure(tabId: number): Promise<boolean> {
    if (await hasBadge(tabId)) {
      await this.end(tabId);
      return true;
    }
    if (this.#refusing.has(tabId)) return false;
    this.#marked.add(tabId);
    return run(tabId, chrome.i18n.getMessage("mark"));
  }

  /** The page in this tab does not suffer the mark. */
  refused(tabId: number): void {
    this.#refusing.add(tabId);
  }

  /** Another page is in the tab. */
  renewed(tabId: number): void {
    this.#refusing.delete(tabId);
    this.#marked.delete(tabId);
  }

  /** The page is not recorded any more, or the badge says so. */
  async end(tabId: number): Promise<void> {
    if (this.#marked.delete(tabId)) await run(tabId, null);
  }
}

/** Windows of pop-ups and apps have no toolbar, and a button can be taken off it. */
async function hasBadge(tabId: number): Promise<boolean> {
  const { isOnToolbar } = await chrome.action.getUserSettings();
  if (isOnToolbar !== true) return false;
  const { windowId } = await chrome.tabs.get(tabId);
  return (await chrome.windows.get(windowId)).type === "normal";
}

async function run(tabId: number, words: string | null): Promise<boolean> {
  try {
    const [page] = await chrome.scripting.executeScript({
      target: { tabId, frameIds: [0] },
      func: mark,
      args: [words],
      injectImmediately: true,
    });
    return page?.result === true;
  } catch (error) {
    console.info(`no mark in tab ${tabId}: ${String(error)}`);
    return false;
  }
}
