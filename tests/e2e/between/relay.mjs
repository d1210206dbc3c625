// Starts the real host and stands between it and the browser: what the browser says passes as it is, what the host says
// passes through `hear`, which returns the message to hand on.

import { spawn } from "node:child_process";

const LENGTH = 4;

export function relay(program, args, hear) {
  const host = spawn(program, args, { stdio: ["pipe", "pipe", "inherit"] });
  process.stdin.pipe(host.stdin);
  host.stdin.on("error", () => {}); // It has ended; its exit tells.
  host.on("exit", (code) => process.exit(code ?? 1));

  let read = Buffer.alloc(0);
  host.stdout.on("data", (chunk) => {
    read = Buffer.concat([read, chunk]);
    while (read.length >= LENGTH && read.length >= LENGTH + read.readUInt32LE()) {
      const end = LENGTH + read.readUInt32LE();
      send(hear(JSON.parse(read.subarray(LENGTH, end)), host));
      read = read.subarray(end);
    }
  });
}

function send(message) {
  const body = Buffer.from(JSON.stringify(message));
  const length = Buffer.alloc(LENGTH);
  length.writeUInt32LE(body.length);
  process.stdout.write(Buffer.concat([length, body]));
}
