/** Giving an image back: a reason behind each number key, and words for the annotator. */
import { type KeyboardEvent, type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addComment, returnImage } from '../../../../shared/domain/review.ts';
import { useReturnReasons } from '../../../queries/return-reasons.ts';
import { Button } from '../../../ui/Button.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { Kbd } from '../../../ui/Kbd.tsx';
import { TextField } from '../../../ui/TextField.tsx';
import { useAnnotate } from '../context.ts';
import styles from './Review.module.css';
import { setReview } from './review-state.ts';

export function ReturnDialog({ next }: { readonly next: () => Promise<void> }): ReactElement {
  const { t } = useTranslation();
  const { editor, me } = useAnnotate();
  const [reason, setReason] = useState<string | null>(null);
  const { codes, textOf } = useReturnReasons();
  const [words, setWords] = useState('');
  const close = () => setReview({ returning: false });
  const send = async () => {
    const { doc, imageId } = editor.store.getState();
    if (!me || reason === null || imageId === null) return;
    close();
    // The words are part of it: one undo takes both back.
    const comment = addComment(me, { targetKind: 'image', targetId: imageId }, words);
    editor.dispatch([...returnImage(doc, reason), ...comment]);
    await next();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target instanceof HTMLInputElement || event.ctrlKey || event.metaKey || event.altKey) return;
    const found = codes[Number(event.key) - 1];
    if (!found) return;
    event.preventDefault();
    setReason(found);
    document.querySelector<HTMLInputElement>(`.${styles.words} input`)?.focus();
  };
  return (
    <Dialog isOpen onClose={close} title={t('review.return-title')} size="small">
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- number keys choose wherever the focus is in the box; each reason is a button besides */}
      <form
        className={styles.return}
        onKeyDown={onKeyDown}
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <div className={styles.reasons} role="group" aria-label={t('review.why')}>
          {codes.map((code, index) => (
            <button key={code} type="button" autoFocus={index === 0} className={styles.reason} aria-pressed={reason === code} onClick={() => setReason(code)}>
              <span>{textOf(code)}</span>
              {index < 9 ? <Kbd>{String(index + 1)}</Kbd> : null}
            </button>
          ))}
        </div>
        <div className={styles.words}>
          <TextField label={t('review.words')} value={words} onChange={setWords} maxLength={4000} />
        </div>
        <div className={styles.actions}>
          <Button onPress={close}>{t('app.cancel')}</Button>
          <Button variant="primary" type="submit" isDisabled={reason === null}>
            {t('review.return-now')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
