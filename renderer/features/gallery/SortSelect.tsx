/** In which order the images stand. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImageFilter } from '../../../shared/domain/image.ts';
import { Select } from '../../ui/Select.tsx';

const orders = ['added', 'added-descending', 'name', 'name-descending', 'edited-descending', 'edited', 'taken-descending', 'taken'] as const;
type Order = (typeof orders)[number] | 'relevance';

const orderOf = (filter: ImageFilter): Order =>
  filter.sort === 'relevance' ? 'relevance' : (`${filter.sort}${filter.descending ? '-descending' : ''}` as Order);

export function SortSelect({ filter, onFilter }: { filter: ImageFilter; onFilter: (filter: ImageFilter) => void }): ReactElement {
  const { t } = useTranslation();
  const offered: readonly Order[] = filter.text.trim() === '' ? orders : ['relevance', ...orders];
  const current = orderOf(filter);
  return (
    <Select
      label={t('gallery.sort')}
      labelHidden
      value={offered.includes(current) ? current : 'added'}
      options={offered.map((value) => ({ value, text: t(`gallery.sorts.${value}`) }))}
      onChange={(order) => {
        const [sort, descending] = order.split('-') as [ImageFilter['sort'], string | undefined];
        onFilter({ ...filter, sort, descending: descending !== undefined });
      }}
    />
  );
}
