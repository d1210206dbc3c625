// Work by the thousand, held by a real host: what a browser sends, sent without one.

import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";

import { checkout } from "../../packaging/demo/harness/checkout.mjs";

const A_BATCH = 500;

/** Makes the person's host hold `count` events. `event(n)`: an event without its document and numbers. */
export async function holdWork(workplace, count, event) {
  const host = spawn(checkout.host, [`chrome-extension://${workplace.id}/`], {
    env: workplace.environment,
    stdio: ["pipe", "pipe", "inherit"],
  });
  const frames = framesOf(host.stdout);
  const hear = async (type) => {
    for (;;) {
      const { value } = await frames.next();
      if (value.type === "error") throw new Error(value.message);
      if (value.type === type) return value;
    }
  };
  const say = (message) => {
    const body = Buffer.from(JSON.stringify(message));
    const head = Buffer.alloc(4);
    head.writeUInt32LE(body.length);
    host.stdin.write(Buffer.concat([head, body]));
  };
  await hear("hello");
  const stream = randomBytes(16).toString("hex");
  say({ type: "attach", protocol: 1, extension: "0", browser: "chromium", stream });
  await hear("policy");
  const document = randomBytes(8).toString("hex");
  for (let n = 0, seq = 1; n < count; n += A_BATCH, ++seq) {
    const events = Array.from({ length: Math.min(A_BATCH, count - n) }, (_, index) => ({
      ...{ document, n: n + index, tab: 1, frame: 0 },
      ...event(n + index),
    }));
    say({ type: "batch", seq, events });
    const { stored } = await hear("ack");
    if (stored !== events.length) throw new Error(`of ${events.length} events ${stored} were stored`);
  }
  host.stdin.end();
  await once(host, "exit");
}

async function* framesOf(output) {
  let rest = Buffer.alloc(0);
  for await (const chunk of output) {
    rest = Buffer.concat([rest, chunk]);
    while (rest.length >= 4 && rest.length >= 4 + rest.readUInt32LE(0)) {
      const end = 4 + rest.readUInt32LE(0);
      yield JSON.parse(rest.subarray(4, end).toString("utf8"));
      rest = rest.subarray(end);
    }
  }
}
