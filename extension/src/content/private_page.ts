/**
 * Where one signs in or pays, only the shape of what is typed leaves, whatever the field beside the secret one is
 * called.
 */

import type { Guide } from "../shared/message.js";
import { guide } from "./guide.js";
import { once } from "./still.js";

/** Whether the page around a field asks for a password, a code or a card. What is not rendered asks for nothing. */
export const isPrivatePage = once((field): boolean =>
  [document, field.getRootNode() as Document | ShadowRoot].some((tree) =>
    [...tree.querySelectorAll((guide as Guide).secretFields)].some((secret) => secret.checkVisibility()),
  ),
);
