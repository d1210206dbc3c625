// @vitest-environment jsdom

import { expect, it, vi } from "vitest";
import { Outliner } from "../src/content/outline/outliner.js";
import { Outlines } from "../src/content/outlines.js";
import type { Reporter } from "../src/content/reporter.js";
import { find, fresh, page } from "./page.js";

it("a page is looked at soon after what somebody did to open something", () => {
  const touched = vi.spyOn(Outliner.prototype, "touch").mockReturnValue();
  vi.spyOn(Outliner.prototype, "start").mockReturnValue();
  vi.spyOn(Outliner.prototype, "present").mockReturnValue();
  const outlines = new Outlines({ team: { outline: true } } as Reporter, fresh());
  outlines.ordered(true);
  page('<button id="it">Row</button>');
  for (const type of ["keydown", "click", "contextmenu", "mousemove"]) {
    const event = new MouseEvent(type, { bubbles: true });
    find().dispatchEvent(event);
    outlines.seen(event);
  }
  expect(touched).toHaveBeenCalledTimes(3);
});
