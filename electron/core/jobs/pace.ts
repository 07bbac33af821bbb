/** Guesses how long a job will take from the pace of its last seconds. */
export interface Pace {
  note(done: number, nowMs: number): void;
  /** Whole seconds, or null as long as there is no pace to go by. */
  secondsLeft(total: number | null, nowMs: number): number | null;
}
/** Long enough that a large file does not make the guess jump, short enough to follow a change from known to new files. */
const WINDOW_MS = 8000;
const FIRST_GUESS_MS = 1000;

export function createPace(): Pace {
  const samples: { at: number; done: number }[] = [];
  return {
    note(done, nowMs) {
      const last = samples.at(-1);
      // Four samples a second are enough; a job counts thousands.
      if (last !== undefined && samples.length > 1 && nowMs - samples.at(-2)!.at < 250) {
        last.at = nowMs;
        last.done = done;
      } else samples.push({ at: nowMs, done });
      while (samples.length > 2 && samples[1]!.at < nowMs - WINDOW_MS) samples.shift();
    },
    secondsLeft(total, nowMs) {
      const [first] = samples;
      const last = samples.at(-1);
      if (total === null || first === undefined || last === undefined) return null;
      if (nowMs - first.at < FIRST_GUESS_MS || last.done <= first.done) return null;
      // Up to now and not up to the last sample: a job that hangs takes longer and longer.
      return Math.ceil(((total - last.done) * (nowMs - first.at)) / (last.done - first.done) / 1000);
    },
  };
}
