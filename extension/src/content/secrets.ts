/**
 * What was a secret once stays one. Pages show passwords by changing the type of the field, or by putting another
 * field of the same name in its place; and they do it before anything was typed. So every password field is noted
 * before the page can react to a press, and changes of `type` are watched.
 */

import type { FieldClass } from "../shared/event.js";
import { guide } from "./guide.js";

/** The browser keeps this list, and looks for them anew only when the page has changed. */
const INPUTS = document.getElementsByTagName("input");

export class Secrets {
  readonly #fields = new WeakMap<Element, FieldClass>();
  /** Names of secret fields, by the form (or the tree, where there is no form) that they are in. */
  readonly #names = new WeakMap<Node, Map<string, FieldClass>>();
  readonly #observer = new MutationObserver((changes) => this.#typesChanged(changes));

  /** Whether nothing raises a class above `withheld`. */
  static isSecret(fieldClass: FieldClass): boolean {
    return guide?.rules[fieldClass].ceiling === "withheld" || guide === undefined;
  }

  /** Watches a document or a shadow root. */
  watch(root: Document | ShadowRoot): void {
    this.#observer.observe(root, {
      subtree: true,
      attributes: true,
      attributeFilter: ["type"],
      attributeOldValue: true,
    });
  }

  unwatch(): void {
    this.#observer.disconnect();
  }

  /** Notes the password fields of a tree as it is now. */
  note(root: Document | ShadowRoot): void {
    const inputs = root === document ? INPUTS : root.querySelectorAll("input");
    for (const field of inputs) if (field.type === "password") this.remember(field, "password");
  }

  remember(field: Element, secret: FieldClass): void {
    this.#fields.set(field, secret);
    // A hidden or file input says nothing about its namesakes: hidden twins of check boxes are common.
    if (secret === "hidden" || secret === "file") return;
    const scope = scopeOf(field);
    const names = this.#names.get(scope) ?? new Map<string, FieldClass>();
    this.#names.set(scope, names);
    for (const name of namesOf(field)) names.set(name, secret);
  }

  of(field: Element): FieldClass | null {
    this.#typesChanged(this.#observer.takeRecords());
    const own = this.#fields.get(field);
    if (own !== undefined) return own;
    const names = this.#names.get(scopeOf(field));
    for (const name of namesOf(field)) {
      const twin = names?.get(name);
      if (twin !== undefined) return twin;
    }
    return null;
  }

  /** Whether a field of the same form was a secret, and be it no longer there. */
  areBeside(field: Element): boolean {
    const scope = scopeOf(field);
    return scope instanceof HTMLFormElement && this.#names.has(scope);
  }

  #typesChanged(changes: MutationRecord[]): void {
    for (const { target, oldValue } of changes) {
      if (target instanceof HTMLInputElement && oldValue?.toLowerCase() === "password") {
        this.remember(target, "password");
      }
    }
  }
}

function scopeOf(field: Element): Node {
  return ("form" in field && field.form instanceof HTMLFormElement && field.form) || field.getRootNode();
}

function namesOf(field: Element): string[] {
  return [field.getAttribute("name"), field.id].filter((name): name is string => name !== null && name !== "");
}
