/** In which order the images stand. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImageFilter } from '../../../shared/domain/image.ts';
import { runCommand } from '../../commands/registry.ts';
import { useSimilar } from '../../queries/similar.ts';
import { Select } from '../../ui/Select.tsx';

const orders = ['added', 'added-descending', 'name', 'name-descending', 'edited-descending', 'edited', 'taken-descending', 'taken'] as const;
type Order = (typeof orders)[number] | 'relevance' | 'similarity' | 'different';

const orderOf = (filter: ImageFilter): Order =>
  filter.sort === 'relevance' || filter.sort === 'similarity' ? filter.sort : (`${filter.sort}${filter.descending ? '-descending' : ''}` as Order);

export function SortSelect({ filter, onFilter }: { filter: ImageFilter; onFilter: (filter: ImageFilter) => void }): ReactElement {
  const { t } = useTranslation();
  const different = useSimilar(({ by }) => by?.kind === 'order' && by.order === 'different');
  const isList = useSimilar(({ by }) => by?.kind === 'list');
  const first: Order[] = filter.text.trim() !== '' && !(filter.sort === 'similarity') ? ['relevance'] : [];
  const alike: Order[] = filter.ranking !== null && first.length === 0 && !different && !isList ? ['similarity'] : [];
  const offered: readonly Order[] = [...first, ...alike, ...orders, 'different'];
  const current = filter.sort === 'similarity' && different ? 'different' : orderOf(filter);
  return (
    <Select
      label={t('gallery.sort')}
      labelHidden
      value={offered.includes(current) ? current : 'added'}
      options={offered.map((value) => ({ value, text: t(`gallery.sorts.${value}`) }))}
      onChange={(order) => {
        if (order === 'different') return void runCommand('similar.different');
        const [sort, descending] = order.split('-') as [ImageFilter['sort'], string | undefined];
        onFilter({ ...filter, sort, descending: descending !== undefined });
      }}
    />
  );
}
