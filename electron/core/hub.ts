/** Tells any number of listeners what happened, each as a stream that ends with its signal. */
export interface Hub<T> {
  publish(item: T): void;
  watch(signal: AbortSignal): AsyncIterable<T>;
}

/** `merge` may fold an item into the last one that a slow listener has not taken yet; null keeps both. */
export function createHub<T>(merge: (last: T, next: T) => T | null = () => null): Hub<T> {
  const listeners = new Set<(item: T) => void>();
  return {
    publish: (item) => listeners.forEach((listener) => listener(item)),
    async *watch(signal) {
      const queue: T[] = [];
      let wake: () => void = () => {};
      const listener = (item: T) => {
        const last = queue.at(-1);
        const merged = last === undefined ? null : merge(last, item);
        if (merged === null) queue.push(item);
        else queue[queue.length - 1] = merged;
        wake();
      };
      signal.addEventListener('abort', () => wake(), { once: true });
      listeners.add(listener);
      try {
        while (!signal.aborted) {
          const item = queue.shift();
          if (item !== undefined) yield item;
          else await new Promise<void>((resolve) => (wake = resolve));
        }
      } finally {
        listeners.delete(listener);
      }
    },
  };
}
