/** A comment that is being written, with what it is pinned to. */
import { type KeyboardEvent, type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MAX_COMMENT } from '../../../../shared/domain/model.ts';
import { addComment, type Pin } from '../../../../shared/domain/review.ts';
import { Button } from '../../../ui/Button.tsx';
import { useAnnotate } from '../context.ts';
import styles from './Review.module.css';
import { setReview } from './review-state.ts';

export function CommentBox({ pin }: { readonly pin: Pin }): ReactElement {
  const { t } = useTranslation();
  const { editor, me } = useAnnotate();
  const [text, setText] = useState('');
  const close = () => setReview({ pin: null });
  const save = () => {
    if (me && text.trim() !== '') editor.dispatch(addComment(me, pin, text));
    close();
  };
  return (
    <div className={styles.box}>
      <p className={styles.quote}>{pin.quote === undefined ? t(`review.pinned.${pin.targetKind}`) : pin.quote}</p>
      <CommentField label={t('review.write')} text={text} onText={setText} onSave={save} onCancel={close} />
      <div className={styles.actions}>
        <Button onPress={close}>{t('app.cancel')}</Button>
        <Button variant="primary" isDisabled={text.trim() === ''} onPress={save}>
          {t('review.comment')}
        </Button>
      </div>
    </div>
  );
}

interface CommentFieldProps {
  readonly label: string;
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly onSave: () => void;
  readonly onCancel: () => void;
}
/** Several lines; Ctrl+Enter saves, Escape leaves. Keys of the screen wait. */
export function CommentField({ label, text, onText, onSave, onCancel }: CommentFieldProps): ReactElement {
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    if (event.key === 'Escape') onCancel();
    else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) onSave();
    else return;
    event.preventDefault();
  };
  return (
    <textarea
      // It was asked for by a key or a press just now.
      autoFocus
      className={styles.field}
      rows={2}
      data-floating
      aria-label={label}
      maxLength={MAX_COMMENT}
      value={text}
      onChange={(event) => onText(event.target.value)}
      onKeyDown={onKeyDown}
    />
  );
}
