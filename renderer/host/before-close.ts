/** What must be saved before the window may close. */
const flushes = new Set<() => Promise<void>>();

/** Adds a flush that closing waits for; returns what takes it out again. */
export function beforeClose(flush: () => Promise<void>): () => void {
  flushes.add(flush);
  return () => void flushes.delete(flush);
}

/** Runs every flush, all at once; one that fails does not keep the others from ending. */
export async function flushAll(): Promise<void> {
  await Promise.allSettled([...flushes].map((flush) => flush()));
}
