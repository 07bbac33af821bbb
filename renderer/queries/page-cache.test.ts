import { expect, test } from 'vitest';
import { createPageCache, type PageResult, wantedPages } from './page-cache.ts';

interface Call {
  readonly offset: number;
  readonly signal: AbortSignal;
  answer(total: number): Promise<void>;
  fail(): Promise<void>;
}
const settle = async () => {
  for (let turn = 0; turn < 5; turn++) await Promise.resolve();
};
/** A list whose item at place n is `item n`; every call waits for its answer. */
function list(options: { pageSize?: number; capacity?: number; parallel?: number } = {}) {
  const calls: Call[] = [];
  const errors: unknown[] = [];
  const pageSize = options.pageSize ?? 10;
  const cache = createPageCache<string>({
    ...options,
    pageSize,
    onError: (error) => errors.push(error),
    load: (offset, limit, signal) =>
      new Promise<PageResult<string>>((resolve, reject) => {
        signal.addEventListener('abort', () => reject(new Error('aborted')));
        calls.push({
          offset,
          signal,
          answer: (total) => {
            resolve({ total, items: Array.from({ length: Math.max(0, Math.min(limit, total - offset)) }, (_, at) => `item ${offset + at}`) });
            return settle();
          },
          fail: () => {
            reject(new Error('failed'));
            return settle();
          },
        });
      }),
  });
  const answerAll = async (total: number) => {
    for (let at = 0; at < calls.length; at++) if (!calls[at]!.signal.aborted) await calls[at]!.answer(total);
  };
  return { cache, calls, errors, answerAll };
}

test('pages come visible first, then in the direction of the scroll, then behind', () => {
  expect(wantedPages(20, 39, 1, 10, 1000)).toEqual([2, 3, 4, 5, 1]);
  expect(wantedPages(20, 39, -1, 10, 1000)).toEqual([2, 3, 1, 0, 4]);
});

test('no page outside the list is wanted, and none ahead while its length is unknown', () => {
  expect(wantedPages(0, 9, 1, 10, 12)).toEqual([0, 1]);
  expect(wantedPages(500, 519, 1, 10, 25)).toEqual([2, 1]);
  expect(wantedPages(50, 69, 1, 10, null)).toEqual([5, 6]);
  expect(wantedPages(0, 30, 0, 10, 0)).toEqual([0]);
});

test('what is wanted can be read once it came, and listeners are told', async () => {
  const { cache, answerAll } = list();
  let told = 0;
  cache.subscribe(() => told++);
  cache.want(0, 14, 0);
  expect(cache.total).toBeNull();
  await answerAll(1000);
  expect(cache.total).toBe(1000);
  expect(cache.get(0)).toBe('item 0');
  expect(cache.get(14)).toBe('item 14');
  expect(told).toBeGreaterThan(0);
  expect(cache.version()).toBe(told);
});

test('a place far into a list of unknown length is read at once', async () => {
  const { cache, calls, answerAll } = list();
  cache.want(500, 519, 0);
  expect(calls.map((call) => call.offset)).toEqual([500, 510]);
  await answerAll(1000);
  expect(cache.get(515)).toBe('item 515');
});

test('no more requests run at once than allowed, and what a quick scroll passed by is not asked for', async () => {
  const { cache, calls, answerAll } = list({ parallel: 2 });
  cache.want(0, 9, 1);
  await answerAll(10_000);
  const before = calls.length;
  for (let place = 1000; place < 9000; place += 100) cache.want(place, place + 9, 1);
  expect(calls.length - before).toBeLessThanOrEqual(2);
  await answerAll(10_000);
  expect(cache.get(8900)).toBe('item 8900');
  expect(cache.get(5000)).toBeUndefined();
});

test('only the given number of pages is kept, the ones on the screen among them', async () => {
  const { cache, answerAll } = list({ capacity: 6 });
  for (let place = 0; place < 500; place += 10) {
    cache.want(place, place + 9, 1);
    await answerAll(1000);
  }
  expect([...cache.entries()].length).toBeLessThanOrEqual(60);
  expect(cache.get(490)).toBe('item 490');
  expect(cache.get(0)).toBeUndefined();
});

test('when the list changes, the old items stay until the new ones are there', async () => {
  const { cache, calls, answerAll } = list();
  cache.want(0, 9, 0);
  await answerAll(5);
  const before = calls.length;
  cache.invalidate();
  expect(cache.get(3)).toBe('item 3');
  expect(calls.length).toBe(before + 1);
  await calls.at(-1)!.answer(7);
  expect(cache.total).toBe(7);
  expect(cache.get(6)).toBe('item 6');
});

test('an answer from before a change is not taken for one from after it', async () => {
  const { cache, calls } = list();
  cache.want(0, 9, 0);
  cache.invalidate();
  expect(calls[0]!.signal.aborted).toBe(true);
  await calls[1]!.answer(3);
  expect(cache.total).toBe(3);
});

test('a list that got shorter forgets what lay behind its end', async () => {
  const { cache, calls, answerAll } = list();
  cache.want(20, 29, 0);
  await answerAll(30);
  expect(cache.get(29)).toBe('item 29');
  cache.invalidate();
  while (calls.some((call) => !call.signal.aborted) && cache.total !== 4) await answerAll(4);
  expect(cache.total).toBe(4);
  expect(cache.get(29)).toBeUndefined();
  await answerAll(4);
  expect(cache.get(3)).toBe('item 3');
});

test('a failed page is reported once and asked for again when it is wanted again', async () => {
  const { cache, calls, errors } = list();
  cache.want(0, 9, 0);
  await calls[0]!.fail();
  expect(errors).toHaveLength(1);
  expect(calls).toHaveLength(1);
  cache.want(0, 9, 0);
  expect(calls).toHaveLength(2);
});

test('a closed list asks for nothing more', async () => {
  const { cache, calls } = list();
  cache.want(0, 9, 0);
  cache.close();
  expect(calls[0]!.signal.aborted).toBe(true);
  cache.want(50, 59, 0);
  expect(calls).toHaveLength(1);
});
