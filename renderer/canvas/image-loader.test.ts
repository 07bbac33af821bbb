import { expect, test } from 'vitest';
import { AppError } from '../../shared/rpc/errors.ts';
import { decodedSize } from './decode-image.ts';
import type { ImageRequest } from './image-loader.ts';
import { createImageLoader } from './image-loader.ts';

/** A loader whose decoding is done by hand: each request waits until the test settles it. */
function bench(maxBytes: number) {
  const started: string[] = [];
  const aborted: string[] = [];
  const closed: string[] = [];
  const pending = new Map<string, PromiseWithResolvers<void>>();
  const decode = async ({ url }: ImageRequest, signal: AbortSignal) => {
    started.push(url);
    const gate = Promise.withResolvers<void>();
    pending.set(url, gate);
    signal.addEventListener('abort', () => {
      aborted.push(url);
      gate.reject(new AppError('cancelled', 'cancelled'));
    });
    await gate.promise;
    return {
      bitmap: { width: 10, height: 10, close: () => closed.push(url) } as unknown as ImageBitmap,
      widthPx: 10,
      heightPx: 10,
    };
  };
  const finish = async (url: string) => {
    pending.get(url)!.resolve();
    await settle();
  };
  return {
    loader: createImageLoader({ maxBytes, decode }),
    started,
    aborted,
    closed,
    pending,
    finish,
  };
}

const settle = () => new Promise((resolve) => setTimeout(resolve, 0));

test('an image is decoded once for all who ask, and stays open while one of them shows it', async () => {
  const { loader, started, closed, finish } = bench(400);
  const first = loader.load({ url: 'a' });
  const second = loader.load({ url: 'a' });
  await finish('a');
  const [one, two] = await Promise.all([first, second]);
  expect(started).toEqual(['a']);
  expect(one.bitmap).toBe(two.bitmap);
  one.release();
  one.release();
  const other = loader.load({ url: 'b' });
  await finish('b');
  await other;
  expect(closed).toEqual([]);
  two.release();
  expect(closed).toEqual(['a']);
});

test('a prefetched image is there at once', async () => {
  const { loader, started, finish } = bench(1000);
  loader.prefetch([{ url: 'next' }, { url: 'after' }]);
  await settle();
  expect(started).toEqual(['next']);
  await finish('next');
  expect(started).toEqual(['next', 'after']);
  await loader.load({ url: 'next' });
  expect(started).toEqual(['next', 'after']);
});

test('an image that is opened takes over its prefetch, and others wait for it', async () => {
  const { loader, started, aborted, finish } = bench(1000);
  loader.prefetch([{ url: 'next' }]);
  await settle();
  const opened = loader.load({ url: 'next' });
  loader.prefetch([{ url: 'after' }]);
  await settle();
  expect(started).toEqual(['next']);
  expect(aborted).toEqual([]);
  await finish('next');
  await opened;
  await settle();
  expect(started).toEqual(['next', 'after']);
});

test('a prefetch that is no longer wanted is given up', async () => {
  const { loader, started, aborted } = bench(1000);
  loader.prefetch([{ url: 'far' }]);
  await settle();
  loader.prefetch([{ url: 'near' }]);
  await settle();
  expect(aborted).toEqual(['far']);
  expect(started).toEqual(['far', 'near']);
});

test('leaving an image while it loads is a cancelled error and stops the work, unless someone else waits', async () => {
  const { loader, aborted, finish } = bench(1000);
  const leave = new AbortController();
  const left = loader.load({ url: 'a' }, { signal: leave.signal });
  const stays = loader.load({ url: 'a' });
  await settle();
  leave.abort();
  await expect(left).rejects.toMatchObject({ code: 'cancelled' });
  expect(aborted).toEqual([]);
  await finish('a');
  expect((await stays).widthPx).toBe(10);

  const leaveAlone = new AbortController();
  const alone = loader.load({ url: 'b' }, { signal: leaveAlone.signal });
  await settle();
  leaveAlone.abort();
  await expect(alone).rejects.toMatchObject({ code: 'cancelled' });
  await settle();
  expect(aborted).toEqual(['b']);
});

test('an image that was left and opened again is loaded again', async () => {
  const { loader, started, finish } = bench(1000);
  const leave = new AbortController();
  const left = loader.load({ url: 'a' }, { signal: leave.signal });
  leave.abort();
  await expect(left).rejects.toMatchObject({ code: 'cancelled' });
  const again = loader.load({ url: 'a' });
  await settle();
  expect(started).toEqual(['a', 'a']);
  await finish('a');
  expect((await again).widthPx).toBe(10);
});

test('a failure reaches the one who opens the image, and the next try starts anew', async () => {
  const { loader, started, pending, finish } = bench(1000);
  const failed = loader.load({ url: 'a' });
  await settle();
  pending.get('a')!.reject(new AppError('invalid', 'broken', { key: 'image-undecodable' }));
  await expect(failed).rejects.toMatchObject({ code: 'invalid' });
  const again = loader.load({ url: 'a' });
  await settle();
  await finish('a');
  await again;
  expect(started).toEqual(['a', 'a']);
});

test('the same image small and in full are two', async () => {
  const { loader, started, finish } = bench(1000);
  const small = loader.load({ url: 'a', maxPixels: 4 });
  await finish('a');
  await small;
  const full = loader.load({ url: 'a' });
  await finish('a');
  expect((await full).bitmap).not.toBe((await small).bitmap);
  expect(started).toEqual(['a', 'a']);
});

test('huge images are decoded to at most 40 megapixels, others in full', () => {
  expect(decodedSize(6000, 4000)).toEqual({ widthPx: 6000, heightPx: 4000 });
  const small = decodedSize(20_000, 14_000);
  expect(small.widthPx * small.heightPx).toBeLessThanOrEqual(40_000_000);
  expect(small.widthPx / small.heightPx).toBeCloseTo(20 / 14, 2);
});

test('the image that a key opens is begun with at once, once, and what was under way ahead of time is given up for it', async () => {
  const { loader, started, aborted, finish } = bench(1000);
  loader.prefetch([{ url: 'ahead' }, { url: 'further' }]);
  await settle();
  loader.start({ url: 'a' });
  expect(started).toEqual(['ahead', 'a']);
  expect(aborted).toEqual(['ahead']);
  const opened = loader.load({ url: 'a' });
  await finish('a');
  expect((await opened).widthPx).toBe(10);
  expect(started).toEqual(['ahead', 'a']);
});

test('a neighbour that is being decoded when a key opens it is not begun again', async () => {
  const { loader, started, aborted, finish } = bench(1000);
  loader.prefetch([{ url: 'next' }]);
  await settle();
  loader.start({ url: 'next' });
  const opened = loader.load({ url: 'next' });
  await finish('next');
  await opened;
  expect([started, aborted]).toEqual([['next'], []]);
});
