/** Follows the open image for its findings: after a pause, while the page has time, and never with the focus. */
import { useEffect, useMemo } from 'react';
import { useQueryMethod } from '../../../queries/client.ts';
import { useAnnotate } from '../context.ts';
import { useProjectSettings } from '../project-settings.ts';
import { contextOf, lookAt } from './findings-store.ts';

/** So long after the last change: a sentence is not judged while it is being written. */
const QUIET_MS = 700;

/** Once a screen. */
export function useFindingsOf(imageId: string): void {
  const { editor, me } = useAnnotate();
  const { data: sent } = useQueryMethod('lint.context', { imageId });
  const { provenance } = useProjectSettings();
  const context = useMemo(() => (sent ? contextOf(sent) : null), [sent]);
  useEffect(() => editor.gatherText(provenance.gather), [editor, provenance.gather]);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    let idle: number | null = null;
    const look = () => {
      idle = null;
      const { imageId: open, status, doc } = editor.store.getState();
      if (open === imageId) lookAt(imageId, doc, me, status === 'ready' ? context : null);
    };
    const later = () => {
      if (timer) clearTimeout(timer);
      timer = setTimeout(() => {
        timer = null;
        idle ??= requestIdleCallback(look, { timeout: 500 });
      }, QUIET_MS);
    };
    look();
    const stop = editor.store.subscribe((state, before) => {
      if (state.doc !== before.doc || state.status !== before.status || state.imageId !== before.imageId) later();
    });
    return () => {
      stop();
      if (timer) clearTimeout(timer);
      if (idle !== null) cancelIdleCallback(idle);
    };
  }, [editor, me, imageId, context]);
}
