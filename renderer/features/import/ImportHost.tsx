/** Importing, wherever in a project one is: the commands, the window as a place to drop on, and the dialog. Nothing of it in a browser. */
import type { ReactElement } from 'react';
import { useCommands } from '../../commands/registry.ts';
import type { DesktopBridge } from '../../../shared/rpc/desktop-bridge.ts';
import { useHost } from '../../host/host.ts';
import { useTranslation } from 'react-i18next';
import { openDialog } from '../../stores/dialogs.ts';
import { openDroppedPackage } from '../../ui/dropped-package.ts';
import { DropTarget } from '../../ui/DropTarget.tsx';
import { AnnotationReport } from './AnnotationReport.tsx';
import { ImportDialog } from './ImportDialog.tsx';
import { offerImport } from './import-store.ts';

export function ImportHost({ projectName }: { projectName: string }): ReactElement | null {
  const { desktop } = useHost();
  return desktop && <DesktopImport desktop={desktop} projectName={projectName} />;
}

function DesktopImport({ desktop, projectName }: { desktop: DesktopBridge; projectName: string }): ReactElement {
  const { t } = useTranslation();
  const pickFolder = async () => {
    const paths = await desktop.pickFolder({ title: t('import.pick-folder'), button: t('import.pick-button') });
    if (paths.length > 0) offerImport(paths);
  };
  useCommands(
    [
      {
        id: 'images.import',
        title: 'import.command.import',
        short: 'import.command.import-short',
        section: 'project',
        keys: ['$mod+i'],
        run: () => offerImport([]),
      },
      { id: 'import.report', title: 'annotations.last-report', section: 'project', run: () => openDialog('annotation-report') },
      { id: 'images.import-folder', title: 'import.command.import-folder', section: 'project', run: pickFolder },
    ],
    [desktop, t],
  );
  return (
    <>
      <DropTarget
        desktop={desktop}
        note={t('import.drop-here', { project: projectName })}
        onPaths={(paths) => void (openDroppedPackage(paths, t) || offerImport(paths))}
      />
      <ImportDialog desktop={desktop} />
      <AnnotationReport />
    </>
  );
}
