/** Which submitted images a reviewer should look at first. Each reason is named, so that a person can disagree with it. */

export const riskCodes = ['new-person', 'low-agreement', 'low-gold', 'fast', 'findings', 'unseen-proposals'] as const;
export type RiskCode = (typeof riskCodes)[number];
export interface RiskReason {
  readonly code: RiskCode;
  /** What it adds to the score. */
  readonly points: number;
  /** The figure behind it: images the person had submitted; their agreement or gold score; how many times faster than usual; findings; share of points. */
  readonly figure: number;
}
export interface Risk {
  /** 0 to 100; the sum of the reasons' points, cut there. */
  readonly score: number;
  /** The heaviest first. */
  readonly reasons: readonly RiskReason[];
}
export interface RiskFacts {
  /** Images the person had submitted before this one. */
  readonly submittedBefore: number;
  /** Mean agreement with others and with gold, 0 to 1; null where nothing was measured. */
  readonly agreement: number | null;
  readonly gold: number | null;
  /** Active time a word or point on this image, and the medians of the person and of the project, in milliseconds; null where nobody measured. */
  readonly unitMs: number | null;
  readonly ownUnitMs: number | null;
  readonly projectUnitMs: number | null;
  /** Open findings of the checks on this image. */
  readonly findings: number;
  /** Points of this image, and those that were an encoder's proposals taken several at once or faster than one can look at them. */
  readonly points: number;
  readonly unseenPoints: number;
}

/** Until so many images a person is new. */
export const NEW_UNTIL = 20;
/** Agreement below this is worth a look, and gold scores below that. */
const FAIR_AGREEMENT = 0.7;
const FAIR_GOLD = 0.8;
/** Work that took less than half the usual time. */
const FAST = 0.5;
const weights: Readonly<Record<RiskCode, number>> = { 'new-person': 25, 'low-agreement': 30, 'low-gold': 30, fast: 25, findings: 20, 'unseen-proposals': 20 };

/** Adds up the reasons. Each weighs from nothing at its limit to its full weight at the worst; findings weigh five points each up to four. */
export function riskOf(facts: RiskFacts): Risk {
  const found: RiskReason[] = [];
  const add = (code: RiskCode, share: number, figure: number) => {
    const points = Math.round(weights[code] * Math.min(1, Math.max(0, share)));
    if (points > 0) found.push({ code, points, figure });
  };
  add('new-person', 1 - facts.submittedBefore / NEW_UNTIL, facts.submittedBefore);
  if (facts.agreement !== null) add('low-agreement', (FAIR_AGREEMENT - facts.agreement) / (FAIR_AGREEMENT - 0.2), facts.agreement);
  if (facts.gold !== null) add('low-gold', (FAIR_GOLD - facts.gold) / (FAIR_GOLD - 0.3), facts.gold);
  const usual = Math.min(facts.ownUnitMs ?? Infinity, facts.projectUnitMs ?? Infinity);
  if (facts.unitMs !== null && Number.isFinite(usual) && usual > 0) {
    const pace = facts.unitMs / usual;
    add('fast', (FAST - pace) / (FAST - 0.1), pace > 0 ? 1 / pace : usual);
  }
  add('findings', facts.findings / 4, facts.findings);
  if (facts.points > 0) add('unseen-proposals', facts.unseenPoints / facts.points, facts.unseenPoints / facts.points);
  const reasons = found.sort((a, b) => b.points - a.points || riskCodes.indexOf(a.code) - riskCodes.indexOf(b.code));
  return {
    score: Math.min(
      100,
      reasons.reduce((sum, { points }) => sum + points, 0),
    ),
    reasons,
  };
}
