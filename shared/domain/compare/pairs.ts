/** Which pair a person is shown next: those that were compared least come first, the seed decides among equals. */
import { randomFrom } from '../agreement/bootstrap.ts';
import { hashText } from '../ops.ts';
import type { Choice, CompareItem } from './model.ts';

export interface Pair {
  readonly item: CompareItem;
  readonly leftId: string;
  readonly rightId: string;
  readonly repeatOf: string | null;
}
export interface PairState {
  /** Items in any order. */
  readonly items: readonly CompareItem[];
  readonly sourceIds: readonly string[];
  readonly seed: number;
  readonly repeatEvery: number;
  /** Choices that stand, oldest first. */
  readonly choices: readonly Choice[];
  readonly personId: string;
}

/** A number from 0 to 1 that the seed gives to some words. */
const chance = (seed: number, words: string): number => randomFrom(seed ^ hashText(words))();
export const pairKey = (a: string, b: string): string => (a < b ? `${a} ${b}` : `${b} ${a}`);
const itemKey = ({ sha256, question }: Pick<CompareItem, 'sha256' | 'question'>): string => `${sha256} ${question}`;

/** null: the person has seen all there is. */
export function nextPair(state: PairState): Pair | null {
  const repeated = repeatDue(state);
  if (repeated) return repeated;
  const { items, sourceIds, seed, choices, personId } = state;
  const first = choices.filter(({ repeatOf }) => repeatOf === null);
  const pairCounts = countBy(first.map(({ leftId, rightId }) => pairKey(leftId, rightId)));
  const itemCounts = countBy(first.map(itemKey));
  const seen = new Set(first.filter((choice) => choice.personId === personId).map((choice) => `${itemKey(choice)} ${pairKey(choice.leftId, choice.rightId)}`));
  const pairs = sourceIds.flatMap((a, index) => sourceIds.slice(index + 1).map((b) => [a, b] as const));
  const rank = ([a, b]: readonly [string, string]) => pairCounts.get(pairKey(a, b)) ?? 0;
  const ordered = pairs.toSorted((p, q) => rank(p) - rank(q) || chance(seed, pairKey(...p)) - chance(seed, pairKey(...q)));
  for (const [a, b] of ordered) {
    let best: { item: CompareItem; count: number; order: number } | null = null;
    for (const item of items) {
      if (!item.sourceIds.includes(a) || !item.sourceIds.includes(b)) continue;
      const key = itemKey(item);
      const count = itemCounts.get(key) ?? 0;
      if (best && count > best.count) continue;
      if (seen.has(`${key} ${pairKey(a, b)}`)) continue;
      const order = chance(seed, key);
      if (!best || count < best.count || order < best.order) best = { item, count, order };
    }
    if (!best) continue;
    const swap = chance(seed, `${itemKey(best.item)} ${pairKey(a, b)} ${personId}`) < 0.5;
    return { item: best.item, leftId: swap ? b : a, rightId: swap ? a : b, repeatOf: null };
  }
  return null;
}

/** Pairs between a choice and its repetition, at least. */
const APART = 3;

/** The oldest pair of this person that was not repeated yet, the other way round, where one is due. */
function repeatDue({ items, choices, personId, repeatEvery }: PairState): Pair | null {
  if (repeatEvery < 2) return null;
  const own = choices.filter((choice) => choice.personId === personId);
  const repeats = own.filter(({ repeatOf }) => repeatOf !== null);
  const since = own.length - 1 - own.findLastIndex(({ repeatOf }) => repeatOf !== null);
  if ((repeats.length === 0 ? own.length : since) < repeatEvery - 1) return null;
  const done = new Set(repeats.map(({ repeatOf }) => repeatOf));
  const again = own.slice(0, Math.max(0, own.length - APART)).find(({ id, repeatOf }) => repeatOf === null && !done.has(id));
  const item = again && items.find((one) => itemKey(one) === itemKey(again));
  return again && item ? { item, leftId: again.rightId, rightId: again.leftId, repeatOf: again.id } : null;
}

function countBy(keys: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}
