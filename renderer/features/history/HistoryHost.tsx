/** The history of the open image: its command, and its dialog, which is loaded when it is first asked for. */
import { type ReactElement, Suspense, lazy, useEffect } from 'react';
import { useCommands } from '../../commands/registry.ts';
import { openHistory, useHistoryView } from '../../stores/history.ts';
import { navigate, useSession } from '../../stores/session.ts';

const load = () => import('./HistoryDialog.tsx');
const HistoryDialog = lazy(async () => ({ default: (await load()).HistoryDialog }));
/** Once the start is over: what is typed right after its key must find the dialog there. */
const PRELOAD_MS = 3000;

export function HistoryHost(): ReactElement | null {
  const route = useSession((session) => session.route);
  const isOpen = useHistoryView((view) => view.open);
  const imageId = route.screen === 'annotate' ? route.imageId : null;
  useCommands(
    imageId === null
      ? []
      : [
          {
            id: 'image.history',
            title: 'history.command',
            section: 'image',
            keys: ['Alt+KeyH'],
            inText: true,
            run: () => openHistory(),
          },
          {
            id: 'image.replay',
            title: 'film.command',
            section: 'image',
            keys: ['Alt+Shift+KeyH'],
            inText: true,
            run: () => navigate({ screen: 'film', imageId, seq: null, from: route }),
          },
        ],
    [imageId],
  );
  useEffect(() => {
    const timer = setTimeout(() => void load().catch(() => {}), PRELOAD_MS);
    return () => clearTimeout(timer);
  }, []);
  if (!isOpen || imageId === null) return null;
  return (
    <Suspense fallback={null}>
      <HistoryDialog imageId={imageId} />
    </Suspense>
  );
}
