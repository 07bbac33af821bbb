/** Who works on this project. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useQueryMethod } from '../../../queries/client.ts';
import styles from './PeopleTab.module.css';

export function PeopleTab(): ReactElement {
  const { t } = useTranslation();
  const { data: people = [] } = useQueryMethod('people.list', {});
  return (
    <section className={styles.tab}>
      <h2 className={styles.title}>{t('quality.people.title')}</h2>
      <ul className={styles.list}>
        {people.map((person) => (
          <li key={person.id}>{person.name}</li>
        ))}
      </ul>
    </section>
  );
}
