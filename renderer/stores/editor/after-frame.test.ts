import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { afterFrame, AT_LATEST_MS } from './after-frame.ts';

let frames: (() => void)[];
beforeEach(() => {
  vi.useFakeTimers();
  frames = [];
  vi.stubGlobal('requestAnimationFrame', (frame: () => void) => frames.push(frame));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('a task runs after the frame, and once', () => {
  const task = vi.fn();
  afterFrame(task);
  vi.advanceTimersByTime(10);
  expect(task).not.toHaveBeenCalled();
  for (const frame of frames) frame();
  expect(task).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(task).toHaveBeenCalledOnce();
  vi.advanceTimersByTime(1000);
  expect(task).toHaveBeenCalledOnce();
});

test('in a hidden window, which has no frames, it runs a moment later', () => {
  const task = vi.fn();
  afterFrame(task);
  vi.advanceTimersByTime(AT_LATEST_MS);
  expect(task).toHaveBeenCalledOnce();
});
