/** Captions, questions and answers as they stood, each with its author's name; the one being written has a caret. */
import { type ReactElement, type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Doc } from '../../../shared/domain/model.ts';
import { readableAnswer } from '../../../shared/domain/point-mark.ts';
import { rowById } from '../../../shared/domain/row-ops.ts';
import { labelStyle, SHAPE_PATHS } from '../../ui/label-style.ts';
import styles from './Film.module.css';
import type { Scene } from './scene.ts';
import type { Typing } from './typing.ts';

interface FilmTextsProps {
  readonly scene: Scene;
  readonly typing: Typing | null;
  readonly nameOf: (personId: string) => string;
}

export function FilmTexts({ scene, typing, nameOf }: FilmTextsProps): ReactElement {
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  const { doc, touched } = scene;
  const writing = typing?.id;
  // What is written or was changed last is in sight.
  useEffect(() => {
    box.current?.querySelector('[data-now]')?.scrollIntoView({ block: 'nearest' });
  }, [writing, touched]);
  const row = (id: string, title: ReactNode, authorId: string | undefined, text: string) => (
    <article key={id} className={styles.row} data-now={touched.has(id) || id === writing || undefined}>
      <header>
        <b>{title}</b>
        {authorId === undefined ? null : <span>{nameOf(authorId)}</span>}
      </header>
      <p data-selectable>
        {typing?.id === id ? (
          <>
            {readable(doc, id, typing.before)}
            <i className={styles.caret} aria-hidden="true" />
            {readable(doc, id, typing.after)}
          </>
        ) : (
          text
        )}
      </p>
    </article>
  );
  const labels = doc.pointSet.filter((set) => set.turnId === undefined);
  const counts = new Map<string, number>();
  for (const { setId } of doc.point) counts.set(setId, (counts.get(setId) ?? 0) + 1);
  return (
    <div ref={box} className={styles.texts} role="region" tabIndex={0} aria-label={t('film.texts')}>
      {doc.caption.map(({ id, authorId, text }) => row(id, t('conflicts.kind.caption'), authorId, text))}
      {doc.turn.map((turn) => row(turn.id, t(`film.role.${turn.role}`), rowById(doc, 'thread', turn.threadId)?.authorId, readableAnswer(doc, turn)))}
      {labels.map((set, index) =>
        row(
          set.id,
          <Label index={index} text={t('conflicts.kind.pointSet')} />,
          set.authorId,
          set.presence === 'absent'
            ? `${set.label}: ${t('annotate.points.absent')}`
            : t('annotate.points.spoken', { label: set.label, count: counts.get(set.id) ?? 0 }),
        ),
      )}
      {doc.comment.map(({ id, authorId, text }) => row(id, t('conflicts.kind.comment'), authorId, text))}
      {doc.caption.length + doc.turn.length + labels.length + doc.comment.length === 0 ? <p className={styles.note}>{t('history.nothing-then')}</p> : null}
    </div>
  );
}

/** Wears the look of its markers. */
function Label({ index, text }: { readonly index: number; readonly text: string }): ReactElement {
  const { color, shape } = labelStyle(index);
  return (
    <>
      <svg className={styles.glyph} viewBox="-12 -12 24 24" aria-hidden="true">
        <path d={SHAPE_PATHS[shape]} fill={color} />
      </svg>
      {text}
    </>
  );
}

/** Part of a text with the labels of its points in place of their marks. */
function readable(doc: Doc, id: string, text: string): string {
  const turn = rowById(doc, 'turn', id);
  return turn ? readableAnswer(doc, { ...turn, text }) : text;
}
