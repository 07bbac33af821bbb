/** Names several things that are not in the image, in one line. */
import { type KeyboardEvent, type ReactElement, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { MAX_LABEL } from '../../../shared/domain/model.ts';
import styles from './LabelField.module.css';
import { labelsOf } from './labels-of.ts';

export function NoneOfField({ onDone }: { onDone: (labels: readonly string[]) => void }): ReactElement {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    // 229: an input method has this key.
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) onDone(labelsOf(event.currentTarget.value));
    else if (event.key === 'Escape') onDone([]);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className={styles.box}>
      <input
        ref={input}
        className={styles.input}
        aria-label={t('none-of.field')}
        placeholder={t('none-of.placeholder')}
        maxLength={MAX_LABEL * 10}
        autoComplete="off"
        spellCheck={false}
        onKeyDown={onKeyDown}
        onBlur={(event) => {
          if (event.currentTarget.value.trim() === '') onDone([]);
        }}
      />
    </div>
  );
}
