/** Find and replace over the project: its command, and its dialog, which is loaded when it is first asked for. */
import { type ReactElement, Suspense, lazy } from 'react';
import { useCommands } from '../../commands/registry.ts';
import { openDialog, useDialog } from '../../stores/dialogs.ts';

const FindDialog = lazy(async () => ({ default: (await import('./FindDialog.tsx')).FindDialog }));

export function FindHost(): ReactElement | null {
  const isOpen = useDialog('find');
  useCommands(
    [{ id: 'project.find-replace', title: 'find.command', section: 'project', keys: ['$mod+Shift+KeyH'], inText: true, run: () => openDialog('find') }],
    [],
  );
  if (!isOpen) return null;
  return (
    <Suspense fallback={null}>
      <FindDialog />
    </Suspense>
  );
}
