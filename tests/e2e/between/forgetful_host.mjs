// A host that dies after it has stored a batch and before the extension hears of it, again and again.

import { relay } from "./relay.mjs";

const [program, ...passed] = process.argv.slice(2);
const ACKS_IN_A_LIFE = 3;

let acks = 0;
relay(program, passed, (message, host) => {
  if (message.type === "ack" && ++acks > ACKS_IN_A_LIFE) {
    host.kill("SIGKILL");
    process.exit(1);
  }
  return message;
});
