// Where things lie in this checkout.

import { fileURLToPath } from "node:url";

const at = (path) => fileURLToPath(new URL(`../../../${path}`, import.meta.url));

export const checkout = {
  root: at(""),
  build: at("build"),
  schemas: at("manifest/schema"),
  extensionBuild: at("extension/build.mjs"),
  extension: at("build/extension"),
  host: at("build/release/host/cli/fieldnote-host"),
  fieldnote: at("build/release/host/cli/fieldnote"),
};

export const CHROMIUM = "/usr/bin/chromium";
export const FIREFOX = "/usr/bin/firefox-esr";
