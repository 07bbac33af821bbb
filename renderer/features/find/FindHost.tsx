/** Find and replace over the project: its command, and its dialog, which is loaded when it is first asked for. */
import { type ReactElement, Suspense, lazy, useEffect } from 'react';
import { useCommands } from '../../commands/registry.ts';
import { openDialog, useDialog } from '../../stores/dialogs.ts';

const load = () => import('./FindDialog.tsx');
const FindDialog = lazy(async () => ({ default: (await load()).FindDialog }));
/** Once the start is over: what is typed right after its key must find the dialog there. */
const PRELOAD_MS = 3000;

export function FindHost(): ReactElement | null {
  const isOpen = useDialog('find');
  useCommands(
    [{ id: 'project.find-replace', title: 'find.command', section: 'project', keys: ['$mod+Shift+KeyH'], inText: true, run: () => openDialog('find') }],
    [],
  );
  useEffect(() => {
    const timer = setTimeout(() => void load().catch(() => {}), PRELOAD_MS);
    return () => clearTimeout(timer);
  }, []);
  if (!isOpen) return null;
  return (
    <Suspense fallback={null}>
      <FindDialog />
    </Suspense>
  );
}
