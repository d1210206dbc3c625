/** The ARIA 1.2 roles that Playwright's snapshots name, and what holds of each: one table, a letter for a trait. */

const TABLE =
  "alert alertdialog:i application:iden article:sg banner:i blockquote button:ckde caption:tu cell:cs checkbox:ckxden " +
  "code:tu columnheader:cikdenz combobox:vkden complementary:i contentinfo:ti definition:tU deletion:tu dialog:i " +
  "directory document:i emphasis:tu feed figure:is form:ig generic:u grid:id gridcell:csdenz group:idg heading:cl " +
  "img:s insertion:tu link:cde list:t listbox:vikden listitem:tslg log main:i mark:tU marquee math menu:vid menubar:id " +
  "menuitem:ckde menuitemcheckbox:ckxde menuitemradio:ckxde meter:v navigation:i none:t note option:ckxdz paragraph:tu " +
  "presentation:tu progressbar:v radio:ckxd radiogroup:idng region:ti row:ctsdelzg rowgroup:t rowheader:cisdenz " +
  "scrollbar:vkd search:ig searchbox:vkdn separator:kd slider:vkdn spinbutton:vkdn status strong:tu subscript:tu " +
  "superscript:tu switch:ckxden tab:ckdez table:ti tablist:id tabpanel:ig term:tU textbox:vkdn time:tU timer " +
  "toolbar:id tooltip:ck tree:idn treegrid:id treeitem:cxdelzg";

/** Named by what is in it. */
export const BY_CONTENT = "c";
/** Adds what is in it to a name around it. */
export const TRANSPARENT = "t";
/** Never named; and the label that it bears is no reason to keep `role=none` from holding. */
export const UNNAMED = "uU";
export const UNLABELLED = "u";
/** What it holds is somebody's, or would be: never a part of a name. */
export const VALUED = "v";
/** By its name people and agents find their way, even where it is repeated inside. */
export const IDENTIFYING = "i";
/** Its text is its name. */
export const CONTROL = "k";
/** Shows its subject. */
export const SUBJECT = "s";
/** A row, a card, a form: what belongs together. */
export const UNIT = "g";
/** It may have this state. */
export const CHECKED = "x";
export const DISABLED = "d";
export const EXPANDED = "e";
export const INVALID = "n";
export const LEVEL = "l";
export const SELECTED = "z";

const traits = new Map(
  TABLE.split(" ").map((row) => {
    const [role = "", some = ""] = row.split(":");
    return [role, some];
  }),
);

export const isRole = (role: string) => traits.has(role);

/** Whether one of these holds of a role. */
export function has(role: string | null, some: string): boolean {
  const known = role === null ? undefined : traits.get(role);
  return known !== undefined && [...some].some((trait) => known.includes(trait));
}
