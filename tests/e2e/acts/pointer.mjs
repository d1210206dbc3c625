// What is done with a pointer, and what looks like it and is not.

import { setTimeout as pause } from "node:timers/promises";

export const pointer = {
  "buttons-and-modifiers": {
    html: `<button id="a">Plain</button><a id="b" href="/buttons-and-modifiers/other">Other</a>`,
    pages: { other: "Other" },
    async work(hand) {
      await hand.page.keyboard.down("Shift");
      await hand.click("#a");
      await hand.page.keyboard.up("Shift");
      await hand.click("#a", { button: "middle" });
      await hand.click("#a", { button: "right" });
      await hand.page.keyboard.press("Escape");
    },
    expected: [
      ["click", "shift", "button Plain"],
      ["click", "middle", "button Plain"],
      ["context_menu", "button Plain"],
      ["key", "Escape", "button Plain"],
    ],
  },
  "clicked-by-key": {
    html: `<button id="a">By key</button><a href="#x">Link</a><details><summary>More</summary>text</details><div role=button tabindex=0 id=d onkeydown="if(event.key==='Enter')this.click()">Own</div>`,
    async work(hand) {
      for (const key of ["Enter", " "]) {
        await hand.page.focus("#a");
        await hand.keys.press(key);
      }
      await hand.keys.press("Tab");
      await hand.keys.press("Enter");
      await hand.keys.press("Tab");
      await hand.keys.press(" ");
      await hand.keys.press("Tab");
      await hand.keys.press("Enter");
    },
    expected: [
      ["click", "button By key"],
      ["click", "button By key"],
      ["key", "Tab", "button By key"],
      ["click", "link Link"],
      ["navigate", "hash", "< click"],
      ["key", "Tab", "link Link"],
      ["click", "generic"],
      ["key", "Tab", "generic"],
      ["key", "Enter", "button Own"],
    ],
  },
  "three-fast-clicks": {
    html: `<p id="a" role="heading" tabindex=0>Three words here</p><button id="b">Menu</button>
      <script>b.onclick = () => { const it = document.createElement("button"); it.textContent = "Item"; it.id = "item";
        const r = b.getBoundingClientRect(); it.style = "position:fixed;left:" + r.left + "px;top:" + r.top + "px;width:" + r.width + "px;height:" + r.height + "px"; document.body.append(it); }</script>`,
    async work(hand) {
      await hand.click("#a", { count: 3 });
      await pause(600);
      // Two clicks at one place, on two things.
      const { x, y } = await hand.move("#b");
      await hand.page.mouse.click(x, y, { count: 2 });
    },
    expected: [
      ["click", "heading <TEXT>"],
      ["double_click", "heading <TEXT>", "< click"],
      ["click", "heading <TEXT>"],
      ["click", "button Menu"],
      ["click", "button Item"],
    ],
  },
  "rows-drawn-anew": {
    html: `<ul id="list"></ul><script>
      const draw = (chosen) => list.innerHTML = ["One", "Two"].map((each) => '<li tabindex=0 data-name="' + each + '"' + (each === chosen ? " aria-selected=true" : "") + '>' + each + '</li>').join("");
      list.onclick = (event) => draw(event.target.dataset.name); draw();</script>`,
    async work(hand) {
      await hand.click("li:nth-child(2)", { count: 2 });
    },
    expected: [
      ["click", "listitem <TEXT>"],
      ["click", "listitem <TEXT>"],
    ],
  },
  vanishing: {
    html: `<button id="a" onpointerdown="this.style.display='none'">Hidden at the press</button><button id="b" onmousedown="this.remove()">Removed by mousedown</button>
      <button id="c" onpointerdown="this.textContent='Renamed'">Named</button><button id="d" onpointerdown="this.outerHTML='<button>Replaced</button>'">Replaced at the press</button>
      <button id=e onpointerup="this.remove()">Removed when let go</button><button id=f onclick="this.remove()">Removed by the click</button>`,
    async work(hand) {
      for (const id of "fedcba") await hand.click(`#${id}`);
      await hand.told("click", 6);
    },
    expected: [
      ["click", "button Removed by the click"],
      ["click", "button Removed when let go"],
      ["click", "button Replaced at the press"],
      ["click", "button Named"],
      ["click", "button Removed by mousedown"],
      ["click", "button Hidden at the press"],
    ],
  },
  "no-clicks": {
    html: `<button id="a">Thought better of</button><button id="b" disabled>Disabled</button><p id=p>Some text to select</p><button id="c">Programmatic</button><button id=d onclick="c.click(); c.dispatchEvent(new MouseEvent('click',{bubbles:true}))">Clicks another</button>`,
    async work(hand) {
      const { x, y } = await hand.move("#a");
      await hand.page.mouse.down();
      await hand.page.mouse.move(x, y + 200, { steps: 3 });
      await hand.page.mouse.up();
      await hand.click("#b");
      const p = await hand.move("#p");
      await hand.page.mouse.down();
      await hand.page.mouse.move(p.x + 60, p.y, { steps: 3 });
      await hand.page.mouse.up();
      await hand.click("#d");
    },
    expected: [
      ["click", "paragraph"],
      ["click", "button Clicks another"],
    ],
  },
  touch: {
    html: `<button id="a">Tapped</button><label><input type=checkbox> Check</label>`,
    async work(hand) {
      const a = await hand.box("#a");
      await hand.page.touchscreen.tap(a.x, a.y);
      const b = await hand.box("label");
      await hand.page.touchscreen.tap(b.x, b.y);
      await hand.told("check", 1);
    },
    expected: [
      ["click", "button Tapped"],
      ["check", "checkbox Check", true],
    ],
  },
  labels: {
    html: `<label id=a>Outer <input id=x></label><label id=b for=y>For</label><input id=y type=checkbox><label id=c><span>Deep <b>text</b></span><input type=radio name=r></label>
      <label id=d>With a button <button>In label</button></label>`,
    async work(hand) {
      const a = await hand.box("#a");
      await hand.page.mouse.click(a.left + 5, a.y);
      await hand.click("#b");
      await hand.click("#c b");
      const d = await hand.box("#d");
      await hand.page.mouse.click(d.left + 5, d.y);
      await hand.click("#d button");
    },
    expected: [
      ["click", "textbox Outer"],
      ["check", "checkbox For", true],
      ["check", "radio Deep text", "Deep text"],
      ["click", "button With a button"],
      ["click", "button With a button"],
    ],
  },
  drags: {
    html: `<style>#slider{width:200px;height:20px;background:#ddd;touch-action:none;user-select:none}#thumb{width:20px;height:20px;background:teal;position:relative}#s{cursor:col-resize;width:10px;height:60px;background:#888}*{user-select:none}</style>
      <div id=slider role=slider aria-label=Volume tabindex=0><div id=thumb></div></div><div id=s role=separator aria-label=Divider></div>
      <canvas id=pad width=200 height=80 aria-label=Pad role=img style="background:#eef"></canvas><svg width=100 height=60 role=img aria-label=Graph><circle id=node cx=20 cy=20 r=10 /></svg>
      <script>pad.onpointerdown=(e)=>pad.setPointerCapture(e.pointerId)</script>`,
    async work(hand) {
      const { mouse } = hand.page;
      for (const id of ["thumb", "s", "pad", "node"]) {
        const { x, y } = await hand.move(`#${id}`);
        await mouse.down();
        await mouse.move(x + 30, y + 10, { steps: 3 });
        await mouse.up();
      }
    },
    expected: [
      ["drag", "slider Volume", "onto generic"],
      ["drag", "separator Divider", "onto generic"],
      ["drag", "img <TEXT>", "onto img <TEXT>"],
      ["drag", "img <TEXT>", "onto img <TEXT>"],
    ],
  },
  "drags-of-the-browser": {
    // Firefox under WebDriver begins a drag and never drops it.
    only: "chromium",
    html: `<a id=link href="/drags/x" draggable=true>Card link</a><div id=zone style="height:50px;width:200px;border:1px solid" role=group aria-label=Zone></div>
      <script>zone.ondragover=(e)=>e.preventDefault();zone.ondrop=(e)=>{e.preventDefault()}</script>`,
    async work(hand) {
      await hand.drag("#link", "#zone");
    },
    expected: [["drag", "link Card link", "onto group Zone"]],
  },
  hover: {
    html: `<style>.m{position:relative;display:inline-block}.m ul{display:none;position:absolute;margin:0}.m:hover ul{display:block}#tip{display:none;position:absolute;left:400px}</style>
      <button id=t aria-describedby=tip>Info</button><div id=tip role=tooltip>Says more</div><button id=n>Nothing</button>
      <nav class=m><a href="#f" id=f>File</a><ul role=menu><li role=none><a role=menuitem href="#o" id=o>Open</a></ul></nav>
      <script>let w;t.onmouseenter=()=>{w=setTimeout(()=>tip.style.display="block",200)};t.onmouseleave=()=>{clearTimeout(w);tip.style.display="none"}</script>`,
    effects: true,
    async work(hand) {
      await hand.move("#n");
      await pause(300);
      await hand.move("#t");
      await pause(500);
      await hand.move("#f");
      await pause(200);
      await hand.click("#o");
    },
    expected: [
      ["hover", "button Info"],
      ["effect", "changed"],
      ["hover", "link File"],
      ["effect", "changed"],
      ["click", "menuitem Open"],
      ["navigate", "hash", "< click"],
      ["effect", "navigated"],
    ],
  },
  scrolling: {
    html: `<style>#far{height:80px;overflow:auto}</style><div id=far tabindex=0 role=region aria-label=Far><p style="height:900px">Far</p></div><my-list></my-list><p style="height:3000px">Long</p><button id=go onclick="scrollTo(0,0)">Up</button>
      <script>customElements.define("my-list",class extends HTMLElement{constructor(){super();this.attachShadow({mode:"open"}).innerHTML='<div style="height:80px;overflow:auto" role=list aria-label=Shadow><p style="height:900px">In shadow</p></div>'}})</script>`,
    async work(hand) {
      const { mouse } = hand.page;
      await hand.move("#far");
      await mouse.wheel({ deltaY: 100 });
      await mouse.wheel({ deltaY: 100 });
      await hand.told("scroll", 1);
      await hand.move("my-list");
      await mouse.wheel({ deltaY: 100 });
      await hand.told("scroll", 2);
      await mouse.move(600, 500);
      await mouse.wheel({ deltaY: 300 });
      await hand.told("scroll", 3);
      await hand.keys.press("PageDown");
      await hand.told("scroll", 4);
      // What a page scrolls so soon after a key would be the key's.
      await pause(1000);
      await hand.page.evaluate(() => scrollTo(0, 40));
      // Nothing is told of it, nor of the button's: that takes as long as telling would.
      await pause(400);
      await hand.click("#go");
      await pause(400);
    },
    expected: [
      ["scroll", "region Far"],
      ["scroll", "list Shadow"],
      ["scroll", "document"],
      ["scroll", "document"],
      ["click", "button Up"],
    ],
  },
};
