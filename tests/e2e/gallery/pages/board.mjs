import Sortable from "sortablejs";

document.body.innerHTML = `<style>ul{width:200px;min-height:120px;border:1px solid;float:left;margin:20px}li{padding:8px;cursor:grab;border:1px solid}</style>
  <ul id="todo" aria-label="To do"><li id="a">Paint the fence</li><li id="b">Mow the lawn</li></ul><ul id="done" aria-label="Done"><li id="c">Wash the car</li></ul>
  <div id="drawn" style="clear:both"><ul aria-label="Later"><li id="d">Call the bank</li></ul><ul aria-label="Now"><li id="e">Pay the bill</li></ul></div>`;
// The one by the browser's own drag and drop, the other by following the pointer.
const options = (list) => (list.closest("#drawn") ? { group: "drawn", forceFallback: true } : { group: "tasks" });
for (const list of document.querySelectorAll("ul")) new Sortable(list, options(list));
