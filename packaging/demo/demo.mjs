// The demo: a session in a real browser becomes a dataset. Run by `packaging/dev demo`, in an /etc of its own.

import { cp, mkdir, rm } from "node:fs/promises";
import { join, relative } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

import { checkout } from "./harness/checkout.mjs";
import { sayYes } from "./harness/notice.mjs";
import { bundlesIn, exportDataset, fieldnote } from "./harness/organisation.mjs";
import { DESK, Workplace } from "./harness/workplace.mjs";
import { ledgerRows } from "./ledger.mjs";
import { bold, dim, heading, pairs, step } from "./terminal.mjs";
import { FIELDS, TASK } from "./told.mjs";
import { work } from "./work.mjs";

const folder = join(checkout.build, "demo");
const working = join(folder, "working");
const bundles = join(folder, "bundles");
const dataset = join(folder, "dataset");
const identity = join(folder, "organisation.key");

let pictures = 0;
const picture = (person, options) => (name) =>
  person.page.screenshot({ path: join(folder, "screenshots", `${++pictures}-${name}.png`), ...options });

async function session(workplace) {
  const reader = await step("the extension arrives by policy and shows its notice", () => workplace.notice());
  await step("a person reads the notice and says yes", async () => {
    await reader.see("button", "Yes, record my work");
    await picture(reader, { fullPage: true })("notice");
    await sayYes(reader);
  });
  await step("picks a task from the team's list", () => workplace.fieldnote("task", "begin", TASK));
  const person = await workplace.person(DESK);
  await step("works in the desk: signs in, opens a ticket, answers it", () =>
    work(person, {
      password: "correct horse battery staple",
      picture: picture(person),
      look: () => pause(800),
    }),
  );
  await step("everything is held, encrypted on this device", () => workplace.untilHeld("the last click", isSignOut));
  await step("says that the task is done", () => workplace.fieldnote("task", "done"));
  await step("is sealed for the organisation", () => workplace.seal());
  await cp(join(workplace.state, "bundles"), bundles, { recursive: true });
}

const isSignOut = ({ kind, target }) => kind === "click" && target.name === "Sign out";

await rm(folder, { recursive: true, force: true });
await mkdir(join(folder, "screenshots"), { recursive: true });
const workplace = await step("a machine with Fieldnote rolled out, a sample tool, Chromium", () =>
  Workplace.open({ folder: working, identity, tasks: [TASK], fields: FIELDS }),
);
try {
  await session(workplace);
} finally {
  await workplace.close();
}
await rm(working, { recursive: true, force: true });
const { about } = await step("and becomes a dataset", async () =>
  exportDataset({ identity, bundles: await bundlesIn(bundles), folder: dataset }),
);

heading("What the organisation gets");
console.log(await fieldnote(["show", dataset]));
heading("What was withheld or masked, and why");
pairs(ledgerRows(about.ledger));
heading("Where it lies");
const [firstBundle] = await bundlesIn(bundles);
const here = (path) => relative(checkout.root, path);
pairs([
  [here(join(dataset, "steps-00000.jsonl.zst")), "the dataset, one step a line"],
  [here(firstBundle), "what left the device"],
  [here(identity), "the organisation's key, which opens it"],
  [here(join(folder, "screenshots")), "what the person saw"],
]);
console.log(`\nStock tools read it: ${bold(`age -d -i ${here(identity)} ${here(firstBundle)} | zstd -dc | head -1`)}`);
console.log(dim("This machine's own /etc was not touched, and nothing else was left behind."));
