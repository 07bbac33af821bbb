import { expect, test } from 'vitest';
import { AWAY_MS, createActiveTimer } from './active-time.ts';

function timerAt() {
  let at = 1000;
  const timer = createActiveTimer(() => at);
  return { timer, pass: (ms: number) => (at += ms) };
}

test('time passes while the person works, and stands still while they are away', () => {
  const { timer, pass } = timerAt();
  timer.watch('a');
  pass(5000);
  timer.touch();
  expect(timer.total('a')).toBe(5000);
  pass(AWAY_MS + 60_000);
  expect(timer.paused).toBe(true);
  expect(timer.total('a')).toBe(5000 + AWAY_MS);
  pass(60_000);
  timer.touch();
  expect(timer.paused).toBe(false);
  pass(1000);
  expect(timer.total('a')).toBe(5000 + AWAY_MS + 1000);
});

test('a window that is left stops the clock at once, the next act starts it', () => {
  const { timer, pass } = timerAt();
  timer.watch('a');
  pass(2000);
  timer.leave();
  pass(9000);
  expect(timer.paused).toBe(true);
  expect(timer.total('a')).toBe(2000);
  timer.touch();
  pass(500);
  expect(timer.total('a')).toBe(2500);
});

test('each image has its own time, and none passes while no text is open', () => {
  const { timer, pass } = timerAt();
  timer.watch('a');
  pass(1000);
  timer.watch('b');
  pass(300);
  timer.watch(null);
  pass(7000);
  timer.watch('a');
  pass(10);
  expect([timer.total('a'), timer.total('b')]).toEqual([1010, 300]);
});

test('what is taken goes with one event only, and the total goes on from earlier days', () => {
  const { timer, pass } = timerAt();
  timer.watch('a');
  timer.known('a', 60_000);
  pass(1500.7);
  expect(timer.take('a')).toBe(1500);
  expect(timer.take('a')).toBe(0);
  timer.known('a', 999_999);
  expect(Math.round(timer.total('a'))).toBe(61_501);
  expect(timer.take('b')).toBe(0);
});
