import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { docAfter, type EditEvent, mergeLogs } from '../../../shared/domain/events.ts';
import { bytesOf } from '../../../shared/testing/copies.ts';
import { plantedWork } from './planted-work.ts';

const ORDERS = [
  [0, 1, 2],
  [0, 2, 1],
  [1, 0, 2],
  [1, 2, 0],
  [2, 0, 1],
  [2, 1, 0],
] as const;

test('three copies of 1,000 images with 20,000 ops, merged in every order: the same bytes, every planted conflict, none invented', { timeout: 120_000 }, () => {
  const { images, ops } = plantedWork(7, 1000, 10);
  const planted = images.flatMap((image) => image.planted.map((conflict) => `${image.imageId} ${conflict}`));
  const hashes = ORDERS.map((order) => {
    const hash = createHash('sha256');
    const found: string[] = [];
    for (const { imageId, copies } of images) {
      const log = order.reduce<EditEvent[]>((merged, copy) => mergeLogs(merged, copies[copy]!), []);
      const doc = docAfter(imageId, log);
      hash.update(bytesOf(doc));
      found.push(...doc.conflicts.map(({ kind, id, field }) => `${imageId} ${kind} ${id} ${field}`));
    }
    expect(found).toEqual(planted);
    return hash.digest('hex');
  });
  expect(ops).toBeGreaterThanOrEqual(20_000);
  expect(planted).toHaveLength(100);
  expect(new Set(hashes).size).toBe(1);
  process.stdout.write(
    `three copies: ${images.length} images, ${ops} ops, ${planted.length} of ${planted.length} planted conflicts in 6 orders, ${hashes[0]!.slice(0, 16)}\n`,
  );
});
