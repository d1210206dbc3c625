/** What ARIA 1.2 and the HTML-AAM say, as tables of `word:rest` for `content/guide.ts` and as selectors: told with the orders. */

/** The roles that Playwright's snapshots name, and what holds of each: a letter for a trait (`outline/traits.ts`). */
export const ROLES =
  "alert alertdialog:i application:iden article:sg banner:i blockquote button:ckde caption:tuU cell:cs " +
  "checkbox:ckxden code:tuU columnheader:cikdenz combobox:vkden complementary:i contentinfo:ti definition:tU " +
  "deletion:tuU dialog:i directory document:i emphasis:tuU feed figure:is form:ig generic:uU grid:id " +
  "gridcell:csdenz group:idg heading:cl img:s insertion:tuU link:cde list:t listbox:vikden listitem:tslg log " +
  "main:i mark:tU marquee math menu:vid menubar:id menuitem:ckde menuitemcheckbox:ckxde menuitemradio:ckxde " +
  "meter:v navigation:i none:t note option:ckxdz paragraph:tuU presentation:tuU progressbar:v radio:ckxd " +
  "radiogroup:idng region:ti row:ctsdelzg rowgroup:t rowheader:cisdenz scrollbar:vkd search:ig searchbox:vkdn " +
  "separator:kd slider:vkdn spinbutton:vkdn status strong:tuU subscript:tuU superscript:tuU switch:ckxden " +
  "tab:ckdez table:ti tablist:id tabpanel:ig term:tU textbox:vkdn time:tU timer toolbar:id tooltip:ck tree:idn " +
  "treegrid:id treeitem:cxdelzg";

/** The roles of elements; of inputs by their type. What hangs on more is in `outline/role.ts`. */
export const TAGS =
  "article:article aside:complementary blockquote:blockquote button:button caption:caption code:code datalist:listbox " +
  "dd:definition del:deletion details:group dfn:term dialog:dialog dt:term em:emphasis fieldset:group figure:figure " +
  "h1:heading h2:heading h3:heading h4:heading h5:heading h6:heading hr:separator html:document ins:insertion " +
  "li:listitem main:main mark:mark math:math menu:list meter:meter nav:navigation ol:list optgroup:group option:option " +
  "output:status p:paragraph progress:progressbar search:search strong:strong sub:subscript sup:superscript svg:img " +
  "table:table tbody:rowgroup textarea:textbox tfoot:rowgroup thead:rowgroup time:time tr:row ul:list " +
  "type=button:button type=checkbox:checkbox type=file:button type=image:button type=number:spinbutton " +
  "type=radio:radio type=range:slider type=reset:button type=submit:button";

/** Selectors: of what makes a header or footer that of a section, and of what says something of itself whatever its role. */
export const SECTIONING =
  "article:not([role]), aside:not([role]), main:not([role]), nav:not([role]), section:not([role]), " +
  "[role=article], [role=complementary], [role=main], [role=navigation], [role=region]";
export const GLOBAL =
  "atomic busy controls current describedby details dropeffect flowto grabbed hidden keyshortcuts live owns relevant"
    .split(" ")
    .map((word) => `[aria-${word}]`)
    .join();

/** Elements whose role goes with that of one of these around them: a list that is none has no list items. */
export const WHOLES =
  "dd:dl,div div:dl dt:dl,div li:ol,ul tbody:table td:tr tfoot:table th:tr thead:table tr:thead,tbody,tfoot,table";
