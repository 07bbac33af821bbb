/** A core in memory for the tests of the editor: keeps events, answers repeated ones as before, refuses what was changed elsewhere. */
import { compareEvents, type EditEvent, nextRedo, nextUndo, replay } from '../../../shared/domain/events.ts';
import { newId } from '../../../shared/domain/ids.ts';
import { invertOps, type Op } from '../../../shared/domain/ops.ts';
import type { CallName, Client, Input } from '../../../shared/rpc/client.ts';
import type { ApplyResult, LoadedDoc, UndoResult } from '../../../shared/rpc/contract.ts';
import { AppError } from '../../../shared/rpc/errors.ts';

/** What the wire does with the next call: deliver it, lose it on the way there, or lose the answer. */
export type Weather = 'fine' | 'lost' | 'unanswered';
export interface FakeCore {
  readonly client: Pick<Client, 'call'>;
  readonly events: EditEvent[];
  /** Every call that reached the core. */
  readonly calls: string[];
  readonly applied: Input<'edits.apply'>[];
  weather: (method: string) => Weather;
  latencyMs: number;
  /** Commits an edit of another window. */
  other(imageId: string, ops: readonly Op[]): void;
  load(imageId: string): LoadedDoc;
}

const target = (op: Op) => ('row' in op ? op.row.id : op.id);

/** Makes the core; `delay` waits so many milliseconds. */
export function createFakeCore(delay: (ms: number) => Promise<void> = (ms) => new Promise((resolve) => setTimeout(resolve, ms))): FakeCore {
  const events: EditEvent[] = [];
  const of = (imageId: string): EditEvent[] => events.filter((event) => event.imageId === imageId);
  const trail = (imageId: string) =>
    of(imageId)
      .filter((event) => event.userId === 'me')
      .reverse();
  const load = (imageId: string): LoadedDoc => {
    const { doc, rev } = replay(imageId, of(imageId));
    const activeMs = trail(imageId).reduce((sum, event) => sum + (event.activeMs ?? 0), 0);
    return { imageId, rev, doc: { ...doc, conflicts: [] }, canUndo: nextUndo(trail(imageId)) !== null, canRedo: nextRedo(trail(imageId)) !== null, activeMs };
  };
  const commit = (event: Pick<EditEvent, 'id' | 'imageId' | 'groupId' | 'ops'> & Partial<EditEvent>) => {
    const { rev } = load(event.imageId);
    events.push({ rev: rev + 1, userId: 'me', deviceId: 'here', at: Date.now(), action: 'edit', refGroupId: null, ...event });
  };
  const apply = (input: Input<'edits.apply'>): ApplyResult => {
    const known = events.find((event) => event.id === input.eventId);
    if (!known) {
      const touched = new Set(
        of(input.imageId)
          .filter((event) => event.rev > input.baseRev)
          .flatMap((event) => event.ops.map(target)),
      );
      if (input.ops.some((op) => touched.has(target(op as Op)))) return { status: 'conflict', ...load(input.imageId) };
      commit({ id: input.eventId, imageId: input.imageId, groupId: input.groupId, ops: input.ops as Op[], activeMs: input.activeMs ?? null });
    }
    const event = known ?? events.at(-1)!;
    const { canUndo, canRedo } = load(input.imageId);
    return { status: 'saved', rev: event.rev, seq: events.indexOf(event) + 1, at: event.at, canUndo, canRedo };
  };
  const step = (imageId: string, action: 'undo' | 'redo'): UndoResult => {
    const groupId = (action === 'undo' ? nextUndo : nextRedo)(trail(imageId));
    if (!groupId) return { status: 'nothing' };
    const group = of(imageId).filter((event) => event.groupId === groupId && event.action === 'edit');
    const ops = group.sort(compareEvents).flatMap((event) => event.ops);
    commit({ id: newId(), imageId, groupId: newId(), ops: action === 'undo' ? invertOps(ops) : ops, action, refGroupId: groupId });
    return { status: 'done', docs: [load(imageId)], at: Date.now() };
  };
  const answer = (method: CallName, input: unknown): unknown => {
    if (method === 'edits.load') return load((input as { imageId: string }).imageId);
    if (method === 'edits.apply') return apply(structuredClone(input) as Input<'edits.apply'>);
    return step((input as { imageId: string }).imageId, method === 'edits.undo' ? 'undo' : 'redo');
  };
  const gone = () => new AppError('unavailable', 'gone', { key: 'core-gone' });
  const core: FakeCore = {
    events,
    calls: [],
    applied: [],
    weather: () => 'fine',
    latencyMs: 2,
    load,
    other: (imageId, ops) => commit({ id: newId(), imageId, groupId: newId(), ops, userId: 'other' }),
    client: {
      call: (async (method: CallName, input: unknown) => {
        const weather = core.weather(method);
        await delay(core.latencyMs);
        if (weather === 'lost') throw gone();
        core.calls.push(method);
        if (method === 'edits.apply') core.applied.push(input as Input<'edits.apply'>);
        const value = answer(method, input);
        await delay(core.latencyMs);
        if (weather === 'unanswered') throw gone();
        return value;
      }) as Client['call'],
    },
  };
  return core;
}
