/** Work that nobody waits for gives way to the screen. */
import { readdirSync } from 'node:fs';
import { constants, setPriority } from 'node:os';

/**
 * Lowers the priority of this process to the least: at 10 the scheduler still gives the encoder a tenth of a processor that the page wants, at 19 a
 * seventieth. On Linux each thread has its own, so that those which run already are told one by one.
 */
export function lowerPriority(priority: number = constants.priority.PRIORITY_LOW): void {
  try {
    setPriority(0, priority);
    if (process.platform === 'linux') for (const thread of readdirSync('/proc/self/task')) setPriority(Number(thread), priority);
  } catch {
    // A container may forbid it; then everything runs as one.
  }
}
