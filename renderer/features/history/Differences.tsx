/** What differs between two states: texts word by word, points by count and one by one. Colour never says it alone: a sign does too. */
import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type Doc, type Point, statusOf } from '../../../shared/domain/model.ts';
import { readableAnswer } from '../../../shared/domain/point-mark.ts';
import { ChangedPart, TextDiff } from '../../ui/TextDiff.tsx';
import { changedRows, type RowChange } from './entries.ts';
import styles from './History.module.css';

interface DifferencesProps {
  readonly before: Doc;
  readonly after: Doc;
  /** Only this caption; null for everything. */
  readonly captionId: string | null;
}
/** Points listed one by one. */
const LISTED = 12;

export function Differences({ before, after, captionId }: DifferencesProps): ReactElement {
  const { t } = useTranslation();
  const captions = changedRows(before, after, 'caption').filter((row) => captionId === null || row.id === captionId);
  const turns = captionId === null ? changedRows(before, after, 'turn') : [];
  const text = (doc: Doc, row: Doc['turn'][number] | null) => (row ? readableAnswer(doc, row) : '');
  const parts: ReactNode[] = [
    ...captions.map((row) => (
      <Block key={row.id} title={t('history.place.caption')}>
        <TextDiff before={row.before?.text ?? ''} after={row.after?.text ?? ''} />
      </Block>
    )),
    ...turns
      .map((row) => ({ row, was: text(before, row.before), is: text(after, row.after) }))
      .filter(({ was, is }) => was !== is)
      .map(({ row, was, is }) => (
        <Block key={row.id} title={t(`history.place.${(row.after ?? row.before)!.role}`)}>
          <TextDiff before={was} after={is} />
        </Block>
      )),
    ...(captionId === null ? labelBlocks(before, after) : []),
  ];
  const [was, is] = [statusOf(before), statusOf(after)];
  if (captionId === null && was.state !== is.state) {
    parts.push(
      <Block key="state" title={t('history.state')}>
        <p className={styles.text}>
          <ChangedPart kind="removed">{t(`annotate.state.${was.state}`)}</ChangedPart> <ChangedPart kind="added">{t(`annotate.state.${is.state}`)}</ChangedPart>
        </p>
      </Block>,
    );
  }
  return parts.length > 0 ? <>{parts}</> : <p className={styles.note}>{t('history.no-difference')}</p>;
}

function labelBlocks(before: Doc, after: Doc): ReactNode[] {
  const points = changedRows(before, after, 'point');
  const sets = new Map([...before.pointSet, ...after.pointSet].map((set) => [set.id, set]));
  const changed = new Set([...changedRows(before, after, 'pointSet').map((row) => row.id), ...points.map((row) => (row.after ?? row.before)!.setId)]);
  return [...changed].map((id) => {
    const set = sets.get(id);
    return set ? (
      <LabelBlock
        key={id}
        label={set.label}
        before={before}
        after={after}
        setId={id}
        points={points.filter((row) => (row.after ?? row.before)!.setId === id)}
      />
    ) : null;
  });
}

interface LabelBlockProps {
  readonly label: string;
  readonly setId: string;
  readonly before: Doc;
  readonly after: Doc;
  readonly points: readonly RowChange<Point>[];
}
function LabelBlock({ label, setId, before, after, points }: LabelBlockProps): ReactElement {
  const { t } = useTranslation();
  const side = (doc: Doc) => {
    const set = doc.pointSet.find((row) => row.id === setId);
    if (!set) return null;
    if (set.presence === 'absent') return `${set.label}: ${t('annotate.points.absent')}`;
    return t('annotate.points.spoken', { label: set.label, count: doc.point.filter((point) => point.setId === setId).length });
  };
  const [was, is] = [side(before), side(after)];
  const at = ({ xPct, yPct }: Point) => `${xPct.toFixed(1)}, ${yPct.toFixed(1)}`;
  return (
    <Block title={label}>
      <p className={styles.text}>
        {was === is ? is : null}
        {was !== null && was !== is ? <ChangedPart kind="removed">{was}</ChangedPart> : null}{' '}
        {is !== null && was !== is ? <ChangedPart kind="added">{is}</ChangedPart> : null}
      </p>
      <ul className={styles.points}>
        {points.slice(0, LISTED).map((row) => (
          <li key={row.id}>
            {row.before ? <ChangedPart kind="removed">{at(row.before)}</ChangedPart> : null}{' '}
            {row.after ? <ChangedPart kind="added">{at(row.after)}</ChangedPart> : null}
          </li>
        ))}
        {points.length > LISTED ? <li>{t('history.more-points', { count: points.length - LISTED })}</li> : null}
      </ul>
    </Block>
  );
}

function Block({ title, children }: { title: string; children: ReactNode }): ReactElement {
  return (
    <section className={styles.block}>
      <h3 className={styles.heading}>{title}</h3>
      {children}
    </section>
  );
}
