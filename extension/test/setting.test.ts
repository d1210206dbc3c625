// @vitest-environment jsdom
import { describe, expect, it } from "vitest";
import { isContentText, OUTERMOST, type Setting } from "../src/content/outline/setting.js";

describe("a text of an outline is content", () => {
  const chrome: Setting = { ...OUTERMOST, chrome: true };
  const control: Setting = { ...OUTERMOST, naming: "control" };
  const subject: Setting = { ...OUTERMOST, subject: true };
  it.each([
    ["Sam Rivers", chrome, true],
    ["Zoë van der Berg", chrome, false],
    ["J. R. O’Neill", OUTERMOST, true],
    ["Sign Out", control, false],
    ["No open tickets", OUTERMOST, false],
    ["Order 4711", OUTERMOST, true],
    ["Saved", subject, true],
    ["Saved", { ...OUTERMOST, mark: "placeholder" }, true],
  ] as const)("%s", (text, setting, content) => {
    expect(isContentText(text, setting as Setting)).toBe(content);
  });
});
