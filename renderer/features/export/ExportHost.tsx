/** Exporting, wherever in a project one is. In a browser there is none: it writes folders of the core's machine. */
import type { ReactElement } from 'react';
import { useCommands } from '../../commands/registry.ts';
import type { DesktopBridge } from '../../../shared/rpc/desktop-bridge.ts';
import { useHost } from '../../host/host.ts';
import { useProject } from '../../queries/project.ts';
import { openDialog, useDialog } from '../../stores/dialogs.ts';
import { laterChunk } from '../../ui/screen-chunk.tsx';

const exportDialog = laterChunk(async () => (await import('./ExportDialog.tsx')).ExportDialog);

export function ExportHost(): ReactElement | null {
  const { desktop } = useHost();
  return desktop && <DesktopExport desktop={desktop} />;
}

function DesktopExport({ desktop }: { desktop: DesktopBridge }): ReactElement | null {
  const isOpen = useDialog('export');
  const { data: project } = useProject();
  useCommands(
    [
      {
        id: 'export.open',
        title: 'export.command.open',
        short: 'export.command.open-short',
        section: 'project',
        keys: ['$mod+e'],
        run: () => openDialog('export'),
      },
    ],
    [],
  );
  return isOpen && project?.id ? <exportDialog.Screen waiting={null} desktop={desktop} projectId={project.id} /> : null;
}
