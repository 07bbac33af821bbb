/** How alike the captions of an image mean, where the project's encoder reads text: kept by the image's revision, as each text takes some 20 ms. */
import type { Database } from 'better-sqlite3';
import { rowPairs } from '../../../../shared/domain/agreement/pairs.ts';
import { sentencesOf } from '../../../../shared/text/claims.ts';
import { loadDoc } from '../../db/docs.ts';
import { sql } from '../../db/statement.ts';
import type { KeptImage } from './cache.ts';

/** An encoder with a text tower. */
export interface TextEncoder {
  readonly name: string;
  /** Of its files: another one gives other figures. */
  readonly hash: string;
  /** A vector of length 1 for each text. */
  embed(texts: readonly string[], signal: AbortSignal): Promise<readonly Float32Array[]>;
}

/** Images asked for at a time: others are served in between, and cancelling loses little. */
const SLICE_IMAGES = 8;

/**
 * The images with a cosine at each comparison of captions. A caption is the mean of its sentences' vectors, so that all of it counts, however few tokens the
 * encoder takes. Yields how far it is; ends early, with what is there, when the signal is aborted or the project closed.
 */
export async function* withCosines(
  db: Database,
  images: readonly KeptImage[],
  encoder: TextEncoder,
  signal: AbortSignal,
): AsyncGenerator<{ done: number; total: number }, readonly KeptImage[]> {
  const kept = readKept(db, encoder.hash);
  const revs = new Map((sql(db, 'SELECT num, rev FROM image').all() as { num: number; rev: number }[]).map(({ num, rev }) => [num, rev]));
  const written = images.filter(({ comparisons }) => comparisons.some(({ kind }) => kind === 'caption'));
  const stale = written.filter(({ num }) => kept.get(num)?.rev !== revs.get(num));
  for (let at = 0; at < stale.length; at += SLICE_IMAGES) {
    yield { done: at, total: stale.length };
    // Where its process dies over a text all other figures are as true without.
    const found = await cosinesOf(db, stale.slice(at, at + SLICE_IMAGES), encoder, signal).catch(() => null);
    if (!found || signal.aborted || !db.open) return images;
    for (const { num, cosines } of found) {
      const rev = revs.get(num)!;
      sql(db, 'INSERT OR REPLACE INTO caption_cosine (image_num, rev, encoder, data) VALUES (?, ?, ?, ?)').run(num, rev, encoder.hash, JSON.stringify(cosines));
      kept.set(num, { rev, cosines });
    }
  }
  return images.map((image) => withOwn(image, kept.get(image.num)?.cosines));
}

function readKept(db: Database, hash: string): Map<number, { rev: number; cosines: readonly number[] }> {
  const rows = sql(db, 'SELECT image_num AS num, rev, data FROM caption_cosine WHERE encoder = ?').all(hash) as { num: number; rev: number; data: string }[];
  return new Map(rows.map(({ num, rev, data }) => [num, { rev, cosines: JSON.parse(data) as number[] }]));
}

async function cosinesOf(db: Database, images: readonly KeptImage[], encoder: TextEncoder, signal: AbortSignal): Promise<{ num: number; cosines: number[] }[]> {
  const pairs = images.map(({ num }) => ({
    num,
    texts: rowPairs(loadDoc(db, num)).flatMap((pair) => (pair.kind === 'caption' ? [[sentencesOf(pair.a.text), sentencesOf(pair.b.text)] as const] : [])),
  }));
  const all = [...new Set(pairs.flatMap(({ texts }) => texts.flat(2)))];
  const vectors = await encoder.embed(all, signal);
  const vectorOf = new Map(all.map((text, at) => [text, vectors[at]!]));
  const meaning = (sentences: readonly string[]) => mean(sentences.map((sentence) => vectorOf.get(sentence)!));
  return pairs.map(({ num, texts }) => ({ num, cosines: texts.map(([a, b]) => cosine(meaning(a), meaning(b))) }));
}

function mean(vectors: readonly Float32Array[]): Float64Array {
  const sum = new Float64Array(vectors[0]?.length ?? 0);
  for (const vector of vectors) for (let k = 0; k < sum.length; k++) sum[k]! += vector[k]!;
  return sum;
}

/** 0 where one of them has no words. */
function cosine(a: Float64Array, b: Float64Array): number {
  let [product, squareA, squareB] = [0, 0, 0];
  for (let k = 0; k < Math.min(a.length, b.length); k++) {
    product += a[k]! * b[k]!;
    squareA += a[k]! ** 2;
    squareB += b[k]! ** 2;
  }
  const length = Math.sqrt(squareA * squareB);
  return length > 0 ? product / length : 0;
}

/** Left as it is where the image changed meanwhile and the numbers belong to other pairs. */
function withOwn(image: KeptImage, cosines: readonly number[] | undefined): KeptImage {
  if (!cosines || cosines.length !== image.comparisons.filter(({ kind }) => kind === 'caption').length) return image;
  let at = 0;
  return { ...image, comparisons: image.comparisons.map((one) => (one.kind === 'caption' ? { ...one, cosine: cosines[at++]! } : one)) };
}
