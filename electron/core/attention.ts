/** Lets work that nobody waits for pause while a person opens images and edits: two cores are no more than the screen needs then. */

/** As long after the last call of the screen nothing new is begun: opening a 24-megapixel photo and decoding its neighbours take about that. */
const QUIET_MS = 600;
/** Who never pauses shall not stop it either: so often one more is begun. */
const LONGEST_MS = 4000;

const lastOf = new WeakMap<object, number>();

/** The screen asked for something of the project of this database. */
export const noteAttention = (db: object): void => void lastOf.set(db, performance.now());

/** Resolves when nobody has asked for a while, and at once on abort. `longest`: milliseconds after which it goes on all the same. */
export async function untilUnattended(db: object, signal?: AbortSignal, longest = LONGEST_MS): Promise<void> {
  const until = performance.now() + longest;
  for (;;) {
    const wait = Math.min((lastOf.get(db) ?? -Infinity) + QUIET_MS, until) - performance.now();
    if (wait <= 0 || signal?.aborted) return;
    await new Promise<void>((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, wait);
      signal?.addEventListener('abort', done, { once: true });
    });
  }
}
