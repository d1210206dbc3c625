/**
 * Memory that survives a restart of the worker: `storage.session`, which the browser keeps in memory and never
 * writes to the profile. Content scripts have no access to it.
 */

import type { Journal } from "./outbox.js";

export const sessionJournal: Journal = {
  put: (records) => chrome.storage.session.set(records),
  drop: (keys) => chrome.storage.session.remove(keys),
  all: () => chrome.storage.session.get(null),
};
