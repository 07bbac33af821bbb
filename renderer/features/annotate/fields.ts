/** The text fields on the screen by the id of their row, so that keys and undo can put the caret into them, also into one that is about to appear. */
export interface Fields {
  /** Called when a field appears; returns what forgets it. `putCaret`: for a field that is no text area. */
  add(id: string, field: HTMLElement, putCaret?: (at: number) => void): () => void;
  /** Puts the caret there now, or when the field appears. `null` keeps it where it was. */
  focus(id: string, caret?: number | null): void;
  get(id: string): HTMLElement | undefined;
}

interface Field {
  readonly element: HTMLElement;
  readonly putCaret: ((at: number) => void) | undefined;
}

/** One register for the screen. */
export function createFields(): Fields {
  const fields = new Map<string, Field>();
  let wanted: { id: string; caret: number | null } | null = null;
  const enter = ({ element, putCaret }: Field, caret: number | null) => {
    element.focus({ preventScroll: false });
    if (caret === null) return;
    if (putCaret) putCaret(caret);
    else if (element instanceof HTMLTextAreaElement) element.setSelectionRange(caret, caret);
  };
  return {
    add(id, element, putCaret) {
      const field = { element, putCaret };
      fields.set(id, field);
      if (wanted?.id === id) {
        enter(field, wanted.caret);
        wanted = null;
      }
      return () => {
        if (fields.get(id) === field) fields.delete(id);
      };
    },
    focus(id, caret = null) {
      const field = fields.get(id);
      wanted = field ? null : { id, caret };
      if (field) enter(field, caret);
    },
    get: (id) => fields.get(id)?.element,
  };
}
