/** Agreement by label, ability and pair of people. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { type AgreementFigure, type Grouping, type Measure, measures } from '../../../../shared/domain/agreement/summary.ts';
import { useSaveTable } from '../../../queries/save-table.ts';
import { ChartCard } from '../../../ui/charts/ChartCard.tsx';
import type { Cards } from './AgreementTab.tsx';
import { ESTIMATE_HEADS, estimateCells, estimateText } from '../figure-text.ts';

/** Rows are measures for all work, else keys with a column a measure. */
export function FigureCard({ overview, nameOf, open, grouping }: Cards & { readonly grouping: Exclude<Grouping, 'week'> }): ReactElement | null {
  const { t } = useTranslation();
  const save = useSaveTable();
  const figures = overview.figures.filter((figure) => figure.grouping === grouping);
  if (figures.length === 0) return null;
  const title = t(`agreement.by.${grouping}`);
  const keyName = (key: string) => (grouping === 'pair' ? key.split(' ').map(nameOf).join(' · ') : key);
  const cell = (figure: AgreementFigure | undefined, name: string) => {
    if (!figure) return { text: '' };
    const { key, measure, n } = figure;
    return {
      text: estimateText(figure),
      open: {
        name: t('agreement.opens', { what: name, count: n }),
        run: () => open(name, { what: 'figure', radiusPct: overview.radiusPct, grouping, key, measure }),
      },
    };
  };
  const csv = [[grouping, 'measure', ...ESTIMATE_HEADS], ...figures.map((figure) => [keyName(figure.key), figure.measure, ...estimateCells(figure)])];
  const used = measures.filter((measure) => figures.some((figure) => figure.measure === measure));
  const measureName = (measure: Measure) => t(`agreement.measure.${measure}`);
  if (grouping === 'all') {
    const rows = figures.map((figure) => ({
      key: figure.measure,
      cells: [{ text: measureName(figure.measure) }, cell(figure, measureName(figure.measure)), { text: String(figure.n) }],
    }));
    const columns = [{ title: t('agreement.what') }, { title: t('agreement.figure'), numeric: true }, { title: t('agreement.images'), numeric: true }];
    return <ChartCard title={title} chart={null} columns={columns} rows={rows} csv={csv} onSave={(table) => save('agreement', table)} wide />;
  }
  const keys = [...new Set(figures.map(({ key }) => key))];
  const columns = [{ title: t(`agreement.key.${grouping}`) }, ...used.map((measure) => ({ title: measureName(measure), numeric: true }))];
  const rows = keys.map((key) => ({
    key,
    cells: [
      { text: keyName(key) },
      ...used.map((measure) =>
        cell(
          figures.find((figure) => figure.key === key && figure.measure === measure),
          `${measureName(measure)}: ${keyName(key)}`,
        ),
      ),
    ],
  }));
  return <ChartCard title={title} chart={null} columns={columns} rows={rows} csv={csv} onSave={(table) => save(`agreement-by-${grouping}`, table)} wide />;
}
