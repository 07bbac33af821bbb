/** The history of the open image: its command, and its dialog, which is loaded when it is first asked for. */
import { type ReactElement, Suspense, lazy } from 'react';
import { useCommands } from '../../commands/registry.ts';
import { openHistory, useHistoryView } from '../../stores/history.ts';
import { useSession } from '../../stores/session.ts';

const HistoryDialog = lazy(async () => ({ default: (await import('./HistoryDialog.tsx')).HistoryDialog }));

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
            keys: ['h', 'Alt+KeyH'],
            inText: true,
            run: () => openHistory(),
          },
        ],
    [imageId],
  );
  if (!isOpen || imageId === null) return null;
  return (
    <Suspense fallback={null}>
      <HistoryDialog imageId={imageId} />
    </Suspense>
  );
}
