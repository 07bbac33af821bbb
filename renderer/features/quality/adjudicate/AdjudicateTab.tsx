/** Images on which people's work is not settled, the most disagreement first. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { DEFAULT_RADIUS_PCT } from '../../../../shared/domain/agreement/points.ts';
import { useQueryMethod } from '../../../queries/client.ts';
import { navigate, sessionStore, useSession } from '../../../stores/session.ts';
import { Button } from '../../../ui/Button.tsx';
import { Checkbox } from '../../../ui/Checkbox.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { errorSentence } from '../../../ui/errors.ts';
import { useNumbers } from '../../../ui/numbers.ts';
import { Spinner } from '../../../ui/Spinner.tsx';
import { Part } from '../Part.tsx';
import styles from './AdjudicateTab.module.css';

/** Shown here; the screen goes through all of them. */
const SHOWN = 200;

export function AdjudicateTab(): ReactElement {
  const { t } = useTranslation();
  const numbers = useNumbers();
  const blind = useSession((session) => session.blindNames);
  const { data, error } = useQueryMethod('agreement.disputes', { radiusPct: DEFAULT_RADIUS_PCT }, { staleTime: 0 });
  if (error) return <EmptyState>{errorSentence(error)}</EmptyState>;
  if (!data) return <Spinner label={t('app.loading')} size={24} />;
  if (data.total === 0) return <EmptyState>{t('adjudicate.nothing')}</EmptyState>;
  return (
    <Part
      title={t('quality.tab.adjudicate')}
      note={t('adjudicate.waiting', { count: data.total, shown: numbers.count(data.total) })}
      tools={
        <div className={styles.tools}>
          <Checkbox isSelected={blind} onChange={(blindNames) => sessionStore.getState().set({ blindNames })}>
            {t('adjudicate.names')}
          </Checkbox>
          <Button variant="primary" onPress={() => navigate({ screen: 'adjudicate', imageId: data.items[0]!.imageId })}>
            {t('adjudicate.begin')}
          </Button>
        </div>
      }
    >
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('agreement.image')}</th>
            <th scope="col">{t('adjudicate.pairs')}</th>
            <th scope="col">{t('agreement.score')}</th>
          </tr>
        </thead>
        <tbody>
          {data.items.slice(0, SHOWN).map(({ imageId, name, pairs, score }) => (
            <tr key={imageId}>
              <th scope="row">
                <button type="button" className={styles.open} onClick={() => navigate({ screen: 'adjudicate', imageId })}>
                  {name}
                </button>
              </th>
              <td>{pairs}</td>
              <td>{score.toFixed(2)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Part>
  );
}
