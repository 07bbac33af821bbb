/** Leaving a tab or an image: rows that were opened and left empty go, as part of the edit before. */
import type { Editor } from '../../stores/editor.ts';
import { pruneOps } from '../../stores/editor/prune.ts';
import { setScreen } from './screen-state.ts';

export function tidy(editor: Editor, me: string | null): void {
  editor.commitTyping();
  setScreen({ newPair: null });
  const { status, doc } = editor.store.getState();
  if (status === 'ready' && me !== null) editor.dispatch(pruneOps(doc, me), { join: true });
}
