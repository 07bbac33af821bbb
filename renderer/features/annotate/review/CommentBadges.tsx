/** A small badge on each point that somebody commented on. They lie above the canvas, as buttons: few, reached by Tab, read out. */
import { MessageSquareText } from 'lucide-react';
import { type ReactElement, type RefObject, useCallback, useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { rowById } from '../../../../shared/domain/row-ops.ts';
import type { Stage } from '../../../canvas/stage-api.ts';
import { useAnnotate, useEditor } from '../context.ts';
import { goToComment, openPins } from './go-to-comment.ts';
import styles from './Review.module.css';

interface CommentBadgesProps {
  readonly stage: Stage;
  /** Called whenever the view moves. */
  readonly redraw: RefObject<() => void>;
}

export function CommentBadges({ stage, redraw }: CommentBadgesProps): ReactElement | null {
  const { t } = useTranslation();
  const { editor } = useAnnotate();
  const comments = useEditor((state) => state.doc.comment);
  const pins = useMemo(() => openPins(comments).filter(({ targetKind }) => targetKind === 'point'), [comments]);
  const layer = useRef<HTMLDivElement>(null);
  // Past React: it runs in each frame of a pan.
  const place = useCallback(() => {
    const element = layer.current;
    if (!element) return;
    const { doc } = editor.store.getState();
    const { left, top, width, height } = element.getBoundingClientRect();
    for (const badge of element.children as HTMLCollectionOf<HTMLElement>) {
      const point = rowById(doc, 'point', badge.dataset['point']!);
      const at = point && stage.pctToClient(point.xPct, point.yPct);
      const [x, y] = at ? [at.clientX - left, at.clientY - top] : [-1, -1];
      badge.hidden = x < 0 || y < 0 || x > width || y > height;
      badge.style.transform = `translate(${x}px, ${y}px)`;
    }
  }, [editor, stage]);
  useEffect(() => {
    redraw.current = place;
    place();
    const stop = editor.store.subscribe((state, before) => {
      if (state.doc.point !== before.doc.point) place();
    });
    return () => {
      stop();
      redraw.current = () => {};
    };
  }, [redraw, place, editor, pins]);
  if (pins.length === 0) return null;
  return (
    <div ref={layer} className={styles.badges}>
      {pins.map(({ id, targetId, text }) => (
        <button
          key={id}
          type="button"
          className={styles.badge}
          data-point={targetId}
          aria-label={t('review.go-to', { count: 1, text })}
          title={text}
          onClick={() => goToComment(id)}
        >
          <MessageSquareText size={11} strokeWidth={2.5} aria-hidden />
        </button>
      ))}
    </div>
  );
}
