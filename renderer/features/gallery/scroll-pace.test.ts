import { expect, test } from 'vitest';
import { createScrollPace } from './scroll-pace.ts';

test('a jump shows its pictures at once', () => {
  const pace = createScrollPace();
  pace.step(0, false, 0);
  expect(pace.step(500_000, true, 1000)).toBe(false);
});

test('a scroll at reading speed never hurries', () => {
  const pace = createScrollPace();
  for (let frame = 1; frame < 60; frame++) expect(pace.step(frame * 100, true, frame * 16)).toBe(false);
});

test('a fling hurries until it slows down or ends', () => {
  const pace = createScrollPace();
  const steps = Array.from({ length: 5 }, (_, frame) => pace.step((frame + 1) * 1000, true, (frame + 1) * 16));
  expect(steps.at(-1)).toBe(true);
  expect(pace.step(5050, true, 96)).toBe(false);
  pace.step(20_000, true, 112);
  pace.step(40_000, true, 128);
  expect(pace.step(60_000, true, 144)).toBe(true);
  expect(pace.step(60_000, false, 300)).toBe(false);
});
