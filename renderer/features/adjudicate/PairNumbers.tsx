/** How far the two agree in what is on the screen. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { estimate } from '../../../shared/domain/agreement/bootstrap.ts';
import { type Comparison, comparePair } from '../../../shared/domain/agreement/compare.ts';
import type { RowPair } from '../../../shared/domain/agreement/pairs.ts';
import { DEFAULT_RADIUS_PCT, f1Of } from '../../../shared/domain/agreement/points.ts';
import type { Key } from '../../../shared/i18n/catalogue.ts';
import styles from './Adjudicate.module.css';

interface Figure {
  readonly name: Key;
  readonly value: string;
  readonly aside?: string | undefined;
}
const two = (value: number) => value.toFixed(2);

/** F1 with an interval over the points of this image: a pair counts as one thing, a point of one person alone as one. */
function pointsFigure(comparison: Extract<Comparison, { kind: 'points' }>): Figure {
  const { matched, countA, countB } = comparison;
  const one = (count: number, row: readonly number[]) => Array.from({ length: count }, () => row);
  const things = [...one(matched, [1, 0, 0]), ...one(countA - matched, [0, 1, 0]), ...one(countB - matched, [0, 0, 1])];
  const found = estimate(things, ([both, onlyA, onlyB]) => f1Of({ matched: both!, onlyA: onlyA!, onlyB: onlyB! }));
  const interval = found?.low == null || found.high === null ? undefined : `[${two(found.low)}, ${two(found.high)}]`;
  return { name: 'adjudicate.points-f1', value: found ? two(found.value) : '–', aside: interval };
}

function figuresOf(comparison: Comparison): Figure[] {
  if (comparison.kind === 'points') {
    const difference = comparison.countB - comparison.countA;
    const signed = difference > 0 ? `+${difference}` : difference < 0 ? `−${-difference}` : '0';
    return [pointsFigure(comparison), { name: 'adjudicate.count-difference', value: signed }];
  }
  if (comparison.kind === 'answer') {
    return [
      { name: 'adjudicate.answer-f1', value: two(comparison.f1) },
      { name: comparison.exact ? 'adjudicate.answer-same' : 'adjudicate.answer-differs', value: comparison.exact ? '=' : '≠' },
    ];
  }
  const ratio = (part: number, whole: number) => (whole > 0 ? two(part / whole) : '–');
  return [
    { name: 'adjudicate.claim-overlap', value: ratio(2 * comparison.matched, comparison.claimsA + comparison.claimsB) },
    { name: 'adjudicate.word-f1', value: ratio(2 * comparison.shared, comparison.words) },
  ];
}

export function PairNumbers({ pair, size }: { readonly pair: RowPair; readonly size: { widthPx: number; heightPx: number } }): ReactElement {
  const { t } = useTranslation();
  return (
    <dl className={styles.numbers} aria-label={t('adjudicate.this-pair')}>
      {figuresOf(comparePair(pair, size, DEFAULT_RADIUS_PCT)).map(({ name, value, aside }) => (
        <div key={name} className={styles.number}>
          <dd>{value}</dd>
          <dt>
            {t(name)} {aside}
          </dt>
        </div>
      ))}
    </dl>
  );
}
