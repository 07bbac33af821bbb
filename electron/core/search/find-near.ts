/** Near-duplicates of a project: pairs by the perceptual hash, confirmed by the encoder's vectors where there are any, then groups. */
import { COPY_LIKENESS, SAME_BITS } from '../../../shared/domain/near.ts';
import { mirroredPhash, tellsNothing } from '../../../shared/domain/phash.ts';
import type { Db } from '../db/open.ts';
import { sql } from '../db/statement.ts';
import { bits32, eachHashPair, hashesOf } from './hash-pairs.ts';
import type { NearFound } from './messages.ts';
import { type NearDecision, nearGroups, type NearPair } from './near-groups.ts';

/** Up to here it may be the same picture, cropped a little or flipped, where an encoder says so too. */
const PERHAPS_BITS = 10;
/** Similarity below which an encoder contradicts the hash: a copy in other colours has 0.44 at least. */
const CONTRADICTS = 0.3;
/** Most pairs: beyond it the pictures are all of one scheme, and the first groups say so already. */
const MOST_PAIRS = 5_000_000;

/** `vectorOf` gives comparable vectors, or null where an image has none. */
export function findNear(db: Db, similarity: ((a: number, b: number) => number | null) | null): NearFound {
  const images = sql(db, 'SELECT num, phash FROM image ORDER BY num').all() as { num: number; phash: string }[];
  const telling = images.filter(({ phash }) => !tellsNothing(phash));
  const pairs: NearPair[] = [];
  const judge = (a: number, b: number, distance: number, mirrored: boolean) => {
    if (pairs.length >= MOST_PAIRS) return;
    const alike = similarity?.(a, b) ?? null;
    const near = alike === null ? distance <= (mirrored ? SAME_BITS / 2 : SAME_BITS) : distance <= SAME_BITS ? alike >= CONTRADICTS : alike >= COPY_LIKENESS;
    if (near) pairs.push({ a, b });
  };
  // Equal hashes once: a thousand equal pictures are a thousand pairs with the first of them, not half a million.
  const firsts = new Map<string, number>();
  for (const { num, phash } of telling) {
    const first = firsts.get(phash);
    if (first === undefined) firsts.set(phash, num);
    else judge(first, num, 0, false);
  }
  const distinct = [...firsts];
  const most = similarity ? PERHAPS_BITS : SAME_BITS;
  eachHashPair(hashesOf(distinct.map(([phash]) => phash)), most, (a, b, distance) => judge(distinct[a]![1], distinct[b]![1], distance, false));
  for (const [a, b, distance] of mirrored(distinct.map(([phash]) => phash))) judge(distinct[a]![1], distinct[b]![1], distance, true);
  const decisions = sql(db, 'SELECT a_num AS a, b_num AS b, same FROM near_decision').all() as { a: number; b: number; same: number }[];
  const groups = nearGroups(
    pairs,
    decisions.map(({ a, b, same }): NearDecision => ({ a, b, same: same === 1 })),
  );
  return { groups, likeness: groups.flatMap((group) => likenessIn(group, similarity)) };
}

function likenessIn(group: readonly number[], similarity: ((a: number, b: number) => number | null) | null): NearFound['likeness'] {
  const first = Math.min(...group);
  return group.flatMap((num) => {
    const likeness = num === first ? null : (similarity?.(first, num) ?? null);
    return likeness === null ? [] : [[num, first, likeness] as [number, number, number]];
  });
}

/** Pairs of which one looks like the mirror image of the other. */
function mirrored(hashes: readonly string[]): [a: number, b: number, distance: number][] {
  const own = hashesOf(hashes);
  const other = hashesOf(hashes.map(mirroredPhash));
  const count = hashes.length;
  const both = { high: Uint32Array.from([...own.high, ...other.high]), low: Uint32Array.from([...own.low, ...other.low]) };
  const pairs: [number, number, number][] = [];
  eachHashPair(both, SAME_BITS, (x, y, distance) => {
    const [a, b] = [Math.min(x, y), Math.max(x, y) - count];
    // Once a pair, and no symmetrical picture with itself; what is near as it is needs no mirror.
    if (a >= count || b < 0 || a >= b) return;
    if (bits32(own.high[a]! ^ own.high[b]!) + bits32(own.low[a]! ^ own.low[b]!) > SAME_BITS) pairs.push([a, b, distance]);
  });
  return pairs;
}
