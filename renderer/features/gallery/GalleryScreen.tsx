/** All images of the project: what to show at the left, the images beside it. */
import { type ReactElement, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Facets, ImageFilter } from '../../../shared/domain/image.ts';
import { errorSentence, toastError } from '../../ui/errors.ts';
import { CommandButton } from '../../commands/CommandButton.tsx';
import { useHost } from '../../host/host.ts';
import { useProject } from '../../queries/project.ts';
import { useFacets } from '../../queries/facets.ts';
import { useImageList } from '../../queries/gallery.ts';
import { useChromeSlots } from '../../stores/chrome.ts';
import { useJobs } from '../../stores/jobs.ts';
import { sessionStore, useSession } from '../../stores/session.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { useNumbers } from '../../ui/numbers.ts';
import { RangeInput } from '../../ui/RangeInput.tsx';
import { BulkBar } from './BulkBar.tsx';
import { NoImages, NoMatch } from './EmptyGallery.tsx';
import { isFiltered } from './filter.ts';
import { FilterChips } from './FilterChips.tsx';
import { createGalleryActions } from './gallery-actions.ts';
import { useGalleryPlace } from './gallery-place.ts';
import styles from './GalleryScreen.module.css';
import { ImageGrid } from './ImageGrid.tsx';
import { ImportLine } from './ImportLine.tsx';
import { SearchField } from './SearchField.tsx';
import { SideList } from './SideList.tsx';
import { SortSelect } from './SortSelect.tsx';
import { CARD_SIZES, footCommands, footWhileSelecting, useGalleryCommands } from './use-gallery-commands.ts';
import { useSimilarCommands, useWordRanking } from './use-similar.ts';
import { useMineFirst } from './use-mine-first.ts';
import { useReturn, useStayOnImage } from './use-place.ts';

const setFilter = (filter: ImageFilter) => sessionStore.getState().set({ filter });

export function GalleryScreen(): ReactElement {
  const { client } = useHost();
  const { data: project } = useProject();
  const projectId = project?.id ?? null;
  const filter = useSession((session) => session.filter);
  const { list, lists } = useImageList(projectId, filter);
  const { data: facets } = useFacets();
  const importing = useJobs((jobs) => jobs.some((job) => job.kind === 'import' && job.state === 'running'));
  const actions = useMemo(() => createGalleryActions(client, lists, toastError), [client, lists]);
  const { reveal, revealNow } = useReturn(projectId, filter);
  useMineFirst(projectId);
  useStayOnImage(list, lists);
  useGalleryCommands(actions, lists);
  useSimilarCommands(lists);
  useWordRanking(filter, list);
  useFoot(facets);
  const isEmpty = list.total === 0 && !list.pending;
  return (
    <div className={styles.screen}>
      <SideList facets={facets} filter={filter} onFilter={setFilter} />
      <section className={styles.main}>
        <div className={styles.bar}>
          <SearchField filter={filter} list={list} facets={facets} onFilter={setFilter} onLeave={revealNow} />
          <SortSelect filter={filter} onFilter={setFilter} />
          <CardSize />
          <CommandButton of="images.import" />
          <CommandButton of="export.open" />
          <CommandButton of="quality.open" />
          <Start total={list.total ?? 0} />
        </div>
        <FilterChips filter={filter} facets={facets} onFilter={setFilter} />
        <ImportLine />
        {list.error && list.total === null ? (
          <Failed message={errorSentence(list.error)} />
        ) : isEmpty ? (
          isFiltered(filter) ? (
            <NoMatch text={filter.text.trim()} />
          ) : (
            <NoImages importing={importing} />
          )
        ) : (
          <ImageGrid list={list} lists={lists} actions={actions} reveal={reveal} />
        )}
        <BulkBar takenOut={filter.excluded === 'only'} />
      </section>
    </div>
  );
}

function Failed({ message }: { message: string }): ReactElement {
  const { t } = useTranslation();
  return <EmptyState>{t('gallery.failed', { message })}</EmptyState>;
}

function CardSize(): ReactElement {
  const { t } = useTranslation();
  const size = useSession((session) => session.cardSize);
  return (
    <RangeInput
      label={t('gallery.card-size')}
      value={size}
      min={CARD_SIZES.least}
      max={CARD_SIZES.most}
      step={4}
      valueText={`${size} px`}
      onChange={(cardSize) => sessionStore.getState().set({ cardSize })}
    />
  );
}

function Start({ total }: { total: number }): ReactElement {
  const { t } = useTranslation();
  return (
    <CommandButton of="gallery.open" variant="primary" isDisabled={total === 0}>
      {t('gallery.start')}
    </CommandButton>
  );
}

/** The keys that matter now and the size of the project. */
function useFoot(facets: Facets | undefined): void {
  const { t } = useTranslation();
  const numbers = useNumbers();
  const selecting = useGalleryPlace((place) => place.selection.ids.size > 0);
  const foot = useMemo(() => [{ cap: t('gallery.move-cap'), text: t('gallery.move') }, ...(selecting ? footWhileSelecting : footCommands)], [t, selecting]);
  const part = (key: 'images' | 'points-total' | 'captions-total', count: number) => t(`gallery.${key}`, { count, n: numbers.count(count) });
  const footNote =
    facets === undefined
      ? null
      : t('gallery.counts', {
          images: part('images', facets.total),
          points: part('points-total', facets.points),
          captions: part('captions-total', facets.captions),
        });
  useChromeSlots({ foot, footNote });
}
