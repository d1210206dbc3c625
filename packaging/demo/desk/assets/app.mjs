// The app shell: a router over pushState, so that moving between views loads no page.

import { fetchJson } from "./fetch-json.mjs";
import { peopleView } from "./people.mjs";
import { clone } from "./templates.mjs";
import { newTicketView, ticketsView, ticketView } from "./tickets.mjs";

const view = document.querySelector("#view");
const ROUTES = [
  [/^\/tickets\/?$/, "Tickets", ticketsView],
  [/^\/tickets\/new$/, "New ticket", newTicketView],
  [/^\/tickets\/(\d+)$/, "Ticket", ticketView],
  [/^\/hr\//, "People", peopleView],
];

async function show() {
  const { pathname } = location;
  const [pattern, title, build] = ROUTES.find(([candidate]) => candidate.test(pathname)) ?? [
    /./,
    "Nothing here",
    () => clone("lost"),
  ];
  document.title = `${title} · Desk`;
  for (const link of document.querySelectorAll("nav a")) {
    const here = pathname.startsWith(link.pathname);
    link.toggleAttribute("aria-current", here);
    if (here) link.setAttribute("aria-current", "page");
  }
  const content = await build({ go, say, arguments: pattern.exec(pathname)?.slice(1) ?? [] });
  // Someone may have gone on while the data came.
  if (location.pathname !== pathname) return;
  view.replaceChildren(content);
  view.focus({ preventScroll: true });
  scrollTo(0, 0);
}

function go(path) {
  history.pushState(null, "", path);
  return show();
}

function say(text) {
  document.querySelector("#said").textContent = text;
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  const ours = link && link.origin === location.origin && ROUTES.some(([pattern]) => pattern.test(link.pathname));
  if (!ours || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  say("");
  go(link.pathname);
});
addEventListener("popstate", show);

document.querySelector("#agent").textContent = (await fetchJson("/api/me")).name;
await show();
