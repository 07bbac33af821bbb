/** One of the person's own captions: open, with its field, figures and guide, or a card that opens it. */
import { Trash2 } from 'lucide-react';
import { type ReactElement, type ReactNode, useEffect, useMemo, useRef } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { addCaption, removeCaption } from '../../../../shared/domain/authoring.ts';
import { countWords } from '../../../../shared/text/count.ts';
import { IconButton } from '../../../ui/IconButton.tsx';
import { useAnnotate, useEditor } from '../context.ts';
import { useProjectSettings } from '../project-settings.ts';
import { ReadLines } from '../ReadLines.tsx';
import { WriteField } from '../WriteField.tsx';
import { TokenFacts, WorkClock } from './Facts.tsx';
import { Guide } from './Guide.tsx';
import styles from './OwnCaption.module.css';
import { createFactsFinder } from './text-facts.ts';

export interface OwnCaptionProps {
  readonly id: string;
  readonly imageId: string;
  /** From 1, or null where it is the only one. */
  readonly number: number | null;
  readonly disabled: boolean;
  /** How it came to be, and what the rules find in it. */
  readonly receipt: ReactNode;
  readonly findings: ReactNode;
}

/** The caption that is being written. */
export function OpenCaption({ id, imageId, number, disabled, receipt, findings }: OwnCaptionProps): ReactElement {
  const { t } = useTranslation();
  const { editor, me } = useAnnotate();
  const { wordTarget } = useProjectSettings();
  const finder = useMemo(createFactsFinder, []);
  useEffect(() => () => finder.stop(), [finder]);
  const words = useRef<HTMLElement>(null);
  const characters = useRef<HTMLElement>(null);
  const count = (text: string) => {
    if (words.current) {
      const written = countWords(text);
      words.current.textContent = String(written);
      words.current.dataset['enough'] = String(wordTarget > 0 && written >= wordTarget);
    }
    if (characters.current) characters.current.textContent = t('annotate.caption.characters', { count: text.length });
    finder.look(text);
  };
  const counted = useRef(count);
  useEffect(() => {
    counted.current = count;
  });
  useEffect(() => counted.current(editor.textNow('caption', id)), [wordTarget, t, editor, id]);
  const leave = () => {
    editor.commitTyping();
    const row = editor.store.getState().doc.caption.find((caption) => caption.id === id);
    if (row && row.text.trim() === '') editor.dispatch(removeCaption(editor.store.getState().doc, id), { join: true });
  };
  return (
    <section className={styles.caption} data-caption={id}>
      {number === null ? null : <OpenHead id={id} number={number} />}
      <div className={styles.field} onBlur={leave}>
        <WriteField
          kind="caption"
          id={id}
          tall
          label={number === null ? t('annotate.caption.label') : t('annotate.caption.label-number', { number })}
          placeholder={disabled ? '' : t('annotate.caption.placeholder')}
          create={(text) => me && editor.dispatch(addCaption(me, text, id), { group: editor.typingGroup('caption', id) })}
          onText={count}
        />
      </div>
      <p className={styles.counts}>
        <span>
          <b ref={words} className={styles.words} data-words>
            0
          </b>{' '}
          {wordTarget > 0 ? t('annotate.caption.of-words', { count: wordTarget }) : t('facts.words')}
          <span ref={characters} className={styles.characters} />
        </span>
        <WorkClock imageId={imageId} />
      </p>
      <TokenFacts finder={finder} />
      {receipt}
      <Guide finder={finder} captionId={id} />
      {findings}
      <ReadLines imageId={imageId} rowId={id} />
    </section>
  );
}

function OpenHead({ id, number }: { id: string; number: number }): ReactElement {
  const { t } = useTranslation();
  const { editor } = useAnnotate();
  const exists = useEditor((state) => state.doc.caption.some((row) => row.id === id));
  const remove = () => {
    editor.commitTyping();
    editor.dispatch(removeCaption(editor.store.getState().doc, id));
  };
  return (
    <header className={styles.head}>
      <h2>{t('annotate.caption.label-number', { number })}</h2>
      {exists ? (
        <IconButton label={t('facts.delete-caption', { number })} onPress={remove}>
          <Trash2 size={15} aria-hidden />
        </IconButton>
      ) : null}
    </header>
  );
}

/** A caption that waits: its beginning and its length. */
export function ClosedCaption({ id, number, onOpen }: { id: string; number: number; onOpen: () => void }): ReactElement {
  const { t } = useTranslation();
  const text = useEditor((state) => state.doc.caption.find((row) => row.id === id)?.text ?? '');
  return (
    <AriaButton className={styles.closed!} onPress={onOpen} data-caption={id}>
      <span className={styles.closedHead}>
        <b>{t('annotate.caption.label-number', { number })}</b>
        <span>{t('facts.words-count', { count: countWords(text) })}</span>
      </span>
      <span className={styles.beginning}>{text}</span>
    </AriaButton>
  );
}
