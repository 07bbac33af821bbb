/** Handing an image in: what has to be settled first is shown, with the way to settle it. */
import i18next from 'i18next';
import type { Host } from '../../../host/host.ts';
import { heldBack } from '../../../../shared/domain/lint/hand-in.ts';
import { keyCap } from '../../../commands/key-caps.ts';
import type { Editor } from '../../../stores/editor.ts';
import type { Fields } from '../fields.ts';
import { setScreen } from '../screen-state.ts';
import { goTo } from './finding-actions.ts';
import { contextOf, findingsStore, lookAt } from './findings-store.ts';

/** Whether nothing holds the open image back; else shows the first thing that does. A core that can't be asked holds nothing back. */
export async function mayBeHandedIn(host: Host, editor: Editor, fields: Fields, me: string | null): Promise<boolean> {
  const { imageId } = editor.store.getState();
  if (imageId === null) return false;
  const known = findingsStore.getState();
  const context = known.imageId === imageId && known.context ? known.context : await host.client.call('lint.context', { imageId }).then(contextOf, () => null);
  const { doc, imageId: now } = editor.store.getState();
  if (!context || now !== imageId) return now === imageId;
  const held = heldBack(doc, me, context);
  if (held.length === 0) return true;
  findingsStore.setState({ imageId, tried: true });
  lookAt(imageId, doc, me, context);
  goTo(editor, fields, held[0]!);
  setScreen({ line: i18next.t('lint.held', { count: held.length, fix: keyCap('F9'), dismiss: keyCap('Shift+F9') }) });
  return false;
}
