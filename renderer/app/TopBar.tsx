/** The line above every screen: where one is, the way to everything, and whether the work is saved. */
import { Search } from 'lucide-react';
import type { ReactElement } from 'react';
import { Button as PlainButton } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { Keys } from '../commands/Keys.tsx';
import { runCommand } from '../commands/registry.ts';
import { JobsButton } from '../features/jobs/JobsButton.tsx';
import { useProject } from '../queries/project.ts';
import { useChrome } from '../stores/chrome.ts';
import { useSession } from '../stores/session.ts';
import { PersonMenu } from './PersonMenu.tsx';
import { SaveStatus } from './SaveStatus.tsx';
import styles from './TopBar.module.css';

export function TopBar(): ReactElement {
  const { t, i18n } = useTranslation();
  const { data: project } = useProject();
  const welcome = useSession((session) => session.route.screen === 'welcome');
  const title = useChrome((chrome) => chrome.title);
  const position = useChrome((chrome) => chrome.position);
  const number = new Intl.NumberFormat(i18n.language);
  const name = project?.id && !welcome ? project.name : null;
  return (
    <header className={styles.bar}>
      <div className={styles.where}>
        <span className={styles.name}>{t('app.name')}</span>
        {name ? (
          <h1 className={styles.project}>
            {name}
            {title ? ` / ${title}` : ''}
          </h1>
        ) : null}
        {name && position ? (
          <span className={styles.position}>{t('app.position', { index: number.format(position.index), total: number.format(position.total) })}</span>
        ) : null}
      </div>
      <PlainButton className={styles.search!} onPress={() => void runCommand('app.palette')}>
        <Search size={14} aria-hidden="true" className={styles.glass} />
        <span className={styles.prompt}>{t('app.search-or-command')}</span>
        <Keys of="app.palette" />
      </PlainButton>
      <div className={styles.state}>
        <JobsButton />
        <SaveStatus />
        <PersonMenu />
      </div>
    </header>
  );
}
