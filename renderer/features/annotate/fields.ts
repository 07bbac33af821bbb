/** The text fields on the screen by the id of their row, so that keys and undo can put the caret into them, also into one that is about to appear. */
export interface Fields {
  /** Called when a field appears; returns what forgets it. */
  add(id: string, field: HTMLTextAreaElement): () => void;
  /** Puts the caret there now, or when the field appears. `null` keeps it where it was. */
  focus(id: string, caret?: number | null): void;
  get(id: string): HTMLTextAreaElement | undefined;
}

/** One register for the screen. */
export function createFields(): Fields {
  const fields = new Map<string, HTMLTextAreaElement>();
  let wanted: { id: string; caret: number | null } | null = null;
  const enter = (field: HTMLTextAreaElement, caret: number | null) => {
    field.focus({ preventScroll: false });
    if (caret !== null) field.setSelectionRange(caret, caret);
  };
  return {
    add(id, field) {
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
    get: (id) => fields.get(id),
  };
}
