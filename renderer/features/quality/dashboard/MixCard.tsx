/** A few named numbers, each with its bar: states, coverage, kinds of questions, reasons, verdicts. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { FigureItems } from '../../../../shared/domain/figures.ts';
import { BarChart } from '../../../ui/charts/BarChart.tsx';
import { ChartCard, ChartNote } from '../../../ui/charts/ChartCard.tsx';
import type { Dashboard } from './use-dashboard.ts';

export interface MixEntry {
  readonly key: string;
  readonly label: string;
  readonly value: number;
  readonly text: string;
  /** How many images are behind it. */
  readonly images: number;
  readonly items: Partial<FigureItems> & Pick<FigureItems, 'kind'>;
  readonly color?: string;
}
interface MixCardProps {
  readonly dashboard: Dashboard;
  readonly title: string;
  readonly about?: string;
  readonly sentence: string;
  /** What is counted, as the head of its column. */
  readonly unit: string;
  /** The head of the names' column. */
  readonly of: string;
  /** The file's name. */
  readonly file: string;
  readonly entries: readonly MixEntry[];
  readonly whole?: number;
  readonly empty: string;
  readonly note?: string;
}

/** Bars shown; all are in the table. */
const MOST = 12;

export function MixCard({ dashboard, title, about, sentence, unit, of, file, entries, whole, empty, note }: MixCardProps): ReactElement {
  const { t } = useTranslation();
  const { numbers, open, save } = dashboard;
  const shown = entries.some(({ value }) => value > 0);
  const nameOf = (entry: MixEntry) => t('dashboard.images-of', { title, name: entry.label, shown: numbers.count(entry.images) });
  const run = (entry: MixEntry) => () => open(t('dashboard.list-title', { title, name: entry.label }), entry.items);
  return (
    <ChartCard
      title={title}
      {...(about ? { about } : {})}
      empty={shown ? null : empty}
      chart={
        <BarChart
          sentence={sentence}
          {...(whole === undefined ? {} : { whole })}
          bars={entries.slice(0, MOST).map((entry) => ({
            key: entry.key,
            label: entry.label,
            value: entry.value,
            text: entry.text,
            name: nameOf(entry),
            ...(entry.color ? { color: entry.color } : {}),
            onOpen: run(entry),
          }))}
        />
      }
      columns={[{ title: of }, { title: unit, numeric: true }, ...(unit === t('dashboard.images') ? [] : [{ title: t('dashboard.images'), numeric: true }])]}
      rows={entries.map((entry) => ({
        key: entry.key,
        cells: [
          { text: entry.label },
          ...(unit === t('dashboard.images') ? [] : [{ text: numbers.count(entry.value) }]),
          { text: numbers.count(entry.images), ...(entry.images > 0 ? { open: { name: nameOf(entry), run: run(entry) } } : {}) },
        ],
      }))}
      csv={[['name', 'value', 'images'], ...entries.map(({ key, value, images }) => [key, value, images])]}
      onSave={(csv) => save(file, csv)}
    >
      {note ? <ChartNote>{note}</ChartNote> : null}
    </ChartCard>
  );
}
