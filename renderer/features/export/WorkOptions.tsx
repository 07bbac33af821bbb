/** Which of the work goes out: from which state of the project, which images, whose, which labels and abilities. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { imageStates } from '../../../shared/domain/model.ts';
import { abilities } from '../../../shared/domain/settings.ts';
import { useQueryMethod } from '../../queries/client.ts';
import { useFacets } from '../../queries/facets.ts';
import type { ExportWish } from '../../stores/export-wish.ts';
import { Checkbox } from '../../ui/Checkbox.tsx';
import { useNumbers } from '../../ui/numbers.ts';
import { Select } from '../../ui/Select.tsx';
import styles from './ExportDialog.module.css';
import { HeldOptions } from './HeldOptions.tsx';
import { PickMany } from './PickMany.tsx';

export interface OptionsProps {
  readonly wish: ExportWish;
  readonly change: (values: Partial<ExportWish>) => void;
}
/** Not a name that a release can have. */
const NOW = '';

export function WorkOptions({ wish, change }: OptionsProps): ReactElement {
  const { t } = useTranslation();
  const numbers = useNumbers();
  const { data: releases = [] } = useQueryMethod('releases.list', {});
  const { data: facets } = useFacets();
  const { data: labels = [] } = useQueryMethod('images.labels', { limit: 1000 });
  const { data: settings } = useQueryMethod('project.settings', {});
  return (
    <div className={styles.settings}>
      <div className={styles.group}>
        <Select
          label={t('export.moment')}
          value={wish.release ?? NOW}
          options={[{ value: NOW, text: t('export.now') }, ...releases.map(({ name }) => ({ value: name, text: t('export.release', { name }) }))]}
          onChange={(name) => change({ release: name === NOW ? null : name })}
        />
        <span className={styles.second}>{t(wish.release === null ? 'export.now-about' : 'export.release-about')}</span>
      </div>
      <fieldset className={styles.group}>
        <legend className={styles.label}>{t('export.states')}</legend>
        <div className={styles.states}>
          {imageStates.map((state) => (
            <Checkbox
              key={state}
              isSelected={wish.states.includes(state)}
              onChange={(on) => change({ states: imageStates.filter((other) => (other === state ? on : wish.states.includes(other))) })}
            >
              {t(`gallery.state-names.${state}`)}
              {facets && wish.release === null && <span className={styles.second}>{numbers.count(facets.states[state])}</span>}
            </Checkbox>
          ))}
        </div>
      </fieldset>
      <HeldOptions wish={wish} change={change} />
      <PickMany
        label={t('export.people')}
        everything={t('export.everybody')}
        about={t('export.people-about')}
        choices={(facets?.people ?? []).map(({ id, name, images }) => ({ value: id, text: name, count: numbers.count(images) }))}
        chosen={wish.people}
        onChange={(people) => change({ people })}
      />
      <PickMany
        label={t('export.labels')}
        everything={t('export.all-labels')}
        about={t('export.labels-about')}
        choices={labels.map(({ label, images }) => ({ value: label, text: label, count: numbers.count(images) }))}
        chosen={wish.labels}
        onChange={(chosen) => change({ labels: chosen })}
      />
      <PickMany
        label={t('export.abilities')}
        everything={t('export.all-abilities')}
        about={t('export.abilities-about')}
        choices={[
          ...abilities.map((ability) => ({ value: ability as string, text: t(`questions.ability.${ability}`) })),
          ...(settings?.moreAbilities ?? []).map((ability) => ({ value: ability, text: ability })),
        ]}
        chosen={wish.abilities}
        onChange={(chosen) => change({ abilities: chosen })}
      />
      <div className={styles.group}>
        <Checkbox isSelected={wish.provenance === 'people'} onChange={(only) => change({ provenance: only ? 'people' : 'all' })}>
          {t('export.own-work')}
        </Checkbox>
        <span className={styles.second}>{t('export.own-work-about')}</span>
      </div>
    </div>
  );
}
