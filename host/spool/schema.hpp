// The tables. `PRAGMA user_version` is the schema's number, `application_id` says whose file it is.
#pragma once

#include <array>

namespace fieldnote::spool {

inline constexpr int application_id = 0x464E5350;  // "FNSP"

inline constexpr const char* create_tables = R"sql(
CREATE TABLE stream (
  id   BLOB PRIMARY KEY,          -- 16 bytes
  next INTEGER NOT NULL           -- the number expected next
) WITHOUT ROWID;

CREATE TABLE terms (
  id               INTEGER PRIMARY KEY,
  policy           BLOB NOT NULL,
  notice           BLOB NOT NULL,
  receipt          BLOB NOT NULL,
  organisation     TEXT NOT NULL,
  min_participants INTEGER NOT NULL,
  recipients       TEXT NOT NULL,
  window           INTEGER NOT NULL,   -- seconds of review
  UNIQUE (policy, notice, receipt, organisation, min_participants, recipients, window)
);

CREATE TABLE held (
  id      INTEGER PRIMARY KEY AUTOINCREMENT,
  version INTEGER NOT NULL DEFAULT 1,  -- grows when the row is rewritten
  stream  BLOB NOT NULL,
  seq     INTEGER NOT NULL,
  schema  INTEGER NOT NULL,            -- of the lines inside
  terms   INTEGER NOT NULL REFERENCES terms (id),
  events  INTEGER NOT NULL,
  use     INTEGER NOT NULL,            -- readings of the hold clock when it was stored, seconds
  age     INTEGER NOT NULL,
  sealed  BLOB NOT NULL                -- zstd, then XChaCha20-Poly1305 under device.key
);

CREATE TABLE clock (                   -- HoldClock, one row
  id         INTEGER PRIMARY KEY CHECK (id = 1),
  use        INTEGER NOT NULL,
  age        INTEGER NOT NULL,
  wall       INTEGER NOT NULL,
  boot       TEXT NOT NULL,
  since_boot INTEGER NOT NULL,
  day        INTEGER NOT NULL,
  use_at_day INTEGER NOT NULL,
  since_day  INTEGER NOT NULL
);

CREATE TABLE gap (                     -- what was lost on the device and travels with the next batch
  reason TEXT PRIMARY KEY,
  count  INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE consent (
  id      INTEGER PRIMARY KEY AUTOINCREMENT,
  notice  BLOB NOT NULL,
  yes     INTEGER NOT NULL,
  receipt TEXT NOT NULL
);

CREATE TABLE bundle (
  n      INTEGER PRIMARY KEY,
  digest BLOB NOT NULL,
  name   TEXT NOT NULL,
  events INTEGER NOT NULL,
  bytes  INTEGER NOT NULL
);
)sql";

// From schema 1, which the tables above are, to 2: what the person set, and what was asked back.
inline constexpr const char* upgrade_to_2 = R"sql(
CREATE TABLE person (                  -- Person, one row
  id          INTEGER PRIMARY KEY CHECK (id = 1),
  pause_since INTEGER,                 -- milliseconds since 1970; null: there is no pause
  pause_until INTEGER,                 -- seconds since 1970; null: until it is ended
  pause_boot  TEXT,
  pause_until_since_boot INTEGER,
  task        TEXT,
  told        INTEGER NOT NULL DEFAULT 0,
  day         INTEGER NOT NULL DEFAULT 0,
  today       INTEGER NOT NULL DEFAULT 0
);
INSERT INTO person (id) VALUES (1);

CREATE TABLE task (
  n      INTEGER PRIMARY KEY AUTOINCREMENT,
  id     TEXT NOT NULL UNIQUE,
  sealed BLOB NOT NULL                 -- the words are the person's: as a held row
);

ALTER TABLE bundle ADD COLUMN asks TEXT;  -- of a bundle that asks back: its scope
)sql";

// To 3: a disk that turns a bit must not change under which terms a batch leaves.
inline constexpr const char* upgrade_to_3 = R"sql(
ALTER TABLE terms ADD COLUMN digest BLOB;  -- SHA-256 of the rest of the row; null: from before
)sql";

// From schema 1 + i to the next.
inline constexpr std::array upgrades{upgrade_to_2, upgrade_to_3};

}  // namespace fieldnote::spool
