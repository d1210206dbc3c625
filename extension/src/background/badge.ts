/**
 * The toolbar badge: recording, off, no host, told apart by text and not by colour alone. Its title says in a
 * sentence why. A page that is being recorded shows it; one that is not on the lists shows nothing.
 */

import type { Standing } from "../shared/message.js";

export interface Face {
  text: string;
  /** Key of `_locales`. */
  title: string;
  colour: string;
}

const RED = "#b3261e";
const GREY = "#5f6368";
const AMBER = "#8a5300";

const FACES: Record<Exclude<Standing, "recording">, Face> = {
  connecting: { text: "", title: "badge_connecting", colour: GREY },
  paused: { text: "II", title: "badge_paused", colour: GREY },
  ask: { text: "?", title: "badge_ask", colour: AMBER },
  declined: { text: "off", title: "badge_declined", colour: GREY },
  off: { text: "off", title: "badge_off", colour: GREY },
  not_listed: { text: "off", title: "badge_not_listed", colour: GREY },
  shared_account: { text: "off", title: "badge_shared_account", colour: GREY },
  refused: { text: "off", title: "badge_refused", colour: GREY },
  no_host: { text: "!", title: "badge_no_host", colour: AMBER },
  storage_full: { text: "!", title: "badge_storage_full", colour: AMBER },
  incompatible: { text: "!", title: "badge_incompatible", colour: AMBER },
};

const RECORDED: Face = { text: "REC", title: "badge_recorded", colour: RED };
const NOT_LISTED: Face = { text: "", title: "badge_not_here", colour: GREY };
const NOT_VISIBLE: Face = { text: "off", title: "badge_not_visible", colour: GREY };

/** `not_visible`: listed, and yet nothing could show there that it is recorded. */
export type Place = "listed" | "elsewhere" | "not_visible";

/** What the badge shows over one page. */
export function faceOf(standing: Standing, place: Place): Face {
  if (standing !== "recording") return FACES[standing];
  return { listed: RECORDED, elsewhere: NOT_LISTED, not_visible: NOT_VISIBLE }[place];
}

/** Without a tab: for every page that has no face of its own. */
export async function show(face: Face, tabId?: number): Promise<void> {
  const where = tabId === undefined ? {} : { tabId };
  await Promise.all([
    chrome.action.setBadgeText({ ...where, text: face.text }),
    chrome.action.setTitle({ ...where, title: chrome.i18n.getMessage(face.title) }),
    chrome.action.setBadgeBackgroundColor({ ...where, color: face.colour }),
    chrome.action.setBadgeTextColor({ ...where, color: "#ffffff" }),
  ]);
}
