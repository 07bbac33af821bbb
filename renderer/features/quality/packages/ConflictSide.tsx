/** One side of a conflict: who, when, and what they wanted; texts by what differs, points on the image. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Kept, Side } from '../../../../shared/domain/conflict.ts';
import type { ImageConflict } from '../../../../shared/rpc/teamwork-methods.ts';
import { useHost } from '../../../host/host.ts';
import { TextDiff } from '../../../ui/TextDiff.tsx';
import styles from './Packages.module.css';

interface ConflictSideProps {
  readonly conflict: ImageConflict;
  readonly side: Side;
  /** From 1; the key that takes it. */
  readonly number: number;
  readonly person: string;
}

export function ConflictSide({ conflict, side, number, person }: ConflictSideProps): ReactElement {
  const { t, i18n } = useTranslation();
  const when = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium', timeStyle: 'short' }).format(side.at);
  return (
    <article className={styles.side} aria-label={t('conflicts.side', { number, person })}>
      <h3>{t('conflicts.side', { number, person })}</h3>
      <p className={styles.second}>
        {when} · {number === 1 ? t('conflicts.stands') : t('conflicts.does-not-stand')}
      </p>
      <Wanted conflict={conflict} side={side} number={number} />
    </article>
  );
}

function Wanted({ conflict, side, number }: Omit<ConflictSideProps, 'person'>): ReactElement {
  const { t } = useTranslation();
  if (conflict.field === null) {
    if (side.value === null) return <p>{t('conflicts.is-removed')}</p>;
    const { rows } = side.value as Kept;
    const texts = rows.flatMap(({ row }) => ('text' in row ? row.text : 'label' in row ? row.label : []));
    const points = rows.flatMap(({ row }) => ('xPct' in row ? [[row.xPct, row.yPct] as const] : []));
    return (
      <>
        <p className={styles.wanted} data-selectable>
          {texts.join(' · ')}
        </p>
        {points.length > 0 ? <OnImage conflict={conflict} points={points.map((at) => ({ at, number }))} /> : null}
      </>
    );
  }
  if (conflict.field === 'position') {
    const [x, y] = side.value as [number, number];
    return (
      <p className={styles.where}>
        <Dot number={number} />
        {t('conflicts.at', { x: x.toFixed(1), y: y.toFixed(1) })}
      </p>
    );
  }
  const text = side.value === null ? t('conflicts.no-value') : plain(side.value);
  if (number === 1 || conflict.stands.value === null)
    return (
      <p className={styles.wanted} data-selectable>
        {text}
      </p>
    );
  return <TextDiff before={plain(conflict.stands.value)} after={text} />;
}

/** Fields hold texts, numbers, truth values, or lists of ids. */
const plain = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** The colour and the key of a side. */
function Dot({ number, at }: { readonly number: number; readonly at?: readonly [number, number] }): ReactElement {
  return (
    <span
      className={styles.dot}
      data-side={number}
      data-placed={at !== undefined || undefined}
      style={at ? { left: `${at[0]}%`, top: `${at[1]}%` } : {}}
      aria-hidden="true"
    >
      {number}
    </span>
  );
}

interface OnImageProps {
  readonly conflict: ImageConflict;
  readonly points: readonly { readonly at: readonly [number, number]; readonly number: number }[];
}

/** The image with points of one side, or of all of them: each wears the key that takes it. */
export function OnImage({ conflict, points }: OnImageProps): ReactElement {
  const { t } = useTranslation();
  const { thumbUrl } = useHost();
  return (
    <div className={styles.picture}>
      <img src={thumbUrl({ id: conflict.imageId, sha256: conflict.sha256 })} alt={t('conflicts.points', { count: points.length })} />
      {points.map(({ at, number }, index) => (
        <Dot key={index} number={number} at={at} />
      ))}
    </div>
  );
}
