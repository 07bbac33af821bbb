import { expect, test } from 'vitest';
import { workAhead } from './ahead.ts';

async function* numbers(count: number) {
  for (let i = 0; i < count; i++) yield i;
}
async function collect<T>(source: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const one of source) all.push(one);
  return all;
}

test('results come in the order of their items, however long each takes, and never more than `width` at a time', async () => {
  let running = 0;
  let most = 0;
  const work = async (n: number) => {
    most = Math.max(most, ++running);
    for (let i = 0; i < (n * 7) % 5; i++) await Promise.resolve();
    running--;
    return n * 2;
  };
  expect(await collect(workAhead(numbers(20), 3, work))).toEqual(Array.from({ length: 20 }, (_, n) => [n, n * 2]));
  expect(most).toBeLessThanOrEqual(3);
  expect(await collect(workAhead(numbers(2), 5, work))).toEqual([
    [0, 0],
    [1, 2],
  ]);
});

test('an error is thrown after the items before it, and those after it fail in silence', async () => {
  const seen: number[] = [];
  const work = (n: number) => (n < 2 ? Promise.resolve(n) : Promise.reject(new Error(`no ${n}`)));
  await expect(
    (async () => {
      for await (const [item] of workAhead(numbers(5), 3, work)) seen.push(item);
    })(),
  ).rejects.toThrow('no 2');
  expect(seen).toEqual([0, 1]);
});
