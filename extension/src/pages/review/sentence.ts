/** An event as a sentence that a person understands. What stands in it is what would leave, and nothing else. */

import type { Change, Files, HeldEvent, Shape, Target, Value } from "../../shared/event.js";
import { counted, hasText, joined, phrase, text } from "../../shared/words.js";
import { make, quoted } from "../page.js";

type Piece = string | Node;

export function sentence(event: HeldEvent): Piece[] {
  const { kind, target, onto, value, files, modifiers, size, navigation, title, url, changes, outline } = event;
  switch (kind) {
    case "click":
    case "double_click":
    case "context_menu":
      return [...phrase(`did_${kind}`, thing(target)), ...held(modifiers)];
    case "hover":
    case "submit":
    case "reset":
    case "scroll":
      return phrase(`did_${kind}`, thing(target));
    case "drag":
      return phrase("did_drag", thing(target), thing(onto));
    case "input":
    case "select":
      return phrase(`did_${kind}`, thing(target), told(value));
    case "check":
      return phrase(`did_${switched(value)}`, thing(target));
    case "file":
      return phrase("did_file", thing(target), filesIn(files));
    case "download":
      return phrase("did_download", filesIn(files));
    case "key":
      return phrase("did_key", keys(event.key, modifiers), thing(target));
    case "copy":
    case "cut":
    case "paste":
      return phrase(`did_${kind}`, thing(target), text("characters", size ?? "0"));
    case "navigate":
      return phrase(`did_navigate_${navigation ?? "load"}`, page(title, url));
    case "tab_opened":
    case "tab_closed":
    case "tab_switched":
    case "away":
    case "back":
      return phrase(`did_${kind}`);
    case "effect":
      return phrase("did_effect", together((changes ?? []).map(change)));
    case "outline":
      return phrase("did_outline", counted("lines", outline?.lines?.length ?? 0));
    default:
      // A kind of a newer host: its form in the bundle says what it is.
      kind satisfies never;
      return phrase("did_something");
  }
}

/** What was left out or masked in an event, and why. */
export function leftOut({ value, target, title, changes }: HeldEvent): string[] {
  const said: string[] = [];
  if (value !== undefined && value.disclosure !== "clear") {
    said.push(text(`left_out_${value.disclosure}`, className(value.class)));
  }
  if (value !== undefined && "cut" in value) said.push(text("left_out_cut"));
  if (target?.content) said.push(text("left_out_content"));
  if ([title, ...(changes ?? []).map((each) => each.text)].some(hasPlaceholder)) said.push(text("left_out_words"));
  return said;
}

export function hasPlaceholder(words: string | undefined): boolean {
  return words !== undefined && /<[A-Z][A-Z_]*(_\d+)?( [A-Z_]+(_\d+)?)*>/.test(words);
}

function className(name: Value["class"]): string {
  return text(`class_${name}`);
}

/** “Create ticket” (button) */
function thing(target: Target | undefined): Node {
  if (target === undefined) return make("span", text("something"));
  const role = roleOf(target);
  if (target.name === "") return make("span", text("unnamed", role));
  return make("span", phrase("named", quoted(target.name, "name"), role));
}

/** A form without a name has no role of its own, and is one all the same. */
function roleOf({ role, tag }: Target): string {
  const key = `role_${role === "generic" && tag === "form" ? "form" : role.replaceAll("-", "_")}`;
  return hasText(key) ? text(key) : role;
}

function told(value: Value | undefined): Node {
  switch (value?.disclosure) {
    case "withheld":
      return make("span", text("value_withheld", className(value.class)), { class: "left-out" });
    case "shape":
      return make("span", text("value_shape", shapeOf(value.shape)), { class: "left-out" });
    case "placeholder":
      return quoted(value.text, "placeholder");
    default:
      return quoted(value?.options?.join(", ") ?? value?.text ?? "", "clear");
  }
}

function switched(value: Value | undefined): string {
  if (value?.disclosure !== "clear" || value.checked === undefined) return "check";
  return value.checked ? "check_on" : "check_off";
}

function shapeOf({ length, characters, lines }: Shape): string {
  return joined([
    text("characters", length),
    ...characters.map((kind) => text(`characters_${kind}`)),
    ...(lines === "many" ? [text("lines_many")] : []),
  ]);
}

function change({ what, text: said = "" }: Change): Node {
  return make("span", said === "" ? text(`change_${what}`) : phrase(`change_${what}_named`, quoted(said)));
}

function page(title = "", url = ""): Node {
  const route = quoted(url.replace(/^https?:\/\/[^/]+/, "") || "/", "route");
  return make("span", title === "" ? [route] : [quoted(title, "name"), " ", route]);
}

function filesIn(files: Files | undefined): string {
  return joined([counted("files", files?.number ?? 0), ...(files?.types ?? [])]);
}

function keys(key = "", modifiers: string[] = []): Node {
  return make("kbd", [...modifiers.map((name) => text(`modifier_${name}`)), key].join("+"));
}

function held(modifiers: string[] = []): Piece[] {
  if (modifiers.length === 0) return [];
  return [" ", ...phrase("with_keys", make("kbd", modifiers.map((name) => text(`modifier_${name}`)).join("+")))];
}

function together(pieces: Node[]): Node {
  return make(
    "span",
    pieces.flatMap((piece, index) => (index === 0 ? [piece] : ["; ", piece])),
  );
}
