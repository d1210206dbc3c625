import CodeMirror from "codemirror";
import "codemirror/lib/codemirror.css";
import { baseKeymap } from "prosemirror-commands";
import { keymap } from "prosemirror-keymap";
import { schema } from "prosemirror-schema-basic";
import { EditorState } from "prosemirror-state";
import { EditorView } from "prosemirror-view";

document.body.innerHTML =
  '<style>.ProseMirror{border:1px solid;min-height:60px;white-space:pre-wrap}</style><div id="rich"></div><div id="code"></div><button id="done">Done</button>';
new EditorView(document.querySelector("#rich"), {
  state: EditorState.create({ schema, plugins: [keymap(baseKeymap)] }),
  attributes: { "aria-label": "Story", role: "textbox" },
});
CodeMirror(document.querySelector("#code"), { value: "", lineNumbers: true });
