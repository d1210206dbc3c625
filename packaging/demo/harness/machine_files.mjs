// What an administrator puts on a machine: browser policy, native messaging manifest, Fieldnote's own policy.
// Written into an /etc that only this run sees (packaging/demo/private-etc).

import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

import { fieldnote } from "./organisation.mjs";

export const HOST_NAME = "org.fieldnote.host";
export const POLICY_FOLDER = "/etc/fieldnote";

/** Throws unless /etc is this run's own. */
export async function requirePrivateEtc() {
  const mounts = await readFile("/proc/self/mountinfo", "utf8");
  if (!/^\S+ \S+ \S+ \S+ \/etc .* - tmpfs /m.test(mounts)) {
    throw new Error("This would write to the machine's own /etc: start it by packaging/demo/private-etc.");
  }
}

/**
 * Chromium's policy as `fieldnote policy render` makes it for a Fieldnote policy that lists `allowedHosts`.
 * @param {{folder: string, id: string, feed: string, allowedHosts: string[] | null}} options `folder`: what is rendered
 *   lies there. null leaves the browser's own limit out, which no organisation can do: a test of the layers behind it
 *   does
 */
export async function chromiumPolicy({ folder, id, feed, recipient, allowedHosts }) {
  const source = join(folder, "policy");
  const origins = (allowedHosts ?? ["desk.corp.test"]).map((host) => `http://${host}`);
  await writeFiles(source, fieldnotePolicy({ recipient, id, user: "somebody", origins, exclude: [] }));
  const { file } = JSON.parse(
    await fieldnote(["policy", "render", source, "--browser", "chromium", "--out", folder, "--feed", feed, "--json"]),
  );
  const policy = JSON.parse(await readFile(file, "utf8"));
  if (!allowedHosts) {
    delete policy.ExtensionSettings[id].runtime_blocked_hosts;
    delete policy.ExtensionSettings[id].runtime_allowed_hosts;
  }
  // Not for a real machine: lets puppeteer read and click the extension's own pages.
  return { ...policy, DeveloperToolsAvailability: 1 };
}

export const nativeManifest = ({ id, host }) => ({
  name: HOST_NAME,
  description: "Fieldnote: filters, redacts, encrypts and keeps what the extension records",
  path: host,
  type: "stdio",
  allowed_origins: [`chrome-extension://${id}/`],
});

const FIELDS = `// The team agreed that subjects may be read as they are.
    { "match": "input[name=subject]", "values": "clear" },
    { "match": "#customer", "values": "shape" }`;

/**
 * Fieldnote's policy for the sample tool, as an administrator would write it.
 * @param {{recipient: string, id: string, user: string, origins: string[], exclude: string[], tasks?: string[],
 *   fields?: string}} options `fields`: rules in the place of the usual ones, as they stand in the file
 * @returns {{"policy.json": string, "teams.d/support.json": string}} the files of a policy folder
 */
export const fieldnotePolicy = ({
  recipient,
  id,
  user,
  origins,
  exclude,
  tasks = ["Open a ticket", "Answer a ticket"],
  fields = FIELDS,
}) => ({
  "policy.json": `// Who records, what for, and who can read it.
{
  "organisation": "Example Corp",
  "notice": {
    "purpose": "Train an assistant for the support desk",
    "lawful_basis": "Works agreement of 2026-03-01",
    "contact": "privacy@corp.example",
    "more": "https://intranet.corp.example/fieldnote"
  },
  // The organisation's training key. Its secret half is not on this machine.
  "recipients": [{ "key": ${JSON.stringify(recipient)}, "name": "Assistant team" }],
  "review_window": "24h",
  "retention": { "days": 30, "megabytes": 512 },
  "extension_ids": [${JSON.stringify(id)}]
}
`,
  "teams.d/support.json": `// The support team and its tools.
{
  "members": { "users": [${JSON.stringify(user)}] },
  "sites": ${JSON.stringify(origins.map((origin) => ({ url: `${origin}/*`, app: "desk" })))},
  // Nobody records human resources.
  "exclude": ${JSON.stringify(exclude)},
  "tasks": ${JSON.stringify(tasks)},
  "capture": { "values": "placeholder", "keys": "episodes", "outline": true },
  "fields": [
    ${fields}
  ]
}
`,
});

/** Writes `files` (path below `folder` to text) as an administrator's files are: others may read, not write. */
export async function writeFiles(folder, files) {
  for (const [name, text] of Object.entries(files)) {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true, mode: 0o755 });
    // A changed policy is a new file: whoever reads sees the old one or the new one.
    await rm(path, { force: true });
    await writeFile(path, text, { mode: 0o644 });
  }
}

export const installChromiumPolicy = (policy) =>
  writeFiles("/etc/chromium/policies/managed", { "fieldnote.json": JSON.stringify(policy, null, 2) });

export const installNativeManifest = (manifest) =>
  writeFiles("/etc/chromium/native-messaging-hosts", { [`${HOST_NAME}.json`]: JSON.stringify(manifest, null, 2) });
