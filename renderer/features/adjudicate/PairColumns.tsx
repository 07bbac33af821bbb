/** A, B and what comes of them, side by side: words that only one of them has are marked. */
import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { readableAnswer } from '../../../shared/domain/point-mark.ts';
import type { RowPair } from '../../../shared/domain/agreement/pairs.ts';
import type { Doc } from '../../../shared/domain/model.ts';
import { diffText } from '../../../shared/text/diff.ts';
import { Keys } from '../../commands/Keys.tsx';
import { runCommand } from '../../commands/registry.ts';
import { Button } from '../../ui/Button.tsx';
import { TextDiff } from '../../ui/TextDiff.tsx';
import styles from './Adjudicate.module.css';

/** What a side says, as people read it. */
export function sideText(pair: RowPair, side: 'a' | 'b'): string {
  if (pair.kind === 'caption') return pair[side].text;
  return pair.kind === 'answer' ? pair[side].text : '';
}

/** The text or the number of points of the row that settled a pair. */
export function resultText(doc: Doc, pair: RowPair, resultId: string): string {
  if (pair.kind === 'caption') return doc.caption.find(({ id }) => id === resultId)?.text ?? '';
  const answer = doc.turn.find((turn) => turn.threadId === resultId && turn.role === 'answer');
  return answer ? readableAnswer(doc, answer) : '';
}

/** One side's text; what the other does not have is marked. */
function SideText({ pair, side }: { readonly pair: RowPair; readonly side: 'a' | 'b' }): ReactElement {
  const kept = side === 'a' ? 'removed' : 'added';
  return (
    <p className={styles.text} data-selectable data-side={side}>
      {diffText(sideText(pair, 'a'), sideText(pair, 'b')).map((part, at) =>
        part.kind === 'same' ? (
          <span key={at}>{part.text}</span>
        ) : part.kind === kept ? (
          <mark key={at} className={styles.only} data-side={side}>
            {part.text}
          </mark>
        ) : null,
      )}
    </p>
  );
}

export interface ColumnProps {
  readonly pair: RowPair;
  readonly side: 'a' | 'b';
  readonly name: string;
  readonly children?: ReactNode;
}

export function SideColumn({ pair, side, name, children }: ColumnProps): ReactElement {
  const { t } = useTranslation();
  return (
    <section className={styles.column} aria-label={name}>
      <header className={styles.head}>
        <span className={styles.letter} data-side={side} aria-hidden="true">
          {side.toUpperCase()}
        </span>
        <h3 className={styles.name}>{name}</h3>
      </header>
      {pair.kind === 'points' ? (
        <p className={styles.count}>
          {pair[side].points.length === 0
            ? t('adjudicate.absent', { label: pair[side].label })
            : t('adjudicate.points', { count: pair[side].points.length, label: pair[side].label })}
        </p>
      ) : (
        <SideText pair={pair} side={side} />
      )}
      {children}
      <div className={styles.actions}>
        <Button variant={side === 'a' ? 'primary' : 'default'} onPress={() => void runCommand(`adjudicate.take-${side}`)}>
          {t(side === 'a' ? 'adjudicate.take-a' : 'adjudicate.take-b')} <Keys of={`adjudicate.take-${side}`} onAccent={side === 'a'} />
        </Button>
        {side === 'b' ? (
          <Button onPress={() => void runCommand('adjudicate.return')}>
            {t('adjudicate.return')} <Keys of="adjudicate.return" />
          </Button>
        ) : null}
      </div>
    </section>
  );
}

export interface MergedColumnProps {
  readonly doc: Doc;
  readonly pair: RowPair;
  readonly resultId: string | null;
  /** The text or the number of points being edited; null where nothing is. */
  readonly draft: string | null;
  readonly draftPoints: number | null;
  readonly onDraft: (text: string) => void;
}

export function MergedColumn({ doc, pair, resultId, draft, draftPoints, onDraft }: MergedColumnProps): ReactElement {
  const { t } = useTranslation();
  const editing = draft !== null || draftPoints !== null;
  const settled =
    resultId === null ? null : pair.kind === 'points' ? doc.point.filter(({ setId }) => setId === resultId).length : resultText(doc, pair, resultId);
  return (
    <section className={styles.column} aria-label={t('adjudicate.merged')} data-merged>
      <header className={styles.head}>
        <h3 className={styles.name}>{t('adjudicate.merged')}</h3>
        {settled === null ? null : <span className={styles.settled}>{t('adjudicate.settled')}</span>}
      </header>
      {draft !== null ? (
        <textarea className={styles.field} aria-label={t('adjudicate.merged')} value={draft} autoFocus onChange={(event) => onDraft(event.target.value)} />
      ) : draftPoints !== null ? (
        <p className={styles.count}>{t('adjudicate.editing-points', { count: draftPoints })}</p>
      ) : typeof settled === 'string' ? (
        <TextDiff before={sideText(pair, 'a')} after={settled} />
      ) : typeof settled === 'number' ? (
        <p className={styles.count}>{t('adjudicate.points', { count: settled, label: pair.kind === 'points' ? pair.label : '' })}</p>
      ) : (
        <p className={styles.hint}>{t('adjudicate.nothing-yet')}</p>
      )}
      <div className={styles.actions}>
        {editing ? (
          <>
            <Button variant="primary" onPress={() => void runCommand('adjudicate.save')}>
              {t('adjudicate.save')} <Keys of="adjudicate.save" onAccent />
            </Button>
            <Button onPress={() => void runCommand('adjudicate.leave')}>{t('adjudicate.stop-editing')}</Button>
          </>
        ) : (
          <>
            <Button onPress={() => void runCommand('adjudicate.both')}>
              {t('adjudicate.both')} <Keys of="adjudicate.both" />
            </Button>
            <Button onPress={() => void runCommand('adjudicate.edit')}>
              {t('adjudicate.edit')} <Keys of="adjudicate.edit" />
            </Button>
          </>
        )}
      </div>
    </section>
  );
}
