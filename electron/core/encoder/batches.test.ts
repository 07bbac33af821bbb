import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AppError } from '../../../shared/rpc/errors.ts';
import { createBatchSize, encodeSurviving } from './batches.ts';

const died = () => new AppError('unavailable', 'died', { key: 'encoder-died' });
const told = (outcomes: readonly ({ result: unknown } | { reason: string })[]) =>
  outcomes.map((outcome) => ('result' in outcome ? outcome.result : outcome.reason));

test('exactly the items that kill the process are left out, wherever they stand', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.boolean(), { minLength: 1, maxLength: 16 }), async (deadly) => {
      let deaths = 0;
      const items = deadly.map((kills, at) => ({ kills, at }));
      const outcomes = await encodeSurviving(items, async (some) => {
        if (!some.some((item) => item.kills)) return some.map((item) => item.at);
        deaths++;
        throw died();
      });
      expect(told(outcomes)).toEqual(items.map((item) => (item.kills ? 'encoder-died' : item.at)));
      // Two tries at each halving.
      expect(deaths).toBeLessThanOrEqual(2 * items.filter((item) => item.kills).length * 5);
    }),
  );
});

test('a death that had another reason costs one more try and no item', async () => {
  let tries = 0;
  const outcomes = await encodeSurviving([1, 2, 3], async (some) => {
    if (++tries === 1) throw died();
    return some;
  });
  expect(told(outcomes)).toEqual([1, 2, 3]);
  expect(tries).toBe(2);
});

test('what is not the items’ fault is thrown', async () => {
  const start = new AppError('unavailable', 'no process', { key: 'encoder-start' });
  await expect(encodeSurviving([1], () => Promise.reject(start))).rejects.toBe(start);
});

test('batches come to take about a quarter of a second', () => {
  const size = createBatchSize();
  for (let i = 0; i < 10; i++) size.note(size.now, size.now * 40);
  expect(size.now).toBe(6);
  // Small batches cost more processor: four where that is bearable, then two.
  for (let i = 0; i < 10; i++) size.note(size.now, size.now * 120);
  expect(size.now).toBe(4);
  for (let i = 0; i < 10; i++) size.note(size.now, size.now * 350);
  expect(size.now).toBe(2);
  for (let i = 0; i < 10; i++) size.note(size.now, size.now * 4000);
  expect(size.now).toBe(1);
  for (let i = 0; i < 10; i++) size.note(size.now, size.now);
  expect(size.now).toBe(16);
});
