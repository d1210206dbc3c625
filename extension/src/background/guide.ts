/** What pages are told with their orders, so that no page carries it in its script. */

import { rules } from "../../../manifest/field-classes.json";
import { words } from "../../../manifest/field-words.json";
import type { Guide } from "../shared/message.js";
import { GLOBAL, ROLES, SECTIONING, TAGS, WHOLES } from "./aria.js";
import {
  CELLS,
  CHROME,
  CONTAINERS,
  DIALOGS,
  HEADS,
  MENUS,
  MOVABLE,
  OPENERS,
  POPUPS,
  SAYINGS,
  SHOWN,
  SUBJECTS,
  TOOLS,
  WATCHED,
} from "./around.js";
import { attributes, autofill, byWords, digits, secretFields, types } from "./field_tables.js";
import { FOREIGN_MARKS } from "./foreign_marks.js";
import { GENERATED_IDS, TEST_IDS } from "./ids.js";

export const GUIDE: Guide = {
  words: words as unknown as Guide["words"],
  rules: rules as Guide["rules"],
  attributes,
  secretFields,
  types,
  autofill,
  byWords,
  digits,
  signIn:
    "log-?in|sign-?in|auth|authenticate|authori[sz]e|verify|verification|2fa|mfa|otp|totp|two-?factor|challenge|sso|reset",
  pay: "payroll|salar(y|ies)|compensation|gehalt|lohn|paie|nomina",
  marks: FOREIGN_MARKS,
  roles: ROLES,
  tags: TAGS,
  wholes: WHOLES,
  sectioning: SECTIONING,
  global: GLOBAL,
  testIds: TEST_IDS,
  generated: GENERATED_IDS,
  subjects: SUBJECTS,
  heads: HEADS,
  cells: CELLS,
  shown: SHOWN,
  containers: CONTAINERS,
  chrome: CHROME,
  tools: TOOLS,
  dialogs: DIALOGS,
  sayings: SAYINGS,
  watched: WATCHED,
  movable: MOVABLE,
  openers: OPENERS,
  popups: POPUPS,
  menus: MENUS,
};
