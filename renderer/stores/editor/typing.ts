/** Which undo step a keystroke belongs to. */
import { newId } from '../../../shared/domain/ids.ts';

/** A pause longer than this begins a new undo step. */
export const PAUSE_MS = 1000;
/** However steadily one types, a step is never longer than this. */
export const BURST_MS = 30_000;

export interface Bursts {
  /** The group of a keystroke in this field now. */
  key(field: string): string;
  /** The next keystroke begins a new step. */
  end(): void;
}

/** Keeps one group id for a burst of typing in one field. */
export function createBursts(now: () => number): Bursts {
  let burst: { field: string; groupId: string; since: number; last: number } | null = null;
  return {
    key(field) {
      const at = now();
      if (!burst || burst.field !== field || at - burst.last > PAUSE_MS || at - burst.since > BURST_MS)
        burst = { field, groupId: newId(), since: at, last: at };
      burst.last = at;
      return burst.groupId;
    },
    end() {
      burst = null;
    },
  };
}
