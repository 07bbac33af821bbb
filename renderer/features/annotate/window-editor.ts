/** The one editor of a window: it goes on saving when its screen is left, and closing the window waits for it. */
import { beforeClose } from '../../host/before-close.ts';
import type { Host } from '../../host/host.ts';
import { onChange } from '../../queries/changes.ts';
import { actingMe } from '../../stores/acting.ts';
import { createActiveTimer, followPerson } from '../../stores/active-time.ts';
import { createEditor, type Editor } from '../../stores/editor.ts';
import { createMirror } from '../../stores/editor/mirror.ts';
import { followSaves } from './save-status.ts';

const editors = new WeakMap<Host, Editor>();
/** The time that the person of this window spends on each image's captions. */
export const captionTime = createActiveTimer(() => performance.now());

export function windowEditor(host: Host): Editor {
  const known = editors.get(host);
  if (known) return known;
  const editor = createEditor(host.client, captionTime, createMirror(localStorage), actingMe);
  followPerson(captionTime, window);
  editors.set(host, editor);
  followSaves(editor);
  beforeClose(async () => void (await editor.flush()));
  host.onConnection((alive) => {
    if (alive) editor.retry();
  });
  onChange((change) => {
    editor.noticed(change.topic === 'all' ? { topic: 'images', imageIds: 'all', by: null } : change);
  });
  return editor;
}
