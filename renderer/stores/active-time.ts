/** How long a person is at work on an image: the clock runs while its text is open and stands still while nobody touches anything. */
import { MAX_ACTIVE_MS } from '../../shared/rpc/contract.ts';
import type { ActiveTime } from './editor.ts';

/** Reading and thinking take a while; who has touched nothing for this long is away. */
export const AWAY_MS = 20_000;

export interface ActiveTimer extends ActiveTime {
  /** The clock is for this image from now on, or for none. */
  watch(imageId: string | null): void;
  /** The person did something. */
  touch(): void;
  /** The window was hidden or left. */
  leave(): void;
  /** Milliseconds at work on the image until now, those of earlier days among them. */
  total(imageId: string): number;
  readonly paused: boolean;
}

/** A timer that reads this clock (milliseconds, never going back). */
export function createActiveTimer(now: () => number): ActiveTimer {
  const earlier = new Map<string, number>();
  const fresh = new Map<string, number>();
  let imageId: string | null = null;
  /** Until when time has been counted, or null while the clock stands still. */
  let since: number | null = null;
  let touched = now();
  // Counts what has passed. The clock stands still from the moment that the person counts as away, whenever that is found out.
  const count = () => {
    if (since === null) return;
    const at = now();
    const until = Math.min(at, touched + AWAY_MS);
    if (imageId !== null) fresh.set(imageId, (fresh.get(imageId) ?? 0) + Math.max(0, until - since));
    since = at > until ? null : at;
  };
  return {
    get paused() {
      count();
      return since === null;
    },
    watch(next) {
      count();
      imageId = next;
      // Opening an image is an act.
      since = touched = now();
    },
    touch() {
      count();
      touched = now();
      since ??= touched;
    },
    leave() {
      count();
      since = null;
    },
    known: (id, ms) => {
      if (!earlier.has(id)) earlier.set(id, ms);
    },
    take(id) {
      count();
      const ms = Math.min(Math.floor(fresh.get(id) ?? 0), MAX_ACTIVE_MS);
      if (ms === 0) return 0;
      fresh.set(id, (fresh.get(id) ?? 0) - ms);
      earlier.set(id, (earlier.get(id) ?? 0) + ms);
      return ms;
    },
    total(id) {
      count();
      return (earlier.get(id) ?? 0) + (fresh.get(id) ?? 0);
    },
  };
}

/** Connects a timer to what a person does in this window. */
export function followPerson(timer: ActiveTimer, target: Window): void {
  const touch = () => timer.touch();
  for (const act of ['keydown', 'pointerdown', 'pointermove', 'wheel', 'input', 'compositionupdate', 'focus'] as const) {
    target.addEventListener(act, touch, { passive: true, capture: true });
  }
  target.addEventListener('blur', (event) => {
    if (event.target === target) timer.leave();
  });
  target.document.addEventListener('visibilitychange', () => (target.document.hidden ? timer.leave() : timer.touch()));
}
