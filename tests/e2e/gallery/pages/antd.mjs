import { Button, Checkbox, Form, Input, Modal, message, Select, Table } from "antd";
import { createElement as h, useState } from "react";
import { createRoot } from "react-dom/client";

function App() {
  const [open, setOpen] = useState(false);
  return h(
    "main",
    null,
    h(
      Form,
      { layout: "vertical", "aria-label": "Order", onFinish: () => message.success("Order taken") },
      h(Form.Item, { label: "Customer", name: "customer" }, h(Input)),
      h(
        Form.Item,
        { label: "Colour", name: "colour" },
        h(Select, {
          options: [
            { value: "r", label: "Red" },
            { value: "g", label: "Green" },
          ],
        }),
      ),
      h(Form.Item, { name: "copy", valuePropName: "checked" }, h(Checkbox, null, "Send a copy")),
      h(Button, { type: "primary", htmlType: "submit" }, "Order"),
    ),
    h(Button, { onClick: () => setOpen(true) }, "Cancel the order"),
    h(
      Modal,
      { title: "Sure?", open, onOk: () => setOpen(false), onCancel: () => setOpen(false), okText: "Do it" },
      "Really",
    ),
    h(Table, {
      rowKey: "key",
      pagination: false,
      columns: [
        { title: "Name", dataIndex: "name" },
        { title: "Action", render: () => h(Button, { size: "small" }, "Edit") },
      ],
      dataSource: [
        { key: 1, name: "Jane Doe" },
        { key: 2, name: "John Roe" },
      ],
    }),
  );
}
document.body.innerHTML = "<div id=root></div>";
createRoot(document.querySelector("#root")).render(h(App));
