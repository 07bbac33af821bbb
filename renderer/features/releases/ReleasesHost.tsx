/** Releases, wherever in a project one is. */
import { lazy, type ReactElement, Suspense } from 'react';
import { useCommands } from '../../commands/registry.ts';
import { openDialog, useDialog } from '../../stores/dialogs.ts';

const ReleasesDialog = lazy(async () => ({ default: (await import('./ReleasesDialog.tsx')).ReleasesDialog }));

export function ReleasesHost(): ReactElement | null {
  const isOpen = useDialog('releases');
  useCommands(
    [
      {
        id: 'releases.open',
        title: 'releases.command',
        section: 'project',
        keys: ['$mod+Alt+KeyR'],
        inText: true,
        run: () => openDialog('releases'),
      },
    ],
    [],
  );
  return isOpen ? (
    <Suspense fallback={null}>
      <ReleasesDialog />
    </Suspense>
  ) : null;
}
