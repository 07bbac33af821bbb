/** The core's process as main sees it: started at once, restarted with back-off when it dies, its messages handed on. */
import { app } from 'electron';
import type { FromCore, ToCore } from '../../shared/rpc/core-messages.ts';
import type { ServerFrame } from '../../shared/rpc/wire.ts';
import { type Child, hasUtilityProcess, startChild } from './child.ts';
import { builtFile } from './folders.ts';
import { createMediaCalls } from './media-calls.ts';
import { createWorkers } from './workers.ts';

/** Waits before a restart; the first is short, as the person is in the middle of a sentence. */
const BACKOFF_MS = [100, 500, 2_000, 5_000];
/** A core that lived this long failed for another reason than the one before. */
const STABLE_MS = 30_000;
/** A closing core writes what it has and releases the project; one that takes longer hangs. */
const CLOSE_MS = 5_000;

export interface CoreEvents {
  frame(window: string, frame: ServerFrame): void;
  alive(alive: boolean): void;
  folders(folders: readonly string[]): void;
  notOpened(folder: string, key: string, details: Readonly<Record<string, unknown>>): void;
}
export interface CoreProcess {
  send(message: ToCore): void;
  media: ReturnType<typeof createMediaCalls>['resolve'];
  readonly pid: number | undefined;
  close(): Promise<void>;
}

/** Starts it. `open`: the project to open first; null for the last one, or the sample where there was none, or nothing without `orLast`. */
export function startCore(open: string | null, orLast: boolean, events: CoreEvents): CoreProcess {
  let child: Child;
  let alive = false;
  let running = false;
  let failures = 0;
  let closing: (() => void) | null = null;
  let opening: readonly string[] = open !== null ? ['--open', open] : orLast ? ['--open-last'] : [];
  const send = (message: ToCore) => child.send(message);
  const media = createMediaCalls(send);
  const workers = createWorkers(send);

  const handle = (message: FromCore) => {
    if (message.type === 'frame') return events.frame(message.window, message.frame);
    if (message.type === 'media-result') return media.settle(message.n, message.file);
    if (message.type === 'folders') return events.folders(message.folders);
    if (message.type === 'not-opened') return events.notOpened(message.folder, message.key, message.details);
    if (message.type === 'project') return void (opening = message.folder === null ? [] : ['--open', message.folder]);
    if (message.type !== 'ready') return workers.handle(message);
    const back = !alive && failures > 0;
    alive = true;
    if (!back) return;
    events.alive(true);
    media.repeat();
  };
  const start = () => {
    const begun = Date.now();
    child = startChild(builtFile('core/desktop-entry.js'), ['--app', app.getAppPath(), ...opening, ...(hasUtilityProcess ? ['--workers-by-main'] : [])]);
    child.onMessage((message) => handle(message as FromCore));
    running = true;
    child.onExit((reason) => {
      running = false;
      workers.killAll();
      if (closing) return closing();
      console.error(`the core ended (${reason}); starting it again`);
      if (Date.now() - begun > STABLE_MS) failures = 0;
      if (alive || failures === 0) events.alive(false);
      alive = false;
      setTimeout(() => closing === null && start(), BACKOFF_MS[Math.min(failures++, BACKOFF_MS.length - 1)]);
    });
  };
  start();
  return {
    send,
    media: media.resolve,
    get pid() {
      return child.pid;
    },
    close: () =>
      new Promise((resolve) => {
        closing = resolve;
        if (!running) return resolve();
        const timer = setTimeout(() => child.kill(), CLOSE_MS);
        closing = () => {
          clearTimeout(timer);
          resolve();
        };
        send({ type: 'close' });
      }),
  };
}
