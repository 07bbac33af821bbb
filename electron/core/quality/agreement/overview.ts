/** Figures of agreement over the whole project, worked out in slices. */
import type { Database } from 'better-sqlite3';
import { DEFAULT_SEED, type Estimate, estimate } from '../../../../shared/domain/agreement/bootstrap.ts';
import { type Comparison, meanScore } from '../../../../shared/domain/agreement/compare.ts';
import { driftOf, type Scored } from '../../../../shared/domain/agreement/drift.ts';
import { GOLD } from '../../../../shared/domain/agreement/gold.ts';
import type { AgreementAsk, AgreementItems, AgreementOverview, AgreementPiece, PersonAgreement } from '../../../../shared/domain/agreement/overview.ts';
import { type AgreementFigure, figureOf, groupings, measures, slicesFor, slicesOf } from '../../../../shared/domain/agreement/summary.ts';
import { keepRanking } from '../../db/rankings.ts';
import { sql } from '../../db/statement.ts';
import { comparedImages, type KeptImage } from './cache.ts';
import { type TextEncoder, withCosines } from './caption-cosines.ts';

const breathe = () => new Promise((resolve) => setImmediate(resolve));
/** Keys of a grouping that figures are made for: those with the most images. */
const MOST_KEYS = 40;

/** How far it is, then the figures. `encoder`: compares the meanings of captions. */
export async function* agreementOverview(
  db: Database,
  { radiusPct, seed }: AgreementAsk,
  signal: AbortSignal,
  encoder: TextEncoder | null,
): AsyncGenerator<AgreementPiece> {
  const images = yield* imagesFor(db, radiusPct, signal, encoder);
  const figures: AgreementFigure[] = [];
  for (const grouping of groupings) {
    const slices = [...slicesOf(images, grouping)].sort((a, b) => b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1)).slice(0, MOST_KEYS);
    for (const [key, list] of slices) {
      for (const measure of measures) {
        const found = figureOf(list, grouping, measure, seed ?? DEFAULT_SEED);
        if (found) figures.push({ grouping, key, measure, ...found });
        // A figure takes some 20 ms at most: it draws no more than a thousand heaps.
        await breathe();
        if (signal.aborted || !db.open) return;
      }
    }
  }
  const people = await peopleOf(images, signal);
  const goldImages = (sql(db, 'SELECT count(*) AS n FROM gold').get() as { n: number }).n;
  const result: AgreementOverview = {
    figures,
    people,
    images: images.filter(({ comparisons }) => comparisons.length > 0).length,
    goldImages,
    radiusPct,
    textEncoder: encoder?.name ?? null,
  };
  yield { result };
}

async function* imagesFor(
  db: Database,
  radiusPct: number,
  signal: AbortSignal,
  encoder: TextEncoder | null,
): AsyncGenerator<{ done: number; total: number }, readonly KeptImage[]> {
  const images = yield* comparedImages(db, radiusPct, signal);
  return encoder ? yield* withCosines(db, images, encoder, signal) : images;
}

const meanOf = ([sum, n]: readonly number[]) => (n! > 0 ? sum! / n! : null);
const estimateOf = (scores: readonly Scored[]): Estimate | null =>
  estimate(
    scores.map(({ score }) => [score, 1]),
    meanOf,
  );

/** Each person's scores against others and against gold, one an image. */
export function scoresOf(images: readonly KeptImage[]): Map<string, { peers: Scored[]; gold: Scored[] }> {
  const people = new Map<string, { peers: Scored[]; gold: Scored[] }>();
  const note = (imageId: string, comparisons: readonly Comparison[], side: 'peers' | 'gold') => {
    const byPerson = new Map<string, Comparison[]>();
    for (const comparison of comparisons)
      for (const personId of side === 'gold' ? [comparison.b] : [comparison.a, comparison.b]) {
        const list = byPerson.get(personId);
        if (list) list.push(comparison);
        else byPerson.set(personId, [comparison]);
      }
    for (const [personId, list] of byPerson) {
      if (personId === GOLD) continue;
      let scores = people.get(personId);
      if (!scores) people.set(personId, (scores = { peers: [], gold: [] }));
      scores[side].push({ imageId, at: Math.max(...list.map(({ at }) => at)), score: meanScore(list)! });
    }
  };
  for (const { imageId, comparisons, gold } of images) {
    note(imageId, comparisons, 'peers');
    note(imageId, gold, 'gold');
  }
  return people;
}

async function peopleOf(images: readonly KeptImage[], signal: AbortSignal): Promise<PersonAgreement[]> {
  const found: PersonAgreement[] = [];
  for (const [personId, { peers, gold }] of [...scoresOf(images)].sort(([a], [b]) => (a < b ? -1 : 1))) {
    found.push({ personId, peers: estimateOf(peers), gold: estimateOf(gold), peersDrift: shown(driftOf(peers)), goldDrift: shown(driftOf(gold)) });
    await breathe();
    if (signal.aborted) break;
  }
  return found;
}
/** Windows of the chart: the last fifty. */
const shown = ({ imageIds: _ids, windows, ...drift }: ReturnType<typeof driftOf>) => ({ ...drift, windows: windows.slice(-50) });

/** The images behind a figure, the least agreement first, kept as a list that a filter can name. */
export async function agreementItems(
  db: Database,
  items: AgreementItems,
  signal: AbortSignal,
  encoder: TextEncoder | null,
): Promise<{ rankingId: string; count: number }> {
  const work = imagesFor(db, items.radiusPct, signal, encoder);
  let step = await work.next();
  while (step.done !== true) step = await work.next();
  const images = step.value;
  const scored = new Map<string, number>();
  if (items.what === 'figure') {
    const slices = slicesFor(slicesOf(images, items.grouping).get(items.key) ?? [], items.measure);
    for (const { imageId, comparisons } of slices)
      scored.set(imageId, (items.measure === 'caption-cosine' ? meanCosine(comparisons) : meanScore(comparisons)) ?? 0);
  } else {
    const scores = scoresOf(images).get(items.personId)?.[items.what] ?? [];
    for (const { imageId, at, score } of scores) if (at >= (items.from ?? 0) && at <= (items.to ?? Infinity)) scored.set(imageId, score);
  }
  const listed = images.filter(({ imageId }) => scored.has(imageId)).sort((a, b) => scored.get(a.imageId)! - scored.get(b.imageId)! || a.num - b.num);
  const nums = listed.map(({ num }) => num);
  return { rankingId: keepRanking(db, nums, noLikeness(nums), null), count: nums.length };
}

function meanCosine(comparisons: readonly Comparison[]): number | null {
  const cosines = comparisons.flatMap((one) => (one.kind === 'caption' && one.cosine !== undefined ? [one.cosine] : []));
  return cosines.length > 0 ? cosines.reduce((sum, value) => sum + value, 0) / cosines.length : null;
}

/** Images are in the order of a figure and like nothing: no card tells a likeness. */
export const noLikeness = (nums: readonly number[]): null[] => nums.map(() => null);
