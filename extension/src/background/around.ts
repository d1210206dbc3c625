/** Selectors of what stands around a target and of what opens beside it: told with the orders (`guide.ts`). */

/** What shows one thing, and by which of its parts it is called. */
export const SUBJECTS = "tr, li, article, [role=row], [role=listitem], [role=article], [role=treeitem]";
export const HEADS = "th, [role=rowheader], h1, h2, h3, h4, h5, h6, [role=heading]";
export const CELLS = "td, [role=cell], [role=gridcell]";

/** What holds what the page shows of its subject; and lists of the tool's own words. */
export const CONTAINERS =
  "td, tr, li, dd, article, [role=cell], [role=gridcell], [role=row], [role=listitem], [role=article]";
export const CHROME =
  "nav, menu, [role=navigation], [role=menu], [role=menubar], [role=toolbar], [role=tablist], [role=banner], body > header";

/** What shows something, and can be clicked where a page makes it so. */
export const SHOWN =
  "td, th, li, tr, article, figure, img, svg, h1, h2, h3, h4, h5, h6, [tabindex]:not([tabindex^='-'])," +
  ["gridcell", "cell", "row", "rowheader", "columnheader", "listitem", "article", "heading", "img"]
    .map((role) => `[role=${role}]`)
    .join();

/** The tool's own parts. */
export const TOOLS =
  "form, fieldset, dialog, nav, [role=form], [role=dialog], [role=alertdialog], [role=group], [role=radiogroup]," +
  " [role=search], [role=menu], [role=toolbar], [role=tabpanel], [role=navigation], section[aria-label], [role=region]";

/** What opens above the page, and what tells news. */
export const DIALOGS = "dialog, [role=dialog], [role=alertdialog], [aria-modal=true]";
export const SAYINGS = "[role=alert], [role=status], [role=log], [aria-live=polite], [aria-live=assertive], output";

/** Attributes by which what somebody sees of a page changes. */
export const WATCHED = [
  "open",
  "hidden",
  "aria-hidden",
  "aria-invalid",
  "aria-expanded",
  "aria-describedby",
  "class",
  "style",
  "disabled",
];

/** What moves with the pointer. */
export const MOVABLE = "[aria-roledescription], [aria-grabbed], [draggable=true], [role=separator]";

/** Of what something may open where the pointer rests. */
export const OPENERS =
  "[aria-haspopup], [aria-expanded], [aria-describedby], button, a, [role=button], [role=menuitem]";

/** What opens where the pointer rests; and what style sheets show there. */
export const POPUPS = "[role=menu], [role=tooltip], [role=dialog], [role=listbox], [role=tree], [role=grid], [popover]";
export const MENUS =
  "ul, ol, menu, [role=menu], [class*=menu i], [class*=dropdown i], [class*=popup i], [class*=popover i]";
