/** One measure of agreement week by week. */
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AgreementItems, AgreementOverview } from '../../../shared/domain/agreement/overview.ts';
import { type Measure, measures } from '../../../shared/domain/agreement/summary.ts';
import { useSaveTable } from '../../queries/save-table.ts';
import { ChartCard } from '../../ui/charts/ChartCard.tsx';
import { IntervalChart } from '../../ui/charts/IntervalChart.tsx';
import { Select } from '../../ui/Select.tsx';
import { ESTIMATE_HEADS, estimateCells, estimateText } from './figure-text.ts';

interface WeekCardProps {
  readonly overview: AgreementOverview;
  readonly open: (title: string, items: AgreementItems) => void;
  readonly title: string;
}

export function WeekCard({ overview, open, title }: WeekCardProps): ReactElement | null {
  const { t, i18n } = useTranslation();
  const save = useSaveTable();
  const figures = overview.figures.filter((figure) => figure.grouping === 'week').toSorted((a, b) => (a.key < b.key ? -1 : 1));
  const used = measures.filter((measure) => measure !== 'count-difference' && figures.some((figure) => figure.measure === measure));
  const [wished, setWished] = useState<Measure | null>(null);
  const shown = wished !== null && used.includes(wished) ? wished : used[0];
  if (shown === undefined) return null;
  const dates = new Intl.DateTimeFormat(i18n.language, { month: 'short', day: 'numeric', timeZone: 'UTC' });
  const week = (key: string) => dates.format(new Date(`${key}T00:00:00Z`));
  const points = figures.flatMap((figure) => {
    if (figure.measure !== shown) return [];
    const what = t('agreement.week-of', { date: week(figure.key) });
    const { key, measure, value, low, high, n } = figure;
    return [
      {
        key,
        label: week(key),
        value,
        low,
        high,
        name: `${what}: ${estimateText(figure)}. ${t('agreement.opens', { what, count: n })}`,
        onOpen: () => open(`${t(`agreement.measure.${measure}`)}: ${what}`, { what: 'figure', radiusPct: overview.radiusPct, grouping: 'week', key, measure }),
      },
    ];
  });
  return (
    <ChartCard
      title={title}
      about={t('agreement.week-about')}
      chart={<IntervalChart sentence={`${title}: ${t(`agreement.measure.${shown}`)}`} points={points} />}
      columns={[{ title: t('agreement.key.week') }, { title: t(`agreement.measure.${shown}`), numeric: true }, { title: t('agreement.images'), numeric: true }]}
      rows={figures
        .filter(({ measure }) => measure === shown)
        .map((figure) => ({ key: figure.key, cells: [{ text: figure.key }, { text: estimateText(figure) }, { text: String(figure.n) }] }))}
      csv={[['week', 'measure', ...ESTIMATE_HEADS], ...figures.map((figure) => [figure.key, figure.measure, ...estimateCells(figure)])]}
      onSave={(table) => save('agreement-by-week', table)}
      wide
    >
      <Select
        label={t('agreement.what')}
        value={shown}
        options={used.map((measure) => ({ value: measure, text: t(`agreement.measure.${measure}`) }))}
        onChange={setWished}
      />
    </ChartCard>
  );
}
