import { chromeStore, type SaveState, setChrome } from '../../stores/chrome.ts';
import type { Editor } from '../../stores/editor.ts';
import { errorSentence } from '../../ui/errors.ts';

/** Tells the top line whether the work is on disk, for as long as the window lives: edits may still be on their way when the screen is left. */
export function followSaves(editor: Editor): void {
  const retry = () => editor.retry();
  const show = () => {
    const { unsaved, saveError, savedAt } = editor.store.getState();
    const now = chromeStore.getState().saveState;
    let next: SaveState = savedAt === null ? { kind: 'none' } : { kind: 'saved', at: savedAt };
    if (saveError) next = { kind: 'failed', message: errorSentence(saveError), retry };
    else if (unsaved > 0) next = { kind: 'pending' };
    const same = now.kind === next.kind && (next.kind !== 'saved' || now.kind !== 'saved' || now.at === next.at) && next.kind !== 'failed';
    if (!same) setChrome({ saveState: next });
  };
  editor.store.subscribe((state, before) => {
    if (state.unsaved !== before.unsaved || state.saveError !== before.saveError || state.savedAt !== before.savedAt) show();
  });
}
