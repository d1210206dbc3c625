// The editor lies in a frame; its buttons lie around that, and leave the focus in it.
import tinymce from "tinymce";
import "tinymce/icons/default";
import "tinymce/models/dom";
import "tinymce/themes/silver";
import "tinymce/skins/ui/oxide/skin.css";

document.body.innerHTML = `<label for="letter">Letter</label><textarea id="letter"></textarea><button id="send">Send</button>`;
tinymce.init({
  selector: "#letter",
  license_key: "gpl",
  skin: false,
  content_css: false,
  promotion: false,
  branding: false,
  height: 240,
  // In Firefox it has no name of its own.
  setup: (editor) => editor.on("init", () => editor.getBody().setAttribute("aria-label", "Letter")),
});
