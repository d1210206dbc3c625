// Serves the pages of the cases on loopback, whatever host they are asked for, as a proxy too.

import { createServer } from "node:http";

import { onLoopback } from "../../../packaging/demo/harness/loopback.mjs";

/**
 * @param {Record<string, {html: string, pages?: Record<string, string>}>} cases by the first word of the address;
 *   `pages` by what follows it
 */
export const serving = (cases) => async () => {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://acts.corp.test");
    const [, name, ...rest] = pathname.split("/");
    const made = cases[name];
    const body =
      rest.length > 0 ? made?.pages?.[rest.join("/")] : (made?.html ?? (/^(begin|end)$/.test(name) ? "" : undefined));
    const headers = { "content-type": `${typeOf(pathname)}; charset=utf-8` };
    if (pathname.endsWith(".csv")) headers["content-disposition"] = "attachment";
    const isPage = headers["content-type"].startsWith("text/html") && !body?.startsWith("<!");
    const page = isPage ? `<!doctype html><html lang="en"><title>${name}</title>${body}` : body;
    response.writeHead(body === undefined ? 404 : 200, headers).end(body === undefined ? "" : page);
  });
  return onLoopback(server);
};

function typeOf(pathname) {
  if (pathname.endsWith(".csv")) return "text/csv";
  if (pathname.endsWith(".svg")) return "image/svg+xml";
  return pathname.endsWith(".xhtml") ? "application/xhtml+xml" : "text/html";
}
