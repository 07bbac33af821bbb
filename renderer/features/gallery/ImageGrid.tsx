/** The virtual grid: a few rows of cards over a list of any length. Scrolling draws only the rows that come in. */
import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type MouseEvent, type ReactElement, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useHost } from '../../host/host.ts';
import type { ImageList, ImageLists } from '../../queries/image-list.ts';
import { galleryPlace, setPlace, useGalleryPlace } from './gallery-place.ts';
import { GRID_GAP, GRID_PADDING, moveForKey, moveIndex, rowCount } from './grid-math.ts';
import styles from './ImageGrid.module.css';
import { ImageRow } from './ImageRow.tsx';
import { createScrollPace } from './scroll-pace.ts';
import { useGridLayout } from './use-grid-layout.ts';

export interface GridActions {
  focus(index: number): void;
  /** Selects from the anchor (`from`, where there is none) to `to`. */
  extend(from: number, to: number): void;
  toggle(index: number): void;
  clear(): void;
  open(index: number): void;
}
export interface ImageGridProps {
  readonly list: ImageList;
  readonly lists: ImageLists;
  readonly actions: GridActions;
  /** Changes when the card with the focus is to come into view and get the keyboard. */
  readonly reveal: number;
}

/** Rows made beyond the screen's edges: enough that a notch of the wheel finds its cards there. */
const OVERSCAN_ROWS = 3;

export function ImageGrid({ list, lists, actions, reveal }: ImageGridProps): ReactElement {
  const { t } = useTranslation();
  const { thumbUrl } = useHost();
  const scroller = useRef<HTMLDivElement>(null);
  const layout = useGridLayout(scroller);
  const columns = layout?.columns ?? 1;
  const total = list.total ?? 0;
  const rows = rowCount(total, columns);
  const focusIndex = useGalleryPlace((place) => Math.min(place.focusIndex, Math.max(0, total - 1)));
  const selected = useGalleryPlace((place) => place.selection.ids);
  const focusRow = Math.floor(focusIndex / columns);
  const virtual = useVirtualizer({
    count: layout ? rows : 0,
    getScrollElement: () => scroller.current,
    estimateSize: () => layout?.rowHeightPx ?? 200,
    overscan: OVERSCAN_ROWS,
    rangeExtractor: useCallback((range: Range) => withRow(defaultRangeExtractor(range), focusRow, range.count), [focusRow]),
    initialOffset: () => galleryPlace.getState().scrollTopPx,
    scrollPaddingStart: GRID_GAP,
    scrollPaddingEnd: GRID_GAP,
    paddingEnd: GRID_GAP,
  });
  const [pace] = useState(createScrollPace);
  const hurries = pace.step(virtual.scrollOffset ?? 0, virtual.isScrolling, performance.now());
  const first = (virtual.range?.startIndex ?? 0) * columns;
  const last = ((virtual.range?.endIndex ?? 0) + 1) * columns - 1;
  const direction = virtual.scrollDirection === null ? 0 : virtual.scrollDirection === 'backward' ? -1 : 1;
  useEffect(() => lists.want(first, last, direction), [lists, list.key, first, last, direction]);

  // Kept when the screen is left and not before: scrolling tells nobody.
  useLayoutEffect(() => {
    const element = scroller.current;
    return () => setPlace({ scrollTopPx: element?.scrollTop ?? 0 });
  }, []);

  // Other card sizes and widths keep what was at the top there.
  const topIndex = useRef(first);
  const measured = useRef(layout);
  useLayoutEffect(() => {
    if (layout && measured.current !== layout) {
      virtual.measure();
      if (measured.current) virtual.scrollToIndex(Math.floor(topIndex.current / columns), { align: 'start' });
      measured.current = layout;
    } else topIndex.current = first;
  }, [virtual, layout, columns, first]);

  // Another list starts at its top.
  const shownKey = useRef(list.key);
  useLayoutEffect(() => {
    if (shownKey.current !== list.key && shownKey.current !== '') virtual.scrollToOffset(0);
    shownKey.current = list.key;
  }, [virtual, list.key]);

  const focusWanted = useRef(false);
  const ready = layout !== null && total > 0;
  useEffect(() => {
    if (!ready) return;
    virtual.scrollToIndex(focusRow, { align: 'auto' });
    focusWanted.current = true;
    // eslint-disable-next-line react-hooks/exhaustive-deps -- only when asked to, and once there is something to show
  }, [reveal, ready]);
  useEffect(() => {
    if (!ready || !(focusWanted.current || document.activeElement === document.body)) return;
    const cell = scroller.current?.querySelector<HTMLElement>(`[data-index="${focusIndex}"]`);
    cell?.focus({ preventScroll: true });
    if (cell) focusWanted.current = false;
  });

  const moveTo = (index: number) => {
    focusWanted.current = true;
    actions.focus(index);
    virtual.scrollToIndex(Math.floor(index / columns), { align: 'auto' });
  };
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const move = layout && total > 0 ? moveForKey(event) : null;
    if (!layout || !move) return;
    event.preventDefault();
    const pageRows = Math.floor((scroller.current?.clientHeight ?? 0) / layout.rowHeightPx);
    const to = moveIndex(focusIndex, move, total, columns, pageRows);
    if (event.shiftKey) actions.extend(focusIndex, to);
    moveTo(to);
  };
  const onClick = (event: MouseEvent<HTMLDivElement>) => {
    const index = indexAt(event.target);
    if (index === null || !list.get(index)) return;
    if (event.shiftKey) actions.extend(focusIndex, index);
    else if (event.ctrlKey || event.metaKey || onCheck(event.target)) actions.toggle(index);
    else actions.clear();
    moveTo(index);
  };
  const onDoubleClick = (event: MouseEvent<HTMLDivElement>) => {
    const index = indexAt(event.target);
    if (index !== null && !onCheck(event.target)) actions.open(index);
  };
  const cardsOf = (row: number) => Array.from({ length: Math.max(0, Math.min(columns, total - row * columns)) }, (_, at) => list.get(row * columns + at));
  return (
    <div ref={scroller} className={styles.scroller} style={{ paddingLeft: GRID_PADDING, paddingRight: layout?.rightPaddingPx ?? 0 }}>
      <div
        role="grid"
        aria-label={t('gallery.grid')}
        aria-multiselectable
        aria-rowcount={rows}
        aria-colcount={columns}
        aria-busy={list.pending}
        data-selecting={selected.size > 0 || undefined}
        data-compact={layout?.compact || undefined}
        className={styles.sizer}
        style={{ height: virtual.getTotalSize() }}
        onKeyDown={onKeyDown}
        onClick={onClick}
        onDoubleClick={onDoubleClick}
      >
        {layout &&
          virtual
            .getVirtualItems()
            .map((item) => (
              <ImageRow
                key={item.key}
                row={item.index}
                topPx={item.start}
                layout={layout}
                cards={cardsOf(item.index)}
                focusColumn={item.index === focusRow ? focusIndex % columns : -1}
                selected={selected}
                thumbUrl={thumbUrl}
                hurries={hurries}
                t={t}
              />
            ))}
      </div>
    </div>
  );
}

/** The row with the focus stays in the page wherever the scroll is, or the keyboard would be lost with it. */
function withRow(rows: number[], row: number, count: number): number[] {
  if (row >= count || rows.includes(row)) return rows;
  return row < (rows[0] ?? 0) ? [row, ...rows] : [...rows, row];
}

function indexAt(target: EventTarget): number | null {
  const index = (target as Element).closest<HTMLElement>('[data-index]')?.dataset['index'];
  return index === undefined ? null : Number(index);
}

const onCheck = (target: EventTarget) => (target as Element).closest('[data-check]') !== null;
