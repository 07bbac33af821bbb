/** What the choices come to: ratings with their intervals, whether people go by the side, and whether they choose the same again. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Comparison } from '../../../../shared/domain/compare/model.ts';
import type { CompareResults, RatingGroup, ShareEstimate } from '../../../../shared/domain/compare/ratings.ts';
import { useHost } from '../../../host/host.ts';
import { useQueryMethod } from '../../../queries/client.ts';
import { useSaveTable, useSaveText } from '../../../queries/save-table.ts';
import { Button } from '../../../ui/Button.tsx';
import { ChartCard, ChartNote } from '../../../ui/charts/ChartCard.tsx';
import { RatingChart } from '../../../ui/charts/RatingChart.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { errorSentence, toastError } from '../../../ui/errors.ts';
import { useNumbers } from '../../../ui/numbers.ts';
import { Spinner } from '../../../ui/Spinner.tsx';
import styles from './Compare.module.css';

export function ResultsView({ comparison }: { readonly comparison: Comparison }): ReactElement {
  const { t } = useTranslation();
  const { data: results, error } = useQueryMethod('compare.results', { comparisonId: comparison.id }, { staleTime: 0, gcTime: 0 });
  if (error) return <p className={styles.problem}>{errorSentence(error)}</p>;
  if (!results) return <Spinner label={t('app.loading')} size={24} />;
  if (results.choices === 0) return <EmptyState>{t('compare.no-choices')}</EmptyState>;
  return (
    <>
      {results.groups.length > 1 ? <p className={styles.warning}>{t('compare.disconnected', { count: results.groups.length })}</p> : null}
      {results.groups.map((group) => (
        <Ratings key={group.ratings[0]!.id} group={group} />
      ))}
      <Trust results={results} />
      <Ways comparison={comparison} />
    </>
  );
}

function Ratings({ group: { ratings, heldBack } }: { group: RatingGroup }): ReactElement {
  const { t } = useTranslation();
  const numbers = useNumbers();
  const save = useSaveTable();
  const { data: sources = [] } = useQueryMethod('compare.sources', {});
  const nameOf = (id: string) => sources.find((source) => source.id === id)?.name ?? '…';
  const round = (value: number) => numbers.count(Math.round(value));
  const first = ratings[0]!;
  const interval = (low: number, high: number) => t('compare.interval', { low: round(low), high: round(high) });
  return (
    <ChartCard
      title={t('compare.ratings')}
      about={t('compare.ratings-about')}
      chart={
        <div data-testid="compare-ratings">
          <RatingChart
            sentence={t('compare.ratings-sentence', { name: nameOf(first.id), rating: round(first.rating), interval: interval(first.low, first.high) })}
            format={round}
            intervals={ratings.map(({ id, rating, low, high }) => ({
              key: id,
              label: nameOf(id),
              value: rating,
              low,
              high,
              text: `${round(rating)}  (${interval(low, high)})`,
            }))}
          />
        </div>
      }
      columns={[
        { title: t('compare.source') },
        ...(['rating', 'interval-head', 'compared', 'won', 'lost', 'tied'] as const).map((key) => ({ title: t(`compare.${key}`), numeric: true })),
      ]}
      rows={ratings.map(({ id, rating, low, high, compared, won, lost, tied }) => ({
        key: id,
        cells: [nameOf(id), round(rating), interval(low, high), ...[compared, won, lost, tied].map(numbers.count)].map((text) => ({ text })),
      }))}
      csv={[
        ['source', 'rating', 'low95', 'high95', 'compared', 'won', 'lost', 'tied'],
        ...ratings.map(({ id, rating, low, high, compared, won, lost, tied }) => [nameOf(id), rating, low, high, compared, won, lost, tied]),
      ]}
      onSave={(csv) => save('ratings', csv)}
    >
      {heldBack ? <ChartNote>{t('compare.held-back')}</ChartNote> : null}
    </ChartCard>
  );
}

function Trust({ results }: { results: CompareResults }): ReactElement {
  const { t } = useTranslation();
  const numbers = useNumbers();
  const { data: people = [] } = useQueryMethod('people.list', {});
  const said = ({ share, low, high, n }: ShareEstimate) => ({
    share: numbers.percent(share),
    low: numbers.percent(low),
    high: numbers.percent(high),
    n: numbers.count(n),
  });
  const leans = results.left && (results.left.low > 0.5 || results.left.high < 0.5);
  return (
    <ul className={styles.trust}>
      <li>
        {t('compare.choices', {
          count: results.choices,
          shown: numbers.count(results.choices),
          ties: numbers.count(results.ties),
          bad: numbers.count(results.bad),
        })}
      </li>
      {results.left ? <li>{t(leans ? 'compare.leans' : 'compare.no-lean', said(results.left))}</li> : null}
      {results.repeats.map((repeat) => (
        <li key={repeat.personId}>{t('compare.repeats', { ...said(repeat), name: people.find(({ id }) => id === repeat.personId)?.name ?? '?' })}</li>
      ))}
    </ul>
  );
}

function Ways({ comparison }: { comparison: Comparison }): ReactElement {
  const { t } = useTranslation();
  const { client } = useHost();
  const save = useSaveText();
  const go = (format: 'csv' | 'jsonl' | 'preferences') =>
    client
      .call('compare.table', { comparisonId: comparison.id, format })
      .then(
        ({ text }) => save(format === 'preferences' ? 'preference-pairs' : 'choices', format === 'csv' ? 'csv' : 'jsonl', text === '' ? '\n' : text),
        toastError,
      );
  return (
    <div className={styles.ways}>
      {(['csv', 'jsonl', 'preferences'] as const).map((format) => (
        <Button key={format} onPress={() => void go(format)}>
          {t(`compare.save.${format}`)}
        </Button>
      ))}
    </div>
  );
}
