/** The images around the open one, virtual: a column of thumbnails with the state of each. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, type ReactElement, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImageState } from '../../../shared/domain/model.ts';
import { stateOf } from '../../../shared/domain/review.ts';
import { statusOf } from '../../../shared/domain/model.ts';
import { useAnnotate, useEditor } from './context.ts';
import styles from './FilmStrip.module.css';
import type { Order } from './order.ts';

/** Height of a thumbnail with the gap below it. */
const ROW_PX = 66;

export function FilmStrip({ order, imageId, onOpen }: { order: Order; imageId: string; onOpen: (imageId: string) => void }): ReactElement {
  const { t } = useTranslation();
  const { host } = useAnnotate();
  const scroller = useRef<HTMLDivElement>(null);
  const total = order.list.total ?? 0;
  const strip = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 6,
    paddingStart: 7,
    paddingEnd: 7,
    // The next one is in sight too.
    scrollPaddingStart: ROW_PX * 1.5,
    scrollPaddingEnd: ROW_PX * 1.5,
  });
  const rows = strip.getVirtualItems();
  const first = rows[0]?.index ?? 0;
  const last = rows.at(-1)?.index ?? 0;
  useEffect(() => order.lists.want(first, last, 0), [order.lists, first, last, order.list.key]);
  const index = order.index;
  const known = total > 0;
  useEffect(() => {
    if (index !== null && known) strip.scrollToIndex(index, { align: 'auto' });
    // Only when another image is open; scrolling by hand stays.
  }, [index, known, strip]);
  const skippedNow = useEditor((editor) => (editor.imageId === imageId && editor.status === 'ready' ? (statusOf(editor.doc).skipped ?? null) : undefined));
  const state = useEditor((editor) => (editor.imageId === imageId && editor.status === 'ready' ? stateOf(editor.doc) : null));
  return (
    <div ref={scroller} className={styles.strip} role="navigation" aria-label={t('annotate.film-strip')} tabIndex={-1}>
      <div className={styles.inner} style={{ height: strip.getTotalSize() }}>
        {rows.map((row) => {
          const card = order.list.get(row.index);
          const open = card?.id === imageId;
          const shown: ImageState | undefined = open ? (state ?? card?.state) : card?.state;
          const skipped = open && skippedNow !== undefined ? skippedNow : (card?.skipped ?? null);
          return (
            <Cell
              key={row.index}
              top={row.start}
              id={card?.id ?? null}
              name={card?.name ?? ''}
              src={card ? host.thumbUrl(card) : null}
              open={open}
              kept={card?.state ?? null}
              shown={shown ?? null}
              isSkipped={skipped !== null}
              missing={card?.missing ?? false}
              onOpen={onOpen}
            />
          );
        })}
      </div>
    </div>
  );
}

interface CellProps {
  readonly top: number;
  /** Null until its card is there. */
  readonly id: string | null;
  readonly name: string;
  readonly src: string | null;
  readonly open: boolean;
  /** The state that is saved, and the one of the work on the screen. */
  readonly kept: ImageState | null;
  readonly shown: ImageState | null;
  readonly isSkipped: boolean;
  readonly missing: boolean;
  readonly onOpen: (imageId: string) => void;
}

/** One image. Of forty in the strip an edit or the next image changes two. */
const Cell = memo(function Cell({ top, id, name, src, open, kept, shown, isSkipped, missing, onOpen }: CellProps): ReactElement {
  const { t } = useTranslation();
  return (
    <button
      type="button"
      tabIndex={-1}
      className={styles.cell}
      style={{ transform: `translateY(${top}px)` }}
      aria-current={open || undefined}
      aria-label={kept === null ? t('app.loading') : t('annotate.open-image', { name, state: isSkipped ? t('skip.skipped') : t(`annotate.state.${kept}`) })}
      disabled={id === null}
      onClick={() => id !== null && onOpen(id)}
    >
      {src === null ? null : <img src={src} alt="" draggable={false} decoding="async" onError={(event) => (event.currentTarget.hidden = true)} />}
      {shown ? <span className={styles.dot} data-state={missing ? 'missing' : isSkipped ? 'skipped' : shown} /> : null}
    </button>
  );
});
