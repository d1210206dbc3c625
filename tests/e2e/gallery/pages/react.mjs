import { createElement as h, useState } from "react";
import { createRoot } from "react-dom/client";
import { HashRouter, Link, Route, Routes } from "react-router-dom";

function Orders() {
  const [code, setCode] = useState("");
  // The page rewrites what is typed.
  return h(
    "label",
    null,
    "Item ",
    h("input", { value: code, onChange: (event) => setCode(event.target.value.toUpperCase()) }),
  );
}
document.body.innerHTML = "<div id=root></div>";
createRoot(document.querySelector("#root")).render(
  h(
    HashRouter,
    null,
    h(Link, { to: "/orders" }, "Orders"),
    " ",
    h(Link, { to: "/" }, "Home"),
    h(
      Routes,
      null,
      h(Route, { path: "/", element: h("h1", null, "Home") }),
      h(Route, { path: "/orders", element: h(Orders) }),
    ),
  ),
);
