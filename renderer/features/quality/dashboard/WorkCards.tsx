/** Who brought how many images how far, and when. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { ChartCard, Legend } from '../../../ui/charts/ChartCard.tsx';
import { ColumnChart } from '../../../ui/charts/ColumnChart.tsx';
import { dayText, isoDay, periodsOf, stackedSteps } from './periods.ts';
import type { Dashboard } from './use-dashboard.ts';

const COLORS = { submitted: 'var(--submitted)', accepted: 'var(--good)', returned: 'var(--warn)' } as const;

export function DaysCard({ figures, filter, numbers, open, save }: Dashboard): ReactElement {
  const { t, i18n } = useTranslation();
  const { unit, periods } = periodsOf(figures.days);
  const title = t(unit === 'day' ? 'dashboard.days' : 'dashboard.weeks');
  const totals = stackedSteps.map((_, index) => periods.reduce((sum, { values }) => sum + values[index]!, 0));
  const said = (values: readonly number[]) => ({
    submitted: numbers.count(values[0]!),
    accepted: numbers.count(values[1]!),
    returned: numbers.count(values[2]!),
  });
  const when = (fromDay: number) => {
    const day = dayText(fromDay, i18n.language, true);
    return unit === 'day' ? day : t('dashboard.week-of', { day });
  };
  const series = stackedSteps.map((step) => ({ name: t(`dashboard.${step}`), color: COLORS[step] }));
  const within = (fromDay: number, toDay: number) => ({
    ...filter,
    fromDay: Math.max(fromDay, filter.fromDay ?? 0),
    toDay: Math.min(toDay, filter.toDay ?? Number.MAX_SAFE_INTEGER),
  });
  const isEmpty = totals.every((total) => total === 0);
  return (
    <ChartCard
      wide
      title={title}
      about={t('dashboard.days-about')}
      empty={isEmpty ? t('dashboard.days-empty') : null}
      chart={
        <ColumnChart
          sentence={t('dashboard.days-sentence', {
            ...said(totals),
            from: dayText(periods[0]?.fromDay ?? 0, i18n.language, true),
            to: dayText(periods.at(-1)?.toDay ?? 0, i18n.language, true),
          })}
          series={series}
          format={numbers.count}
          columns={periods.map(({ fromDay, toDay, values }) => ({
            key: String(fromDay),
            label: dayText(fromDay, i18n.language),
            values,
            name: t('dashboard.column', { when: when(fromDay), ...said(values) }),
            onOpen: () => open(when(fromDay), { kind: 'step', names: [...stackedSteps], filter: within(fromDay, toDay) }),
          }))}
        />
      }
      columns={[{ title: t('dashboard.day') }, ...series.map(({ name }) => ({ title: name, numeric: true }))]}
      rows={periods.map(({ fromDay, toDay, values }) => ({
        key: String(fromDay),
        cells: [
          { text: when(fromDay) },
          ...values.map((value, index) => {
            const name = t('dashboard.images-of', { title: when(fromDay), name: series[index]!.name, shown: numbers.count(value) });
            const run = () => open(name, { kind: 'step', names: [stackedSteps[index]!], filter: within(fromDay, toDay) });
            return { text: numbers.count(value), ...(value > 0 ? { open: { name, run } } : {}) };
          }),
        ],
      }))}
      csv={[
        ['day', ...stackedSteps, 'active_s'],
        ...figures.days.map(({ day, steps, activeMs }) => [isoDay(day), ...stackedSteps.map((step) => steps[step] ?? 0), activeMs / 1000]),
      ]}
      onSave={(csv) => save('work-by-day', csv)}
    >
      <Legend items={series} />
    </ChartCard>
  );
}

export function PeopleCard({ figures, filter, numbers, open, save }: Dashboard): ReactElement {
  const { t } = useTranslation();
  const title = t('dashboard.people');
  const people = figures.people;
  return (
    <ChartCard
      wide
      title={title}
      chart={null}
      columns={[
        { title: t('dashboard.name') },
        ...['worked-on', 'submitted', 'accepted', 'returned', 'time-spent', 'per-item'].map((key) => ({
          title: t(`dashboard.${key as 'worked-on'}`),
          numeric: true,
        })),
      ]}
      rows={people.map(({ personId, name, images, activeMs, steps }) => {
        const own = { ...filter, personId };
        const cell = (value: number, what: string, items: Parameters<typeof open>[1]) => {
          const said = t('dashboard.images-of', { title: name, name: what, shown: numbers.count(value) });
          return { text: numbers.count(value), ...(value > 0 ? { open: { name: said, run: () => open(said, { ...items, filter: own }) } } : {}) };
        };
        return {
          key: personId,
          cells: [
            { text: name },
            cell(images, t('dashboard.worked-on'), { kind: 'image' }),
            ...stackedSteps.map((step) => cell(steps[step] ?? 0, t(`dashboard.${step}`), { kind: 'step', names: [step] })),
            { text: activeMs > 0 ? numbers.duration(activeMs / 1000) : '–' },
            { text: activeMs > 0 && images > 0 ? numbers.duration(activeMs / 1000 / images) : '–' },
          ],
        };
      })}
      csv={[
        ['person', 'images', 'edits', ...stackedSteps, 'active_s'],
        ...people.map(({ name, images, edits, steps, activeMs }) => [name, images, edits, ...stackedSteps.map((step) => steps[step] ?? 0), activeMs / 1000]),
      ]}
      onSave={(csv) => save('work-by-person', csv)}
    />
  );
}
