/** Asks the worker how many tokens a text has. The worker starts soon after the first question and ends when none comes for a while. */

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

/** Two places that every text takes. */
export const NO_TOKENS: TokenCounts = { clip: 2, openvision: 2 };
/** The first image is on the screen before the tables are made: they would take its processor. */
const START_MS = 700;
/** The tables take some 20 MB; who writes no captions for this long has them back. */
const IDLE_MS = 120_000;

let worker: Worker | null = null;
let starting = false;
let busy = false;
let idle: ReturnType<typeof setTimeout> | undefined;
/** The text to ask for next; those typed meanwhile are never counted. */
let next: { readonly text: string; readonly done: (answer: TokenAnswer) => void } | null = null;
let current: ((answer: TokenAnswer) => void) | null = null;

function stop(): void {
  worker?.terminate();
  worker = null;
  busy = false;
}

function start(): void {
  starting = false;
  worker = new Worker(new URL('./tokens-worker.ts', import.meta.url), { type: 'module' });
  worker.addEventListener('message', ({ data }: MessageEvent<TokenAnswer>) => {
    busy = false;
    current?.(data);
    send();
  });
  // Without counts the screen shows none; nobody's work depends on them. The next text tries again.
  worker.addEventListener('error', stop);
  send();
}

function send(): void {
  if (!next || busy || starting) return;
  if (!worker) {
    starting = true;
    setTimeout(start, START_MS);
    return;
  }
  clearTimeout(idle);
  idle = setTimeout(stop, IDLE_MS);
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
