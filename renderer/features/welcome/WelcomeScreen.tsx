/** Where one is without a project: the recent ones, and the ways to one. */
import { useQueryClient } from '@tanstack/react-query';
import { FolderOpen, Images, PackageOpen, Plus } from 'lucide-react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { CommandButton } from '../../commands/CommandButton.tsx';
import { useCommands } from '../../commands/registry.ts';
import { useHost } from '../../host/host.ts';
import { useQueryMethod } from '../../queries/client.ts';
import { useProject } from '../../queries/project.ts';
import { useChromeSlots } from '../../stores/chrome.ts';
import { navigate } from '../../stores/session.ts';
import { DropTarget } from '../../ui/DropTarget.tsx';
import { openDroppedPackage } from '../../ui/dropped-package.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { toast } from '../../ui/toasts.ts';
import { Notice } from './Notice.tsx';
import { openProject, useProjectState } from './projects.ts';
import { RecentList } from './RecentList.tsx';
import { useDesk } from './use-desk.ts';
import styles from './WelcomeScreen.module.css';

const foot = ['project.back', 'project.new', 'project.open'];

export function WelcomeScreen(): ReactElement {
  const { t } = useTranslation();
  const host = useHost();
  if (host.desktop) return <DesktopWelcome />;
  return <EmptyState icon={<Images size={40} strokeWidth={1.25} aria-hidden="true" />}>{t('project.none-on-server')}</EmptyState>;
}

function DesktopWelcome(): ReactElement {
  const { t } = useTranslation();
  const desk = useDesk();
  const queries = useQueryClient();
  const busy = useProjectState((state) => state.busy);
  const recent = useQueryMethod('project.recent', {}, { refetchOnMount: 'always' });
  const current = useProject();
  const openId = current.data?.id ?? null;
  useChromeSlots({ foot });
  useCommands(
    openId === null
      ? []
      : [{ id: 'project.back', title: 'commands.project-back', section: 'project', keys: ['Escape'], run: () => navigate({ screen: 'gallery' }) }],
    [openId],
  );
  const forget = async (folder: string) => {
    const left = await desk.host.client.call('project.forget', { folder });
    queries.setQueryData(['project.recent', {}], left);
  };
  // A package, or a project's folder; of several nobody knows which is meant.
  const onPaths = (paths: readonly string[]) => {
    if (openDroppedPackage(paths, t)) return;
    if (paths.length > 1) toast('warn', t('project.drop-one'));
    else void openProject(desk, { by: 'folder', folder: paths[0]!.replace(/[\\/]project\.sqlite$/, '') });
  };
  return (
    <div className={styles.screen}>
      {desk.host.desktop ? <DropTarget desktop={desk.host.desktop} note={t('project.drop-here')} onPaths={onPaths} /> : null}
      <div className={styles.column}>
        <header className={styles.header}>
          <h1 className={styles.title}>{t('project.welcome')}</h1>
          <p className={styles.text}>{t('project.welcome-text')}</p>
        </header>
        <Notice />
        <div className={styles.actions} aria-busy={busy}>
          <CommandButton of="project.new" variant="primary" icon={<Plus size={15} aria-hidden="true" />} isDisabled={busy} />
          <CommandButton of="project.open" icon={<FolderOpen size={15} aria-hidden="true" />} isDisabled={busy} />
          <CommandButton of="packages.open" icon={<PackageOpen size={15} aria-hidden="true" />} isDisabled={busy} />
          <CommandButton of="project.sample" icon={<Images size={15} aria-hidden="true" />} isDisabled={busy} />
        </div>
        <RecentList
          projects={recent.data ?? []}
          openFolder={current.data?.id ? current.data.folder : null}
          isDisabled={busy}
          onOpen={(folder) => void openProject(desk, { by: 'folder', folder })}
          onForget={(folder) => void forget(folder)}
        />
      </div>
    </div>
  );
}
