// Builds the extension. One folder for Chromium and Firefox, and the same bytes from the same sources.
//
//   node build.mjs [--out DIR] [--key BASE64] [--hosts PATTERN,...] [--version N] [--firefox-id ID] [--alias FROM=TO]...
//
// --out         where to build; build/extension/ at the root of the repository by default
// --key         the manifest's "key": gives an unpacked extension its id
// --hosts       match patterns for host_permissions, instead of every site: for a build for one organisation
// --version     instead of the project's
// --firefox-id  an organisation's own, which Mozilla signs for it
// --alias       builds FROM (below src/) from the file TO instead; for tests that switch a layer off

import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { minify } from "terser";

import { forEsbuild } from "./field_words.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(here);
const source = join(here, "src");

/** What the content script may weigh, gzipped: it is in every page that is recorded. */
const CONTENT_KB = 30;

const { values: options } = parseArgs({
  options: {
    out: { type: "string", default: join(root, "build", "extension") },
    key: { type: "string" },
    hosts: { type: "string" },
    version: { type: "string" },
    "firefox-id": { type: "string" },
    alias: { type: "string", multiple: true, default: [] },
  },
});
const out = resolve(options.out);

/** The project has one version, and CMake has it. */
async function projectVersion() {
  const [, version] =
    /project\(\s*fieldnote\s+VERSION\s+([\d.]+)/.exec(await readFile(join(root, "CMakeLists.txt"), "utf8")) ?? [];
  if (version === undefined) throw new Error("CMakeLists.txt names no version of the project");
  return version;
}

async function manifest() {
  const fields = JSON.parse(await readFile(join(root, "manifest", "extension.json"), "utf8"));
  fields.version = options.version ?? (await projectVersion());
  if (options.key !== undefined) fields.key = options.key;
  if (options.hosts !== undefined) fields.host_permissions = options.hosts.split(",");
  if (options["firefox-id"] !== undefined) fields.browser_specific_settings.gecko.id = options["firefox-id"];
  return `${JSON.stringify(fields, null, 2)}\n`;
}

/** Builds one source from another file, which imports as if it stood in its place. */
function alias(text) {
  const [from, to] = text.split("=");
  if (!from || !to) throw new Error(`--alias wants FROM=TO, not "${text}"`);
  const original = join(source, from);
  return {
    name: `alias ${from}`,
    setup({ onLoad }) {
      onLoad({ filter: /\.ts$/ }, async ({ path }) =>
        path === original
          ? { contents: await readFile(to, "utf8"), loader: "ts", resolveDir: dirname(original) }
          : undefined,
      );
    },
  };
}

function bundle(entry, name) {
  return build({
    entryPoints: [join(source, entry)],
    outfile: join(out, name),
    bundle: true,
    minify: true,
    format: "iife",
    target: ["chrome120", "firefox128"],
    charset: "utf8",
    legalComments: "none",
    logLevel: "warning",
    plugins: [forEsbuild, ...options.alias.map(alias)],
  });
}

/**
 * The members of the content script's own classes and interfaces: nothing outside of it calls them, so they may bear
 * short names. Words of the shared sources keep theirs, for they may cross to the worker; what the DOM has, terser knows.
 * So no interface there describes what is the browser's: that is a `type`.
 */
async function ownMembers() {
  const own = new Set();
  for (const text of await textsIn("content"))
    for (const [body] of text.matchAll(/^(?:export )?(?:class|interface) [\s\S]*?^}/gm))
      for (const [, name] of body.matchAll(/^ {2}(?:(?:static|readonly|get) )*\*?([a-z]\w{2,})(?:\(|\??: | = )/gm))
        own.add(name);
  for (const text of await textsIn("shared"))
    for (const [word] of text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*/gm, "").matchAll(/\w+/g)) own.delete(word);
  return new RegExp(`^(${[...own].join("|")})$`);
}

async function textsIn(folder) {
  const names = await readdir(join(source, folder), { recursive: true });
  const files = names.filter((name) => name.endsWith(".ts")).sort();
  return Promise.all(files.map((name) => readFile(join(source, folder, name), "utf8")));
}

/** Once more over what is in every page: this finds more that can go, and takes longer. */
async function shrink(name) {
  const { code } = await minify(await readFile(join(out, name), "utf8"), {
    ecma: 2022,
    compress: {
      passes: 6,
      // Nobody but us is in our world: what the language brings is as it was brought.
      unsafe: true,
      keep_fargs: false,
      unsafe_arrows: true,
      unsafe_methods: true,
      // Longer before it is gzipped, shorter after.
      hoist_funs: true,
      inline: 1,
      sequences: false,
      lhs_constants: false,
      unsafe_math: true,
    },
    module: true,
    mangle: { properties: { regex: await ownMembers() } },
  });
  await writeFile(join(out, name), code);
}

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
await Promise.all([
  bundle("content/main.ts", "content.js").then(() => shrink("content.js")),
  bundle("background/main.ts", "background.js"),
  ...["notice", "popup", "review"].flatMap((page) => [
    bundle(`pages/${page}.ts`, `${page}.js`),
    cp(join(source, "pages", `${page}.html`), join(out, `${page}.html`)),
  ]),
  cp(join(source, "pages", "house.css"), join(out, "house.css")),
  writeFile(join(out, "manifest.json"), await manifest()),
  cp(join(here, "_locales"), join(out, "_locales"), { recursive: true }),
  cp(join(here, "icons"), join(out, "icons"), { recursive: true, filter: (path) => !path.endsWith(".svg") }),
]);

const kb = gzipSync(await readFile(join(out, "content.js")), { level: 9 }).length / 1000;
console.log(`content.js: ${kb.toFixed(1)} kB gzipped, of ${CONTENT_KB}`);
if (kb > CONTENT_KB) throw new Error("The content script has grown too large.");
