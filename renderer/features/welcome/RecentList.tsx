/** Projects opened before, the last one first. */
import { Folder, X } from 'lucide-react';
import type { ReactElement } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { RecentProject } from '../../../shared/domain/project.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import styles from './RecentList.module.css';

interface Props {
  readonly projects: readonly RecentProject[];
  /** The one that is open now. */
  readonly openFolder: string | null;
  readonly isDisabled: boolean;
  readonly onOpen: (folder: string) => void;
  readonly onForget: (folder: string) => void;
}

export function RecentList({ projects, openFolder, isDisabled, onOpen, onForget }: Props): ReactElement | null {
  const { t, i18n } = useTranslation();
  if (projects.length === 0) return null;
  const date = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium', timeStyle: 'short' });
  return (
    <section aria-labelledby="recent-title">
      <h2 id="recent-title" className={styles.title}>
        {t('project.recent')}
      </h2>
      <ul className={styles.list}>
        {projects.map((project) => (
          <li key={project.folder} className={styles.item}>
            <Button className={styles.open!} isDisabled={isDisabled || !project.exists} onPress={() => onOpen(project.folder)}>
              <Folder size={18} strokeWidth={1.5} aria-hidden="true" className={styles.icon} />
              <span className={styles.words}>
                <span className={styles.name}>{project.name}</span>
                <span className={styles.folder}>{project.folder}</span>
              </span>
              <span className={styles.when} data-missing={!project.exists || undefined}>
                {!project.exists ? t('project.missing') : project.folder === openFolder ? t('project.open-now') : date.format(project.openedAt)}
              </span>
            </Button>
            <IconButton label={t('project.forget', { name: project.name })} isDisabled={isDisabled} onPress={() => onForget(project.folder)}>
              <X size={14} aria-hidden="true" />
            </IconButton>
          </li>
        ))}
      </ul>
    </section>
  );
}
