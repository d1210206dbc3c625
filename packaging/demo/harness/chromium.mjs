// A real Chromium with a profile of its own.

import { mkdir } from "node:fs/promises";
import { join } from "node:path";

import puppeteer from "puppeteer-core";

import { CHROMIUM } from "./checkout.mjs";

/** Chromium's own sandbox refuses to run for root, which is what a container or a namespace often makes of us. */
export const rootFlags = () => (process.getuid() === 0 ? ["--no-sandbox", "--test-type"] : []);

/** The environment of a browser that leaves nothing outside of `folder`: the host inherits it. */
export function browserEnvironment(folder) {
  const home = join(folder, "home");
  return {
    ...process.env,
    HOME: home,
    XDG_STATE_HOME: join(home, "state"),
    XDG_CONFIG_HOME: join(home, "config"),
    XDG_CACHE_HOME: join(home, "cache"),
    LANGUAGE: "en_US",
  };
}

export const COMMON_FLAGS = [
  "--no-first-run",
  "--no-default-browser-check",
  "--disable-sync",
  "--disable-component-update",
  "--disable-default-apps",
  "--disable-quic",
  "--password-store=basic",
  "--lang=en-US",
];

/**
 * Starts Chromium under puppeteer.
 * @param {{folder: string, port: number, profile?: string, language?: string, display?: string}} options everything the
 *   browser writes lies in `folder`; every host under corp.test and example.test is served by `port` on loopback;
 *   with a `display` its windows are there
 */
export async function startChromium({ folder, port, profile = "profile", language = "en-US", display }) {
  const env = browserEnvironment(folder);
  await mkdir(env.XDG_STATE_HOME, { recursive: true, mode: 0o700 });
  return puppeteer.launch({
    executablePath: CHROMIUM,
    headless: display === undefined,
    userDataDir: join(folder, profile),
    env: { ...env, LANGUAGE: language.replace("-", "_"), ...(display && { DISPLAY: display }) },
    // These two of puppeteer's defaults would keep the extension out.
    ignoreDefaultArgs: ["--disable-extensions", "--disable-background-networking"],
    args: [
      ...rootFlags(),
      ...COMMON_FLAGS.filter((flag) => !flag.startsWith("--lang=")),
      `--lang=${language}`,
      "--disable-gpu",
      `--host-resolver-rules=MAP *.corp.test 127.0.0.1:${port}, MAP *.example.test 127.0.0.1:${port}`,
    ],
    defaultViewport: { width: 1200, height: 800 },
    targetFilter,
  });
}

/** Takes hold of a Chromium that runs already, by the address of its debugger. */
export const attach = (browserWSEndpoint) =>
  puppeteer.connect({ browserWSEndpoint, targetFilter, defaultViewport: null });

/** A debugger keeps a service worker alive for ever; left alone it lives as it does with people. */
const targetFilter = (target) => target.type() !== "service_worker";
