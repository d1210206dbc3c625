// What host_peer.mjs holds, in SQLite: WAL, synchronous=FULL.

import { join } from "node:path";

import Database from "better-sqlite3";

// Fails here, and not later, where the native half of the package was never built.
new Database(":memory:").close();

export function openStore(folder) {
  const database = new Database(join(folder, "spool.db"), { timeout: 10000 });
  database.exec(`
    PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
    CREATE TABLE IF NOT EXISTS stream (id BLOB PRIMARY KEY, next INTEGER NOT NULL) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS consent (id INTEGER PRIMARY KEY, notice TEXT NOT NULL, yes INTEGER NOT NULL);
    CREATE TABLE IF NOT EXISTS held (id INTEGER PRIMARY KEY, stream BLOB NOT NULL, seq INTEGER NOT NULL,
                                     events INTEGER NOT NULL, sealed BLOB NOT NULL);
  `);
  const lastConsent = database.prepare("SELECT notice, yes FROM consent ORDER BY id DESC LIMIT 1");
  const addConsent = database.prepare("INSERT INTO consent (notice, yes) VALUES (?, ?)");
  const nextSeq = database.prepare("SELECT next FROM stream WHERE id = ?").pluck();
  const setNext = database.prepare(
    "INSERT INTO stream (id, next) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET next = excluded.next",
  );
  const insert = database.prepare("INSERT INTO held (stream, seq, events, sealed) VALUES (?, ?, ?, ?)");
  const put = database.transaction((stream, rows) => {
    const expected = nextSeq.get(stream);
    if (expected !== undefined && expected !== rows[0].seq) throw new Error("another process wrote to the same stream");
    for (const { seq, events, sealed } of rows) insert.run(stream, seq, events, sealed);
    setNext.run(stream, rows.at(-1).seq + 1);
  });
  return {
    consent: () => lastConsent.get(),
    addConsent: (notice, yes) => addConsent.run(notice, yes),
    nextSeq: (stream) => nextSeq.get(stream),
    put: put.immediate,
  };
}
