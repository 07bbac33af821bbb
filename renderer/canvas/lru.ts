/** Keeps what was used last within a budget; what is in use is never dropped, even above it. */
export interface Lru<T> {
  /** The value and one more use of it, or undefined. */
  take(key: string): T | undefined;
  /** Adds a value, unused as yet. */
  put(key: string, value: T, sizeBytes: number): void;
  has(key: string): boolean;
  release(key: string): void;
  /** Drops all that isn't in use. */
  clear(): void;
  readonly sizeBytes: number;
}

interface Entry<T> {
  readonly value: T;
  readonly sizeBytes: number;
  uses: number;
}

/** Makes one; `drop` frees a value. */
export function createLru<T>(maxBytes: number, drop: (value: T) => void): Lru<T> {
  // a Map keeps the order of insertion: the first is the one unused for longest
  const entries = new Map<string, Entry<T>>();
  let sizeBytes = 0;

  const remove = (key: string, entry: Entry<T>): void => {
    entries.delete(key);
    sizeBytes -= entry.sizeBytes;
    drop(entry.value);
  };
  const shrink = (except?: string): void => {
    for (const [key, entry] of entries) {
      if (sizeBytes <= maxBytes) return;
      if (entry.uses === 0 && key !== except) remove(key, entry);
    }
  };

  return {
    take(key) {
      const entry = entries.get(key);
      if (!entry) return undefined;
      entry.uses += 1;
      entries.delete(key);
      entries.set(key, entry);
      return entry.value;
    },
    put(key, value, size) {
      // two decoded the same: the first may be in use
      if (entries.has(key)) return drop(value);
      entries.set(key, { value, sizeBytes: size, uses: 0 });
      sizeBytes += size;
      shrink(key);
    },
    has: (key) => entries.has(key),
    release(key) {
      const entry = entries.get(key);
      if (entry && entry.uses > 0) entry.uses -= 1;
      shrink();
    },
    clear() {
      for (const [key, entry] of entries) if (entry.uses === 0) remove(key, entry);
    },
    get sizeBytes() {
      return sizeBytes;
    },
  };
}
