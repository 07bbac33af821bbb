/**
 * Strengths of what was compared two at a time, by the model of Bradley and Terry (1952): the odds that i is preferred to j are the ratio of their
 * strengths. Fitted by the minorise-maximise steps of D. Hunter, "MM algorithms for generalized Bradley-Terry models", Annals of Statistics 32 (2004).
 * A tie, and a pair of which both are bad, is half a win for each.
 */
import { randomFrom } from '../agreement/bootstrap.ts';
import type { Choice } from './model.ts';

/** wins[i][j]: how often i was preferred to j, ties by half. */
export type Wins = readonly (readonly number[])[];

export function winsOf(ids: readonly string[], choices: readonly Pick<Choice, 'leftId' | 'rightId' | 'outcome'>[]): number[][] {
  const place = new Map(ids.map((id, index) => [id, index]));
  const wins = ids.map(() => ids.map(() => 0));
  for (const { leftId, rightId, outcome } of choices) {
    const [left, right] = [place.get(leftId), place.get(rightId)];
    if (left === undefined || right === undefined) continue;
    const share = outcome === 'left' ? 1 : outcome === 'right' ? 0 : 0.5;
    wins[left]![right]! += share;
    wins[right]![left]! += 1 - share;
  }
  return wins;
}

/** Groups between which nothing was ever compared: strengths of different groups say nothing of each other. */
export function groupsOf(wins: Wins): number[][] {
  return components(wins, (i, j) => wins[i]![j]! + wins[j]![i]! > 0);
}
/** Hunter's assumption 1: whichever way they are parted in two, somebody of each side was preferred to somebody of the other. Without it a strength has no bound. */
export function isBounded(wins: Wins): boolean {
  const reach = (forward: boolean) => reachable(0, wins.length, (i, j) => (forward ? wins[i]![j]! : wins[j]![i]!) > 0).size;
  return wins.length < 2 || (reach(true) === wins.length && reach(false) === wins.length);
}
function components(wins: Wins, joined: (i: number, j: number) => boolean): number[][] {
  const groups: number[][] = [];
  for (let i = 0; i < wins.length; i++) {
    if (groups.some((group) => group.includes(i))) continue;
    groups.push([...reachable(i, wins.length, joined)].sort((a, b) => a - b));
  }
  return groups;
}
function reachable(from: number, size: number, joined: (i: number, j: number) => boolean): Set<number> {
  const found = new Set([from]);
  // A set that grows while it is walked.
  for (const i of found) for (let j = 0; j < size; j++) if (joined(i, j)) found.add(j);
  return found;
}

/** Half a win each way against an imagined one of middling strength: keeps strengths bounded where the choices do not. */
const PRIOR = 0.5;
const MOST_STEPS = 10_000;
const EXACT = 1e-10;

/** Logarithms of the strengths, their mean 0. `prior`: as if each had also tied once with one of strength 1. */
export function fitStrengths(wins: Wins, prior: boolean): number[] {
  const n = wins.length;
  const extra = prior ? PRIOR : 0;
  const won = wins.map((row) => row.reduce((sum, one) => sum + one, 0) + extra);
  let strengths = wins.map(() => 1);
  for (let step = 0; step < MOST_STEPS; step++) {
    const next = strengths.map((own, i) => {
      let weight = (2 * extra) / (own + 1);
      for (let j = 0; j < n; j++) if (j !== i) weight += (wins[i]![j]! + wins[j]![i]!) / (own + strengths[j]!);
      return weight === 0 ? 1 : won[i]! / weight;
    });
    const scale = prior ? 1 : Math.exp(next.reduce((sum, one) => sum + Math.log(one), 0) / n);
    const scaled = next.map((one) => one / scale);
    const moved = Math.max(...scaled.map((one, i) => Math.abs(Math.log(one / strengths[i]!))));
    strengths = scaled;
    if (moved < EXACT) break;
  }
  const logs = strengths.map(Math.log);
  const mean = logs.reduce((sum, one) => sum + one, 0) / Math.max(1, n);
  return logs.map((one) => one - mean);
}

export interface Rating {
  readonly id: string;
  /** Points like those of chess: 400 more are ten times the odds. The mean of a group is 1000. */
  readonly rating: number;
  /** 95 % percentile interval of `RESAMPLES` draws of the choices with replacement. */
  readonly low: number;
  readonly high: number;
  readonly compared: number;
  readonly won: number;
  readonly lost: number;
  readonly tied: number;
}
export interface RatingGroup {
  readonly ratings: readonly Rating[];
  /** Some were always or never preferred: their ratings are held back by half a win and half a loss that nobody chose. */
  readonly heldBack: boolean;
}

export const RESAMPLES = 400;
const points = (log: number): number => 1000 + (400 / Math.LN10) * log;

/** Ratings by group, the best first. The same choices in the same order and the same seed give the same intervals. */
export function rate(ids: readonly string[], choices: readonly Pick<Choice, 'leftId' | 'rightId' | 'outcome'>[], seed: number): RatingGroup[] {
  const wins = winsOf(ids, choices);
  return groupsOf(wins).map((group) => {
    const own = group.map((index) => ids[index]!);
    const among = choices.filter(({ leftId, rightId }) => own.includes(leftId) && own.includes(rightId));
    const sub = winsOf(own, among);
    const heldBack = !isBounded(sub);
    const logs = fitStrengths(sub, heldBack);
    const draws = bootstrap(own, among, seed);
    const ratings = own.map((id, index) => {
      const sorted = draws.map((draw) => draw[index]!).sort((a, b) => a - b);
      const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))] ?? logs[index]!;
      const rows = among.filter(({ leftId, rightId }) => leftId === id || rightId === id);
      const won = rows.filter(({ leftId, outcome }) => outcome === (leftId === id ? 'left' : 'right')).length;
      const tied = rows.filter(({ outcome }) => outcome === 'tie' || outcome === 'bad').length;
      return {
        id,
        rating: points(logs[index]!),
        low: points(at(0.025)),
        high: points(at(0.975)),
        compared: rows.length,
        won,
        lost: rows.length - won - tied,
        tied,
      };
    });
    return { ratings: ratings.sort((a, b) => b.rating - a.rating || (a.id < b.id ? -1 : 1)), heldBack };
  });
}

function bootstrap(ids: readonly string[], choices: readonly Pick<Choice, 'leftId' | 'rightId' | 'outcome'>[], seed: number): number[][] {
  if (choices.length === 0 || ids.length < 2) return [];
  const random = randomFrom(seed);
  return Array.from({ length: RESAMPLES }, () => {
    const drawn = choices.map(() => choices[Math.floor(random() * choices.length)]!);
    const wins = winsOf(ids, drawn);
    return fitStrengths(wins, !isBounded(wins));
  });
}

/** A share with its 95 % interval by E. Wilson (1927); null of nothing. */
export interface ShareEstimate {
  readonly share: number;
  readonly low: number;
  readonly high: number;
  readonly n: number;
}
export function shareOf(hits: number, n: number): ShareEstimate | null {
  if (n === 0) return null;
  const z = 1.959963984540054;
  const share = hits / n;
  const middle = (share + z ** 2 / (2 * n)) / (1 + z ** 2 / n);
  const half = (z / (1 + z ** 2 / n)) * Math.sqrt((share * (1 - share)) / n + z ** 2 / (4 * n ** 2));
  return { share, low: Math.max(0, middle - half), high: Math.min(1, middle + half), n };
}

export interface CompareResults {
  readonly groups: readonly RatingGroup[];
  readonly choices: number;
  readonly ties: number;
  readonly bad: number;
  /** Share of the left one among pairs that were decided: near a half where people do not go by the side. */
  readonly left: ShareEstimate | null;
  /** Pairs that a person saw again the other way round: how often they chose the same. */
  readonly repeats: readonly ({ readonly personId: string } & ShareEstimate)[];
}

/** All that choices say. Repetitions count for themselves alone, not for the ratings. */
export function resultsOf(ids: readonly string[], choices: readonly Choice[], seed: number): CompareResults {
  const first = choices.filter(({ repeatOf }) => repeatOf === null);
  const count = (outcome: string) => first.filter((choice) => choice.outcome === outcome).length;
  const decided = choices.filter(({ outcome }) => outcome === 'left' || outcome === 'right');
  const byId = new Map(choices.map((choice) => [choice.id, choice]));
  const people = new Map<string, { same: number; n: number }>();
  for (const { personId, repeatOf, outcome } of choices) {
    const before = repeatOf === null ? undefined : byId.get(repeatOf);
    if (!before) continue;
    const turned = outcome === 'left' ? 'right' : outcome === 'right' ? 'left' : outcome;
    const { same, n } = people.get(personId) ?? { same: 0, n: 0 };
    people.set(personId, { same: same + (turned === before.outcome ? 1 : 0), n: n + 1 });
  }
  return {
    groups: rate(ids, first, seed),
    choices: first.length,
    ties: count('tie'),
    bad: count('bad'),
    left: shareOf(decided.filter(({ outcome }) => outcome === 'left').length, decided.length),
    repeats: [...people].flatMap(([personId, { same, n }]) => [{ personId, ...shareOf(same, n)! }]),
  };
}
