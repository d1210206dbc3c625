// A host that tells the extension of the sample tool alone. With it a host whose own policy is too wide meets an
// extension that knows the right one: the host's layer is off, the extension's is on.

import { relay } from "./relay.mjs";

const [program, listed, ...passed] = process.argv.slice(2);

relay(program, passed, (message) => {
  for (const team of message.teams ?? []) team.sites = team.sites.filter(({ url }) => url.startsWith(listed));
  return message;
});
