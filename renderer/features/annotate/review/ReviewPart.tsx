/** Review beside the work: why it came back, whether it is closed, what was said of it, and what a reviewer does next. */
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Comment, statusOf } from '../../../../shared/domain/model.ts';
import { permits } from '../../../../shared/domain/permissions.ts';
import { stateOf } from '../../../../shared/domain/review.ts';
import { CommandButton } from '../../../commands/CommandButton.tsx';
import { useQueryMethod } from '../../../queries/client.ts';
import { useReturnReasons } from '../../../queries/return-reasons.ts';
import { Button } from '../../../ui/Button.tsx';
import { useAnnotate, useEditor } from '../context.ts';
import { CommentBox } from './CommentBox.tsx';
import { CommentThread } from './CommentThread.tsx';
import { ReturnDialog } from './ReturnDialog.tsx';
import styles from './Review.module.css';
import { useReview } from './review-state.ts';
import { useReviewCommands } from './use-review-commands.ts';

export function ReviewPart({ next }: { readonly next: () => Promise<void> }): ReactElement {
  const { t } = useTranslation();
  const { data: info } = useQueryMethod('app.info', {});
  const { data: people = [] } = useQueryMethod('people.list', {});
  const role = info?.me.role ?? null;
  const state = useEditor(({ doc }) => stateOf(doc));
  const reason = useEditor(({ doc }) => statusOf(doc).returnReason);
  const comments = useEditor(({ doc }) => doc.comment);
  const pin = useReview((review) => review.pin);
  const returning = useReview((review) => review.returning);
  const { textOf } = useReturnReasons();
  useReviewCommands(next);
  const reviews = people.length > 1 && permits(role, 'review', state) && (state === 'submitted' || state === 'in-review');
  const isClosed = info !== undefined && !permits(role, 'write', state);
  return (
    <section className={styles.part} aria-label={t('review.title')} data-review={state}>
      {reason !== undefined && (state === 'returned' || state === 'draft') ? (
        <p className={styles.returned} role="note">
          {t('review.returned', { reason: textOf(reason) })}
        </p>
      ) : null}
      {isClosed ? (
        <p className={styles.closed} role="note">
          {t(role === null ? 'review.closed.locked' : state === 'accepted' ? 'review.closed.accepted' : 'review.closed.in-review')}
        </p>
      ) : null}
      <Comments comments={comments} />
      {pin ? <CommentBox pin={pin} /> : null}
      {reviews ? (
        <div className={styles.actions}>
          {state === 'submitted' ? <CommandButton of="review.start" /> : null}
          <CommandButton of="review.return" />
          <CommandButton of="review.accept" variant="primary" />
        </div>
      ) : null}
      {returning ? <ReturnDialog next={next} /> : null}
    </section>
  );
}

function Comments({ comments }: { readonly comments: readonly Comment[] }): ReactElement | null {
  const { t } = useTranslation();
  const { me } = useAnnotate();
  const [all, setAll] = useState(false);
  const first = comments.filter((row) => row.replyTo === undefined);
  const open = first.filter((row) => row.resolved !== true);
  const resolved = first.length - open.length;
  if (first.length === 0) return null;
  return (
    <div className={styles.comments}>
      <h2 className={styles.heading}>{t('review.comments', { count: open.length })}</h2>
      <ul className={styles.list}>
        {(all ? first : open).map((row) => (
          <CommentThread key={row.id} first={row} replies={comments.filter((other) => other.replyTo === row.id)} me={me} />
        ))}
      </ul>
      {resolved > 0 ? (
        <Button variant="quiet" onPress={() => setAll(!all)}>
          {all ? t('review.hide-resolved') : t('review.show-resolved', { count: resolved })}
        </Button>
      ) : null}
    </div>
  );
}
