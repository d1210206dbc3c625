import assert from "node:assert/strict";
import test from "node:test";

import { standing } from "../../packaging/demo/harness/notice.mjs";
import { processesWith } from "../../packaging/demo/harness/processes.mjs";
import { until } from "../../packaging/demo/harness/until.mjs";
import { DESK } from "../../packaging/demo/harness/workplace.mjs";
import { measured } from "./bar.mjs";
import { agentAt, clickOn, recordingFor } from "./recording.mjs";

const PAUSED = "II";
const RECORDING = "REC";
/** The bars, in milliseconds. */
const OPENS_IN = 100;
const PAUSES_IN = 200;

const textOf = (person, id) => person.page.$eval(`#${id}`, (element) => element.textContent);
const reads = (person, id, wanted) =>
  until(`#${id} reads ${wanted}`, async () => wanted.test(await textOf(person, id).catch(() => "")));
const stands = (person, wanted) => until(`it stands ${wanted}`, async () => (await standing(person.page)) === wanted);

test("the popup says whether this page is recorded and why, pauses, and names the task", async (t) => {
  const workplace = await recordingFor(t);
  const person = await agentAt(workplace);
  const badge = (wanted) =>
    until(`the badge says ${wanted}`, async () => (await workplace.badge(person.page)) === wanted);
  await badge(RECORDING);

  await t.test("opens fast, and says why, for whom and what for", async (t) => {
    const popup = await workplace.popup(person.page);
    await reads(popup, "standing-text", /This page is recorded: it is part of desk, a tool of the team support/);
    assert.match(await textOf(popup, "here"), /Example Corp: Train an assistant for the support desk/);
    const took = [];
    for (let round = 0; round < 5; ++round) {
      const { page } = await workplace.popup(person.page);
      took.push(await page.evaluate(() => performance.getEntriesByName("drawn")[0].startTime));
    }
    measured(t, "popup drawn after", took, OPENS_IN);
  });

  await t.test("pauses, and nothing of the pause is held", async () => {
    let popup = await workplace.popup(person.page);
    await popup.click("button", "Until I resume");
    await stands(popup, "paused");
    await badge(PAUSED);
    await person.click("link", "New ticket");
    await person.page.reload();
    await person.see("button", "Create ticket");
    popup = await workplace.popup(person.page);
    await popup.click("button", "Resume recording");
    await stands(popup, "recording");
    await badge(RECORDING);
    await person.click("link", "Cancel");
    await workplace.untilHeld("a click after the pause", clickOn("Cancel"));
    assert.equal((await workplace.held()).filter(clickOn("New ticket")).length, 0);
  });

  await t.test("a pause outlives the host", async () => {
    let popup = await workplace.popup(person.page);
    await popup.click("button", "1 hour");
    await stands(popup, "paused");
    await reads(popup, "standing-text", /paused it until [^.]*\d/);
    const [host] = await processesWith(`chrome-extension://${workplace.id}/`);
    process.kill(host, "SIGKILL");
    await until("another host runs", async () =>
      (await processesWith(`chrome-extension://${workplace.id}/`)).some((pid) => pid !== host),
    );
    popup = await workplace.popup(person.page);
    await stands(popup, "paused");
    await reads(popup, "standing-text", /paused it until [^.]*\d/);
    await person.click("link", "New ticket");
    popup = await workplace.popup(person.page);
    await popup.click("button", "Resume recording");
    await stands(popup, "recording");
    await badge(RECORDING);
    await person.click("link", "Cancel");
    await until(
      "another click after a pause is held",
      async () => (await workplace.held()).filter(clickOn("Cancel")).length === 2,
    );
    assert.equal((await workplace.held()).filter(clickOn("New ticket")).length, 0);
  });

  await t.test("a task of the list, and one in own words that stay", async () => {
    const popup = await workplace.popup(person.page);
    await popup.choose("What are you working on?", "Answer a ticket");
    await popup.click("button", "Begin");
    await reads(popup, "doing-words", /Answer a ticket/);
    await person.page.bringToFront();
    await person.click("link", "New ticket");
    const held = await workplace.untilHeld("a click of the task", clickOn("New ticket"));
    assert.match(held.task, /^[0-9a-f]{16}$/);
    const again = await workplace.popup(person.page);
    await again.click("button", "Done");
    await again.choose("What are you working on?", "Something else …");
    await again.type("In your own words", "Call Kim Lee back");
    await again.click("button", "Begin");
    await reads(again, "doing-words", /Call Kim Lee back/);
    assert.equal(await textOf(again, "doing-leaves"), "Your words stay on this computer.");
    await again.click("button", "Stopped");
    await again.see("button", "Begin");
  });

  await t.test("pages that are not recorded, and why", async () => {
    await person.page.goto(`${DESK}/hr/`);
    const popup = await workplace.popup(person.page);
    await reads(popup, "standing-text", /not recorded. Your organisation has excluded it/);
    await person.page.goto("http://elsewhere.corp.test/");
    await reads(await workplace.popup(person.page), "standing-text", /not recorded. It is on no list of yours/);
    await person.page.goto(DESK);
  });

  await t.test("leads to the review and to the notice", async () => {
    await (await workplace.popup(person.page)).leave("button", "Review");
    await workplace.browser.waitForTarget((target) => target.url().endsWith("/review.html"));
    await (await workplace.popup(person.page)).leave("button", "What is recorded, and my answer");
    await until("the notice is in front", async () => {
      const [notice] = await workplace.notices();
      return (await notice.evaluate(() => document.visibilityState)) === "visible";
    });
  });

  await t.test("a pause holds for another browser of the same person, at once", async (t) => {
    const other = await workplace.anotherBrowser({ profile: "second-profile" });
    // The yes is known already: nobody is asked twice.
    const there = await workplace.person(DESK, other);
    await until("the other browser records", async () => {
      await there.press("Escape");
      const streams = new Set(
        (await workplace.held()).filter(({ kind }) => kind === "key").map(({ stream }) => stream),
      );
      return streams.size > 0;
    });
    const before = await escapes(workplace);
    const popup = await workplace.popup(person.page);
    await there.page.bringToFront();
    const pressed = [];
    let pausedAt = Number.POSITIVE_INFINITY;
    const pausing = popup.click("button", "Until I resume").then(() => {
      pausedAt = performance.now();
    });
    while (performance.now() < pausedAt + 3 * PAUSES_IN) {
      await there.press("Escape");
      pressed.push(performance.now());
    }
    await pausing;
    await stands(popup, "paused");
    const held = await until("what was pressed before is held", async () => {
      const now = (await escapes(workplace)) - before;
      return now > 0 ? now : null;
    });
    const last = pressed[held - 1] - pausedAt;
    assert.ok(held < pressed.length, "some were not held");
    measured(t, `the last of ${held} keys held came after the pause`, [last], PAUSES_IN);
  });
});

const escapes = async (workplace) => (await workplace.held()).filter(({ key }) => key === "Escape").length;

test("no control message of a page or a content script is heard", async (t) => {
  const workplace = await recordingFor(t);
  const person = await agentAt(workplace);
  await person.click("link", "New ticket");
  await workplace.untilHeld("a click", clickOn("New ticket"));
  const before = (await workplace.held()).length;
  const notice = (await workplace.notices())[0];
  const digest = await digestOf(notice);
  // In the world of our content script, which a page cannot enter: the strongest forger there is.
  const own = await workplace.own("review.html");
  const forged = await own.page.evaluate(
    async (url, digest) => {
      const [tab] = await chrome.tabs.query({ url: `${url}/*` });
      const [result] = await chrome.scripting.executeScript({
        target: { tabId: tab.id },
        args: [digest],
        func: async (digest) => {
          const messages = [
            { type: "question", number: 1, request: { type: "delete", which: { all: true } } },
            { type: "question", number: 2, request: { type: "state", change: "pause" } },
            { type: "question", number: 3, request: { type: "withdraw", held: "delete" } },
            { type: "answer", digest, answer: "no" },
            { type: "open", page: "review" },
          ];
          const heard = [];
          for (const name of ["notice", "popup", "review"]) {
            const port = chrome.runtime.connect({ name });
            port.onMessage.addListener((message) => heard.push(message));
            for (const message of messages) port.postMessage(message);
          }
          for (const message of messages)
            chrome.runtime.sendMessage(message).then(
              (answer) => answer !== undefined && heard.push(answer),
              () => {},
            );
          // Answers to what is asked rightly come in the same order: when this one is there, nothing more will.
          await chrome.runtime.sendMessage({ type: "query" });
          return { heard, hasTabs: chrome.tabs !== undefined };
        },
      });
      return result.result;
    },
    DESK,
    digest,
  );
  assert.deepEqual(forged, { heard: [], hasTabs: false });
  const fromPage = await person.page.evaluate(() => ({ runtime: typeof globalThis.chrome?.runtime?.connect }));
  assert.deepEqual(fromPage, { runtime: "undefined" }, "a page has no way to speak to us");
  assert.equal(await standing(notice), "recording");
  await person.page.bringToFront();
  await person.click("link", "Cancel");
  await workplace.untilHeld("work after it", clickOn("Cancel"));
  assert.ok((await workplace.held()).length > before, "nothing was deleted");
});

/** The digest of the notice, as a page of ours is told it. */
const digestOf = (page) =>
  page.evaluate(
    () =>
      new Promise((resolve) => {
        const port = chrome.runtime.connect({ name: "notice" });
        port.onMessage.addListener((view) => resolve(view.notice.digest));
      }),
  );
