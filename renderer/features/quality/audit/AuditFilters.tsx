/** Whose edits, on which images, of which kind and of what time. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { type AuditFilter, type AuditWork, auditWork } from '../../../../shared/domain/audit.ts';
import type { Person } from '../../../../shared/domain/project.ts';
import { DayField } from '../../../ui/DayField.tsx';
import { Select } from '../../../ui/Select.tsx';
import { TextField } from '../../../ui/TextField.tsx';
import { dayMs, dayOfMs } from './days.ts';
import styles from './Audit.module.css';

const ACTIONS = ['edit', 'undo', 'redo'] as const;
const WORK = Object.keys(auditWork) as AuditWork[];
const ANY = 'any';

interface AuditFiltersProps {
  readonly filter: AuditFilter;
  /** Null where only one's own edits are shown. */
  readonly people: readonly Person[] | null;
  readonly onFilter: (filter: AuditFilter) => void;
}

export function AuditFilters({ filter, people, onFilter }: AuditFiltersProps): ReactElement {
  const { t } = useTranslation();
  const choice = <Value extends string>(value: Value | typeof ANY) => (value === ANY ? null : value);
  return (
    <div className={styles.filter} role="search" aria-label={t('quality.tab.audit')}>
      {people ? (
        <Select
          label={t('audit.person')}
          value={filter.personId ?? ANY}
          options={[{ value: ANY, text: t('audit.everybody') }, ...people.map(({ id, name }) => ({ value: id, text: name }))]}
          onChange={(personId) => onFilter({ ...filter, personId: choice(personId) })}
        />
      ) : null}
      <Select
        label={t('audit.work')}
        value={filter.work ?? ANY}
        options={[{ value: ANY as AuditWork | typeof ANY, text: t('audit.any') }, ...WORK.map((value) => ({ value, text: t(`audit.works.${value}`) }))]}
        onChange={(work) => onFilter({ ...filter, work: choice(work) })}
      />
      <Select
        label={t('audit.action')}
        value={filter.action ?? ANY}
        options={[
          { value: ANY as (typeof ACTIONS)[number] | typeof ANY, text: t('audit.any') },
          ...ACTIONS.map((value) => ({ value, text: t(`audit.actions.${value}`) })),
        ]}
        onChange={(action) => onFilter({ ...filter, action: choice(action) })}
      />
      <DayField label={t('audit.from')} day={dayOfMs(filter.from, 0)} onDay={(iso) => onFilter({ ...filter, from: dayMs(iso, 0) })} />
      <DayField label={t('audit.to')} day={dayOfMs(filter.before, 1)} onDay={(iso) => onFilter({ ...filter, before: dayMs(iso, 1) })} />
      <TextField
        label={t('audit.image')}
        value={filter.imageName}
        maxLength={200}
        placeholder={t(filter.imageId === null ? 'audit.image-name' : 'audit.one-image')}
        onChange={(imageName) => onFilter({ ...filter, imageId: null, imageName })}
      />
    </div>
  );
}
