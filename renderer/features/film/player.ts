/** What plays the film: where it is, and the clock that moves it on. Knows nothing of what is shown. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { positionAt, timeOf } from './timeline.ts';

export const speeds = [1, 2, 4, 8, 16] as const;
export type Speed = (typeof speeds)[number];

export interface PlayerState {
  /** How many events are done. */
  readonly position: number;
  /** Milliseconds from the start at speed 1. */
  readonly time: number;
  readonly isPlaying: boolean;
  readonly speed: Speed;
}
export interface Player {
  readonly store: StoreApi<PlayerState>;
  readonly times: Float64Array;
  /** From the beginning where it is at the end. */
  toggle(): void;
  /** To an event; it stops there. */
  seek(position: number): void;
  /** To any time, as on the bar. */
  seekTime(time: number): void;
  setSpeed(speed: Speed): void;
  destroy(): void;
}
/** The clock of the window; tests have their own. */
export interface Frames {
  request(then: (now: number) => void): number;
  cancel(id: number): void;
}
const windowFrames: Frames = { request: (then) => requestAnimationFrame(then), cancel: (id) => cancelAnimationFrame(id) };
/** A window that was hidden goes on where it was. */
const LONGEST_FRAME_MS = 100;

export function createPlayer(times: Float64Array, start: number, frames: Frames = windowFrames): Player {
  const store = createStore<PlayerState>()(() => ({ position: start, time: timeOf(times, start), isPlaying: false, speed: 1 }));
  let frame: number | null = null;
  let last: number | null = null;
  const stop = () => {
    if (frame !== null) frames.cancel(frame);
    frame = null;
    last = null;
  };
  const tick = (now: number) => {
    const { speed, time } = store.getState();
    const passed = last === null ? 0 : Math.min(LONGEST_FRAME_MS, now - last) * speed;
    last = now;
    const end = timeOf(times, times.length);
    const next = Math.min(end, time + passed);
    const isPlaying = next < end;
    store.setState({ time: next, position: positionAt(times, next), isPlaying });
    if (isPlaying) frame = frames.request(tick);
    else stop();
  };
  const to = (position: number, time: number) => {
    stop();
    store.setState({ position, time, isPlaying: false });
  };
  return {
    store,
    times,
    toggle() {
      const { isPlaying, position } = store.getState();
      if (isPlaying) {
        stop();
        store.setState({ isPlaying: false });
      } else if (times.length > 0) {
        if (position === times.length) to(0, 0);
        store.setState({ isPlaying: true });
        frame = frames.request(tick);
      }
    },
    seek(wanted) {
      const position = Math.min(times.length, Math.max(0, wanted));
      to(position, timeOf(times, position));
    },
    seekTime(wanted) {
      const time = Math.min(timeOf(times, times.length), Math.max(0, wanted));
      to(positionAt(times, time), time);
    },
    setSpeed: (speed) => store.setState({ speed }),
    destroy: stop,
  };
}
