/** The encoder library, wherever in a project one is: its command, and the dialog while it is open. */
import type { ReactElement } from 'react';
import { useCommands } from '../../commands/registry.ts';
import { openDialog, useDialog } from '../../stores/dialogs.ts';
import { laterChunk } from '../../ui/screen-chunk.tsx';

const encodersDialog = laterChunk(async () => (await import('./EncodersDialog.tsx')).EncodersDialog);

export function EncodersHost(): ReactElement | null {
  const isOpen = useDialog('encoders');
  useCommands(
    [
      {
        id: 'encoders.open',
        title: 'encoders.command',
        short: 'encoders.command-short',
        section: 'project',
        keys: ['$mod+Alt+KeyE'],
        inText: true,
        run: () => openDialog('encoders'),
      },
    ],
    [],
  );
  return isOpen ? <encodersDialog.Screen waiting={null} /> : null;
}
