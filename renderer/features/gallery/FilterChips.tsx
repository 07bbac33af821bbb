/** What the list is filtered by beside the search, each to be taken off. */
import { X } from 'lucide-react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Facets, ImageFilter } from '../../../shared/domain/image.ts';
import type { TFunction } from 'i18next';
import { useQueryMethod } from '../../queries/client.ts';
import { useReturnReasons } from '../../queries/return-reasons.ts';
import { type SimilarBy, useSimilar } from '../../queries/similar.ts';
import { type Chip, chipsOf, cleared, withoutChip } from './filter.ts';
import styles from './FilterChips.module.css';

function nameOfRanking(by: SimilarBy | null, t: TFunction): string {
  if (by?.kind === 'list') return by.title;
  if (by?.kind === 'order') return t(`similar.${by.order}`);
  const name = by?.name.slice(by.name.lastIndexOf('/') + 1) ?? '';
  return t(by?.crop ? 'similar.part' : 'similar.like', { name });
}

interface FilterChipsProps {
  readonly filter: ImageFilter;
  readonly facets: Facets | undefined;
  readonly onFilter: (filter: ImageFilter) => void;
}

export function FilterChips({ filter, facets, onFilter }: FilterChipsProps): ReactElement | null {
  const { t } = useTranslation();
  const { textOf } = useReturnReasons();
  const { data: info } = useQueryMethod('app.info', {});
  const by = useSimilar((state) => state.by);
  // Words that were ranked stand in the search field already.
  const chips = chipsOf(filter).filter((chip) => chip.kind !== 'ranking' || by !== null);
  if (chips.length === 0) return null;
  const nameOf = (chip: Chip) => {
    if (chip.kind === 'state') return t(`gallery.state-names.${chip.value}`);
    if (chip.kind === 'has') return t(`gallery.chip-has.${chip.value}`);
    if (chip.kind === 'lacks') return t(`gallery.chip-lacks.${chip.value}`);
    if (chip.kind === 'label') return chip.value;
    if (chip.kind === 'person') return facets?.people.find((person) => person.id === chip.value)?.name ?? t('gallery.people');
    if (chip.kind === 'assigned') return t(chip.value === info?.me.id ? 'gallery.mine' : 'gallery.assigned');
    if (chip.kind === 'reason') return textOf(chip.value);
    if (chip.kind === 'finding') return t('gallery.chip-finding', { title: t(`lint.rules.${chip.value}.title` as 'lint.rules.filler.title') });
    if (chip.kind === 'skipped') return t('skip.skipped');
    if (chip.kind === 'ranking') return nameOfRanking(by, t);
    return chip.kind === 'missing' ? t('gallery.missing') : t('gallery.taken-out');
  };
  return (
    <div className={styles.chips}>
      {chips.map((chip) => (
        <button
          key={'value' in chip ? `${chip.kind} ${chip.value}` : chip.kind}
          type="button"
          className={styles.chip}
          aria-label={t('gallery.remove-filter', { name: nameOf(chip) })}
          onClick={() => onFilter(withoutChip(filter, chip))}
        >
          <span className={styles.name}>{nameOf(chip)}</span>
          <X size={12} aria-hidden />
        </button>
      ))}
      <button type="button" className={styles.clear} onClick={() => onFilter(cleared(filter))}>
        {t('gallery.clear-filters')}
      </button>
    </div>
  );
}
