/** Tells a scroll that only passes by from one that looks: pictures of rows that are gone in the next frame are not worth fetching. */

/** 40 rows a second on a usual screen; above it nobody sees a picture, and fetching them all took twice the time of a frame. */
const HURRY_PX_PER_MS = 8;
/** A jump (Home, End, a click into the scroll bar) is one step, and what is there shall show at once. */
const STEPS = 2;

export interface ScrollPace {
  /** Called for every drawing; says whether the scroll hurries past. */
  step(offsetPx: number, isScrolling: boolean, nowMs: number): boolean;
}

export function createScrollPace(): ScrollPace {
  let offset = 0;
  let time = 0;
  let fast = 0;
  return {
    step(offsetPx, isScrolling, nowMs) {
      if (!isScrolling) fast = 0;
      else if (offsetPx !== offset) fast = Math.abs(offsetPx - offset) / Math.max(1, nowMs - time) > HURRY_PX_PER_MS ? fast + 1 : 0;
      offset = offsetPx;
      time = nowMs;
      return fast >= STEPS;
    },
  };
}
