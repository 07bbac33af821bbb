/** The few globals that browsers and Node have alike; this layer may use nothing else of either. */
interface AbortSignal {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void, options?: { once?: boolean }): void;
}
declare class AbortController {
  readonly signal: AbortSignal;
  abort(): void;
}
declare function queueMicrotask(callback: () => void): void;
declare const crypto: { getRandomValues(array: Uint8Array): Uint8Array };
