/**
 * Acceptance sampling: how many images of a lot to look at, and with how many wrong ones among them the lot is still taken. Single sampling, normal
 * inspection, as in ISO 2859-1 (tables 1 and 2-A), which has the numbers of ANSI/ASQ Z1.4 and MIL-STD-105E.
 */

export const inspectionLevels = ['I', 'II', 'III'] as const;
export type InspectionLevel = (typeof inspectionLevels)[number];
/** Acceptable quality limits: percent of wrong items that is still taken nearly always. */
export const aqls = [0.01, 0.015, 0.025, 0.04, 0.065, 0.1, 0.15, 0.25, 0.4, 0.65, 1, 1.5, 2.5, 4, 6.5, 10] as const;
export type Aql = (typeof aqls)[number];

export interface AcceptancePlan {
  /** The letter that the lot size gives, and that of the plan in the end: where the table has an arrow they differ. */
  readonly lotLetter: string;
  readonly letter: string;
  /** Items to look at; the whole lot where the table asks for as many or more. */
  readonly sampleSize: number;
  /** The lot is taken with so many wrong ones at most. */
  readonly acceptNumber: number;
  /** Whether every item of the lot is looked at. */
  readonly whole: boolean;
}

const LETTERS = 'ABCDEFGHJKLMNPQR';
const SAMPLES = [2, 3, 5, 8, 13, 20, 32, 50, 80, 125, 200, 315, 500, 800, 1250, 2000];
/** Table 1: the largest lot of each line, and its letter at the three general levels. */
const LOTS: readonly (readonly [number, string])[] = [
  [8, 'AAB'],
  [15, 'ABC'],
  [25, 'BCD'],
  [50, 'CDE'],
  [90, 'CEF'],
  [150, 'DFG'],
  [280, 'EGH'],
  [500, 'FHJ'],
  [1200, 'GJK'],
  [3200, 'HKL'],
  [10_000, 'JLM'],
  [35_000, 'KMN'],
  [150_000, 'LNP'],
  [500_000, 'MPQ'],
  [Infinity, 'NQR'],
];
/**
 * Table 2-A repeats itself along its diagonals: a plan depends on the line plus the column alone. Counted from the diagonal where no wrong one is
 * allowed: that plan, an arrow up, an arrow down, then these; before it arrows down, after it arrows up.
 */
const ACCEPT: readonly (number | 'up' | 'down')[] = [0, 'up', 'down', 1, 2, 3, 5, 7, 10, 14, 21];
const FIRST_DIAGONAL = 14;

/** The plan for a lot of so many items (a whole number from 1). */
export function acceptancePlan(lotSize: number, level: InspectionLevel, aql: Aql): AcceptancePlan {
  const lotLetter = LOTS.find(([most]) => lotSize <= most)![1][inspectionLevels.indexOf(level)]!;
  const column = aqls.indexOf(aql);
  let line = LETTERS.indexOf(lotLetter);
  let way = 0;
  for (;;) {
    const diagonal = line + column - FIRST_DIAGONAL;
    const cell = diagonal < 0 ? 'down' : (ACCEPT[diagonal] ?? 'up');
    if (typeof cell === 'number') {
      const whole = SAMPLES[line]! >= lotSize;
      return { lotLetter, letter: LETTERS[line]!, sampleSize: whole ? lotSize : SAMPLES[line]!, acceptNumber: cell, whole };
    }
    // Once on the way one goes on. At the table's ends an arrow would lead out of it: the next plan is the other way.
    if (way === 0) way = line > 0 && (cell === 'up' || line === LETTERS.length - 1) ? -1 : 1;
    line += way;
  }
}

/**
 * The chance that a lot with `wrong` bad items among `lotSize` is taken: at most `acceptNumber` of them among `sampleSize` drawn without
 * replacement (hypergeometric; the operating characteristic of the plan, type A).
 */
export function chanceAccepted({ sampleSize, acceptNumber }: Pick<AcceptancePlan, 'sampleSize' | 'acceptNumber'>, lotSize: number, wrong: number): number {
  let chance = 0;
  const all = logChoose(lotSize, sampleSize);
  for (let found = 0; found <= Math.min(acceptNumber, wrong); found++) {
    if (sampleSize - found > lotSize - wrong) continue;
    chance += Math.exp(logChoose(wrong, found) + logChoose(lotSize - wrong, sampleSize - found) - all);
  }
  return Math.min(1, chance);
}

export interface PlanRisks {
  /** Chance that a lot which is just as good as the AQL is turned down. */
  readonly producer: number;
  /** Percent of wrong items in a lot that is still taken one time in ten (the limiting quality). */
  readonly limitingPct: number;
  /** The curve: percent wrong against the chance to be taken. */
  readonly curve: readonly { readonly wrongPct: number; readonly chance: number }[];
}

/** What a plan risks for this lot. The curve ends where hardly any lot is taken. */
export function planRisks(plan: AcceptancePlan, lotSize: number, aql: Aql): PlanRisks {
  const at = (wrong: number) => chanceAccepted(plan, lotSize, wrong);
  let [low, high] = [0, lotSize];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (at(middle) > 0.1) low = middle;
    else high = middle;
  }
  const last = Math.min(lotSize, Math.max(4, Math.ceil(high * 1.6)));
  const steps = Math.min(last, 60);
  const curve = Array.from({ length: steps + 1 }, (_, step) => {
    const wrong = Math.round((last * step) / steps);
    return { wrongPct: (100 * wrong) / lotSize, chance: at(wrong) };
  });
  return { producer: 1 - at(Math.floor((lotSize * aql) / 100)), limitingPct: (100 * high) / lotSize, curve };
}

/** How a lot stands once so many of the sample were looked at and so many were wrong. It is turned down as soon as no rest could save it. */
export function lotVerdict({ sampleSize, acceptNumber }: AcceptancePlan, looked: number, wrong: number): 'open' | 'accepted' | 'rejected' {
  if (wrong > acceptNumber) return 'rejected';
  return looked >= sampleSize ? 'accepted' : 'open';
}

/** Logarithm of n over k. By Stirling's series for the factorials (error below 1e-10 from 16 on), by products below. */
function logChoose(n: number, k: number): number {
  return logFactorial(n) - logFactorial(k) - logFactorial(n - k);
}
function logFactorial(n: number): number {
  if (n < 16) {
    let product = 1;
    for (let i = 2; i <= n; i++) product *= i;
    return Math.log(product);
  }
  const z = n + 1;
  return (z - 0.5) * Math.log(z) - z + 0.5 * Math.log(2 * Math.PI) + 1 / (12 * z) - 1 / (360 * z ** 3) + 1 / (1260 * z ** 5) - 1 / (1680 * z ** 7);
}
