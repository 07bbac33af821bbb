/** The command that opens the project's settings, and the dialog while it is open. */
import type { ReactElement } from 'react';
import { useCommands } from '../../commands/registry.ts';
import { useQueryMethod } from '../../queries/client.ts';
import { closeDialog, openDialog, useDialog } from '../../stores/dialogs.ts';
import { laterChunk } from '../../ui/screen-chunk.tsx';

const projectSettingsDialog = laterChunk(async () => (await import('./ProjectSettingsDialog.tsx')).ProjectSettingsDialog);

export function ProjectSettingsHost(): ReactElement | null {
  const isOpen = useDialog('project-settings');
  const { data: settings } = useQueryMethod('project.settings', {});
  useCommands(
    [
      {
        id: 'project.settings',
        title: 'project-settings.command',
        section: 'project',
        keys: ['$mod+Alt+Comma'],
        inText: true,
        run: () => openDialog('project-settings'),
      },
    ],
    [],
  );
  // What is edited starts from the settings as they are when it opens; others' changes meanwhile touch only their own settings.
  return isOpen && settings ? <projectSettingsDialog.Screen waiting={null} settings={settings} onClose={closeDialog} /> : null;
}
