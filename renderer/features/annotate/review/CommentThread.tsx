/** One comment with its answers: show where it is pinned, answer, resolve. */
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Comment } from '../../../../shared/domain/model.ts';
import { removeComment, replyTo, setResolved } from '../../../../shared/domain/review.ts';
import { useQueryMethod } from '../../../queries/client.ts';
import { Button } from '../../../ui/Button.tsx';
import { useAnnotate } from '../context.ts';
import { CommentField } from './CommentBox.tsx';
import styles from './Review.module.css';
import { showComment } from './show-comment.ts';

interface CommentThreadProps {
  readonly first: Comment;
  readonly replies: readonly Comment[];
  readonly me: string | null;
}
export function CommentThread({ first, replies, me }: CommentThreadProps): ReactElement {
  const { t } = useTranslation();
  const { editor, fields } = useAnnotate();
  const [answer, setAnswer] = useState<string | null>(null);
  const doc = () => editor.store.getState().doc;
  const send = () => {
    if (me && answer !== null) editor.dispatch(replyTo(doc(), me, first.id, answer));
    setAnswer(null);
  };
  return (
    <li className={styles.thread} data-comment={first.id} data-resolved={first.resolved || undefined}>
      <button type="button" className={styles.quote} onClick={() => showComment(editor, fields, first)}>
        {first.quote ?? t(`review.pinned.${first.targetKind}`)}
      </button>
      {[first, ...replies].map((row) => (
        <Said key={row.id} row={row} />
      ))}
      {answer === null ? (
        <div className={styles.links}>
          <Button variant="quiet" onPress={() => setAnswer('')}>
            {t('review.reply')}
          </Button>
          <Button variant="quiet" onPress={() => editor.dispatch(setResolved(doc(), first.id, first.resolved !== true))}>
            {first.resolved ? t('review.reopen') : t('review.resolve')}
          </Button>
          {first.authorId === me ? (
            <Button variant="quiet" onPress={() => editor.dispatch(removeComment(doc(), first.id))}>
              {t('review.remove')}
            </Button>
          ) : null}
        </div>
      ) : (
        <>
          <CommentField label={t('review.reply')} text={answer} onText={setAnswer} onSave={send} onCancel={() => setAnswer(null)} />
          <div className={styles.actions}>
            <Button onPress={() => setAnswer(null)}>{t('app.cancel')}</Button>
            <Button variant="primary" isDisabled={answer.trim() === ''} onPress={send}>
              {t('review.reply')}
            </Button>
          </div>
        </>
      )}
    </li>
  );
}

function Said({ row }: { readonly row: Comment }): ReactElement {
  const { t } = useTranslation();
  const { data: people } = useQueryMethod('people.list', {});
  const name = people?.find((person) => person.id === row.authorId)?.name ?? t('annotate.caption.somebody');
  return (
    <p className={styles.said} data-selectable>
      <b>{name}</b> {row.text}
    </p>
  );
}
