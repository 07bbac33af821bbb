/** The two small windows in which a person writes: why work goes back, and a comment. */
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Key } from '../../../shared/i18n/catalogue.ts';
import { useReturnReasons } from '../../queries/return-reasons.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Select } from '../../ui/Select.tsx';
import styles from './Adjudicate.module.css';

export type Whom = 'a' | 'b' | 'both';
export interface SayProps {
  readonly kind: 'return' | 'comment';
  /** Words of a text that were selected. */
  readonly quote: string | null;
  readonly names: Readonly<Record<'a' | 'b', string>>;
  readonly onClose: () => void;
  /** `reason`: the code of a return. */
  readonly onSay: (text: string, whom: Whom, reason: string) => void;
}

export function Say({ kind, quote, names, onClose, onSay }: SayProps): ReactElement {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [whom, setWhom] = useState<Whom>(kind === 'return' ? 'both' : 'a');
  const { codes, textOf } = useReturnReasons();
  const [chosen, setReason] = useState<string | null>(null);
  // Before one is chosen it is the one that says least.
  const reason = chosen ?? codes.find((code) => code === 'other') ?? codes[0] ?? 'other';
  const title: Key = kind === 'return' ? 'adjudicate.return-title' : 'adjudicate.comment-title';
  const say = () => {
    if (text.trim() !== '') onSay(text.trim(), whom, reason);
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t(title)}
      size="small"
      actions={
        <>
          <Button onPress={onClose}>{t('app.cancel')}</Button>
          <Button variant="primary" isDisabled={text.trim() === ''} onPress={say}>
            {t(kind === 'return' ? 'adjudicate.return' : 'adjudicate.comment')}
          </Button>
        </>
      }
    >
      {quote === null ? null : <blockquote className={styles.quote}>{quote}</blockquote>}
      {quote === null ? (
        <Select
          label={t('adjudicate.whose')}
          value={whom}
          onChange={setWhom}
          options={[
            ...(kind === 'return' ? [{ value: 'both' as const, text: t('adjudicate.of-both') }] : []),
            { value: 'a' as const, text: names.a },
            { value: 'b' as const, text: names.b },
          ]}
        />
      ) : null}
      {kind === 'return' ? (
        <Select label={t('queue.reason')} value={reason} options={codes.map((code) => ({ value: code, text: textOf(code) }))} onChange={setReason} />
      ) : null}
      <textarea
        className={styles.field}
        aria-label={t(kind === 'return' ? 'adjudicate.reason' : 'adjudicate.comment')}
        autoFocus
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !event.nativeEvent.isComposing) say();
        }}
      />
    </Dialog>
  );
}
