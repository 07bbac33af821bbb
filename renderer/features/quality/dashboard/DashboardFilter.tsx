/** Whose work, of what time, and on images in which state. */
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type FigureFilter, localDay } from '../../../../shared/domain/figures.ts';
import { type ImageState, imageStates } from '../../../../shared/domain/model.ts';
import type { Person } from '../../../../shared/domain/project.ts';
import { DayField } from '../../../ui/DayField.tsx';
import { Select } from '../../../ui/Select.tsx';
import styles from './Dashboard.module.css';
import { dayOfIso, isoDay } from './periods.ts';

const times = ['all', '7', '30', '90', 'custom'] as const;
type Time = (typeof times)[number];

interface DashboardFilterProps {
  readonly filter: FigureFilter;
  readonly people: readonly Person[];
  readonly onFilter: (filter: FigureFilter) => void;
}

export function DashboardFilter({ filter, people, onFilter }: DashboardFilterProps): ReactElement {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<Time>('all');
  const [today] = useState(() => localDay(Date.now()));
  // Who clears the filter clears this too.
  const time: Time = filter.fromDay === null && filter.toDay === null && chosen !== 'custom' ? 'all' : chosen;
  const choose = (next: Time) => {
    setChosen(next);
    if (next === 'all') onFilter({ ...filter, fromDay: null, toDay: null });
    else onFilter({ ...filter, fromDay: today - (next === 'custom' ? 30 : Number(next)) + 1, toDay: today });
  };
  const date = (label: string, day: number | null, change: (day: number | null) => void) => (
    <DayField label={label} day={day === null ? '' : isoDay(day)} latest={isoDay(today)} onDay={(iso) => change(dayOfIso(iso))} />
  );
  return (
    <div className={styles.filter} role="search" aria-label={t('quality.tab.dashboard')}>
      <Select
        label={t('dashboard.person')}
        value={filter.personId ?? ''}
        options={[{ value: '', text: t('dashboard.everybody') }, ...people.map(({ id, name }) => ({ value: id, text: name }))]}
        onChange={(id) => onFilter({ ...filter, personId: id === '' ? null : id })}
      />
      <Select label={t('dashboard.time')} value={time} options={times.map((value) => ({ value, text: t(`dashboard.times.${value}`) }))} onChange={choose} />
      {time === 'custom' ? (
        <>
          {date(t('dashboard.from'), filter.fromDay, (fromDay) => onFilter({ ...filter, fromDay }))}
          {date(t('dashboard.to'), filter.toDay, (toDay) => onFilter({ ...filter, toDay }))}
        </>
      ) : null}
      <Select
        label={t('dashboard.state')}
        value={filter.states[0] ?? ''}
        options={[{ value: '', text: t('dashboard.any-state') }, ...imageStates.map((state) => ({ value: state, text: t(`gallery.state-names.${state}`) }))]}
        onChange={(state) => onFilter({ ...filter, states: state === '' ? [] : [state as ImageState] })}
      />
    </div>
  );
}
