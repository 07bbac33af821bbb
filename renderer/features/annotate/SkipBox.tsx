/** Passing an image over: a small box beside the Skip button with a reason behind each number key. */
import { type KeyboardEvent, type ReactElement, type RefObject, useState } from 'react';
import { Dialog, Popover } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { statusOf } from '../../../shared/domain/model.ts';
import { skipReasons } from '../../../shared/domain/skip.ts';
import { Button } from '../../ui/Button.tsx';
import { Kbd } from '../../ui/Kbd.tsx';
import { skipReasonText } from '../../ui/skip-reason.ts';
import { TextField } from '../../ui/TextField.tsx';
import { useEditor } from './context.ts';
import { setScreen, useScreen } from './screen-state.ts';
import styles from './SkipBox.module.css';

const close = () => setScreen({ skip: null });
const OTHER = skipReasons.length + 1;

export function SkipBox({ beside }: { beside: RefObject<HTMLElement | null> }): ReactElement | null {
  const { t } = useTranslation();
  const skip = useScreen((state) => state.skip);
  return (
    <Popover
      className={styles.popover!}
      triggerRef={beside}
      isOpen={skip !== null}
      onOpenChange={(open) => (open ? undefined : close())}
      placement="top end"
      offset={6}
    >
      <Dialog className={styles.box!} aria-label={t('skip.title')}>
        {skip ? <Reasons choose={skip} /> : null}
      </Dialog>
    </Popover>
  );
}

function Reasons({ choose }: { choose: (reason: string | null) => Promise<void> }): ReactElement {
  const { t } = useTranslation();
  const skipped = useEditor(({ doc }) => statusOf(doc).skipped);
  const [other, setOther] = useState<string | null>(null);
  const take = (reason: string | null) => {
    close();
    void choose(reason);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // 229: an input method has this key.
    if (other !== null || event.nativeEvent.isComposing || event.keyCode === 229 || event.ctrlKey || event.metaKey || event.altKey) return;
    const number = /^[0-9]$/.test(event.key) ? Number(event.key) : null;
    if (number === null) return;
    event.preventDefault();
    const reason = skipReasons[number - 1];
    if (reason) take(reason);
    else if (number === OTHER) setOther('');
    else if (number === 0 && skipped !== undefined) take(null);
  };
  if (other !== null) {
    return (
      <form
        className={styles.other}
        onSubmit={(event) => {
          event.preventDefault();
          if (other.trim() !== '') take(other.trim());
        }}
      >
        <TextField label={t('skip.other-label')} value={other} onChange={setOther} maxLength={300} autoFocus />
        <Button variant="primary" type="submit" isDisabled={other.trim() === ''}>
          {t('skip.skip')}
        </Button>
      </form>
    );
  }
  return (
    // The keys work wherever the focus is in the box.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div className={styles.reasons} onKeyDown={onKeyDown}>
      <p className={styles.title}>{skipped === undefined ? t('skip.title') : t('skip.skipped-as', { reason: skipReasonText(skipped, t) })}</p>
      {skipReasons.map((reason, index) => (
        <Button key={reason} variant="quiet" wide autoFocus={index === 0} onPress={() => take(reason)}>
          <span className={styles.text}>{t(`skip.reason.${reason}`)}</span>
          <Kbd>{String(index + 1)}</Kbd>
        </Button>
      ))}
      <Button variant="quiet" wide onPress={() => setOther('')}>
        <span className={styles.text}>{t('skip.other')}</span>
        <Kbd>{String(OTHER)}</Kbd>
      </Button>
      {skipped !== undefined ? (
        <Button variant="quiet" wide onPress={() => take(null)}>
          <span className={styles.text}>{t('skip.take-back')}</span>
          <Kbd>0</Kbd>
        </Button>
      ) : null}
    </div>
  );
}
