/** One image's edits on their way to the core: in order, one in flight, kept until they are acknowledged. */
import { newId } from '../../../shared/domain/ids.ts';
import type { Doc } from '../../../shared/domain/model.ts';
import { applyOps, type Op } from '../../../shared/domain/ops.ts';
import type { TextInput } from '../../../shared/domain/text-origin.ts';
import type { Client } from '../../../shared/rpc/client.ts';
import type { LoadedDoc } from '../../../shared/rpc/contract.ts';
import { type AppError, toAppError } from '../../../shared/rpc/errors.ts';
import { type PendingEvent, rebase } from './merge.ts';

/** Waits between tries when the core is away: soon at first, for it restarts in about one second. */
export const RETRY_MS = [100, 250, 500, 1000, 2000] as const;

export interface OutboxEvents {
  /** The document, the revision or what is waiting changed. */
  changed(outbox: Outbox): void;
  /** Unsaved edits met others of the same thing; `dropped` of them had nothing to change any more. */
  merged(dropped: number): void;
  /** The core did not take the image as handed in: a finding holds it back. What was written is on its way all the same. */
  held(): void;
}
export interface Outbox {
  readonly imageId: string;
  readonly rev: number;
  /** With everything in it that was done here, saved or not. */
  readonly doc: Doc;
  readonly waiting: number;
  /** What waits, in order. */
  readonly pending: readonly PendingEvent[];
  readonly error: AppError | null;
  /** When the last commit was, or null when none was made from here. */
  readonly savedAt: number | null;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  /** `activeMs`: how long the person was at work on the image before it. */
  push(ops: readonly Op[], groupId: string, activeMs?: number, textInput?: TextInput): void;
  /** Tries again at once. */
  kick(): void;
  /** Resolves when nothing waits any more: true, or false when an error stands in the way. */
  drained(): Promise<boolean>;
  /** Runs `task` while nothing is sent; a document that it returns is taken over, with what was done meanwhile put on top. */
  exclusive(task: () => Promise<(LoadedDoc & { readonly at?: number }) | null>): Promise<void>;
  /** Somebody else may have changed the image. `onSame` is called when nobody had. */
  refresh(onSame?: () => void): void;
}

/** Starts from a document as the core has it. */
export function createOutbox(client: Pick<Client, 'call'>, loaded: LoadedDoc, events: OutboxEvents): Outbox {
  let { rev, canUndo, canRedo } = loaded;
  // As committed; `doc` is this with the queue applied.
  let base = loaded.doc;
  let doc = loaded.doc;
  let queue: PendingEvent[] = [];
  let busy = false;
  let stale = false;
  /** Somebody else's edit came before one of ours: `base` lacks it although the revision is right. */
  let jumped = false;
  let sameListeners: (() => void)[] = [];
  let error: AppError | null = null;
  let savedAt: number | null = null;
  let tries = 0;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let waiters: ((done: boolean) => void)[] = [];

  const settle = (done: boolean) => {
    const all = waiters;
    waiters = [];
    for (const resolve of all) resolve(done);
  };
  const adopt = (next: LoadedDoc) => {
    ({ rev, canUndo, canRedo } = next);
    const rebased = rebase(base, next.doc, queue, newId);
    base = next.doc;
    ({ doc, queue } = rebased);
    stale = jumped = false;
    return rebased.dropped;
  };
  // Where nothing changed, rows stay the same objects and nothing is drawn again.
  const takeOver = (next: LoadedDoc) => {
    const listeners = sameListeners;
    sameListeners = [];
    if (next.rev === rev && !jumped) {
      stale = false;
      listeners.forEach((listener) => listener());
      return;
    }
    jumped = false;
    const dropped = adopt(next);
    if (dropped > 0) events.merged(dropped);
  };
  const send = async (event: PendingEvent) => {
    const { eventId, imageId, groupId, ops, activeMs, textInput } = event;
    const baseRev = event.baseRev ?? rev;
    queue[0] = { ...event, baseRev };
    const told = { ...(activeMs > 0 ? { activeMs } : {}), ...(textInput ? { textInput } : {}) };
    const result = await client.call('edits.apply', { eventId, imageId, baseRev, groupId, ops: [...ops], ...told });
    if (result.status === 'conflict') {
      events.merged(adopt(result));
      return;
    }
    if (result.rev !== baseRev + 1) jumped = stale = true;
    ({ rev, canUndo, canRedo } = result);
    savedAt = result.at;
    queue.shift();
    // The same document either way; this keeps its rows the same objects.
    base = queue.length === 0 ? doc : applyOps(base, ops).doc;
  };
  /** Sends again what was written, without the word that it is handed in. */
  const withoutHandingIn = () => {
    const [first, ...rest] = queue;
    const ops = first!.ops.filter(({ kind }) => kind !== 'status' && kind !== 'assignment');
    queue = ops.length > 0 ? [{ ...first!, eventId: newId(), ops }, ...rest] : rest;
    doc = queue.reduce((now, event) => applyOps(now, event.ops).doc, base);
    events.held();
  };
  const failed = (thrown: unknown) => {
    error = toAppError(thrown);
    const wait = RETRY_MS[Math.min(tries++, RETRY_MS.length - 1)]!;
    timer = setTimeout(() => void pump(), error.code === 'unavailable' ? wait : wait * 5);
    events.changed(outbox);
    settle(false);
  };
  const pump = async () => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (busy) return;
    busy = true;
    try {
      while (queue.length > 0) {
        await send(queue[0]!).catch((thrown: unknown) => {
          if (toAppError(thrown).details['key'] !== 'held-back') throw thrown;
          withoutHandingIn();
        });
        error = null;
        tries = 0;
        events.changed(outbox);
      }
      if (stale) {
        takeOver(await client.call('edits.load', { imageId: loaded.imageId }));
        error = null;
        tries = 0;
        events.changed(outbox);
      }
    } catch (thrown) {
      busy = false;
      failed(thrown);
      return;
    }
    busy = false;
    if (queue.length > 0 || stale) void pump();
    else settle(true);
  };
  const outbox: Outbox = {
    imageId: loaded.imageId,
    get rev() {
      return rev;
    },
    get doc() {
      return doc;
    },
    get pending() {
      return queue;
    },
    get waiting() {
      return queue.length;
    },
    get error() {
      return error;
    },
    get savedAt() {
      return savedAt;
    },
    get canUndo() {
      return canUndo;
    },
    get canRedo() {
      return canRedo;
    },
    push(ops, groupId, activeMs = 0, textInput) {
      queue.push({ eventId: newId(), imageId: loaded.imageId, groupId, ops, baseRev: null, activeMs, ...(textInput ? { textInput } : {}) });
      doc = applyOps(doc, ops).doc;
      canUndo = true;
      canRedo = false;
      events.changed(outbox);
      if (timer === null) void pump();
    },
    kick() {
      tries = 0;
      if (queue.length > 0 || stale) void pump();
    },
    drained() {
      if (queue.length === 0 && !busy) return Promise.resolve(true);
      const result = new Promise<boolean>((resolve) => waiters.push(resolve));
      if (!busy) void pump();
      return result;
    },
    async exclusive(task) {
      if (!(await outbox.drained())) throw error ?? new Error('edits are still waiting');
      if (busy) return outbox.exclusive(task);
      busy = true;
      try {
        const next = await task();
        if (next) {
          const dropped = adopt(next);
          if (next.at !== undefined) savedAt = next.at;
          if (dropped > 0) events.merged(dropped);
        }
      } finally {
        busy = false;
        events.changed(outbox);
        if (queue.length > 0 || stale) void pump();
        else settle(true);
      }
    },
    refresh(onSame) {
      if (onSame) sameListeners.push(onSame);
      stale = true;
      if (timer === null) void pump();
    },
  };
  return outbox;
}
