/**
 * Where one signs in or pays, only the shape of what is typed leaves, whatever the field beside the secret one is
 * called.
 */

import { once } from "./still.js";

const SECRET_FIELDS =
  "input:is([type=password],[autocomplete*=-password],[autocomplete*=one-time-code],[autocomplete*=cc-])";

/** Whether the page around a field asks for a password, a code or a card. What is not rendered asks for nothing. */
export const isPrivatePage = once((field): boolean =>
  [document, field.getRootNode() as Document | ShadowRoot].some((tree) =>
    [...tree.querySelectorAll(SECRET_FIELDS)].some((secret) => secret.checkVisibility()),
  ),
);
