/** The role of a target, in the words of the accessibility tree that browser agents read: as an outline names it. */

import { EDITING_HOST } from "./actionable.js";
import { contextOf } from "./drawn.js";
import { roleOf as ariaRoleOf, isNone } from "./outline/role.js";

export function roleOf(element: Element): string {
  const role = ariaRoleOf(element);
  if (role !== null && !isNone(role)) return role;
  // Inputs that HTML names no role for, and editors: agents find them where they look for text boxes.
  const isEdited = element.matches(EDITING_HOST) || contextOf(element) !== null;
  return element instanceof HTMLInputElement || isEdited ? "textbox" : "generic";
}
