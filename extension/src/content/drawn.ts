/**
 * Editors that draw their text themselves, as those for code do. What is typed goes to a field that nobody sees, or to an
 * `EditContext`. A person sees the editor: that is described, by the name of its field.
 */

const EDITOR = ".monaco-editor, .CodeMirror, .ace_editor, [role=code], [class*=editor i]";

/** What an `EditContext` holds of a text. */
type Context = {
  text: string;
  selectionStart: number;
  selectionEnd: number;
};

export function contextOf(element: Element): Context | null {
  return (element as { editContext?: Context | null }).editContext ?? null;
}

/** What is seen of a field: the editor that it is typed into, or itself. */
export function seenOf<F extends HTMLElement>(field: F): F | HTMLElement {
  if (!(field instanceof HTMLTextAreaElement) && contextOf(field) === null) return field;
  const editor = field.closest<HTMLElement>(EDITOR);
  return editor !== null && isUnseen(field) ? editor : field;
}

/** The field of an editor; `null`: it is none that draws itself. */
export function fieldIn(editor: Element): HTMLElement | null {
  const field = editor.matches(EDITOR) ? editor.querySelector<HTMLElement>("textarea, [role=textbox]") : null;
  return field !== null && seenOf(field) === editor ? field : null;
}

/** The editor among an element and those around it, innermost first. */
export function editorIn(around: readonly Element[]): Element | null {
  return around.find((each) => fieldIn(each) !== null) ?? null;
}

/** Drawn, and too small to show a text. */
function isUnseen(field: HTMLElement): boolean {
  if (field.getClientRects().length === 0) return false;
  return [field, field.parentElement].some((box) => box && (box.clientWidth <= 8 || box.clientHeight <= 8));
}
