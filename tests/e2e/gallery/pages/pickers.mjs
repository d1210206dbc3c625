// Lists that are drawn beside a hidden list of the page and go when they are pressed, and a calendar.
import Choices from "choices.js";
import "choices.js/public/assets/styles/choices.css";
import flatpickr from "flatpickr";
import "flatpickr/dist/flatpickr.css";
import $ from "jquery";
import select2 from "select2";
import "select2/dist/css/select2.css";

document.body.innerHTML = `<div style="width:300px">
  <label for="country">Country</label><select id="country" style="width:200px"><option>France</option><option>Spain</option></select>
  <label for="state">State</label><select id="state"><option>Open</option><option>Waiting</option></select>
  <label>Due <input id="due"></label><button id="done">Done</button></div>`;
select2(window, $);
$("#country").select2();
new Choices(document.querySelector("#state"), { shouldSort: false });
flatpickr("#due", { defaultDate: "2026-03-01" });
