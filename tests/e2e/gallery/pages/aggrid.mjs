import { AllCommunityModule, createGrid, ModuleRegistry } from "ag-grid-community";

ModuleRegistry.registerModules([AllCommunityModule]);
document.body.innerHTML = '<div id="grid" style="width: 640px; height: 260px"></div>';
// Far more rows than are drawn: those that are, are used again for others.
createGrid(document.querySelector("#grid"), {
  rowData: Array.from({ length: 2000 }, (_, id) => ({
    name: `Person ${String.fromCharCode(90 - (id % 26))}`,
    state: "open",
  })),
  columnDefs: [
    { field: "name", headerName: "Name" },
    { field: "state", headerName: "State", editable: true },
  ],
  rowSelection: { mode: "multiRow" },
  animateRows: false,
});
