/** How a measure of images is distributed, with its middle half. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { type Bin, binsOf, CLOCK_WIDTHS, quartilesOf } from '../../../../shared/domain/distribution.ts';
import type { ValueCount } from '../../../../shared/domain/figures.ts';
import { ChartCard, ChartNote } from '../../../ui/charts/ChartCard.tsx';
import { ColumnChart } from '../../../ui/charts/ColumnChart.tsx';
import { type Dashboard, useDecimal } from './use-dashboard.ts';

interface DistributionCardProps {
  readonly dashboard: Dashboard;
  readonly what: 'seconds' | 'words';
  readonly values: readonly ValueCount[];
}

export function DistributionCard({ dashboard: { numbers, open, save }, what, values }: DistributionCardProps): ReactElement {
  const { t } = useTranslation();
  const decimal = useDecimal();
  const title = t(`dashboard.${what}`);
  const quartiles = quartilesOf(values);
  const bins = binsOf(values, what === 'seconds' ? CLOCK_WIDTHS : []);
  const scale = what === 'seconds' ? 60 : 1;
  const write = (value: number) => (what === 'seconds' ? t('dashboard.minutes', { value: decimal(value / 60) }) : decimal(value));
  const rangeOf = ({ from, to }: Bin) =>
    Number.isFinite(to) ? t('dashboard.bin', { from: write(from), to: write(to) }) : t('dashboard.bin-open', { from: write(from) });
  const show = (bin: Bin) => () =>
    open(`${title}: ${rangeOf(bin)}`, {
      kind: what === 'seconds' ? 'image' : 'caption',
      // An image without a measured time has 0 seconds.
      least: what === 'seconds' ? Math.max(1, bin.from) : bin.from,
      most: Number.isFinite(bin.to) ? bin.to - 1 : null,
    });
  const said = quartiles && {
    median: write(quartiles.median),
    low: write(quartiles.low),
    high: write(quartiles.high),
    items: numbers.count(quartiles.items),
  };
  const width = bins[0] ? bins[0].to - bins[0].from : 1;
  return (
    <ChartCard
      title={title}
      about={t(`dashboard.${what}-about`)}
      empty={said ? null : t(`dashboard.${what}-empty`)}
      chart={
        <ColumnChart
          touching
          sentence={said ? t('dashboard.quartiles', said) : ''}
          series={[{ name: title, color: 'var(--accent)' }]}
          format={numbers.count}
          columns={bins.map((bin) => ({
            key: String(bin.from),
            label: decimal(bin.from / scale),
            values: [bin.images],
            name: t('dashboard.bin-name', { range: rangeOf(bin), shown: numbers.count(bin.images) }),
            onOpen: show(bin),
          }))}
          {...(quartiles && said
            ? { line: { at: Math.min(bins.length, (quartiles.median - bins[0]!.from) / width), text: t('dashboard.median', { median: said.median }) } }
            : {})}
        />
      }
      columns={[{ title }, { title: t('dashboard.images'), numeric: true }]}
      rows={bins.map((bin) => {
        const name = t('dashboard.bin-name', { range: rangeOf(bin), shown: numbers.count(bin.images) });
        return {
          key: String(bin.from),
          cells: [{ text: rangeOf(bin) }, { text: numbers.count(bin.images), ...(bin.images > 0 ? { open: { name, run: show(bin) } } : {}) }],
        };
      })}
      csv={[[what, 'images'], ...values.map(({ value, images }) => [value, images])]}
      onSave={(csv) => save(what === 'seconds' ? 'time-an-image' : 'words-an-image', csv)}
    >
      {said ? <ChartNote>{t('dashboard.quartiles', said)}</ChartNote> : null}
    </ChartCard>
  );
}
