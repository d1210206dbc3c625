// Frames of every kind.

import { setTimeout as pause } from "node:timers/promises";

async function clickIn(hand, selector, dx = 30, dy = 20) {
  const { left, top } = await hand.box(selector);
  await hand.page.mouse.move(left + dx, top + dy, { steps: 2 });
  await hand.page.mouse.click(left + dx, top + dy);
}

export const frames = {
  "kinds-of-frames": {
    html: `<iframe id=same src="/kinds-of-frames/inner" width=200 height=50></iframe><iframe id=second src="http://second.corp.test/kinds-of-frames/inner" width=200 height=50></iframe>
     <iframe id=foreign src="http://foreign.corp.test/kinds-of-frames/inner" width=200 height=50></iframe><iframe id=scriptless sandbox srcdoc="<button>Scriptless</button>" width=200 height=50></iframe>
     <iframe id=blob width=200 height=50></iframe><iframe id=js src="javascript:'<button>Javascript</button>'" width=200 height=50></iframe><iframe id=data src="data:text/html,<button>Data</button>" width=200 height=50></iframe><iframe id=late width=200 height=50></iframe><iframe id=nest width=300 height=100 srcdoc='<iframe id=n srcdoc="<button>Nested</button>" width=200 height=50></iframe>'></iframe>
     <script>blob.src=URL.createObjectURL(new Blob(["<button>Blob</button>"],{type:"text/html"}));late.contentDocument.body.innerHTML="<button>Late</button>"</script>`,
    pages: { inner: "<button>Inner</button>" },
    async work(hand) {
      await hand.begun();
      // Until the browser has told its process for the mouse of frames in other processes, clicks go past them.
      await pause(300);
      for (const id of ["same", "second", "foreign", "scriptless", "blob", "js", "data", "late"])
        await clickIn(hand, `#${id}`);
      await clickIn(hand, "#nest", 40, 30);
    },
    expected: [
      ["click", "button Inner"],
      ["click", "button Inner"],
      ["click", "button Scriptless"],
      ["click", "button Blob"],
      ["click", "button Javascript"],
      ["click", "button Late"],
      ["click", "button Nested"],
    ],
  },
  "frame-that-goes": {
    html: `<iframe id=f srcdoc="<button onpointerdown='parent.f.remove()'>Closes</button>" width=200 height=50></iframe><iframe id=g srcdoc="<button onclick='parent.g.remove()'>Save</button> <input aria-label=Inner>" width=300 height=50></iframe>
     <iframe id=h src="/frame-that-goes/one" width=200 height=50></iframe>`,
    pages: { one: "<a href='/frame-that-goes/two'>Two</a>", two: "<button>On two</button>" },
    async work(hand) {
      await hand.drawn();
      await clickIn(hand, "#h", 15, 15);
      await hand.page.waitForFunction(() => {
        const second = document.querySelector("#h").contentDocument;
        return second?.readyState === "complete" && second.querySelector("button") !== null;
      });
      await hand.drawn();
      await clickIn(hand, "#h");
      await clickIn(hand, "#g", 120, 20);
      await hand.keys.type("abc");
      await clickIn(hand, "#g");
      await clickIn(hand, "#f");
      await hand.told("click", 5);
    },
    expected: [
      ["click", "link Two"],
      ["click", "button On two"],
      ["click", "textbox Inner"],
      ["input", "textbox Inner", "<TEXT>", "typed"],
      ["click", "button Save"],
      ["click", "button Closes"],
    ],
  },
  rewritten: {
    html: `<button id=a>Before</button><script>a.onclick=()=>{document.open();document.write("<title>w</title><button id=b>After</button>");document.close()}</script>`,
    async work(hand) {
      await hand.click("#a");
      await hand.click("#b");
      await hand.click("#b");
    },
    expected: [
      ["click", "button Before"],
      ["click", "button After"],
      ["click", "button After"],
    ],
  },
  frameset: {
    html: `<!doctype html><html><title>frameset</title><frameset cols="50%,50%"><frame name=menu src="/frameset/menu"><frame name=main src="/frameset/main"></frameset></html>`,
    pages: {
      menu: "<a target=main href='/frameset/second'>Second</a>",
      main: "<button>First</button>",
      second: "<button>In second</button>",
    },
    async work(hand) {
      await hand.drawn();
      await hand.page.mouse.click(20, 18);
      await hand.page.waitForFunction(() => {
        const second = window.main.document;
        return second.readyState === "complete" && second.querySelector("button")?.textContent === "In second";
      });
      await hand.drawn();
      await hand.page.mouse.click(640, 20);
    },
    expected: [
      ["click", "link Second"],
      ["click", "button In second"],
    ],
  },
};
