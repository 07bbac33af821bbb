/** Files that need a look, wherever in a project one is. */
import type { ReactElement } from 'react';
import { useCommands } from '../../commands/registry.ts';
import { openDialog, useDialog } from '../../stores/dialogs.ts';
import { ProblemsDialog } from './ProblemsDialog.tsx';

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
  return isOpen ? <ProblemsDialog /> : null;
}
