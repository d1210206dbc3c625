import { fetchJson } from "./fetch-json.mjs";
import { clone } from "./templates.mjs";

export async function peopleView({ say }) {
  const view = clone("people");
  const people = await fetchJson("/api/people");
  view.querySelector("tbody").replaceChildren(...people.map((person) => clone("person-row", person)));
  view.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    event.target.reset();
    say("The leave was noted.");
  });
  return view;
}
