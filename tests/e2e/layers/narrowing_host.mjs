// Stands between browser and host, and tells the extension of the sample tool alone. With it a host whose own policy is
// too wide meets an extension that knows the right one: the host's layer is off, the extension's is on.

import { spawn } from "node:child_process";

const [program, listed, ...passed] = process.argv.slice(2);
const LENGTH = 4;

const host = spawn(program, passed, { stdio: ["pipe", "pipe", "inherit"] });
process.stdin.pipe(host.stdin);
host.stdin.on("error", () => {});
host.on("exit", (code) => process.exit(code ?? 1));

let read = Buffer.alloc(0);
host.stdout.on("data", (chunk) => {
  read = Buffer.concat([read, chunk]);
  while (read.length >= LENGTH && read.length >= LENGTH + read.readUInt32LE()) {
    const end = LENGTH + read.readUInt32LE();
    send(narrow(JSON.parse(read.subarray(LENGTH, end))));
    read = read.subarray(end);
  }
});

function narrow(message) {
  for (const team of message.teams ?? []) team.sites = team.sites.filter(({ url }) => url.startsWith(listed));
  return message;
}

function send(message) {
  const body = Buffer.from(JSON.stringify(message));
  const length = Buffer.alloc(LENGTH);
  length.writeUInt32LE(body.length);
  process.stdout.write(Buffer.concat([length, body]));
}
