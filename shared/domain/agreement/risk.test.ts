import { expect, test } from 'vitest';
import { type RiskFacts, riskOf } from './risk.ts';

const calm: RiskFacts = {
  submittedBefore: 200,
  agreement: 0.9,
  gold: 0.95,
  unitMs: 900,
  ownUnitMs: 1000,
  projectUnitMs: 1000,
  findings: 0,
  points: 10,
  unseenPoints: 0,
};
const codes = (facts: Partial<RiskFacts>) => riskOf({ ...calm, ...facts }).reasons.map(({ code }) => code);

test('good work of somebody known has no risk and no reason', () => {
  expect(riskOf(calm)).toEqual({ score: 0, reasons: [] });
});

test('each reason is named by itself', () => {
  expect(codes({ submittedBefore: 3 })).toEqual(['new-person']);
  expect(codes({ agreement: 0.4 })).toEqual(['low-agreement']);
  expect(codes({ gold: 0.5 })).toEqual(['low-gold']);
  expect(codes({ unitMs: 200 })).toEqual(['fast']);
  expect(codes({ findings: 2 })).toEqual(['findings']);
  expect(codes({ unseenPoints: 8 })).toEqual(['unseen-proposals']);
});

test('what was not measured is no reason', () => {
  expect(codes({ agreement: null, gold: null, unitMs: null, ownUnitMs: null, projectUnitMs: null, points: 0 })).toEqual([]);
});

test('fast is fast against oneself or against the project, whichever is quicker to suspect less', () => {
  // Slow for the project, but quick for a slow person: no suspicion.
  expect(codes({ unitMs: 900, ownUnitMs: 3000, projectUnitMs: 1000 })).toEqual([]);
  expect(riskOf({ ...calm, unitMs: 100 }).reasons[0]).toEqual({ code: 'fast', points: 25, figure: 10 });
});

test('reasons add up, the heaviest first, and no further than a hundred', () => {
  const all = riskOf({ submittedBefore: 0, agreement: 0, gold: 0, unitMs: 1, ownUnitMs: 1000, projectUnitMs: 1000, findings: 9, points: 4, unseenPoints: 4 });
  expect(all.score).toBe(100);
  expect(all.reasons.map(({ points }) => points)).toEqual([30, 30, 25, 25, 20, 20]);
});
