/** Asks the worker how many tokens a text has. The worker starts with the first question and lives as long as the window. */

/** Places that the text takes in an encoder, with those for its start and end. */
export interface TokenCounts {
  readonly clip: number;
  readonly openvision: number;
}
export interface TokenQuestion {
  readonly text: string;
}
export interface TokenAnswer extends TokenQuestion {
  readonly counts: TokenCounts;
}

let worker: Worker | null = null;
let busy = false;
/** The text to ask for next; those typed meanwhile are never counted. */
let next: { text: string; done: (answer: TokenAnswer) => void } | null = null;
let current: ((answer: TokenAnswer) => void) | null = null;

function send(): void {
  if (!next || busy) return;
  if (!worker) {
    worker = new Worker(new URL('./tokens-worker.ts', import.meta.url), { type: 'module' });
    worker.addEventListener('message', ({ data }: MessageEvent<TokenAnswer>) => {
      busy = false;
      current?.(data);
      send();
    });
    // Without counts the screen shows none; nobody's work depends on them.
    worker.addEventListener('error', () => (busy = true));
  }
  busy = true;
  current = next.done;
  worker.postMessage({ text: next.text } satisfies TokenQuestion);
  next = null;
}

/** Calls back with the counts of a text, unless another one is asked for before its turn comes. */
export function countTokens(text: string, done: (answer: TokenAnswer) => void): void {
  next = { text, done };
  send();
}
