import { expect, test, vi } from 'vitest';
import { createChunk } from './screen-chunk.tsx';

test('a chunk is loaded once, and whoever subscribed is told, also where it came before anybody did', async () => {
  const load = vi.fn(() => Promise.resolve('Screen'));
  const chunk = createChunk(load);
  const early = vi.fn();
  chunk.subscribe(early);
  chunk.begin();
  chunk.begin();
  await vi.waitFor(() => expect(early).toHaveBeenCalledOnce());
  expect(load).toHaveBeenCalledOnce();
  // One who renders now reads it without waiting for news that will never come.
  expect(chunk.state().component).toBe('Screen');
  chunk.begin();
  expect(load).toHaveBeenCalledOnce();
});

test('a load that failed is told, and the next one who asks tries again', async () => {
  const load = vi.fn().mockRejectedValueOnce(new Error('gone')).mockResolvedValue('Screen');
  const chunk = createChunk(load);
  chunk.begin();
  await vi.waitFor(() => expect(chunk.state().failed).not.toBeNull());
  chunk.begin();
  await vi.waitFor(() => expect(chunk.state()).toEqual({ component: 'Screen', failed: null }));
});
