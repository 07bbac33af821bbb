/** The person's initials and what is about them and the app. */
import { CircleHelp, FolderOpen, Settings, Users } from 'lucide-react';
import type { ReactElement } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { Keys } from '../commands/Keys.tsx';
import { runCommand, useAllCommands } from '../commands/registry.ts';
import { useQueryMethod } from '../queries/client.ts';
import { Menu } from '../ui/Menu.tsx';
import { VisuallyHidden } from '../ui/VisuallyHidden.tsx';
import { initials } from './initials.ts';
import styles from './PersonMenu.module.css';

const entries = [
  { id: 'people.switch', icon: <Users size={15} aria-hidden="true" /> },
  { id: 'app.settings', icon: <Settings size={15} aria-hidden="true" /> },
  { id: 'app.help', icon: <CircleHelp size={15} aria-hidden="true" /> },
  { id: 'project.list', icon: <FolderOpen size={15} aria-hidden="true" /> },
];

export function PersonMenu(): ReactElement | null {
  const { t } = useTranslation();
  const commands = useAllCommands();
  const { data: info } = useQueryMethod('app.info', {});
  if (!info) return null;
  const shown = entries.flatMap(({ id, icon }) => {
    const command = commands.find((candidate) => candidate.id === id);
    return command ? [{ id, icon, text: t(command.title), hint: <Keys of={id} />, onAction: () => void runCommand(id) }] : [];
  });
  return (
    <Menu label={t('app.person-menu', { name: info.me.name })} entries={shown}>
      <Button className={styles.initials!}>
        <span aria-hidden="true">{initials(info.me.name)}</span>
        <VisuallyHidden>{t('app.person-menu', { name: info.me.name })}</VisuallyHidden>
      </Button>
    </Menu>
  );
}
