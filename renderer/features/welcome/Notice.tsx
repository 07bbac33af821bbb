/** Why a project did not open, what is safe, and what to do. */
import { CircleAlert, Lock } from 'lucide-react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { errorSentence } from '../../ui/errors.ts';
import { Button } from '../../ui/Button.tsx';
import styles from './Notice.module.css';
import { dismissProjectNotice, openProject, useProjectState } from './projects.ts';
import { useDesk } from './use-desk.ts';

export function Notice(): ReactElement | null {
  const { t, i18n } = useTranslation();
  const desk = useDesk();
  const notice = useProjectState((state) => state.notice);
  if (!notice) return null;
  const name =
    notice.attempt.by === 'folder' || notice.attempt.by === 'package'
      ? ((notice.attempt.by === 'folder' ? notice.attempt.folder : notice.attempt.file).split(/[\\/]/).filter(Boolean).at(-1) ?? '')
      : notice.attempt.by === 'create'
        ? notice.attempt.name
        : t('project.sample-name');
  const held = notice.kind === 'held' ? notice.holder : null;
  const Icon = held ? Lock : CircleAlert;
  return (
    <section className={styles.notice} data-tone={held ? 'warn' : 'bad'} role="alert">
      <Icon size={18} aria-hidden="true" className={styles.icon} />
      <div className={styles.words} data-selectable>
        <p className={styles.title}>{t(held ? 'project.held-title' : 'project.failed-title', { name })}</p>
        <p>
          {held
            ? t(`project.held-${held.program}`, {
                person: held.person,
                host: held.host,
                since: new Date(held.since).toLocaleString(i18n.language, { dateStyle: 'medium', timeStyle: 'short' }),
              })
            : notice.kind === 'failed'
              ? errorSentence(notice.thrown)
              : null}
        </p>
      </div>
      <Button onPress={() => void openProject(desk, notice.attempt)}>{t('app.try-again')}</Button>
      <Button variant="quiet" onPress={dismissProjectNotice}>
        {t('app.dismiss')}
      </Button>
    </section>
  );
}
