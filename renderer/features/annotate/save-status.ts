import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { errorSentence } from '../../ui/errors.ts';
import type { Editor } from '../../stores/editor.ts';
import { chromeStore, type SaveState, setChrome } from '../../stores/chrome.ts';

/** Tells the top line whether the work is on disk. Stays true after the screen is left, for edits may still be on their way. */
export function useSaveStatus(editor: Editor): void {
  const { i18n } = useTranslation();
  const language = i18n.language;
  useEffect(() => {
    const retry = () => editor.retry();
    const show = () => {
      const { unsaved, saveError, savedAt } = editor.store.getState();
      const now = chromeStore.getState().saveState;
      let next: SaveState = savedAt === null ? { kind: 'none' } : { kind: 'saved', at: savedAt };
      if (saveError) next = { kind: 'failed', message: errorSentence(saveError), retry };
      else if (unsaved > 0) next = { kind: 'pending' };
      if (now.kind !== next.kind || (next.kind === 'saved' && now.kind === 'saved' && now.at !== next.at) || next.kind === 'failed')
        setChrome({ saveState: next });
    };
    show();
    return editor.store.subscribe((state, before) => {
      if (state.unsaved !== before.unsaved || state.saveError !== before.saveError || state.savedAt !== before.savedAt) show();
    });
  }, [editor, language]);
}
