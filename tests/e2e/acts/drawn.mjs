// Controls that a page draws itself, of elements that the browser knows nothing about.

import { setTimeout as pause } from "node:timers/promises";

const typed = (field) => ["input", field, "<TEXT>", "typed"];

/** Somebody goes to the field of a chat and sends something so often. */
const said = (field, often) => [
  ["click", field],
  ...Array.from({ length: often }, () => [typed(field), ["key", "Enter", field]]).flat(),
];

export const drawn = {
  "lists-that-go": {
    // One list is gone when it is pressed, one when the press is let go; what was typed is overwritten at the press.
    html: `<style>[role=option]{width:100px}</style><button id=a role=combobox aria-expanded=true aria-controls=la aria-label=Fruit>none</button><div id=la role=listbox><div role=option id=a1>Apple</div><div role=option id=a2>Pear</div></div>
      <button id=b role=combobox aria-expanded=true aria-controls=lb aria-label=Tree>none</button><div id=lb role=listbox><div role=option id=b1>Oak</div></div>
      <input id=c role=combobox aria-expanded=true aria-controls=lc aria-label=Stone><ul id=lc role=listbox><li role=option id=c1>Slate</li></ul>
      <div aria-owns=ld><button id=d role=combobox aria-expanded=true aria-controls=ld aria-label=Metal>none</button></div><div id=ld role=listbox><div role=option tabindex=0 id=d1>Tin</div><div role=option tabindex=0 id=d2>Zinc</div></div>
      <script>a2.onpointerdown=()=>{la.remove()};b1.onpointerup=()=>{lb.remove()};c1.onmousedown=(e)=>{e.preventDefault();c.value="Slate";lc.remove()};
      for(const o of [d1,d2])o.onkeydown=(e)=>{e.preventDefault();o===d2&&ld.remove()}</script>`,
    async work(hand) {
      await hand.click("#a2");
      await hand.click("#b1");
      await hand.type("#c", "sl");
      await hand.click("#c1");
      await hand.page.focus("#d1");
      await hand.keys.press(" ");
      await hand.page.focus("#d2");
      await hand.keys.press("Enter");
    },
    expected: [
      ["select", "combobox Fruit", "Pear"],
      ["select", "combobox Tree", "Oak"],
      ["click", "combobox Stone"],
      ["input", "combobox Stone", "<TEXT>", "typed"],
      ["select", "combobox Stone", "<TEXT>"],
      ["select", "combobox Metal", "Tin"],
      ["select", "combobox Metal", "Zinc"],
    ],
  },
  "lists-in-elements": {
    html: `<my-select><my-option>Red</my-option><my-option id=g>Green</my-option></my-select><script>
      const define=(name,html)=>customElements.define(name,class extends HTMLElement{constructor(){super();this.attachShadow({mode:"open"}).innerHTML=html}});
      define("my-select","<div role=combobox aria-label=Colour>none</div><slot></slot>");define("my-option","<div role=option><slot></slot></div>")</script>`,
    async work(hand) {
      await hand.click("#g");
    },
    expected: [["select", "combobox Colour", "Green"]],
  },
  scales: {
    // The page moves the thumb and gives it the focus; the second one is never moved.
    html: `<div id=track style="width:200px;height:20px;background:#ddd"><div id=s role=slider tabindex=0 aria-label=Volume aria-valuenow=10 style="width:9px;height:20px;background:teal"></div></div>
      <div id=still role=slider tabindex=0 aria-label=Still aria-valuenow=1 style="width:40px;height:20px;background:teal"></div>
      <span id=m role=spinbutton tabindex=0 contenteditable aria-label=Month>mm</span><span id=d role=spinbutton tabindex=0 contenteditable aria-label=Day>dd</span><button>Next</button>
      <script>const set=(x)=>s.setAttribute("aria-valuenow",x);track.onpointerdown=(e)=>{set(Math.round(e.offsetX/2));s.focus();e.preventDefault();track.onpointermove=(e)=>e.buttons&&set(Math.round(e.offsetX/2))};track.onmousedown=(e)=>e.preventDefault();
      s.onkeydown=(e)=>{e.preventDefault();set(+s.getAttribute("aria-valuenow")+1)};
      for(const part of [m,d])part.onkeydown=(e)=>{if(!/\\d/.test(e.key))return;e.preventDefault();part===m&&d.focus();queueMicrotask(()=>part.setAttribute("aria-valuenow",e.key))}</script>`,
    async work(hand) {
      const { left, top } = await hand.box("#track");
      await hand.page.mouse.click(left + 100, top + 10);
      await hand.keys.press("ArrowRight");
      await hand.click("#still");
      await hand.page.mouse.move(left + 60, top + 10);
      await hand.page.mouse.down();
      await hand.page.mouse.move(left + 160, top + 10, { steps: 4 });
      await hand.page.mouse.up();
      await hand.page.focus("#m");
      await hand.keys.type("7");
      await pause(50);
      await hand.keys.type("9");
      await pause(50);
      await hand.keys.press("Tab");
    },
    expected: [
      ["input", "slider Volume", "shape", "typed"],
      ["click", "slider Still"],
      ["input", "slider Volume", "shape", "typed"],
      ["input", "spinbutton Month", "shape", "typed"],
      ["input", "spinbutton Day", "shape", "typed"],
      ["key", "Tab", "spinbutton Day"],
    ],
  },
  toggles: {
    html: `<div id=c role=checkbox aria-checked=false tabindex=0>Agree</div><button id=s role=switch aria-checked=false>Notify</button><div role=radiogroup aria-label=Size><button id=r role=radio aria-checked=false>Large</button></div>
      <label id=l><input type=checkbox id=i> Copy</label><button id=stays role=switch aria-checked=false>Stays</button>
      <script>const flip=(e)=>e.setAttribute("aria-checked",e.getAttribute("aria-checked")!=="true");c.onclick=()=>flip(c);c.onkeydown=(e)=>{if(e.key===" "){e.preventDefault();c.click()}};
      s.onclick=()=>requestAnimationFrame(()=>flip(s));r.onclick=()=>flip(r);l.onpointerup=()=>{i.checked=!i.checked};l.onclick=(e)=>e.preventDefault()</script>`,
    async work(hand) {
      await hand.click("#c");
      await hand.keys.press(" ");
      await hand.click("#s");
      await pause(100);
      await hand.click("#r");
      await hand.click("#l");
      await hand.click("#stays");
    },
    expected: [
      ["check", "checkbox Agree", true],
      ["check", "checkbox Agree", false],
      ["check", "switch Notify", true],
      ["check", "radio Large", "Large"],
      ["check", "checkbox Copy", true],
      ["click", "switch Stays"],
    ],
  },
  "toggles-with-effect": {
    effects: true,
    html: `<button id=s role=switch aria-checked=false>Notify</button><script>s.onclick=()=>{s.ariaChecked=true;document.body.append(Object.assign(document.createElement("div"),{role:"alert",textContent:"On"}))}</script>`,
    async work(hand) {
      await hand.click("#s");
      await hand.told("effect", 1);
    },
    expected: [
      ["check", "switch Notify", true],
      ["effect", "alert <TEXT>"],
    ],
  },
  space: {
    html: `<div id=a role=button tabindex=0>Page's own</div><button id=b>Browser's</button><button id=c>Opens</button><input id=d aria-readonly=true role=combobox aria-label=Chooses><script>for(const e of [a,c,d])e.onkeydown=(k)=>{if(k.key===" ")k.preventDefault()};c.onkeyup=(k)=>k.preventDefault()</script>`,
    async work(hand) {
      for (const id of "abcd") {
        await hand.page.focus(`#${id}`);
        await hand.keys.press(" ");
      }
    },
    expected: [
      ["click", "button Page's own"],
      ["click", "button Browser's"],
      ["click", "button Opens"],
      ["click", "combobox Chooses"],
    ],
  },
  chats: {
    // Cleared at once, in a while, and by a page that hinders the field meanwhile.
    html: `<div id=a contenteditable role=textbox aria-label=Now>x</div><div id=b contenteditable role=textbox aria-label=Late>x</div><textarea id=c aria-label=Slow></textarea><textarea id=d aria-label=Cell></textarea><button id=done>Done</button>
      <script>a.textContent=b.textContent="";const onEnter=(e,done)=>e.onkeydown=(k)=>{if(k.key==="Enter"){k.preventDefault();done()}};onEnter(a,()=>{a.textContent=""});onEnter(b,()=>setTimeout(()=>{b.textContent=""},80));
      onEnter(c,()=>{c.disabled=true;setTimeout(()=>{c.value="";c.disabled=false},80)});onEnter(d,()=>d.blur())</script>`,
    async work(hand) {
      await hand.type("#a", "umbra");
      await hand.keys.press("Enter");
      await hand.keys.type("lumen");
      await hand.keys.press("Enter");
      await hand.type("#b", "quartz");
      await hand.keys.press("Enter");
      await hand.page.waitForFunction(() => document.querySelector("#b").textContent === "");
      await hand.keys.type("basalt");
      await hand.keys.press("Enter");
      await hand.page.waitForFunction(() => document.querySelector("#b").textContent === "");
      await hand.type("#c", "gneiss");
      await hand.keys.press("Enter");
      await hand.type("#d", "schist");
      await hand.keys.press("Enter");
      await hand.click("#done");
    },
    expected: [
      ...said("textbox Now", 2),
      ...said("textbox Late", 2),
      ...said("textbox Slow", 1),
      ...said("textbox Cell", 1),
      ["click", "button Done"],
    ],
  },
  "nothing-to-send": {
    html: `<div id=a contenteditable role=textbox aria-label=Story></div><button id=done>Done</button>`,
    async work(hand) {
      await hand.type("#a", "x");
      await hand.keys.press("Backspace");
      await hand.keys.press("Enter");
      await hand.keys.type("umbra");
      await hand.click("#done");
    },
    expected: [["click", "textbox Story"], typed("textbox Story"), ["click", "button Done"]],
  },
  "cell-after-cell": {
    // One field for all cells: with Enter it holds the next one.
    html: `<textarea id=t aria-label=Cell></textarea><button id=done>Done</button><script>t.onkeydown=(e)=>{if(e.key==="Enter"){e.preventDefault();t.value="117"}}</script>`,
    async work(hand) {
      await hand.type("#t", "42");
      await hand.keys.press("Enter");
      await hand.click("#done");
    },
    expected: [...said("textbox Cell", 1), ["click", "button Done"]],
  },
  "written-by-the-page": {
    html: `<input id=a aria-label=Plate><div id=b contenteditable role=textbox aria-label=Own>x</div><button id=done>Done</button>
      <script>a.onkeydown=(e)=>{if(e.key.length===1){e.preventDefault();a.value+=e.key.toUpperCase()}};b.addEventListener("beforeinput",(e)=>{e.preventDefault();if(e.data)b.textContent+=e.data})</script>`,
    async work(hand) {
      await hand.type("#a", "mno");
      await hand.type("#b", "yz");
      await hand.click("#done");
    },
    expected: [
      ["click", "textbox Plate"],
      typed("textbox Plate"),
      ["click", "textbox Own"],
      typed("textbox Own"),
      ["click", "button Done"],
    ],
  },
  "editor-in-a-frame": {
    // Its buttons are outside of the frame and leave the focus there.
    html: `<button id=bold onmousedown="event.preventDefault()">Bold</button><button id=done>Done</button><iframe id=f width=300 height=80></iframe>
      <script>const d=f.contentDocument;d.open();d.write("<body contenteditable aria-label=Letter>");d.close()</script>`,
    async work(hand) {
      const { left, top } = await hand.box("#f");
      await hand.page.mouse.click(left + 40, top + 20);
      await hand.keys.type("Dear");
      await hand.click("#bold");
      await hand.keys.type(" all");
      await hand.click("#done");
    },
    expected: [
      ["click", "textbox Letter"],
      typed("textbox Letter"),
      ["click", "button Bold"],
      typed("textbox Letter"),
      ["click", "button Done"],
    ],
  },
  "grid-that-copies": {
    html: `<div id=g role=grid tabindex=0 aria-label=Cells>cells</div><script>document.addEventListener("copy",(e)=>{if(!e.isTrusted)return;g.dispatchEvent(new ClipboardEvent("copy",{bubbles:true,composed:true}));e.clipboardData.setData("text/plain","a b c d e f");e.preventDefault()})</script>`,
    async work(hand) {
      await hand.click("#g");
      await hand.chord("Control", "c");
      await hand.chord("Control", "c");
    },
    expected: [
      ["click", "grid Cells"],
      ["copy", "grid Cells", "9-16"],
      ["copy", "grid Cells", "9-16"],
    ],
  },
  "grid-that-is-pasted-into": {
    // It keeps the press for itself, so that what was selected before stays selected.
    html: `<p id=p>Some words</p><input id=i aria-label=Word><div id=g role=grid tabindex=0 aria-label=Cells>cells</div><script>g.onmousedown=(e)=>{e.preventDefault();g.focus()}</script>`,
    async work(hand) {
      await hand.type("#i", "zw");
      await hand.chord("Control", "a");
      await hand.chord("Control", "c");
      await hand.click("#p");
      await hand.click("#g");
      await hand.chord("Control", "v");
    },
    expected: [
      ["click", "textbox Word"],
      ["copy", "textbox Word", "1-4"],
      typed("textbox Word"),
      ["click", "paragraph"],
      ["click", "grid Cells"],
      ["paste", "grid Cells", "1-4"],
    ],
  },
  "moved-without-a-sign": {
    // The first one moves itself; of the second one a copy moves, which lies over what it is dropped on.
    html: `<style>section{width:200px;height:80px;background:#eee;margin:8px}.card{width:100px;height:30px;background:#cde}</style><div class=card id=a role=group aria-label=Card>card</div><div class=card id=b role=group aria-label=Piece aria-roledescription=draggable>piece</div><section aria-label=Bin id=bin></section>
      <script>let from;const at=(e)=>"translate("+(e.clientX-from[0])+"px,"+(e.clientY-from[1])+"px)";
      a.onpointerdown=(e)=>{from=[e.clientX,e.clientY];document.onpointermove=(m)=>{a.style.transform=at(m)};document.onpointerup=()=>{document.onpointermove=null;a.style.transform=""}};
      b.onpointerdown=(e)=>{from=[e.clientX,e.clientY];const {x,y}=b.getBoundingClientRect();const copy=Object.assign(document.createElement("div"),{innerHTML:b.outerHTML.replace("id=","data-")});copy.style.cssText="position:fixed;left:"+x+"px;top:"+y+"px;width:100px;height:30px";document.body.append(copy);
      document.onpointermove=(m)=>{copy.style.transform=at(m)};document.onpointerup=()=>{document.onpointermove=null;copy.remove()}};document.onselectstart=(e)=>e.preventDefault()</script>`,
    async work(hand) {
      await hand.drag("#a", "#bin");
      await hand.drag("#b", "#bin");
    },
    expected: [
      ["drag", "group Card", "onto region Bin"],
      ["drag", "group Piece", "onto region Bin"],
    ],
  },
  "carried-along": {
    // What is dragged stays under the pointer; the pointer is then over a control that opens by itself, soon after a click.
    html: `<style>*{user-select:none}#t:hover+*{display:block}</style><div id=c role=button tabindex=0 aria-roledescription=sortable style="position:relative;width:80px;background:#eee">Card</div><div id=z role=group aria-label=Zone style="margin-top:40px;height:40px;width:200px;background:#dde"></div>
      <button id=o>Open</button><button id=t aria-expanded=false>More</button><div id=shade hidden style="position:fixed;inset:0"></div><div id=m class=menu role=menu hidden style="position:fixed;left:300px;top:10px"><div role=menuitem id=i>Item</div></div>
      <script>let from;c.onpointerdown=(e)=>{from=[e.clientX,e.clientY];c.setPointerCapture(e.pointerId)};c.onpointermove=(e)=>{if(from)c.style.transform="translate("+(e.clientX-from[0])+"px,"+(e.clientY-from[1])+"px)"};c.onpointerup=()=>{from=null};
      o.onclick=()=>{shade.hidden=m.hidden=false};i.onclick=()=>{shade.hidden=m.hidden=true};t.onpointerenter=()=>t.setAttribute("aria-expanded",true)</script>`,
    async work(hand) {
      await hand.drag("#c", "#z");
      await hand.click("#o");
      await pause(200);
      await hand.page.mouse.move(200, 400, { steps: 3 });
      await pause(200);
      await hand.click("#i");
      await pause(250);
      await hand.move("#t");
      await hand.told("hover", 1);
    },
    expected: [
      ["drag", "button Card", "onto group Zone"],
      ["click", "button Open"],
      ["click", "menuitem Item"],
      ["hover", "button More"],
    ],
  },
  "carried-in-an-element": {
    html: `<my-board></my-board><script>customElements.define("my-board",class extends HTMLElement{constructor(){super();const r=this.attachShadow({mode:"open"});
      r.innerHTML='<style>div{user-select:none;position:absolute;width:80px;height:20px}</style><div id=c role=button tabindex=0 aria-roledescription=sortable style="background:#eee;z-index:1">Card</div><div role=group aria-label=Zone style="top:60px;height:60px;background:#dde"></div>';
      const c=r.querySelector("#c");let from;c.onpointerdown=(e)=>{from=[e.clientX,e.clientY];c.setPointerCapture(e.pointerId)};c.onpointermove=(e)=>{if(from)c.style.transform="translate("+(e.clientX-from[0])+"px,"+(e.clientY-from[1])+"px)"};c.onpointerup=()=>{from=null}}})</script><style>my-board{display:block;position:relative;width:200px;height:200px}</style>`,
    async work(hand) {
      const { left, top } = await hand.box("my-board");
      await hand.page.mouse.move(left + 40, top + 10);
      await hand.page.mouse.down();
      await hand.page.mouse.move(left + 40, top + 90, { steps: 6 });
      await hand.page.mouse.up();
    },
    expected: [["drag", "button Card", "onto group Zone"]],
  },
  "walked-through": {
    html: `<input id=a role=combobox aria-expanded=true aria-controls=l aria-activedescendant=o aria-label=Find><div id=l role=listbox><div role=option id=o>Found</div></div><ul role=menu tabindex=0 id=m aria-activedescendant=i aria-label=Menu><li role=menuitem id=i>Archive</ul><button id=b role=combobox aria-expanded=true aria-controls=n aria-activedescendant=x aria-label=Teams>none</button><div id=n role=menu><div role=menuitemcheckbox id=x>Sales</div></div>
      <script>a.onkeydown=(e)=>{if(/Arrow|Enter/.test(e.key))e.preventDefault()};m.onkeydown=b.onkeydown=(e)=>e.preventDefault()</script>`,
    async work(hand) {
      await hand.type("#a", "fo");
      await hand.keys.press("ArrowDown");
      await hand.keys.press("Enter");
      await hand.page.focus("#m");
      await hand.keys.press("Enter");
      await hand.page.focus("#b");
      await hand.keys.press("Enter");
    },
    expected: [
      ["click", "combobox Find"],
      ["input", "combobox Find", "<TEXT>", "typed"],
      ["key", "ArrowDown", "combobox Find"],
      ["select", "combobox Find", "<TEXT>"],
      ["key", "Enter", "menuitem Archive"],
      ["select", "combobox Teams", "Sales"],
    ],
  },
  "chosen-by-space": {
    html: `<div id=c role=combobox tabindex=0 aria-expanded=true aria-controls=l aria-activedescendant=o aria-label=Fruit>none</div><div id=l role=listbox><div role=option id=o>Apple</div></div>
      <script>c.onkeydown=(e)=>{if(e.key===" "){e.preventDefault();c.setAttribute("aria-expanded",c.getAttribute("aria-expanded")==="false")}}</script>`,
    async work(hand) {
      await hand.page.focus("#c");
      await hand.keys.press(" ");
      await hand.keys.press(" ");
    },
    expected: [
      ["select", "combobox Fruit", "Apple"],
      ["click", "combobox Fruit"],
    ],
  },
  "on-the-track": {
    // The page gives the focus to nothing, and its second slider begins and ends where it was.
    html: `<div class=my-slider><div id=t style="width:200px;height:20px;background:#ddd"><div id=s role=slider tabindex=0 aria-label=Volume aria-valuenow=10></div></div></div><button id=done>Done</button>
      <script>t.onpointerdown=(e)=>{s.setAttribute("aria-valuenow",Math.round(e.offsetX/2))}</script>`,
    async work(hand) {
      const { left, top } = await hand.box("#t");
      await hand.page.mouse.click(left + 100, top + 10);
      await hand.page.mouse.click(left + 20, top + 10);
      await hand.click("#done");
    },
    expected: [
      ["input", "slider Volume", "shape", "typed"],
      ["input", "slider Volume", "shape", "typed"],
      ["click", "button Done"],
    ],
  },
  "in-a-panel": {
    html: `<style>#b::before{content:"Normal"}#ic::before{content:"\\e900"}</style><div tabindex=-1 id=p><span id=next>next</span></div><div role=button id=b></div><button id=ic style="width:30px"></button><my-radio role=radio aria-checked=false id=r>Large</my-radio>
      <script>customElements.define("my-radio",class extends HTMLElement{constructor(){super();this.attachShadow({mode:"open"}).innerHTML="<label><slot></slot> one</label>"}})</script>`,
    async work(hand) {
      await hand.click("#next");
      await hand.click("#b");
      await hand.click("#ic");
      await hand.click("#r");
    },
    expected: [
      ["click", "generic"],
      ["click", "button Normal"],
      ["click", "button"],
      ["click", "radio Large one"],
    ],
  },
};
