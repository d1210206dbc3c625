import "@shoelace-style/shoelace/dist/components/button/button.js";
import "@shoelace-style/shoelace/dist/components/checkbox/checkbox.js";
import "@shoelace-style/shoelace/dist/components/dialog/dialog.js";
import "@shoelace-style/shoelace/dist/components/input/input.js";
import "@shoelace-style/shoelace/dist/components/option/option.js";
import "@shoelace-style/shoelace/dist/components/select/select.js";

document.body.innerHTML = `
  <sl-input label="Customer" id="customer"></sl-input>
  <sl-select label="Colour" id="colour"><sl-option value="r">Red</sl-option><sl-option value="g">Green</sl-option></sl-select>
  <sl-checkbox id="copy">Send a copy</sl-checkbox>
  <sl-button id="open">Open</sl-button>
  <sl-dialog label="Sure?" id="dialog"><sl-button id="close" slot="footer">Close</sl-button></sl-dialog>`;
const dialog = document.querySelector("#dialog");
document.querySelector("#open").addEventListener("click", () => dialog.show());
document.querySelector("#close").addEventListener("click", () => dialog.hide());
