/** Commands about projects. Only a desktop window has them: they name folders of the machine. */
import i18next from 'i18next';
import type { ProjectInfo } from '../../shared/domain/project.ts';
import type { Command } from '../commands/registry.ts';
import { closeProject, type Desk, openProject } from '../features/welcome/projects.ts';
import { openDialog } from '../stores/dialogs.ts';
import { openPackage } from '../stores/open-package.ts';
import { navigate } from '../stores/session.ts';

/** The commands, for the project that is open or without one. */
export function projectCommands(desk: Desk, open: ProjectInfo | null): readonly Command[] {
  const { desktop, client } = desk.host;
  const enabled = () => open !== null;
  const pick = async () => {
    const [folder] = (await desktop?.pickFolder({ title: i18next.t('project.open-title'), button: i18next.t('project.open-button') })) ?? [];
    if (folder) await openProject(desk, { by: 'folder', folder });
  };
  const pickPackage = async () => {
    const [file] = (await desktop?.pickPackages({ title: i18next.t('packages.open-title'), button: i18next.t('packages.open-button') })) ?? [];
    if (file) await openPackage(file);
  };
  const verify = async () => {
    await client.call('project.verify', {});
    openDialog('jobs');
  };
  return [
    { id: 'project.new', title: 'commands.project-new', section: 'project', keys: ['$mod+KeyN'], inText: true, run: () => openDialog('new-project') },
    {
      id: 'project.open',
      title: 'commands.project-open',
      short: 'commands.project-open-short',
      section: 'project',
      keys: ['$mod+KeyO'],
      inText: true,
      run: pick,
    },
    { id: 'packages.open', title: 'packages.open', section: 'project', run: pickPackage },
    {
      id: 'project.list',
      title: 'commands.project-list',
      section: 'project',
      keys: ['$mod+Shift+KeyO'],
      inText: true,
      run: () => navigate({ screen: 'welcome' }),
    },
    {
      id: 'project.sample',
      title: 'commands.project-sample',
      short: 'commands.project-sample-short',
      section: 'project',
      run: async () => void (await openProject(desk, { by: 'sample' })),
    },
    { id: 'project.close', title: 'commands.project-close', section: 'project', enabled, run: () => closeProject(desk) },
    { id: 'project.show-folder', title: 'commands.project-show-folder', section: 'project', enabled, run: () => desktop?.reveal(open?.folder ?? '') },
    { id: 'project.verify', title: 'commands.project-verify', section: 'project', enabled, run: verify },
  ];
}
