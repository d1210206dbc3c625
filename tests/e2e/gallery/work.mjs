// What a person does on each page of the gallery, with mouse and keyboard.

import { setTimeout as pause } from "node:timers/promises";

/** By page: what is done there. The first word of the address is the page. */
export const WORK = {
  async plain(hand) {
    const { page, keys } = hand;
    await hand.click("#plain");
    await hand.click("#gone");
    await hand.click("#twice", { count: 2 });
    await hand.click("#plain", { button: "right" });
    await keys.press("Escape");
    await hand.click("button[type=submit]");
    await hand.type("[name=customer]", "Kim");
    await hand.type("[name=note]", "Mind the gap");
    await hand.chord("Control", "a");
    await hand.chord("Control", "c");
    await keys.press("Tab");
    await hand.click("[name=note]");
    await hand.chord("Control", "v");
    await hand.click("button[type=submit]");
    await page.waitForFunction(() => document.querySelector("#status").textContent !== "");
    await hand.click("button[type=reset]");
    await hand.click("[name=customer]");
    await keys.type("Lee");
    await keys.press("Enter");
    await pause(300);
    await hand.chord("Control", "k");
    await hand.move("#tools");
    await pause(200);
    await hand.click(".menu li:nth-child(2) a");
    await hand.click("[popovertarget]");
    await hand.click("#more button");
    await hand.click("#ask");
    await hand.click("#yes");
    await hand.click("#bar");
    await hand.click("#map");
    await hand.drag("#card", "#bin");
    // Pressed and thought better of.
    const { x, y } = await hand.move("#plain");
    await page.mouse.down();
    await page.mouse.move(x, y + 300, { steps: 4 });
    await page.mouse.up();
    await hand.move("#far");
    await page.mouse.wheel({ deltaY: 120 });
    await pause(700);
    await hand.click("my-open >>> button");
    await hand.type("my-open >>> input", "abc");
    const closed = await hand.box("my-closed");
    await page.mouse.click(closed.left + 20, closed.y);
    for (const id of ["src", "box", "blank"]) {
      const frame = await hand.box(`#${id}`);
      await page.mouse.click(frame.left + 30, frame.top + 20);
    }
  },

  async shoelace(hand) {
    await hand.type("sl-input >>> input", "Kim Lee");
    await hand.click("sl-select >>> .select__combobox");
    await pause(400);
    await hand.click("sl-option[value=g]");
    await pause(400);
    await hand.click("sl-checkbox");
    await hand.click("#open >>> button");
    await pause(500);
    await hand.click("#close >>> button");
    await pause(500);
  },

  async antd(hand) {
    await hand.type("#customer", "Kim Lee");
    await hand.click(".ant-select-selector");
    await pause(500);
    await hand.click(".ant-select-item-option", { nth: 1 });
    await pause(400);
    await hand.click(".ant-checkbox-wrapper");
    await hand.click("button[type=submit]");
    await pause(600);
    await hand.click("main > button");
    await pause(600);
    await hand.click(".ant-modal-footer .ant-btn-primary");
    await pause(600);
    await hand.click("tbody tr:nth-child(2) button, tr[data-row-key='2'] button");
  },

  async tabulator(hand) {
    await hand.click(".tabulator-row:nth-child(2) .tabulator-cell[tabulator-field=name]");
    await hand.click(".tabulator-row:nth-child(2) .tabulator-cell[tabulator-field=state]");
    // At the field that opens there.
    await hand.look();
    await hand.keys.type("ed");
    await hand.keys.press("Enter");
    await hand.move(".tabulator-tableholder");
    await hand.page.mouse.wheel({ deltaY: 400 });
    await pause(700);
  },

  async editors(hand) {
    await hand.type(".ProseMirror", "Once upon a time");
    await hand.keys.press("Enter");
    await hand.keys.type("there was");
    await hand.type(".CodeMirror", "let x = 1;");
    await hand.keys.press("Enter");
    await hand.keys.type("x + 1");
    await hand.click("#done");
  },

  async board(hand) {
    await hand.drag("#a", "#c");
    await hand.drag("#d", "[aria-label=Now]");
  },

  async vue(hand) {
    await hand.click("a[href='/vue/orders']");
    await hand.type("input", "Soon");
    await hand.click("a[href='/vue/']");
    await hand.page.waitForFunction(() => location.pathname === "/vue/");
    // Nobody's hand is at the browser's buttons sooner after a click.
    await pause(400);
    await hand.page.goBack();
    await hand.page.waitForSelector("input");
    await pause(300);
  },

  async react(hand) {
    await hand.click("a[href='#/orders']");
    await hand.type("input", "ab-1");
    await hand.click("a[href='#/']");
    await pause(300);
  },

  async aggrid(hand) {
    const { keys, page } = hand;
    await hand.click(".ag-header-cell[col-id=name] .ag-header-cell-text");
    await hand.click("[row-index='1'] .ag-checkbox-input");
    await hand.click("[row-index='2'] [col-id=state]", { count: 2 });
    await hand.look();
    await hand.chord("Control", "a");
    await keys.type("closed");
    await keys.press("Enter");
    await hand.move(".ag-grid-viewport");
    await page.mouse.wheel({ deltaY: 4000 });
    await hand.look();
    await hand.click("[row-index='98'] [col-id=name]");
  },

  async monaco(hand) {
    const { keys } = hand;
    for (const editor of ["#query", "#note"]) {
      await hand.click(`${editor} .view-lines`);
      await keys.type("select name");
      await keys.press("Enter");
      await keys.type("from people");
      // A line that is put between others is the last one in the document.
      await keys.press("ArrowUp");
      await keys.press("End");
      await keys.press("Enter");
      await keys.type("and age");
    }
    await hand.chord("Control", "a");
    await hand.chord("Control", "c");
    await hand.click("#query .view-lines");
    await hand.chord("Control", "End");
    await hand.chord("Control", "v");
    await hand.click("body > button");
  },

  async ckeditor(hand) {
    const { keys, page } = hand;
    await hand.click(".ck-editor__editable");
    await keys.type("Thank you, we look into it");
    await keys.press("Enter");
    await keys.type("By tomorrow");
    await hand.chord("Control", "a");
    await hand.chord("Control", "c");
    await hand.click(".ck-toolbar .ck-button");
    await hand.click(".ck-editor__editable p");
    // It hears of another place for the next sign only after the browser has it.
    await page.waitForFunction(() => window.editor.model.document.selection.isCollapsed);
    await hand.chord("Control", "v");
    await hand.click("#send");
  },

  async radix(hand) {
    const { keys, page } = hand;
    await hand.click("#fruit");
    await hand.click("[role=option]:nth-of-type(2)");
    await page.waitForSelector("[role=option]", { hidden: true });
    await page.focus("#fruit");
    await keys.press(" ");
    await page.waitForFunction(() => document.activeElement.role === "option");
    await keys.press("ArrowUp");
    // The focus moves a timer later than the key.
    await page.waitForFunction(() => document.activeElement.textContent === "Apple");
    await keys.press("Enter");
    await page.waitForSelector("[role=option]", { hidden: true });
    await hand.click("#actions");
    await page.waitForSelector("#share", { visible: true });
    // It opens what the pointer rests on a moment after the click, and that is not of the click.
    await pause(200);
    await hand.move("#share");
    await page.waitForSelector("#mail", { visible: true });
    await hand.click("#mail");
    await page.waitForSelector("#mail", { hidden: true });
    const { left, y } = await hand.box("#volume");
    await page.mouse.click(left + 150, y);
    await keys.press("ArrowRight");
    await hand.click("#agree");
    await hand.click("#notify");
    await keys.press(" ");
    await hand.click("#large");
  },

  async mui(hand) {
    const { keys, page } = hand;
    await hand.type("#team", "s");
    await keys.press("ArrowDown");
    await keys.press("ArrowDown");
    await keys.press("Enter");
    await hand.click("#priority");
    await pause(400);
    await hand.click("[role=option]", { nth: 1 });
    await page.waitForSelector("[role=listbox]", { hidden: true });
    await hand.type("#note", "Soon");
    await keys.press("Enter");
    await keys.type("please");
    await hand.click(".MuiSwitch-root");
    const { left, y, width } = await hand.box("#effort");
    await page.mouse.click(left + width / 2, y);
    await keys.press("ArrowRight");
    await hand.click("#delete");
    await pause(400);
    await hand.click("#sure");
    await page.waitForSelector("#sure", { hidden: true });
  },

  async tinymce(hand) {
    const { keys, page } = hand;
    const { left, top } = await hand.box("iframe");
    await page.mouse.click(left + 50, top + 30);
    await keys.type("Dear customer");
    await keys.press("Enter");
    await keys.type("We have ");
    await hand.click("[data-mce-name=bold]");
    await keys.type("paid");
    await hand.click("#send");
  },

  async pickers(hand) {
    const { keys, page } = hand;
    await hand.click("#country + .select2 .select2-selection");
    await page.waitForSelector(".select2-search__field");
    await keys.type("sp");
    await hand.click(".select2-results__option");
    await hand.click(".choices");
    await pause(200);
    await hand.click(".choices__item--choice", { nth: 1 });
    await hand.click("#due");
    await hand.click(".flatpickr-next-month svg");
    await hand.click(".flatpickr-day:not(.prevMonthDay)", { nth: 10 });
    await hand.click("#done");
  },
};
