/** Figures against those of numpy and scipy (`make-vectors.py` made the file) and against published ones. */
import { describe, expect, test } from 'vitest';
import { chanceAccepted } from './acceptance.ts';
import { estimate } from './bootstrap.ts';
import { cohenKappa } from './kappa.ts';
import { krippendorffAlpha } from './krippendorff.ts';
import { normalCdf, normalQuantile, wilsonInterval } from './normal.ts';
import { f1Of, matchPoints } from './points.ts';
import vectors from './vectors.json' with { type: 'json' };

const spots = (pairs: number[][]) => pairs.map(([xPct, yPct]) => ({ xPct: xPct!, yPct: yPct! }));

describe('agreement figures equal the written vectors', () => {
  test('points: as many pairs as scipy finds, at the same total distance', () => {
    for (const { a, b, widthPx, heightPx, radiusPct, matched, totalPct } of vectors.matching) {
      const pairs = matchPoints(spots(a), spots(b), { widthPx, heightPx }, radiusPct);
      expect(pairs.length).toBe(matched);
      expect(pairs.reduce((sum, { awayPct }) => sum + awayPct, 0)).toBeCloseTo(totalPct, 9);
    }
  });

  test('alpha: the published example with missing values', () => {
    const { units, nominal, ordinal, interval } = vectors.alphaPublished;
    expect(krippendorffAlpha(units, 'nominal')).toBeCloseTo(nominal, 3);
    expect(krippendorffAlpha(units, 'ordinal')).toBeCloseTo(ordinal, 3);
    expect(krippendorffAlpha(units, 'interval')).toBeCloseTo(interval, 3);
  });

  test('alpha: random units at all three levels', () => {
    for (const { units, ...levels } of vectors.alpha)
      for (const level of ['nominal', 'ordinal', 'interval'] as const) expect(krippendorffAlpha(units, level)).toBeCloseTo(levels[level], 10);
  });

  test('kappa', () => {
    for (const { pairs, kappa } of vectors.kappa) expect(cohenKappa(pairs as [string, string][])).toBeCloseTo(kappa, 12);
  });

  test('the normal distribution, both ways, and the interval of a share', () => {
    for (const { z, p } of vectors.normal) {
      expect(normalCdf(z)).toBeCloseTo(p, 12);
      if (Math.abs(z) < 5) expect(normalQuantile(p)).toBeCloseTo(z, 9);
    }
    for (const { hits, n, low, high } of vectors.wilson) {
      expect(wilsonInterval(hits, n)!.low).toBeCloseTo(low, 9);
      expect(wilsonInterval(hits, n)!.high).toBeCloseTo(high, 9);
    }
  });

  test('the chance that a lot is taken', () => {
    for (const { chance, lotSize, wrong, ...plan } of vectors.oc) expect(chanceAccepted(plan, lotSize, wrong)).toBeCloseTo(chance, 8);
  });

  test('BCa intervals lie within two fifths of a standard error of 20,000 draws of scipy', () => {
    for (const { images, value, low, high, standardError } of vectors.bca) {
      const found = estimate(images, ([matched, onlyA, onlyB]) => f1Of({ matched: matched!, onlyA: onlyA!, onlyB: onlyB! }))!;
      expect(found.value).toBeCloseTo(value, 12);
      expect(Math.abs(found.low! - low)).toBeLessThan(standardError * 0.4);
      expect(Math.abs(found.high! - high)).toBeLessThan(standardError * 0.4);
    }
  });
});
