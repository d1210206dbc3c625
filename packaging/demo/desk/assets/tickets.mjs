import { fetchJson } from "./fetch-json.mjs";
import { clone } from "./templates.mjs";

export async function ticketsView() {
  const tickets = await fetchJson("/api/tickets");
  const waiting = tickets.filter(({ status }) => status === "Open").length;
  const view = clone("tickets", { open: `${waiting} ${waiting === 1 ? "ticket" : "tickets"}` });
  const rows = view.querySelector("tbody");
  const fill = (words) => {
    const wanted = words.trim().toLowerCase();
    const found = tickets.filter(({ subject, customer }) => `${subject} ${customer}`.toLowerCase().includes(wanted));
    rows.replaceChildren(...found.reverse().map(ticketRow));
  };
  view.querySelector("#find").addEventListener("input", (event) => fill(event.target.value));
  fill("");
  return view;
}

function ticketRow(ticket) {
  const row = clone("ticket-row", ticket);
  row.querySelector("a").href = `/tickets/${ticket.number}`;
  return row;
}

export function newTicketView({ go, say }) {
  const view = clone("new-ticket");
  view.querySelector("form").addEventListener("submit", async (event) => {
    event.preventDefault();
    const fields = Object.fromEntries(new FormData(event.target));
    const ticket = await fetchJson("/api/tickets", { method: "POST", body: { ...fields, copy: "copy" in fields } });
    await go(`/tickets/${ticket.number}`);
    say(`Ticket ${ticket.number} was created.`);
  });
  return view;
}

export async function ticketView({ say, arguments: [number] }) {
  const path = `/api/tickets/${number}`;
  const ticket = await fetchJson(path);
  const view = clone("ticket", ticket);
  const replies = view.querySelector("#replies");
  replies.replaceChildren(...ticket.replies.map(replyItem));

  const status = view.querySelector("#status");
  status.value = ticket.status;
  status.addEventListener("change", async () => {
    await fetchJson(path, { method: "PATCH", body: { status: status.value } });
    say(`Status is now ${status.value}.`);
  });

  view.querySelector("form").addEventListener("submit", async (event) => {
    event.preventDefault();
    const form = event.target;
    const changed = await fetchJson(`${path}/replies`, {
      method: "POST",
      body: Object.fromEntries(new FormData(form)),
    });
    replies.append(replyItem(changed.replies.at(-1)));
    form.reset();
    say("The reply was sent.");
  });
  return view;
}

function replyItem({ by, text }) {
  const item = document.createElement("li");
  const author = document.createElement("strong");
  author.textContent = by;
  const said = document.createElement("p");
  said.textContent = text;
  item.append(author, said);
  return item;
}
