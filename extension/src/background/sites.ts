/**
 * Where content scripts are: registered for the hosts of the lists while recording, and put into the tabs that
 * are open already. The browser's patterns know hosts only (Firefox knows no ports, and a path says nothing once
 * a page calls `pushState`), so a script may find itself on a page that is not listed; it then stays silent.
 */

import type { Allowlist, Team } from "../shared/policy.js";
import { parsePattern } from "../shared/site.js";

const SCRIPT = "content.js";
const REGISTRATION: chrome.scripting.RegisteredContentScript = {
  id: "fieldnote",
  js: [SCRIPT],
  allFrames: true,
  matchOriginAsFallback: true,
  runAt: "document_start",
  persistAcrossSessions: false,
};

/** The hosts of the lists, as match patterns. */
export function hostPatterns(teams: readonly Team[]): string[] {
  const hosts = teams
    .flatMap(({ sites }) => sites.map(({ url }) => parsePattern(url)))
    .filter((pattern) => pattern !== null)
    .map(({ protocol, below, host }) => `${protocol}//${below ? "*." : ""}${host}/*`);
  return [...new Set(hosts)].sort();
}

/** Registers the content script for these hosts and no others; for none, nowhere. */
export async function register(matches: string[]): Promise<void> {
  const [registered] = await chrome.scripting.getRegisteredContentScripts({ ids: [REGISTRATION.id] });
  if (matches.length === 0) {
    if (registered !== undefined) await chrome.scripting.unregisterContentScripts({ ids: [REGISTRATION.id] });
  } else if (registered === undefined) {
    await chrome.scripting.registerContentScripts([{ ...REGISTRATION, matches }]);
  } else {
    await chrome.scripting.updateContentScripts([{ ...REGISTRATION, matches }]);
  }
}

/** Puts the content script into the pages that are open, where it finds itself if it is there already. */
export async function inject(matches: string[], allowlist: Allowlist): Promise<void> {
  if (matches.length === 0) return;
  const tabs = await chrome.tabs.query({ url: matches });
  await Promise.all(tabs.map(({ id }) => (id === undefined ? undefined : injectInto(id, allowlist))));
}

async function injectInto(tabId: number, allowlist: Allowlist): Promise<void> {
  const frames = (await chrome.webNavigation.getAllFrames({ tabId })) ?? [];
  const listed = new Set<number>();
  // Parents come before children: the browser lists frames from the top down.
  for (const { frameId, parentFrameId, url } of frames) {
    if (hasParentsAddress(url) ? listed.has(parentFrameId) : allowlist.knowsOrigin(url)) listed.add(frameId);
  }
  await Promise.all(
    [...listed].map((frameId) =>
      chrome.scripting
        .executeScript({ target: { tabId, frameIds: [frameId] }, files: [SCRIPT], injectImmediately: true })
        // The frame has gone meanwhile, or the browser's own policy keeps us out of it: nothing is recorded there.
        .catch((error: unknown) => console.info(`not recording in frame ${frameId} of tab ${tabId}: ${String(error)}`)),
    ),
  );
}

/** `about:blank`, `srcdoc` and `blob:` frames count as the page that made them. */
export function hasParentsAddress(url: string): boolean {
  return url === "" || url.startsWith("about:") || url.startsWith("blob:");
}

/** The address that a frame counts as: its own, or that of the nearest frame around it that has one. */
export async function addressOf(tabId: number, frameId: number, url: string): Promise<string> {
  let address = url;
  let at = frameId;
  while (hasParentsAddress(address) && at > 0) {
    const frame = await chrome.webNavigation.getFrame({ tabId, frameId: at });
    if (frame === null || frame === undefined || frame.parentFrameId < 0) break;
    at = frame.parentFrameId;
    address = (await chrome.webNavigation.getFrame({ tabId, frameId: at }))?.url ?? "";
  }
  return address;
}
