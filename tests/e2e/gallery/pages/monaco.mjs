import * as monaco from "monaco-editor/editor/editor.api.js";

document.body.innerHTML =
  '<div id="query" style="width: 600px; height: 120px; border: 1px solid"></div><div id="note" style="width: 600px; height: 120px; border: 1px solid"></div><button>Run</button>';
// What is typed goes to an EditContext where the browser has them, and to a text area that nobody sees where not.
monaco.editor.create(document.querySelector("#query"), { ariaLabel: "Query" });
monaco.editor.create(document.querySelector("#note"), { ariaLabel: "Script", editContext: false });
