import { Checkbox, DropdownMenu, RadioGroup, Select, Slider, Switch } from "radix-ui";
import { createElement as h } from "react";
import { createRoot } from "react-dom/client";

const box = { background: "#eee", border: "1px solid", padding: 4 };

const pick = h(
  Select.Root,
  null,
  h(Select.Trigger, { "aria-label": "Fruit", id: "fruit" }, h(Select.Value, { placeholder: "Pick one" })),
  h(
    Select.Portal,
    null,
    h(
      Select.Content,
      { style: box },
      h(
        Select.Viewport,
        null,
        ["Apple", "Banana", "Cherry"].map((name) =>
          h(Select.Item, { key: name, value: name }, h(Select.ItemText, null, name)),
        ),
      ),
    ),
  ),
);

const menu = h(
  DropdownMenu.Root,
  null,
  h(DropdownMenu.Trigger, { id: "actions" }, "Actions"),
  h(
    DropdownMenu.Portal,
    null,
    h(
      DropdownMenu.Content,
      { style: box },
      h(DropdownMenu.Item, { id: "double" }, "Duplicate"),
      h(
        DropdownMenu.Sub,
        null,
        h(DropdownMenu.SubTrigger, { id: "share" }, "Share"),
        h(
          DropdownMenu.Portal,
          null,
          h(DropdownMenu.SubContent, { style: box }, h(DropdownMenu.Item, { id: "mail" }, "By mail")),
        ),
      ),
    ),
  ),
);

const slider = h(
  Slider.Root,
  {
    id: "volume",
    defaultValue: [20],
    style: { position: "relative", display: "flex", alignItems: "center", width: 200, height: 20, background: "#ccc" },
  },
  h(Slider.Track, { style: { flex: 1, height: 4 } }, h(Slider.Range)),
  h(Slider.Thumb, {
    "aria-label": "Volume",
    style: { display: "block", width: 16, height: 16, background: "teal" },
  }),
);

const item = (name, id) => h("label", null, h(RadioGroup.Item, { value: name, id }, "o"), name);

createRoot(document.body).render(
  h(
    "main",
    { style: { display: "grid", gap: 12, justifyItems: "start", padding: 12 } },
    pick,
    menu,
    slider,
    h("label", null, "Agree ", h(Checkbox.Root, { id: "agree" }, h(Checkbox.Indicator, null, "v"))),
    h(Switch.Root, { id: "notify", "aria-label": "Notify", style: box }, h(Switch.Thumb, null, ".")),
    h(RadioGroup.Root, { "aria-label": "Size" }, item("Small", "small"), item("Large", "large")),
  ),
);
