// What host_peer.mjs holds, in a file that is appended to and synced: where better-sqlite3 is not built.

import { closeSync, fdatasyncSync, fsyncSync, openSync, readFileSync, writeSync, writevSync } from "node:fs";
import { join } from "node:path";

export function openStore(folder) {
  const consentPath = join(folder, "consent.json");
  const file = openSync(join(folder, "held"), "a", 0o600);
  const next = new Map();
  return {
    consent() {
      try {
        return JSON.parse(readFileSync(consentPath, "utf8"));
      } catch (error) {
        if (error.code !== "ENOENT") throw error;
        return undefined;
      }
    },
    addConsent(notice, yes) {
      const answer = openSync(consentPath, "w", 0o600);
      writeSync(answer, JSON.stringify({ notice, yes }));
      fsyncSync(answer);
      closeSync(answer);
    },
    nextSeq: (stream) => next.get(stream.toString("hex")),
    put(stream, rows) {
      const pieces = [];
      for (const { seq, events, sealed } of rows) {
        const head = Buffer.allocUnsafe(32);
        stream.copy(head);
        head.writeBigUInt64LE(BigInt(seq), 16);
        head.writeUInt32LE(events, 24);
        head.writeUInt32LE(sealed.length, 28);
        pieces.push(head, sealed);
      }
      writevSync(file, pieces);
      fdatasyncSync(file);
      next.set(stream.toString("hex"), rows.at(-1).seq + 1);
    },
  };
}
