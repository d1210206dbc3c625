// A Debian that has nothing but what every Debian has, in a folder; made once and unpacked for each test.

import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { lstat, mkdir, readdir, readFile, readlink, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

import { checkout } from "../../packaging/demo/harness/checkout.mjs";

const run = promisify(execFile);
const TAR = join(checkout.build, "clean-debian.tar");
const MIRROR = "http://deb.debian.org/debian";

/** Commands that change owners need root, or a namespace in which this account has more ids than one. */
const AS_ROOT =
  process.getuid() === 0 ? ["unshare", "--mount"] : ["unshare", "--mount", "--user", "--map-root-user", "--map-auto"];

const ENVIRONMENT = {
  PATH: "/usr/sbin:/usr/bin:/sbin:/bin",
  DEBIAN_FRONTEND: "noninteractive",
  LC_ALL: "C.UTF-8",
  HOME: "/root",
};

export class CleanTree {
  constructor(folder) {
    this.folder = folder;
  }

  /** @param {string} name of the folder below build/ */
  static async make(name) {
    if (!(await stat(TAR).catch(() => null)))
      await run("mmdebstrap", [
        "--quiet",
        "--format=tar",
        "--variant=essential",
        // What runs the user's timer, and has the journal.
        "--include=systemd",
        "bookworm",
        `${TAR}.new`,
        MIRROR,
      ]).then(() => run("mv", [`${TAR}.new`, TAR]));
    const tree = new CleanTree(join(checkout.build, name));
    await tree.remove();
    await mkdir(tree.folder, { recursive: true });
    // Without devices: what needs one gets the machine's.
    await tree.#asRoot("tar", "--extract", "--file", TAR, "--directory", tree.folder, "--exclude=./dev/*");
    return tree;
  }

  async remove() {
    await this.#asRoot("rm", "-rf", this.folder);
    await rm(this.folder, { recursive: true, force: true });
  }

  /**
   * Runs a shell command inside, as root; returns what it printed.
   * @param {string} [mounting] run in the tree's folder just before, with the machine's own commands, for this run alone
   */
  async run(command, mounting = "true") {
    const inside = `cd "$0" && mount --rbind /dev dev && mount -t proc proc proc && ${mounting} && exec chroot . /bin/sh -e -c "$1"`;
    const { stdout } = await this.#asRoot("sh", "-e", "-c", inside, this.folder, command);
    return stdout;
  }

  /** Every path below `from` but those that `passedOver` begins, with what would tell that it was changed. */
  async everything(from = "/", passedOver = []) {
    const found = {};
    const visit = async (path) => {
      if (passedOver.some((start) => path.startsWith(start))) return;
      found[path] = await looksOf(join(this.folder, path));
      if (!found[path].startsWith("folder")) return;
      for (const name of (await readdir(join(this.folder, path))).sort()) await visit(join(path, name));
    };
    await visit(from);
    return found;
  }

  #asRoot(...command) {
    const [program, ...words] = [...AS_ROOT, ...command];
    return run(program, words, { env: ENVIRONMENT, maxBuffer: 64 << 20 });
  }
}

async function looksOf(path) {
  const facts = await lstat(path);
  const owner = `${(facts.mode & 0o7777).toString(8)} ${facts.uid}:${facts.gid}`;
  if (facts.isDirectory()) return `folder ${owner}`;
  if (facts.isSymbolicLink()) return `link to ${await readlink(path)}`;
  if (!facts.isFile()) return `special ${owner}`;
  return `file ${owner} ${createHash("sha256")
    .update(await readFile(path))
    .digest("hex")}`;
}
