// Where things are done: shadow trees, dialogs, drawings, grids.

export const surfaces = {
  "nested-shadow": {
    html: `<style>a-a,c-c{display:block}</style><a-a></a-a><script>
      const define=(name,mode,html)=>customElements.define(name,class extends HTMLElement{constructor(){super();this.attachShadow({mode}).innerHTML=html}});
      define("b-b","closed",'<button>Innermost</button><form aria-label=Inner onsubmit="return false"><input aria-label=Deep><select aria-label=Pick><option>A<option>B</select><label><input type=checkbox> Tick</label><button>Send</button></form>');
      define("a-a","open",'<b-b></b-b><slot></slot>');
      define("c-c","closed",'<a-a></a-a>');document.body.append(document.createElement("c-c"))</script>`,
    async work(hand) {
      for (const tag of ["a-a", "c-c"]) {
        const { left, top } = await hand.box(tag);
        await hand.page.mouse.click(left + 20, top + 10);
        await hand.keys.press("Tab");
        await hand.keys.type("seven");
        await hand.keys.press("Tab");
        await hand.keys.press("b");
        await hand.keys.press("Tab");
        await hand.keys.press(" ");
        await hand.keys.press("Tab");
        await hand.keys.press("Enter");
      }
    },
    expected: [
      ["click", "button Innermost"],
      ["key", "Tab", "button Innermost"],
      ["input", "textbox Deep", "<TEXT>", "typed"],
      ["key", "Tab", "textbox Deep"],
      ["select", "combobox Pick", "B"],
      ["key", "Tab", "combobox Pick"],
      ["check", "checkbox Tick", true],
      ["key", "Tab", "checkbox Tick"],
      ["click", "button Send"],
      ["submit", "form Inner", "< click"],
      ["click", "button Innermost"],
      ["key", "Tab", "button Innermost"],
      ["input", "textbox Deep", "<TEXT>", "typed"],
      ["key", "Tab", "textbox Deep"],
      ["select", "combobox Pick", "B"],
      ["key", "Tab", "combobox Pick"],
      ["check", "checkbox Tick", true],
      ["key", "Tab", "checkbox Tick"],
      ["click", "button Send"],
      ["submit", "form Inner", "< click"],
    ],
  },
  slotted: {
    html: `<my-button><span id=s>Slotted</span></my-button><my-field><input id=i aria-label=Light slot=x></my-field><script>
      const define=(name,html)=>customElements.define(name,class extends HTMLElement{constructor(){super();this.attachShadow({mode:"open"}).innerHTML=html}});
      define("my-button","<button><slot></slot></button>");define("my-field","<div><slot name=x></slot></div>")</script>`,
    async work(hand) {
      await hand.click("#s");
      await hand.type("#i", "x");
      await hand.keys.press("Tab");
    },
    expected: [
      ["click", "button Slotted"],
      ["click", "textbox Light"],
      ["input", "textbox Light", "<TEXT>", "typed"],
      ["key", "Tab", "textbox Light"],
    ],
  },
  "form-associated": {
    html: `<form aria-label=Rate onsubmit="return false"><label for=r>Rating</label><my-rate id=r></my-rate><button>Send</button></form><script>
      customElements.define("my-rate",class extends HTMLElement{static formAssociated=true;constructor(){super();const i=this.attachInternals();i.role="slider";i.ariaLabel="Stars";this.attachShadow({mode:"open",delegatesFocus:true}).innerHTML="<button>Three stars</button>";this.shadowRoot.firstChild.onclick=()=>{i.setFormValue("3");this.dispatchEvent(new Event("change",{bubbles:true}))}}})</script>`,
    async work(hand) {
      await hand.click("label");
      await hand.click("my-rate");
      await hand.click("form > button");
    },
    expected: [
      ["click", "generic"],
      ["click", "button Three stars"],
      ["click", "button Send"],
      ["submit", "form Rate", "< click"],
    ],
  },
  dialogs: {
    html: `<button id=a onclick="d.showModal()">Ask</button><dialog id=d aria-label=Sure><form method=dialog><input aria-label=Why><button value=yes>Yes</button></form></dialog>
     <button popovertarget=p id=b>Menu</button><div popover id=p role=menu><button role=menuitem id=m>Item</button></div>`,
    async work(hand) {
      await hand.click("#a");
      await hand.keys.type("why");
      await hand.click("dialog button");
      await hand.click("#a");
      await hand.keys.press("Escape");
      await hand.click("#b");
      await hand.click("#m");
      await hand.keys.press("Escape");
      await hand.click("#b");
      await hand.page.mouse.click(600, 600);
    },
    expected: [
      ["click", "button Ask"],
      ["input", "textbox Why", "<TEXT>", "typed"],
      ["click", "button Yes"],
      ["submit", "generic", "< click"],
      ["click", "button Ask"],
      ["key", "Escape", "textbox Why"],
      ["click", "button Menu"],
      ["click", "menuitem Item"],
      ["key", "Escape", "menuitem Item"],
      ["click", "button Menu"],
      ["click", "document"],
    ],
  },
  "native-dialogs": {
    effects: true,
    html: `<button id=a onclick="alert('Saved')">Alert</button><button id=b onclick="r.textContent=confirm('Sure?')">Confirm</button><button id=c onclick="r.textContent=prompt('Name?')">Prompt</button><p id=r></p>`,
    async work(hand) {
      for (const id of "abc") {
        const answered = new Promise((done, failed) => {
          hand.page.once("dialog", (dialog) => dialog.accept("Jane").then(done, failed));
        });
        await hand.click(`#${id}`);
        await answered;
      }
      await hand.told("effect", 3);
    },
    expected: [
      ["click", "button Alert"],
      ["effect", "nothing"],
      ["click", "button Confirm"],
      ["effect", "changed"],
      ["click", "button Prompt"],
      ["effect", "changed"],
    ],
  },
  drawn: {
    html: `<svg width=200 height=60><a href="#svg"><text x=10 y=20 id=t>Svg link</text></a><g role=button aria-label=Node tabindex=0><rect id=n x=100 width=40 height=40 /></g><rect id=bare x=150 width=40 height=40 /></svg>
     <canvas id=c width=100 height=50 style="background:#eee">fallback <button>In canvas</button></canvas>
     <img id=i usemap="#m" width=100 height=50 alt=Plan src="data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"><map name=m><area shape=rect coords="0,0,100,50" href="#area" alt=Room></map><video id=v controls width=100 height=50></video>`,
    async work(hand) {
      for (const id of ["t", "n", "bare", "c", "i"]) await hand.click(`#${id}`);
    },
    expected: [
      ["click", "link Svg link"],
      ["navigate", "hash", "< click"],
      ["click", "button Node"],
      ["click", "img"],
      ["click", "generic"],
      ["click", "link Room"],
      ["navigate", "hash", "< click"],
    ],
  },
  "reused-rows": {
    html: `<div id=v style="height:100px;overflow:auto"><div style="height:9000px;position:relative"><div role=row tabindex=0 id=r0 style="position:absolute;height:40px;width:300px">Row 0</div><div role=row tabindex=0 id=r1 style="position:absolute;top:40px;height:40px;width:300px">Row 1</div></div></div><script>
     v.onscroll=()=>{const n=Math.floor(v.scrollTop/40);r0.style.top=n*40+"px";r1.style.top=(n+1)*40+"px";r0.textContent="Row "+n;r1.textContent="Row "+(n+1)};
     r1.onpointerdown=()=>{r1.textContent="Reused already"}</script>`,
    async work(hand) {
      await hand.click("#r0");
      await hand.page.mouse.wheel({ deltaY: 200 });
      await hand.told("scroll", 1);
      await hand.click("#r1");
    },
    expected: [
      ["click", "row <TEXT>"],
      ["scroll", "generic"],
      ["click", "row <TEXT>"],
    ],
  },
  "dialog-by-role": {
    // Bootstrap gives its dialogs their role while they are open.
    html: `<button id=a>Ask</button><div id=d aria-label=Sure style="display:none"><button id=b>Yes</button></div><script>
      a.onclick=()=>{d.style.display="block";d.setAttribute("role","dialog");d.setAttribute("aria-modal","true")};b.onclick=()=>{d.style.display="none";d.removeAttribute("aria-modal");d.removeAttribute("role")}</script>`,
    effects: true,
    async work(hand) {
      for (let times = 0; times < 2; times++) {
        await hand.click("#a");
        await hand.click("#b");
      }
      await hand.told("effect", 4);
    },
    expected: [
      ["click", "button Ask"],
      ["effect", "dialog <TEXT>"],
      ["click", "button Yes"],
      ["effect", "dialog_closed"],
      ["click", "button Ask"],
      ["effect", "dialog <TEXT>"],
      ["click", "button Yes"],
      ["effect", "dialog_closed"],
    ],
  },
  "slotted-form": {
    html: `<my-card><select id=s aria-label=Pick><option>A<option>B</select><form aria-label=Inner onsubmit="return false"><button id=b>Send</button></form></my-card><script>
      customElements.define("my-card",class extends HTMLElement{constructor(){super();this.attachShadow({mode:"open"}).innerHTML="<slot></slot>"}})</script>`,
    async work(hand) {
      await hand.click("#b");
      await hand.page.focus("#s");
      await hand.keys.press("b");
      await hand.click("#b");
    },
    expected: [
      ["click", "button Send"],
      ["submit", "form Inner", "< click"],
      ["select", "combobox Pick", "B"],
      ["click", "button Send"],
      ["submit", "form Inner", "< click"],
    ],
  },
  "options-in-pieces": {
    html: `<x-tags role=listbox aria-label=Tags><x-tag><button role=option id=y>Late</button></x-tag></x-tags>
      <div role=combobox aria-controls=m aria-expanded=true><input role=combobox aria-label=Customer id=i></div><div id=m><div role=listbox aria-label=Found><div role=option tabindex=-1 id=o>Jane Doe</div></div></div>`,
    async work(hand) {
      await hand.click("#y");
      await hand.type("#i", "Ja");
      await hand.page.focus("#o");
      await hand.keys.press("Enter");
    },
    expected: [
      ["select", "listbox Tags", "Late"],
      ["click", "combobox Customer"],
      ["input", "combobox Customer", "<TEXT>", "typed"],
      ["select", "combobox Customer", "<TEXT>"],
    ],
  },
  "dialogs-shown-by-what-is-around": {
    html: `<button id=a>Ask</button><div id=w style="display:none"><div role=dialog aria-label=Sure id=d><button id=b>Yes</button></div></div><button id=g>More</button><script>
      a.onclick=()=>{w.style.display="block"};b.onclick=()=>{w.style.display="none";d.className="was"};
      g.onclick=()=>{const it=document.createElement("div");it.innerHTML='<div role=dialog aria-label=Gone><button id=h>Close</button></div>';document.body.append(it);h.onclick=()=>it.remove()}</script>`,
    effects: true,
    async work(hand) {
      for (const id of "abgh") await hand.click(`#${id}`);
      await hand.told("effect", 4);
    },
    expected: [
      ["click", "button Ask"],
      ["effect", "dialog <TEXT>"],
      ["click", "button Yes"],
      ["effect", "dialog_closed"],
      ["click", "button More"],
      ["effect", "dialog <TEXT>"],
      ["click", "button Close"],
      ["effect", "dialog_closed"],
    ],
  },
  "number-by-role": {
    html: `<input type=number role=spinbutton aria-label=Amount><button>Out</button>`,
    async work(hand) {
      await hand.type("input", "12");
      await hand.keys.press("Tab");
    },
    expected: [
      ["click", "spinbutton Amount"],
      ["input", "spinbutton Amount", "shape", "typed"],
      ["key", "Tab", "spinbutton Amount"],
    ],
  },
  "opened-by-a-press": {
    html: `<button id=a>Save</button><button id=b>Due</button><div role=dialog aria-label=Calendar id=c hidden></div><script>b.onmousedown=()=>{c.hidden=false}</script>`,
    effects: true,
    async work(hand) {
      await hand.click("#a");
      await hand.click("#b");
      await hand.told("effect", 2);
    },
    expected: [
      ["click", "button Save"],
      ["effect", "nothing"],
      ["click", "button Due"],
      ["effect", "dialog <TEXT>"],
    ],
  },
};
