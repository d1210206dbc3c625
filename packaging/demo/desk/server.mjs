// Desk, a small support desk: the internal tool that the demo, `packaging/dev try` and the end-to-end tests work in.
// It stands for the tools that Fieldnote meets: a sign-in that loads a page, an app that routes by pushState, an area
// that nobody may record (/hr/), and plain linked pages (/guides). Data lives in memory, fresh with every start.

import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";

import { onLoopback } from "../harness/loopback.mjs";
import { newDesk } from "./data.mjs";
import { guidePage, guidesPage } from "./guides.mjs";

const TYPES = { css: "text/css", html: "text/html", mjs: "text/javascript", svg: "image/svg+xml" };
const LARGEST_BODY = 64 * 1024;

/**
 * Serves Desk on loopback.
 * @param {{port?: number}} options port 0 takes any free one
 * @returns {Promise<{port: number, close: () => Promise<void>}>}
 */
export async function startDesk({ port = 0 } = {}) {
  const desk = newDesk();
  const sessions = new Map();
  const server = createServer((request, response) => {
    answer({ desk, sessions, request, response }).catch((error) => {
      const known = error instanceof Refused;
      if (!known) console.error(error);
      send(
        response,
        known ? error.status : 500,
        "text/plain",
        known ? error.message : "Desk stumbled over this request.",
      );
    });
  });
  return onLoopback(server, port);
}

/** A request that Desk turns down, in words for the one who asked. */
class Refused extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

async function answer({ desk, sessions, request, response }) {
  const { pathname } = new URL(request.url, "http://desk");
  const session = /(?:^|; )desk=([^;]+)/.exec(request.headers.cookie ?? "")?.[1];
  const agent = sessions.get(session);
  const route = `${request.method} ${pathname}`;

  if (route === "GET /sign-in") return page(response, "sign-in.html");
  if (route === "POST /sign-in") {
    const form = new URLSearchParams(await body(request));
    // Any password opens the sample, and none is kept.
    if (!form.get("email") || !form.get("password")) throw new Refused(400, "An email and a password are needed.");
    const id = randomUUID();
    sessions.set(id, { email: form.get("email"), name: nameOf(form.get("email")) });
    return redirect(response, "/tickets", `desk=${id}; HttpOnly; SameSite=Strict; Path=/`);
  }
  if (pathname.startsWith("/assets/")) return asset(response, pathname.slice("/assets/".length));
  if (pathname === "/favicon.ico") return redirect(response, "/assets/icon.svg");

  if (!agent) {
    if (pathname.startsWith("/api/")) throw new Refused(401, "Sign in first.");
    return redirect(response, "/sign-in");
  }
  if (route === "POST /sign-out") {
    sessions.delete(session);
    return redirect(response, "/sign-in", "desk=; Max-Age=0; Path=/");
  }
  if (pathname.startsWith("/api/")) return api({ desk, agent, request, response, pathname });
  if (request.method !== "GET") throw new Refused(405, "Desk only shows this page.");
  if (pathname === "/") return redirect(response, "/tickets");
  if (/^\/(tickets|hr)(\/|$)/.test(pathname)) return page(response, "app.html");
  if (pathname === "/guides") return send(response, 200, TYPES.html, guidesPage(desk.guides));
  const guide = /^\/guides\/(\d+)$/.exec(pathname);
  if (guide && desk.guides[guide[1] - 1])
    return send(response, 200, TYPES.html, guidePage(desk.guides, Number(guide[1])));
  throw new Refused(404, "Desk has no such page.");
}

async function api({ desk, agent, request, response, pathname }) {
  const route = `${request.method} ${pathname}`;
  const json = (status, value) => send(response, status, "application/json", JSON.stringify(value));
  if (route === "GET /api/me") return json(200, agent);
  if (route === "GET /api/tickets") return json(200, desk.tickets);
  if (route === "GET /api/people") return json(200, desk.people);
  if (route === "POST /api/tickets") return json(201, desk.open(parse(await body(request)), agent));

  const [, number, reply] = /^\/api\/tickets\/(\d+)(\/replies)?$/.exec(pathname) ?? [];
  const ticket = desk.tickets.find((candidate) => candidate.number === Number(number));
  if (!ticket) throw new Refused(404, "There is no such ticket.");
  if (request.method === "GET" && !reply) return json(200, ticket);
  if (request.method === "PATCH" && !reply) return json(200, desk.change(ticket, parse(await body(request))));
  if (request.method === "POST" && reply) return json(201, desk.reply(ticket, parse(await body(request)), agent));
  throw new Refused(405, "Desk cannot do that with a ticket.");
}

async function body(request) {
  const chunks = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > LARGEST_BODY) throw new Refused(413, "That is more than Desk takes at once.");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    throw new Refused(400, "Desk could not read that.");
  }
}

const nameOf = (email) =>
  email
    .split("@")[0]
    .split(/[._-]/)
    .filter(Boolean)
    .map((word) => word[0].toUpperCase() + word.slice(1))
    .join(" ");

const page = async (response, name) =>
  send(response, 200, TYPES.html, await readFile(fileURLToPath(new URL(`pages/${name}`, import.meta.url))));

async function asset(response, name) {
  if (!/^[a-z-]+\.(css|mjs|svg)$/.test(name)) throw new Refused(404, "Desk has no such file.");
  const content = await readFile(fileURLToPath(new URL(`assets/${name}`, import.meta.url)));
  send(response, 200, TYPES[name.split(".").pop()], content);
}

function redirect(response, location, cookie) {
  response.writeHead(303, cookie ? { location, "set-cookie": cookie } : { location }).end();
}

function send(response, status, type, content) {
  response
    .writeHead(status, {
      "content-type": `${type}; charset=utf-8`,
      "content-security-policy": "default-src 'self'",
      "cache-control": "no-store",
    })
    .end(content);
}
