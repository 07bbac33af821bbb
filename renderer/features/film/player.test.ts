import { expect, test } from 'vitest';
import { createPlayer, type Frames } from './player.ts';

/** A clock that is moved by hand. */
function clock() {
  let then: ((now: number) => void) | null = null;
  let now = 0;
  const frames: Frames = { request: (next) => ((then = next), 1), cancel: () => (then = null) };
  const frame = (ms = 0) => {
    now += ms;
    const due = then;
    then = null;
    due?.(now);
  };
  return { frames, frame, isRunning: () => then !== null };
}
const times = Float64Array.of(100, 200, 1000);

test('it plays at its speed to the end, stops there, and begins anew when it is told to go on', () => {
  const { frames, frame, isRunning } = clock();
  const player = createPlayer(times, 0, frames);
  const now = () => player.store.getState();
  player.toggle();
  frame();
  frame(50);
  expect(now()).toMatchObject({ time: 50, position: 0, isPlaying: true });
  player.setSpeed(4);
  frame(40);
  expect(now()).toMatchObject({ time: 210, position: 2 });
  for (let i = 0; i < 9; i++) frame(50);
  expect(now()).toMatchObject({ time: 1000, position: 3, isPlaying: false });
  expect(isRunning()).toBe(false);
  player.toggle();
  expect(now()).toMatchObject({ time: 0, position: 0, isPlaying: true });
});

test('a step stops it at an event, and no step leaves the film', () => {
  const { frames, frame, isRunning } = clock();
  const player = createPlayer(times, 1, frames);
  player.toggle();
  frame();
  player.seek(player.store.getState().position + 1);
  expect(player.store.getState()).toMatchObject({ position: 2, time: 200, isPlaying: false });
  expect(isRunning()).toBe(false);
  player.seek(99);
  expect(player.store.getState().position).toBe(3);
  player.seek(-1);
  expect(player.store.getState()).toMatchObject({ position: 0, time: 0 });
  player.seekTime(150);
  expect(player.store.getState()).toMatchObject({ position: 1, time: 150 });
});

test('a window that was hidden for an hour goes on where it was', () => {
  const { frames, frame } = clock();
  const player = createPlayer(times, 0, frames);
  player.toggle();
  frame();
  frame(3_600_000);
  expect(player.store.getState()).toMatchObject({ time: 100, isPlaying: true });
});
