/** The gallery's left side: every choice of what to show, with how many images it has. */
import { type MouseEvent, type ReactElement, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Facets, ImageFilter } from '../../../shared/domain/image.ts';
import { imageStates } from '../../../shared/domain/model.ts';
import { useQueryMethod } from '../../queries/client.ts';
import { useNumbers } from '../../ui/numbers.ts';
import { type Chip, cleared, contents, isFiltered, isOn, toggleChip } from './filter.ts';
import { SimilarChoices } from './SimilarChoices.tsx';
import styles from './SideList.module.css';

interface SideListProps {
  readonly facets: Facets | undefined;
  readonly filter: ImageFilter;
  readonly onFilter: (filter: ImageFilter) => void;
}

/** Labels shown before a person asks for all of them. */
const FEW_LABELS = 8;

export function SideList({ facets, filter, onFilter }: SideListProps): ReactElement {
  const { t } = useTranslation();
  const { total = 0, excluded = 0, missing = 0 } = facets ?? {};
  const choice = (chip: Chip, text: ReactNode, images: number | undefined) => (
    <Choice
      key={'value' in chip ? chip.value : chip.kind}
      text={text}
      count={images}
      on={isOn(filter, chip)}
      state={chip.kind === 'state' ? chip.value : undefined}
      onPress={(several) => onFilter(toggleChip(filter, chip, several))}
    />
  );
  const people = facets?.people ?? [];
  return (
    <nav className={styles.side} aria-label={t('gallery.side')}>
      <Group title={t('gallery.queue')}>
        <Choice text={t('gallery.all-images')} count={facets?.total} on={!isFiltered(filter)} onPress={() => onFilter(cleared(filter))} />
        <Mine filter={filter} choice={choice} />
      </Group>
      <Group title={t('gallery.state')}>
        {imageStates.map((value) => choice({ kind: 'state', value }, t(`gallery.state-names.${value}`), facets?.states[value]))}
        {((facets?.skipped ?? 0) > 0 || filter.skipped) && choice({ kind: 'skipped' }, t('skip.skipped'), facets?.skipped)}
      </Group>
      <Group title={t('gallery.has')}>{contents.map((value) => choice({ kind: 'has', value }, t(`gallery.content.${value}`), facets?.has[value]))}</Group>
      <Group title={t('gallery.lacks')}>
        {contents.map((value) => choice({ kind: 'lacks', value }, t(`gallery.content.${value}`), facets && total - facets.has[value]))}
      </Group>
      {(facets?.labels.length ?? 0) > 0 && <Labels labels={facets!.labels} filter={filter} choice={choice} />}
      {(people.length > 1 || filter.personId !== null) && (
        <Group title={t('gallery.people')}>{people.map((person) => choice({ kind: 'person', value: person.id }, person.name, person.images))}</Group>
      )}
      {(missing > 0 || excluded > 0 || filter.missing || filter.excluded === 'only') && (
        <Group title={t('gallery.files')}>
          {(missing > 0 || filter.missing) && choice({ kind: 'missing' }, t('gallery.missing'), missing)}
          {(excluded > 0 || filter.excluded === 'only') && choice({ kind: 'excluded' }, t('gallery.taken-out'), excluded)}
        </Group>
      )}
      <SimilarChoices />
    </nav>
  );
}

/** What was given to the person who works here; nothing where nothing was. */
function Mine({ filter, choice }: Pick<LabelsProps, 'filter' | 'choice'>): ReactElement | null {
  const { t } = useTranslation();
  const { data: info } = useQueryMethod('app.info', {});
  const me = info?.me.id ?? null;
  const { data } = useQueryMethod('images.page', { filter: { assignedTo: me }, offset: 0, limit: 1 }, { enabled: me !== null, keepPrevious: true });
  if (me === null || (filter.assignedTo === null && (data?.total ?? 0) === 0)) return null;
  return choice({ kind: 'assigned', value: me }, t('gallery.mine'), data?.total);
}

function Group({ title, children }: { title: string; children: ReactNode }): ReactElement {
  return (
    <section className={styles.group}>
      <h2 className={styles.heading}>{title}</h2>
      {children}
    </section>
  );
}

interface ChoiceProps {
  readonly text: ReactNode;
  readonly count: number | undefined;
  readonly on: boolean;
  readonly state?: string | undefined;
  readonly onPress: (several: boolean) => void;
}

function Choice({ text, count, on, state, onPress }: ChoiceProps): ReactElement {
  const numbers = useNumbers();
  const press = (event: MouseEvent) => onPress(event.ctrlKey || event.metaKey || event.shiftKey);
  return (
    <button type="button" className={styles.choice} aria-pressed={on} data-state={state} data-none={count === 0 || undefined} onClick={press}>
      <span className={styles.text}>{text}</span>
      <span className={styles.count}>{count === undefined ? '' : numbers.count(count)}</span>
    </button>
  );
}

interface LabelsProps {
  readonly labels: Facets['labels'];
  readonly filter: ImageFilter;
  readonly choice: (chip: Chip, text: ReactNode, images: number | undefined) => ReactElement;
}

/** The most used ones; a box finds one among many. The one that is filtered by is always there. */
function Labels({ labels, filter, choice }: LabelsProps): ReactElement {
  const { t } = useTranslation();
  const [all, setAll] = useState(false);
  const [wanted, setWanted] = useState('');
  const needle = wanted.trim().toLowerCase();
  const matching = needle === '' ? labels : labels.filter(({ label }) => label.toLowerCase().includes(needle));
  const few = all || needle !== '' ? matching : matching.slice(0, FEW_LABELS);
  const on = labels.find(({ label }) => label === filter.label);
  const shown = on && !few.includes(on) ? [on, ...few] : few;
  const many = labels.length > FEW_LABELS;
  return (
    <Group title={t('gallery.labels')}>
      {many && (
        <input
          className={styles.find}
          type="search"
          value={wanted}
          placeholder={t('gallery.find-label')}
          aria-label={t('gallery.find-label')}
          onChange={(event) => setWanted(event.target.value)}
        />
      )}
      {shown.map(({ label, images }) => choice({ kind: 'label', value: label }, label, images))}
      {shown.length === 0 && <p className={styles.none}>{t('gallery.no-labels-found')}</p>}
      {many && needle === '' && (
        <button type="button" className={styles.more} onClick={() => setAll(!all)}>
          {all ? t('gallery.fewer-labels') : t('gallery.all-labels', { count: labels.length })}
        </button>
      )}
    </Group>
  );
}
