import {
  Autocomplete,
  Button,
  Dialog,
  DialogActions,
  DialogTitle,
  FormControlLabel,
  MenuItem,
  Slider,
  Switch,
  TextField,
} from "@mui/material";
import { createElement as h, useState } from "react";
import { createRoot } from "react-dom/client";

function App() {
  const [open, setOpen] = useState(false);
  const [age, setAge] = useState("");
  return h(
    "main",
    { style: { display: "grid", gap: 12, justifyItems: "start", padding: 12, width: 300 } },
    h(Autocomplete, {
      id: "team",
      fullWidth: true,
      options: ["Sales", "Support", "Stores"],
      renderInput: (props) => h(TextField, { ...props, label: "Team" }),
    }),
    h(
      TextField,
      {
        select: true,
        id: "priority",
        label: "Priority",
        fullWidth: true,
        value: age,
        onChange: (e) => setAge(e.target.value),
      },
      h(MenuItem, { value: "low" }, "Low"),
      h(MenuItem, { value: "high" }, "High"),
    ),
    h(TextField, { id: "note", label: "Note", multiline: true }),
    h(FormControlLabel, { control: h(Switch), label: "Notify" }),
    h(Slider, { id: "effort", "aria-label": "Effort", defaultValue: 30 }),
    h(Button, { id: "delete", onClick: () => setOpen(true) }, "Delete"),
    h(
      Dialog,
      { open, onClose: () => setOpen(false) },
      h(DialogTitle, null, "Sure?"),
      h(DialogActions, null, h(Button, { id: "sure", onClick: () => setOpen(false) }, "Yes")),
    ),
  );
}

createRoot(document.body).render(h(App));
