// What the tools of Playwright's MCP server are, asked of the server itself. Run alone it writes those that steps are
// told in to host/dataset/formats/playwright_mcp_tools.json.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
export const TOOLS_FILE = at("../../host/dataset/formats/playwright_mcp_tools.json");
const SERVER = at("node_modules/@playwright/mcp");

const USED = [
  "browser_click",
  "browser_type",
  "browser_press_key",
  "browser_hover",
  "browser_drag",
  "browser_select_option",
  "browser_file_upload",
  "browser_navigate",
  "browser_navigate_back",
  "browser_tabs",
];

/** @returns {Promise<{version: string, tools: {name: string, description: string, inputSchema: object}[]}>} */
export async function listTools() {
  const { version, bin } = JSON.parse(await readFile(`${SERVER}/package.json`, "utf8"));
  const program = `${SERVER}/${typeof bin === "string" ? bin : Object.values(bin)[0]}`;
  const server = spawn(process.execPath, [program, "--headless"], { stdio: ["pipe", "pipe", "inherit"] });
  const say = (message) => server.stdin.write(`${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`);
  const clientInfo = { name: "fieldnote", version: "0" };
  say({
    id: 1,
    method: "initialize",
    params: { protocolVersion: "2025-06-18", capabilities: {}, clientInfo },
  });
  try {
    for await (const line of createInterface({ input: server.stdout })) {
      const { id, result } = JSON.parse(line);
      if (id === 2) return { version, tools: result.tools };
      if (id !== 1) continue;
      say({ method: "notifications/initialized" });
      say({ id: 2, method: "tools/list", params: {} });
    }
    throw new Error("the server ended before it had listed its tools");
  } finally {
    server.kill();
    if (server.exitCode === null && server.signalCode === null) await once(server, "exit");
  }
}

/** Those that steps are told in. */
export async function usedTools() {
  const { version, tools } = await listTools();
  const used = USED.map((name) => {
    const { description, inputSchema } = tools.find((tool) => tool.name === name);
    return { name, description, inputSchema };
  });
  return { package: "@playwright/mcp", version, tools: used };
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  await writeFile(TOOLS_FILE, `${JSON.stringify(await usedTools(), null, 2)}\n`);
