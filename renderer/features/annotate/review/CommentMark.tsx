/** That something was said of a row: a mark beside it that leads to the comment. */
import { MessageSquareText } from 'lucide-react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useEditor } from '../context.ts';
import { goToComment, openPins } from './go-to-comment.ts';
import styles from './Review.module.css';

/** Nothing where nobody said anything that is still open. `of`: ids of rows that stand together. */
export function CommentMark({ of }: { readonly of: readonly string[] }): ReactElement | null {
  const { t } = useTranslation();
  const comments = useEditor((state) => state.doc.comment);
  const pins = openPins(comments).filter(({ targetId }) => of.includes(targetId));
  const [first] = pins;
  if (!first) return null;
  return (
    <button
      type="button"
      className={styles.mark}
      aria-label={t('review.go-to', { count: pins.length, text: first.text })}
      onClick={() => goToComment(first.id)}
    >
      <MessageSquareText size={14} aria-hidden />
      {pins.length > 1 ? pins.length : null}
    </button>
  );
}
