import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Choice, CompareItem } from './model.ts';
import { nextPair, pairKey, type PairState } from './pairs.ts';

const item = (name: string, sourceIds = ['a', 'b', 'c']): CompareItem => ({ sha256: name, question: '', sourceIds });
const state = (more: Partial<PairState> = {}): PairState => ({
  items: ['i', 'j', 'k', 'l', 'm', 'n'].map((name) => item(name)),
  sourceIds: ['a', 'b', 'c'],
  seed: 5,
  repeatEvery: 0,
  choices: [],
  personId: 'ann',
  ...more,
});
/** Chooses until there is nothing more. */
function play(from: PairState, most = 200): Choice[] {
  const choices: Choice[] = [];
  for (let pair = nextPair(from); pair && choices.length < most; pair = nextPair({ ...from, choices })) {
    const { item: of, leftId, rightId, repeatOf } = pair;
    choices.push({
      id: String(choices.length),
      sha256: of.sha256,
      question: '',
      leftId,
      rightId,
      repeatOf,
      outcome: 'left',
      reason: null,
      personId: from.personId,
      at: 0,
    });
  }
  return choices;
}

test('every pair of texts of every image comes once, and pairs stay balanced on the way', () => {
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const choices = play(state({ seed }));
      expect(choices).toHaveLength(18);
      expect(new Set(choices.map((one) => `${one.sha256} ${pairKey(one.leftId, one.rightId)}`)).size).toBe(18);
      for (let length = 1; length <= 18; length++) {
        const counts = ['a b', 'a c', 'b c'].map((key) => choices.slice(0, length).filter((one) => pairKey(one.leftId, one.rightId) === key).length);
        expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
      }
    }),
    { numRuns: 30 },
  );
});

test('the seed gives the same order again, and another seed another', () => {
  const words = (seed: number) =>
    play(state({ seed }))
      .map(({ sha256, leftId, rightId }) => `${sha256}${leftId}${rightId}`)
      .join(' ');
  expect(words(1)).toBe(words(1));
  expect(words(1)).not.toBe(words(2));
});

test('about half of the texts stand at the left', () => {
  const items = Array.from({ length: 400 }, (_, index) => item(`image ${index}`, ['a', 'b']));
  const left = play(state({ items, sourceIds: ['a', 'b'] }), 400).filter(({ leftId }) => leftId === 'a').length;
  expect(left).toBeGreaterThan(150);
  expect(left).toBeLessThan(250);
});

test('every fifth pair is one seen before, the other way round, and none is repeated twice', () => {
  const choices = play(state({ repeatEvery: 5 }));
  const repeats = choices.filter(({ repeatOf }) => repeatOf !== null);
  expect(repeats.length).toBeGreaterThanOrEqual(3);
  expect(choices.findIndex(({ repeatOf }) => repeatOf !== null)).toBe(4);
  for (const { repeatOf, leftId, rightId, sha256 } of repeats) {
    expect(choices.find(({ id }) => id === repeatOf)).toMatchObject({ leftId: rightId, rightId: leftId, sha256 });
  }
  expect(new Set(repeats.map(({ repeatOf }) => repeatOf)).size).toBe(repeats.length);
});

test('an image for which only one has a text is never shown', () => {
  expect(nextPair(state({ items: [item('i', ['a'])] }))).toBeNull();
});
