/** The files of the last import that did not go in, by reason. */
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportProblem, Refusal } from '../../../shared/domain/image.ts';
import { toastError } from '../../ui/errors.ts';
import { useHost } from '../../host/host.ts';
import { useQueryMethod } from '../../queries/client.ts';
import { Button } from '../../ui/Button.tsx';
import { copyText } from '../../ui/clipboard.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { useNumbers } from '../../ui/numbers.ts';
import { toast } from '../../ui/toasts.ts';
import { groupProblems, type ProblemGroup, problemsAsText } from './group-problems.ts';
import styles from './Problems.module.css';

/** Read at once; more come by a button. A list of ten thousand is for copying, not for reading. */
const READ = 1000;
const SHOWN = 50;

export function RefusedFiles(): ReactElement {
  const { t } = useTranslation();
  const numbers = useNumbers();
  const { client } = useHost();
  const { data } = useQueryMethod('images.problems', { offset: 0, limit: READ });
  if (!data) return <></>;
  if (data.total === 0) return <EmptyState>{t('import.problems.refused-none')}</EmptyState>;
  const sentence = (reason: Refusal) => t(`refusal.${reason}`);
  const copy = async () => {
    const all: ImportProblem[] = [...data.problems];
    while (all.length < data.total) {
      const { problems } = await client.call('images.problems', { offset: all.length, limit: READ });
      if (problems.length === 0) break;
      all.push(...problems);
    }
    if (await copyText(problemsAsText(groupProblems(all), sentence))) toast('good', t('import.problems.copied'));
  };
  return (
    <div className={styles.panel}>
      <div className={styles.intro}>
        <p>{t('import.problems.refused-intro', { count: data.total, n: numbers.count(data.total) })}</p>
        <Button onPress={() => void copy().catch(toastError)}>{t('import.problems.copy')}</Button>
      </div>
      {groupProblems(data.problems).map((group) => (
        <Reason key={group.reason} group={group} />
      ))}
      {data.total > data.problems.length && <p className={styles.second}>{t('import.and-more', { n: numbers.count(data.total - data.problems.length) })}</p>}
    </div>
  );
}

function Reason({ group }: { group: ProblemGroup }): ReactElement {
  const { t } = useTranslation();
  const numbers = useNumbers();
  const [shown, setShown] = useState(SHOWN);
  const { length } = group.problems;
  return (
    <section className={styles.group}>
      <h3 className={styles.reason}>
        {t(`refusal.${group.reason}`)}
        <span className={styles.second}>{t('import.problems.files', { count: length, n: numbers.count(length) })}</span>
      </h3>
      <ul className={styles.list} data-selectable>
        {group.problems.slice(0, shown).map(({ name, detail }) => (
          <li key={name} className={styles.file}>
            <span className={styles.name}>{name}</span>
            {detail !== null && <span className={styles.second}>{detail}</span>}
          </li>
        ))}
      </ul>
      {length > shown && (
        <Button variant="quiet" onPress={() => setShown(shown * 10)}>
          {t('import.problems.more')}
        </Button>
      )}
    </section>
  );
}
