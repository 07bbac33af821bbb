/** Files that need a look, wherever in a project one is. */
import type { ReactElement } from 'react';
import { useCommands } from '../../commands/registry.ts';
import { openDialog, useDialog } from '../../stores/dialogs.ts';
import { laterChunk } from '../../ui/screen-chunk.tsx';

const problemsDialog = laterChunk(async () => (await import('./ProblemsDialog.tsx')).ProblemsDialog);

export function ProblemsHost(): ReactElement | null {
  const isOpen = useDialog('problems');
  useCommands(
    [
      {
        id: 'images.problems',
        title: 'import.command.problems',
        short: 'import.command.problems-short',
        section: 'project',
        run: () => openDialog('problems'),
      },
    ],
    [],
  );
  return isOpen ? <problemsDialog.Screen waiting={null} /> : null;
}
