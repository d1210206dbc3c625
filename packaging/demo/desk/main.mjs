// `node main.mjs [PORT]`: Desk alone, to look at.

import { startDesk } from "./server.mjs";

const { port } = await startDesk({ port: Number(process.argv[2] ?? 8088) });
console.log(`Desk is at http://desk.localhost:${port}/`);
