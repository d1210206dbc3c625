/**
 * Accessible names as Playwright computes them (accname-1.2 with HTML-AAM), and which elements they are made of: an
 * outline leaves out a name whose parts stand below it. Two things differ on purpose. No value of a field and nothing
 * that the page marks is ever part of a name; and what an element adds to the names around it is remembered, so that
 * a table with names in every row and cell costs one walk. A survey knows every element beforehand; the name of one
 * target is made of glances (`name.ts`).
 */

import { inLine } from "../../shared/text.js";
import { EDITING_HOST, editingHost } from "../actionable.js";
import { bound, isMarked } from "../marks.js";
import { labelsOf, namedBy, nodesOf } from "./composed.js";
import { generated, isHiddenAnywhere, isIgnored } from "./looks.js";
import { isNone, roleOf } from "./role.js";
import { BY_CONTENT, has, TRANSPARENT, UNNAMED, VALUED } from "./traits.js";

export interface Wording {
  text: string;
  /** The elements that gave the words. */
  from: Element[];
}

/** What is asked: an element's own name, what it adds to a name around it, or what it says where it is referred to. */
type How = "own" | "inside" | "label" | "labelledby" | "native";

/** What the survey knows already of an element, so that it is not found out again. */
export interface Known {
  role: string | null;
  hidden: boolean;
  inline: boolean;
  before: string;
  after: string;
  /** What it adds to names around it, once somebody asked. */
  adds: Wording | null;
}

const NOTHING: Wording = { text: "", from: [] };

const WITH_PLACEHOLDER = new Set(["text", "password", "number", "search", "tel", "email", "url"]);

/** One white space between words, none around, and no invisible hyphens. */
export function flat(text: string): string {
  return inLine(text.replace(/[\u200b\u00ad]/g, ""));
}

export function wordingOf(
  element: Element,
  role: string | null,
  known: (element: Element) => Known | undefined,
): Wording {
  if (has(role, UNNAMED)) return NOTHING;
  const { text, from } = new Namer(known).alternative(element, "own", false);
  return { text: flat(text), from };
}

class Namer {
  readonly #known: (element: Element) => Known | undefined;
  readonly #visited = new Set<Element>();

  constructor(known: (element: Element) => Known | undefined) {
    this.#known = known;
  }

  /** `evenHidden`: somebody refers to something hidden, and means what is in it. */
  alternative(element: Element, how: How, evenHidden: boolean): Wording {
    if (this.#visited.has(element)) return NOTHING;
    const known = this.#known(element);
    // What was hidden when it was looked at last may be shown by now.
    const hidden = known?.hidden !== false && isHiddenAnywhere(element);
    if (isIgnored(element) || (!evenHidden && hidden)) return NOTHING;
    const role = known === undefined ? roleOf(element) : known.role;
    const labelledBy = how === "labelledby" ? [] : this.#labels(element);
    const byOthers = this.#joined(labelledBy, "labelledby");
    if (byOthers.text !== "") return byOthers;
    if (how !== "own" && (isMarked(element) || has(role, VALUED) || element.matches(EDITING_HOST))) return NOTHING;
    this.#visited.add(element);

    const label = element.getAttribute("aria-label") ?? "";
    if (label.trim() !== "") return { text: label, from: [element] };
    const native = isNone(role) ? null : this.#native(element, how, labelledBy.length > 0);
    if (native !== null) return native;
    if (this.#speaksByContent(element, role, how)) {
      const content = this.#content(element, how === "own" ? "inside" : how, evenHidden);
      if (how === "own" ? content.text.trim() !== "" : content.text !== "") {
        return content.text.trim() === "" ? content : { text: content.text, from: [...content.from, element] };
      }
    }
    return isNone(role) ? NOTHING : attribute(element, "title");
  }

  #speaksByContent(element: Element, role: string | null, how: How): boolean {
    if (how === "label" || how === "labelledby" || how === "native") return true;
    if (element.localName === "summary" && !isNone(role)) return true;
    return has(role, BY_CONTENT) || (how === "inside" && (role === null || has(role, TRANSPARENT)));
  }

  #labels(element: Element): Element[] {
    const given = (element as { ariaLabelledByElements?: Element[] | null }).ariaLabelledByElements;
    return given ? [...given] : namedBy(element, "aria-labelledby");
  }

  #joined(elements: Element[], how: How): Wording {
    if (elements.length === 0) return NOTHING;
    const parts = elements.map((element) =>
      isSomebodys(element) ? NOTHING : this.alternative(element, how, isHiddenAnywhere(element)),
    );
    return {
      text: parts.flatMap(({ text }) => (how === "label" && text === "" ? [] : [text])).join(" "),
      from: parts.flatMap(({ from }) => from),
    };
  }

  /** What HTML itself says of an element's name; `null` where it says nothing, or nothing was written. */
  #native(element: Element, how: How, labelled: boolean): Wording | null {
    const { localName } = element;
    if (element instanceof HTMLInputElement) {
      const given = this.#button(element, how);
      if (given !== null) return given;
    }
    const labels = labelsOf(element);
    if (!labelled && labels.length > 0) return this.#joined(labels, "label");
    if (!labelled && /^(textarea|select|input|meter|progress|output)$/.test(localName)) {
      const hints =
        localName === "textarea" || (localName === "input" && WITH_PLACEHOLDER.has((element as HTMLInputElement).type));
      return hints && !element.getAttribute("title") ? attribute(element, "placeholder") : attribute(element, "title");
    }
    if (!labelled && localName === "fieldset") return this.#part(element, "legend") ?? attribute(element, "title");
    if (!labelled && localName === "figure") return this.#part(element, "figcaption") ?? attribute(element, "title");
    if (localName === "img" || localName === "area") {
      const alt = attribute(element, "alt");
      return alt === NOTHING ? attribute(element, "title") : alt;
    }
    if (localName === "table") {
      const caption = this.#part(element, "caption") ?? attribute(element, "summary");
      return caption === NOTHING ? null : caption;
    }
    if (element instanceof SVGElement) {
      const title = Array.from(element.children).find((child) => child.localName === "title");
      if (title !== undefined) return this.alternative(title, "labelledby", true);
    }
    return null;
  }

  #button(input: HTMLInputElement, how: How): Wording | null {
    const { type } = input;
    const given = type === "image" ? "alt" : "value";
    if (!/^(button|submit|reset|image|file)$/.test(type)) return null;
    const labels = labelsOf(input);
    if ((type === "file" || type === "image") && labels.length > 0 && how !== "labelledby") {
      return this.#joined(labels, "label");
    }
    if (type === "file") return { text: "Choose File", from: [input] };
    const written = attribute(input, given);
    if (written !== NOTHING) return written;
    const usual = { submit: "Submit", reset: "Reset", image: "Submit" }[type];
    const title = type === "button" || type === "image" ? attribute(input, "title") : NOTHING;
    return title === NOTHING && usual !== undefined ? { text: usual, from: [input] } : title;
  }

  #part(element: Element, tag: string): Wording | null {
    const part = Array.from(element.children).find(({ localName }) => localName === tag);
    return part === undefined ? null : this.alternative(part, "native", isHiddenAnywhere(part));
  }

  /** The text in an element, in order, with white space around what stands on lines of its own. */
  #content(element: Element, how: How, evenHidden: boolean): Wording {
    const known = evenHidden ? undefined : this.#known(element);
    if (how === "inside" && known?.adds != null) return known.adds;
    let text = known?.before ?? generated(element, "::before");
    const from: Element[] = [];
    const visit = (node: Node) => {
      if (node instanceof Text) {
        if (evenHidden || !isFolded(node)) text += node.data;
      } else if (node instanceof Element) {
        const part = this.alternative(node, how, evenHidden);
        from.push(...part.from);
        const inline =
          node.localName !== "br" && (this.#known(node)?.inline ?? getComputedStyle(node).display === "inline");
        text += inline ? part.text : ` ${part.text} `;
      }
    };
    for (const node of nodesOf(element)) visit(node);
    for (const owned of namedBy(element, "aria-owns")) visit(owned);
    text += known?.after ?? generated(element, "::after");
    const wording = { text, from };
    if (how === "inside" && known !== undefined) known.adds = wording;
    return wording;
  }
}

/** What is referred to may lie anywhere: in an editor, or in what the page marks. */
function isSomebodys(element: Element): boolean {
  return element.localName === "output" || editingHost(element) !== null || bound(element) !== "clear";
}

function attribute(element: Element, name: string): Wording {
  const text = element.getAttribute(name) ?? "";
  return text.trim() === "" ? NOTHING : { text, from: [element] };
}

/** Text that lies directly in a `<details>` which is closed. */
export function isFolded({ parentElement }: Text): boolean {
  return parentElement?.localName === "details" && !parentElement.hasAttribute("open");
}
