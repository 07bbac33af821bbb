/** Copies of one image's log that people work on apart, for tests of merging: each has a device, sees its own log alone, and takes in another's as a whole. */
import { docAfter, type EditEvent, headsOf, mergeLogs } from '../domain/events.ts';
import { newId } from '../domain/ids.ts';
import type { Doc } from '../domain/model.ts';
import { applyOps, invertOps, type Op } from '../domain/ops.ts';
import { IMAGE_ID } from './random-work.ts';

export interface Copy {
  readonly imageId: string;
  readonly device: string;
  events: EditEvent[];
  doc: Doc;
}

/** A copy of this log, for another device. */
export function copyOf(events: readonly EditEvent[], doc?: Doc, imageId = IMAGE_ID, device = newId()): Copy {
  return { imageId, device, events: [...events], doc: doc ?? docAfter(imageId, events) };
}

/** An edit, made on all that the copy has. Returns the event, or null where there was nothing to do. */
export function edit(copy: Copy, ops: readonly Op[], rest: Partial<EditEvent> = {}): EditEvent | null {
  if (ops.length === 0) return null;
  const rev = copy.events.reduce((most, event) => Math.max(most, event.rev), 0) + 1;
  const made: EditEvent = {
    id: newId(),
    imageId: copy.imageId,
    rev,
    userId: copy.device,
    deviceId: copy.device,
    at: rev,
    groupId: newId(),
    action: 'edit',
    refGroupId: null,
    ops,
    parents: headsOf(copy.events),
    ...rest,
  };
  const applied = applyOps(copy.doc, ops);
  if (applied.conflicts.length > 0) throw new Error(`does not fit: ${JSON.stringify(applied.conflicts)}`);
  // As the core does: where something is unsettled, the log itself says what there is now.
  const isUnsettled = copy.doc.conflicts.length > 0 || ops.some((op) => op.op === 'settle');
  copy.events = [...copy.events, made];
  copy.doc = isUnsettled ? docAfter(copy.imageId, copy.events) : applied.doc;
  return made;
}

/** Takes back an event of this copy where that still fits; whether it did. */
export function takeBack(copy: Copy, event: EditEvent): boolean {
  const ops = invertOps(event.ops);
  if (applyOps(copy.doc, ops).conflicts.length > 0) return false;
  edit(copy, ops, { action: 'undo', refGroupId: event.groupId });
  return true;
}

/** Takes in all of another copy. */
export function takeIn(copy: Copy, other: Copy): void {
  copy.events = mergeLogs(copy.events, other.events);
  copy.doc = docAfter(copy.imageId, copy.events);
}

/** The bytes that two equal documents have in common, whatever the order of their keys. */
export const bytesOf = (doc: Doc): string =>
  JSON.stringify(doc, (_key, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
