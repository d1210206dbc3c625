// What is typed, chosen, ticked and put in.

import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

async function papers() {
  const folder = await mkdtemp(join(tmpdir(), "papers-"));
  const files = [join(folder, "payroll-of-jane.pdf"), join(folder, "jane.png"), join(folder, "more.pdf")];
  for (const file of files) await writeFile(file, "x");
  return files;
}

export const fields = {
  "kinds-of-fields": {
    html: `<input type=number aria-label=Number value=3><input type=range aria-label=Range><input type=color aria-label=Colour><input type=time aria-label=Time><input type=search aria-label=Search value=abc>
      <input list=l aria-label=Listed><datalist id=l><option>Alpha<option>Beta</datalist><textarea aria-label=Text></textarea><button>Out</button>`,
    async work(hand) {
      await hand.click("[type=number]");
      await hand.keys.press("ArrowUp");
      await hand.keys.press("ArrowUp");
      const range = await hand.box("[type=range]");
      await hand.page.mouse.click(range.left + 10, range.y);
      await hand.keys.press("ArrowRight");
      await hand.page.focus("[type=time]");
      await hand.keys.type("0145PM");
      await hand.click("[type=search]");
      await hand.keys.press("Backspace");
      await hand.type("[list]", "Be");
      await hand.type("textarea", "a");
      await hand.click("button");
    },
    expected: [
      ["click", "spinbutton Number"],
      ["input", "spinbutton Number", "shape", "typed"],
      ["input", "slider Range", "shape", "typed"],
      ["input", "textbox Time", "shape", "typed"],
      ["click", "searchbox Search"],
      ["input", "searchbox Search", "<TEXT>", "typed"],
      ["click", "combobox Listed"],
      ["input", "combobox Listed", "<TEXT>", "typed"],
      ["click", "textbox Text"],
      ["input", "textbox Text", "<TEXT>", "typed"],
      ["click", "button Out"],
    ],
  },
  choices: {
    html: `<select id=one aria-label=One><option>A<option>B<option>C</select><select id=many multiple aria-label=Many size=3><option>A<option>B<option>C</select>
     <label><input type=radio name=r> R1</label><label><input type=radio name=r> R2</label><label><input type=checkbox id=c> Check</label>
     <label><input type=checkbox id=s onclick="for (const each of document.querySelectorAll('.all')) each.click()"> All</label><label><input type=checkbox class=all> A1</label><label><input type=checkbox class=all> A2</label>
     <label><input type=checkbox id=no onclick="event.preventDefault()"> Refuses</label>`,
    async work(hand) {
      await hand.page.focus("#one");
      await hand.keys.press("ArrowDown");
      await hand.keys.press("c");
      const many = await hand.box("#many");
      await hand.page.mouse.click(many.left + 10, many.top + 12);
      await hand.page.keyboard.down("Control");
      await hand.page.mouse.click(many.left + 10, many.top + 50);
      await hand.page.keyboard.up("Control");
      await hand.click("[name=r]");
      await hand.keys.press("ArrowDown");
      await hand.page.focus("#c");
      await hand.keys.press(" ");
      await hand.click("#s");
      await hand.click("#no");
    },
    expected: [
      ["select", "combobox One", "B"],
      ["select", "combobox One", "C"],
      ["select", "listbox Many", "A"],
      ["select", "listbox Many", "A,C"],
      ["check", "radio R1", "R1"],
      ["check", "radio R2", "R2"],
      ["check", "checkbox Check", true],
      ["check", "checkbox All", true],
      ["click", "checkbox Refuses"],
    ],
  },
  "customized-select": {
    only: "chromium",
    html: `<style>select,::picker(select){appearance:base-select}</style><label>Pet <select id=s><button><selectedcontent></selectedcontent></button><option><span>Cat</span></option><option><b>Dog</b> good</option></select></label>`,
    async work(hand) {
      await hand.click("#s");
      await pause(200);
      await hand.click("option:nth-of-type(2) b");
      await hand.told("select", 1);
    },
    expected: [["select", "combobox Pet", "Dog good"]],
  },
  files: {
    html: `<label>Papers <input type=file multiple></label><div id=zone role=group aria-label=Dropzone style="height:60px;border:1px dashed">Drop here</div>
     <script>zone.ondragover=(e)=>e.preventDefault();zone.ondrop=(e)=>e.preventDefault()</script>`,
    async work(hand) {
      const files = await papers();
      if (hand.browser === "chromium") {
        const [chooser] = await Promise.all([hand.page.waitForFileChooser(), hand.click("[type=file]")]);
        await chooser.accept(files);
        await hand.told("file", 1);
        const { x, y } = await hand.box("#zone");
        const client = await hand.page.createCDPSession();
        const data = { items: [], files: files.slice(0, 2), dragOperationsMask: 1 };
        for (const type of ["dragEnter", "dragOver", "drop"])
          await client.send("Input.dispatchDragEvent", { type, x, y, data });
        await hand.told("file", 2);
      } else {
        const field = await hand.page.$("[type=file]");
        await field.uploadFile(...files);
        await hand.told("file", 1);
      }
    },
    expected: [
      ["click", "button Papers"],
      ["file", "button Papers", { number: 3, types: ["application/pdf", "image/png"] }],
      ["file", "group Dropzone", { number: 2, types: ["application/pdf", "image/png"] }],
    ],
    // Its driver neither clicks for a chooser nor drags files.
    inFirefox: [["file", "button Papers", { number: 3, types: ["application/pdf", "image/png"] }]],
  },
  clipboard: {
    html: `<input id=a aria-label=From value="four words of text"><input id=b aria-label=To><input type=password id=p aria-label=Secret value=hush><p id=t>Twelve signs</p><textarea id=h style="position:absolute;left:-999px"></textarea><button id=c onclick="h.value='copied by the page';h.select();document.execCommand('copy')">Copy link</button><button id=n onclick="navigator.clipboard?.writeText('x')">Modern</button>`,
    async work(hand) {
      await hand.click("#a");
      await hand.chord("Control", "a");
      await hand.chord("Control", "x");
      await hand.click("#b");
      await hand.chord("Control", "v");
      await hand.chord("Control", "z");
      await hand.chord("Control", "v");
      await hand.click("#p");
      await hand.chord("Control", "v");
      await hand.click("#t", { count: 3 });
      await hand.chord("Control", "c");
      await hand.click("#c");
      await hand.click("#n");
    },
    expected: [
      ["click", "textbox From"],
      ["cut", "textbox From", "17-64"],
      // A password is asked for beside it.
      ["input", "textbox From", "shape", "typed"],
      ["click", "textbox To"],
      ["paste", "textbox To", "17-64"],
      ["paste", "textbox To", "17-64"],
      ["input", "textbox To", "shape", "pasted"],
      ["click", "textbox Secret"],
      ["input", "textbox Secret", "withheld", "pasted"],
      ["click", "paragraph"],
      ["double_click", "paragraph", "< click"],
      ["click", "paragraph"],
      ["copy", "paragraph", "9-16"],
      ["click", "button Copy link"],
      ["copy", "textbox", "17-64", "< click"],
      ["click", "button Modern"],
    ],
  },
  "by-the-page": {
    html: `<input id=a aria-label=Upper oninput="setTimeout(()=>a.value=a.value.toUpperCase()+'!')"><input id=b aria-label=Filled><button id=c onclick="b.value='brimming';b.dispatchEvent(new Event('input',{bubbles:true}));b.dispatchEvent(new Event('change',{bubbles:true}))">Fill</button>
      <div id=e contenteditable aria-label=Note role=textbox></div><button id=bold onmousedown="event.preventDefault()" onclick="document.execCommand('insertText',false,'smile')">Smile</button>`,
    async work(hand) {
      await hand.type("#a", "abc");
      await hand.click("#c");
      await hand.type("#e", "x");
      await hand.click("#bold");
      await hand.click("#a");
    },
    expected: [
      ["click", "textbox Upper"],
      ["input", "textbox Upper", "<TEXT>", "typed,scripted"],
      ["click", "button Fill"],
      ["click", "textbox Note"],
      ["input", "textbox Note", "<TEXT>", "typed"],
      ["click", "button Smile"],
      ["input", "textbox Note", "<TEXT>", "scripted"],
      ["click", "textbox Upper"],
    ],
  },
  composed: {
    only: "chromium",
    html: `<input id=a aria-label=Name><div id=e contenteditable role=textbox aria-label=Note></div><button>Out</button>`,
    async work(hand) {
      const client = await hand.page.createCDPSession();
      for (const id of ["a", "e"]) {
        await hand.click(`#${id}`);
        await client.send("Input.imeSetComposition", { text: "にほ", selectionStart: 2, selectionEnd: 2 });
        await client.send("Input.insertText", { text: "日本" });
      }
      await hand.click("button");
    },
    expected: [
      ["click", "textbox Name"],
      ["input", "textbox Name", "<NAME>", "input_method"],
      ["click", "textbox Note"],
      ["input", "textbox Note", "<NAME>", "input_method"],
      ["click", "button Out"],
    ],
  },
  autofilled: {
    only: "chromium",
    html: `<form aria-label=Pay><label>Name <input autocomplete=cc-name name=n></label><label>Card <input autocomplete=cc-number name=c></label><label>Month <input autocomplete=cc-exp-month name=m></label><label>Year <input autocomplete=cc-exp-year name=y></label></form><button>Out</button>`,
    async work(hand) {
      const field = await hand.page.$("[name=n]");
      await hand.click("[name=n]");
      await field.autofill({
        creditCard: { number: "4444444444444448", name: "Jane Doe", expiryMonth: "01", expiryYear: "2030", cvc: "123" },
      });
      await hand.page.waitForFunction(() => document.querySelector("[name=y]").value !== "");
      await hand.click("button");
    },
    expected: [
      ["click", "textbox Name"],
      ["input", "textbox Name", "withheld", "autofilled"],
      ["input", "textbox Card", "withheld", "autofilled"],
      ["input", "textbox Month", "withheld", "autofilled"],
      ["input", "textbox Year", "withheld", "autofilled"],
      ["click", "button Out"],
    ],
  },
  "fields-that-vanish": {
    html: `<div id=cell tabindex=0>Cell</div><button>Out</button><input id=other aria-label=Other><script>
     cell.ondblclick=()=>{cell.innerHTML='<input id=in aria-label=Inline>';const f=cell.firstChild;f.focus();f.onkeydown=(e)=>{if(e.key==="Enter"||e.key==="Escape")cell.textContent="Done"};f.onblur=()=>{cell.textContent="Left"}}</script>`,
    async work(hand) {
      for (const way of ["Enter", "Escape", "button"]) {
        await hand.click("#cell", { count: 2 });
        await hand.keys.type("new");
        if (way === "button") await hand.click("button");
        else await hand.keys.press(way);
      }
      await hand.type("#other", "z");
      await hand.click("button");
    },
    expected: [
      ["click", "generic"],
      ["double_click", "generic", "< click"],
      ["input", "textbox Inline", "<TEXT>", "typed"],
      ["key", "Enter", "textbox Inline"],
      ["click", "generic"],
      ["double_click", "generic", "< click"],
      ["input", "textbox Inline", "<TEXT>", "typed"],
      ["key", "Escape", "textbox Inline"],
      ["click", "generic"],
      ["double_click", "generic", "< click"],
      ["input", "textbox Inline", "<TEXT>", "typed"],
      ["click", "button Out"],
      ["click", "textbox Other"],
      ["input", "textbox Other", "<TEXT>", "typed"],
      ["click", "button Out"],
    ],
  },
  "changed-at-the-press": {
    html: `<input id=a aria-label=Note><button id=b onmousedown="a.value='';event.preventDefault()">Clear</button>`,
    async work(hand) {
      await hand.type("#a", "zx");
      await hand.click("#b");
    },
    expected: [
      ["click", "textbox Note"],
      ["input", "textbox Note", "<TEXT>", "typed"],
      ["click", "button Clear"],
    ],
  },
  "taken-out-by-the-page": {
    html: `<input id=t aria-label=Tags><button id=b>Done</button><script>t.onkeydown=(e)=>{if(e.key===","){e.preventDefault();t.value=""}}</script>`,
    async work(hand) {
      await hand.type("#t", "zx,zy,");
      await hand.click("#b");
    },
    expected: [
      ["click", "textbox Tags"],
      ["input", "textbox Tags", "<TEXT>", "typed"],
      ["input", "textbox Tags", "<TEXT>", "typed"],
      ["click", "button Done"],
    ],
  },
  "left-by-escape": {
    html: `<input id=i aria-label=Find><button id=b>Done</button>`,
    async work(hand) {
      await hand.type("#i", "zx");
      await hand.keys.press("Escape");
      await hand.click("#b");
    },
    expected: [
      ["click", "textbox Find"],
      ["input", "textbox Find", "<TEXT>", "typed"],
      ["key", "Escape", "textbox Find"],
      ["click", "button Done"],
    ],
  },
  "design-mode": {
    // Under WebDriver Firefox does not put the caret there.
    only: "chromium",
    html: `<iframe id=f title=Editor srcdoc="<body>Old</body>" width=200 height=80></iframe><button>Out</button><script>f.onload=()=>f.contentDocument.designMode="on"</script>`,
    async work(hand) {
      await hand.page.waitForFunction(() => document.querySelector("#f").contentDocument?.designMode === "on");
      await hand.begun();
      const f = await hand.box("#f");
      await hand.page.mouse.click(f.x, f.top + 20);
      await hand.keys.type("story");
      await hand.click("button");
    },
    expected: [
      ["click", "generic"],
      ["input", "textbox", "<TEXT>", "typed"],
      ["click", "button Out"],
    ],
  },
  "emptied-by-the-page": {
    html: `<div id=e contenteditable role=textbox aria-label=Note></div><button id=c onmousedown="event.preventDefault()" onclick="getSelection().selectAllChildren(e);document.execCommand('delete')">Clear</button><button id=o>Out</button>`,
    async work(hand) {
      await hand.type("#e", "abc");
      await hand.click("#c");
      await hand.click("#o");
    },
    expected: [
      ["click", "textbox Note"],
      ["input", "textbox Note", "<TEXT>", "typed"],
      ["click", "button Clear"],
      ["input", "textbox Note", "", "scripted"],
      ["click", "button Out"],
    ],
  },
};
