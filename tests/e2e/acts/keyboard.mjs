// Keys that do something.

export const keyboard = {
  shortcuts: {
    html: `<input id=i aria-label=Field><div id=g role=grid tabindex=0 aria-label=Grid>cells</div><textarea id=t aria-label=Many></textarea><button accesskey=k id=k>Access</button>
     <script>g.onkeydown=(e)=>{if(e.key.startsWith("Arrow"))e.preventDefault()}; addEventListener("keydown",(e)=>{if(e.ctrlKey&&e.key!=="a")e.preventDefault();if(/^F\\d/.test(e.key))e.preventDefault()})</script>`,
    async work(hand) {
      await hand.page.focus("#i");
      await hand.keys.type("ab");
      await hand.chord("Control", "a");
      await hand.chord("Control", "z");
      await hand.chord("Control", "s");
      await hand.keys.press("F2");
      await hand.keys.press("ArrowLeft");
      await hand.keys.press("Escape");
      await hand.page.focus("#g");
      await hand.keys.press("ArrowDown");
      await hand.keys.press("a");
      await hand.keys.press("PageDown");
      await hand.chord("Control", "Shift", "P");
      await hand.chord("Control", "Home");
      await hand.page.focus("#t");
      await hand.keys.type("one");
      await hand.keys.press("Enter");
      await hand.keys.type("two");
      await hand.chord("Control", "Enter");
      await hand.keys.press("Tab");
    },
    expected: [
      ["input", "textbox Field", "<TEXT>", "typed"],
      ["key", "control+s", "textbox Field"],
      ["key", "F2", "textbox Field"],
      ["key", "Escape", "textbox Field"],
      ["key", "ArrowDown", "grid Grid"],
      ["key", "control+shift+p", "grid Grid"],
      ["key", "control+Home", "grid Grid"],
      ["input", "textbox Many", "<TEXT>", "typed"],
      ["key", "control+Enter", "textbox Many"],
      ["key", "Tab", "textbox Many"],
    ],
  },
  "menu-key": {
    // WebDriver BiDi has no such key.
    only: "chromium",
    html: `<button id=a>With a menu</button>`,
    async work(hand) {
      await hand.page.focus("#a");
      await hand.keys.press("ContextMenu");
      await hand.told("context_menu", 1);
      await hand.keys.press("Escape");
    },
    expected: [
      ["context_menu", "button With a menu"],
      ["key", "Escape", "button With a menu"],
    ],
  },
  "held-key": {
    html: `<div id=g role=listbox tabindex=0 aria-label=List>x</div><script>g.onkeydown=(e)=>e.preventDefault()</script>`,
    async work(hand) {
      await hand.page.focus("#g");
      for (let i = 0; i < 3; i++) await hand.keys.down("ArrowDown");
      await hand.keys.up("ArrowDown");
    },
    expected: [["key", "ArrowDown", "listbox List"]],
  },
  enter: {
    html: `<form aria-label=One onsubmit="return false"><input aria-label=Alone></form>
      <form aria-label=Two onsubmit="return false"><input aria-label=First><input type=checkbox aria-label=Box><button>Go</button></form>
      <form aria-label=Invalid onsubmit="return false"><input aria-label=Need required><button>Send</button></form><div onkeydown="if(event.key==='Enter')event.preventDefault()"><input aria-label=Search></div>`,
    async work(hand) {
      await hand.type("[aria-label=Alone]", "x");
      await hand.keys.press("Enter");
      await hand.type("[aria-label=First]", "y");
      await hand.keys.press("Enter");
      await hand.page.focus("[aria-label=Box]");
      await hand.keys.press(" ");
      await hand.keys.press("Enter");
      await hand.page.focus("[aria-label=Need]");
      await hand.keys.press("Enter");
      await hand.type("[aria-label=Search]", "q");
      await hand.keys.press("Enter");
    },
    expected: [
      ["click", "textbox Alone"],
      ["input", "textbox Alone", "<TEXT>", "typed"],
      ["submit", "form One"],
      ["click", "textbox First"],
      ["input", "textbox First", "<NAME>", "typed"],
      ["submit", "form Two"],
      ["check", "checkbox Box", true],
      ["submit", "form Two"],
      ["key", "Enter", "textbox Need"],
      ["click", "textbox Search"],
      ["input", "textbox Search", "<TEXT>", "typed"],
      ["key", "Enter", "textbox Search"],
    ],
  },
  "suggests-without-a-role": {
    html: `<input aria-label=Language onkeydown="if(event.key==='ArrowDown'){event.preventDefault();this.value='Python'}"><button>Next</button>`,
    async work(hand) {
      await hand.type("[aria-label=Language]", "Py");
      await hand.keys.press("ArrowDown");
      await hand.keys.press("Tab");
    },
    expected: [
      ["click", "textbox Language"],
      ["input", "textbox Language", "<TEXT>", "typed"],
      ["key", "ArrowDown", "textbox Language"],
      ["key", "Tab", "textbox Language"],
    ],
  },
  "shift-and-space": {
    html: `<div role=grid><div role=row><div role=gridcell tabindex=0 id=c onkeydown="if(event.key===' ')event.preventDefault()">1</div></div></div>`,
    async work(hand) {
      await hand.page.focus("#c");
      await hand.chord("Shift", " ");
    },
    expected: [["click", "shift", "gridcell <TEXT>"]],
  },
  "enter-leads": {
    html: `<form action="/enter-leads/two" aria-label=Find><input name=q aria-label=Query></form>
      <form aria-label=Note onsubmit="said.textContent='Saved';return false"><input aria-label=Subject></form><p id=said role=status></p>`,
    pages: { two: "Two" },
    effects: true,
    async work(hand) {
      await hand.type("[aria-label=Subject]", "zu");
      await hand.keys.press("Enter");
      await hand.type("[aria-label=Query]", "zw");
      await hand.keys.press("Enter");
      await hand.arrived("/enter-leads/two");
      // Who was led on looks at the page before they leave it.
      await hand.told("navigate", 2);
    },
    expected: [
      ["click", "textbox Subject"],
      ["effect", "nothing"],
      ["input", "textbox Subject", "<TEXT>", "typed"],
      ["effect", "nothing"],
      ["submit", "form Note"],
      ["effect", "status <TEXT>"],
      ["click", "textbox Query"],
      ["effect", "nothing"],
      ["input", "textbox Query", "<TEXT>", "typed"],
      ["effect", "nothing"],
      ["submit", "form Find"],
      ["effect", "navigated"],
      ["navigate", "load", "< submit"],
    ],
  },
  "what-keys-do": {
    html: `<button id=a onclick="d.showModal()">Ask</button><dialog id=d aria-label=Sure><input aria-label=Why></dialog>
      <div id=g role=grid tabindex=0 aria-label=Grid>cells</div><input id=i aria-label=Add><textarea id=t aria-label=Message></textarea><p id=said role=status></p>
      <script>const says=(element,key)=>element.addEventListener("keydown",(e)=>{if(e.key===key){e.preventDefault();said.textContent=element.ariaLabel+key;element.value=""}});says(g,"ArrowDown");says(g,"F2");says(i,"Enter");says(t,"Enter")</script>`,
    effects: true,
    async work(hand) {
      await hand.click("#a");
      await hand.click("[aria-label=Why]");
      await hand.keys.press("Escape");
      await hand.page.focus("#g");
      await hand.keys.press("ArrowDown");
      await hand.keys.press("F2");
      await hand.type("#i", "new");
      await hand.keys.press("Enter");
      await hand.type("#t", "hello");
      await hand.keys.press("Enter");
      await hand.told("effect", 10);
    },
    expected: [
      ["click", "button Ask"],
      ["effect", "dialog <TEXT>"],
      ["click", "textbox Why"],
      ["effect", "nothing"],
      ["key", "Escape", "textbox Why"],
      ["effect", "dialog_closed"],
      ["key", "ArrowDown", "grid Grid"],
      ["effect", "status <TEXT>"],
      ["key", "F2", "grid Grid"],
      ["effect", "status <TEXT>"],
      ["click", "textbox Add"],
      ["effect", "nothing"],
      ["input", "textbox Add", "<TEXT>", "typed"],
      ["effect", "nothing"],
      ["key", "Enter", "textbox Add"],
      ["effect", "status <TEXT>"],
      ["click", "textbox Message"],
      ["effect", "nothing"],
      ["input", "textbox Message", "<TEXT>", "typed"],
      ["key", "Enter", "textbox Message"],
      ["effect", "status <TEXT>"],
    ],
  },
};
