import { TabulatorFull as Tabulator } from "tabulator-tables";
import "tabulator-tables/dist/css/tabulator.min.css";

document.body.innerHTML = '<div id="grid"></div>';
const data = Array.from({ length: 500 }, (_, id) => ({
  id,
  name: `Person ${String.fromCharCode(65 + (id % 26))}`,
  state: "open",
}));
const table = new Tabulator("#grid", {
  height: 240,
  data,
  columns: [
    { title: "Name", field: "name", width: 200 },
    { title: "State", field: "state", editor: "input", width: 200 },
  ],
});
// Under constant updates.
table.on("tableBuilt", () => setInterval(() => table.updateData([{ id: 3, name: "Person D" }]), 400));
