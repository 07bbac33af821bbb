import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { noteAttention, untilUnattended } from './attention.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const open = new AbortController().signal;
/** Whether it has resolved by now. */
function watched(promise: Promise<void>): { ended: boolean } {
  const state = { ended: false };
  void promise.then(() => (state.ended = true));
  return state;
}

test('nothing waits where nobody asked', async () => {
  const wait = watched(untilUnattended({}, open));
  await vi.advanceTimersByTimeAsync(0);
  expect(wait.ended).toBe(true);
});

test('background work waits until the screen has asked for nothing for a while', async () => {
  const db = {};
  noteAttention(db);
  const wait = watched(untilUnattended(db, open));
  await vi.advanceTimersByTimeAsync(500);
  noteAttention(db);
  await vi.advanceTimersByTimeAsync(500);
  expect(wait.ended).toBe(false);
  await vi.advanceTimersByTimeAsync(200);
  expect(wait.ended).toBe(true);
});

test('a person who never pauses does not stop it', async () => {
  const db = {};
  const wait = watched(untilUnattended(db, open, 2000));
  const asking = setInterval(() => noteAttention(db), 100);
  noteAttention(db);
  const second = watched(untilUnattended(db, open, 2000));
  await vi.advanceTimersByTimeAsync(1900);
  expect([wait.ended, second.ended]).toEqual([true, false]);
  await vi.advanceTimersByTimeAsync(300);
  clearInterval(asking);
  expect(second.ended).toBe(true);
});

test('a cancelled job waits no longer', async () => {
  const db = {};
  const abort = new AbortController();
  noteAttention(db);
  const wait = watched(untilUnattended(db, abort.signal));
  abort.abort();
  await vi.advanceTimersByTimeAsync(0);
  expect(wait.ended).toBe(true);
});
