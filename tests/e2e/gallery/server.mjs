// Serves the gallery on loopback: pages/*.html as they are, pages/*.mjs bundled from the libraries they import.

import { readdir, readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

import { onLoopback } from "../../../packaging/demo/harness/loopback.mjs";

const pages = fileURLToPath(new URL("pages/", import.meta.url));

let bundled;

/** @returns {Promise<{port: number, close: () => Promise<void>}>} */
export async function startGallery() {
  bundled ??= bundle();
  const files = await bundled;
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://gallery");
    const type = pathname.endsWith(".js") ? "text/javascript" : pathname.endsWith(".css") ? "text/css" : "text/html";
    const name = pathname.split("/")[1];
    const body =
      files.get(pathname) ??
      (pathname === "/end" ? "<!doctype html><title>The end</title>" : undefined) ??
      (files.has(`/${name}.js`)
        ? `<!doctype html><html lang="en"><meta charset="utf-8"><title>${name}</title>` +
          `${files.has(`/${name}.css`) ? `<link rel="stylesheet" href="/${name}.css">` : ""}<body></body><script src="/${name}.js"></script></html>`
        : null);
    response.writeHead(body === null ? 404 : 200, { "content-type": `${type}; charset=utf-8` }).end(body ?? "");
  });
  return onLoopback(server);
}

/** What each address serves. It takes seconds, and is the same for every browser. */
async function bundle() {
  const names = await readdir(pages);
  const modules = names.filter((each) => each.endsWith(".mjs"));
  const { outputFiles } = await build({
    entryPoints: modules.map((name) => pages + name),
    bundle: true,
    minify: true,
    format: "iife",
    write: false,
    outdir: pages,
    loader: { ".css": "css", ".ttf": "dataurl" },
    define: {
      "process.env.NODE_ENV": '"production"',
      __VUE_OPTIONS_API__: "true",
      __VUE_PROD_DEVTOOLS__: "false",
      __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: "false",
    },
    logLevel: "error",
  });
  const files = new Map(
    outputFiles.map(({ path, contents }) => [`/${path.slice(path.lastIndexOf("/") + 1)}`, contents]),
  );
  for (const name of names.filter((each) => each.endsWith(".html")))
    files.set(`/${name.slice(0, -5)}`, await readFile(pages + name));
  return files;
}
