import { Bold } from "@ckeditor/ckeditor5-basic-styles";
import { ClassicEditor } from "@ckeditor/ckeditor5-editor-classic";
import { Essentials } from "@ckeditor/ckeditor5-essentials";
import { Paragraph } from "@ckeditor/ckeditor5-paragraph";
import "@ckeditor/ckeditor5-ui/dist/index.css";

document.body.innerHTML = '<div id="answer"></div><button id="send">Send</button>';
ClassicEditor.create(document.querySelector("#answer"), {
  licenseKey: "GPL",
  plugins: [Essentials, Paragraph, Bold],
  toolbar: ["bold", "undo"],
  label: "Answer",
}).then((editor) => (window.editor = editor));
