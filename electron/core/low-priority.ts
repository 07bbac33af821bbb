/** Work that nobody waits for gives way to the screen. */
import { readdirSync } from 'node:fs';
import { constants, setPriority } from 'node:os';

/** Lowers the priority of this process. On Linux each thread has its own, so that those which run already are told one by one. */
export function lowerPriority(priority: number = constants.priority.PRIORITY_BELOW_NORMAL): void {
  try {
    setPriority(0, priority);
    if (process.platform === 'linux') for (const thread of readdirSync('/proc/self/task')) setPriority(Number(thread), priority);
  } catch {
    // A container may forbid it; then everything runs as one.
  }
}
