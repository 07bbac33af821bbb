import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type FigureKind, figureKinds, type LoggedStep, partsOf, type Share, workShares } from './figures.ts';

const share = fc.record<Share>({
  kind: fc.constantFrom<FigureKind>(...figureKinds),
  name: fc.constantFrom('', 'dog', 'submitted'),
  personId: fc.constantFrom('ann', 'bob', 'cid'),
  day: fc.integer({ min: 0, max: 5 }),
  count: fc.nat(5),
  value: fc.nat(100),
});
const lastDays = (shares: readonly Share[]) => new Map(shares.filter(({ kind }) => kind === 'work').map(({ personId, day }) => [personId, day]));
const total = (rows: readonly { count: number; value: number }[]) => rows.reduce((sum, { count, value }) => [sum[0]! + count, sum[1]! + value], [0, 0]);

test('what people did, each and all together, is in the parts once, whoever is asked for', () => {
  fc.assert(
    fc.property(fc.array(share, { maxLength: 30 }), (shares) => {
      const parts = partsOf(shares, lastDays(shares));
      for (const kind of figureKinds) {
        const of = <T extends { kind: FigureKind }>(rows: readonly T[]) => rows.filter((row) => row.kind === kind);
        expect(total(of(parts).filter(({ whole }) => whole))).toEqual(total(of(shares)));
        for (const person of ['ann', 'bob', 'cid']) {
          expect(total(of(parts).filter(({ personId }) => personId === person))).toEqual(total(of(shares).filter(({ personId }) => personId === person)));
        }
      }
    }),
  );
});

test('an image is in a figure once, for everybody and for each person; a dated one once a day', () => {
  fc.assert(
    fc.property(fc.array(share, { maxLength: 30 }), (shares) => {
      const parts = partsOf(shares, lastDays(shares));
      const isDated = (kind: FigureKind) => kind === 'work' || kind === 'step' || kind === 'reason' || kind === 'proposal';
      const keys = (rows: typeof parts) => rows.map(({ kind, name, personId, day }) => JSON.stringify([kind, name, personId, isDated(kind) ? day : null]));
      const whole = parts.filter((part) => part.whole).map((part) => ({ ...part, personId: null }));
      expect(new Set(keys(whole)).size).toBe(whole.length);
      expect(new Set(keys(parts)).size).toBe(parts.length);
    }),
  );
});

const step = (more: Partial<LoggedStep>): LoggedStep => ({
  personId: 'ann',
  at: 0,
  activeMs: 100,
  groupId: 'g',
  action: 'edit',
  refGroupId: null,
  states: [],
  reasons: [],
  ...more,
});
const stepsOf = (steps: readonly LoggedStep[]) => workShares(steps, (at) => at).flatMap(({ kind, name, day }) => (kind === 'step' ? [`${name} ${day}`] : []));

test('a submission that was undone is none, and one that was redone counts on the day it was made', () => {
  const submitted = step({ at: 1, groupId: 'a', states: ['submitted'] });
  const undone = step({ at: 2, groupId: 'b', action: 'undo', refGroupId: 'a', states: ['draft'] });
  const redone = step({ at: 3, groupId: 'c', action: 'redo', refGroupId: 'a', states: ['submitted'] });
  expect(stepsOf([submitted])).toEqual(['submitted 1']);
  expect(stepsOf([submitted, undone])).toEqual([]);
  expect(stepsOf([submitted, undone, redone])).toEqual(['submitted 1']);
});

test('one part stands for a person and for everybody where nobody else worked on the image since', () => {
  const work = (personId: string, day: number): Share => ({ kind: 'work', name: '', personId, day, count: 1, value: 0 });
  const caption: Share = { kind: 'caption', name: '', personId: 'ann', day: 1, count: 1, value: 9 };
  const captions = (shares: Share[]) =>
    partsOf(shares, lastDays(shares))
      .filter(({ kind }) => kind === 'caption')
      .map(({ personId, day, whole }) => [personId, day, whole]);
  expect(captions([work('ann', 1), caption])).toEqual([['ann', 1, true]]);
  // Bob accepted it two days later: for everybody it is work of that day.
  expect(captions([work('ann', 1), work('bob', 3), caption])).toEqual([
    ['ann', 1, false],
    [null, 3, true],
  ]);
});
