/** The log: one event a saved edit. It is the truth; everything shown is folded from it. */
import { causalityOf } from './causality.ts';
import { mergeDoc } from './merge-doc.ts';
import { type Doc, emptyDoc } from './model.ts';
import { applyOps, type Op } from './ops.ts';
import type { TextInput } from './text-origin.ts';

export interface EditEvent {
  readonly id: string;
  readonly imageId: string;
  /** One more than the revision it was made on. Two copies of a project can both have an event of the same revision. */
  readonly rev: number;
  readonly userId: string;
  readonly deviceId: string;
  /** When it was committed, in milliseconds since 1970. */
  readonly at: number;
  /** Events of one group are undone together: a burst of typing, a change to many images. */
  readonly groupId: string;
  /** `undo` and `redo` name in `refGroupId` the group whose effect they take back or bring back. */
  readonly action: 'edit' | 'undo' | 'redo';
  readonly refGroupId: string | null;
  readonly ops: readonly Op[];
  /** How long the person was at work on the image since the event before, in milliseconds; null where nobody measured. */
  readonly activeMs?: number | null;
  /** How the characters of this edit came into its texts; null where the project does not gather it. */
  readonly textInput?: TextInput | null;
  /**
   * The events of the image that it was made on: the one before it, or after a merge the last of each line of work. Absent in logs of before merging, where
   * it is the event of the revision before.
   */
  readonly parents?: readonly string[] | null;
}

/** An event with its place in this copy of the log. */
export type LoggedEvent = EditEvent & { readonly seq: number };

/** The order in which events are replayed: causal (an event has a higher revision than what it was made on), total, and the same on every copy. */
export function compareEvents(a: EditEvent, b: EditEvent): number {
  return a.rev - b.rev || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

/** Folds the events of one image, given in any order, into its document and its revision. */
export function replay(imageId: string, events: readonly EditEvent[]): { doc: Doc; rev: number } {
  return { doc: docAfter(imageId, events), rev: events.reduce((rev, event) => Math.max(rev, event.rev), 0) };
}

/** The document after these events, given in any order. What nobody did at the same time is applied in one go; the rest is merged (see `merge-doc.ts`). */
export function docAfter(imageId: string, events: readonly EditEvent[]): Doc {
  const ordered = [...events].sort(compareEvents);
  const causality = causalityOf(ordered);
  const common = ordered.slice(0, causality.common);
  const base = applyOps(
    emptyDoc(imageId),
    common.flatMap((event) => event.ops),
  ).doc;
  return common.length === ordered.length ? base : mergeDoc(base, ordered, causality);
}

/** The events that the next one of this image is made on. */
export function headsOf(events: readonly EditEvent[]): string[] {
  const ordered = [...events].sort(compareEvents);
  return causalityOf(ordered).heads.map((index) => ordered[index]!.id);
}

/** The union of two logs by event id. */
export function mergeLogs(a: readonly EditEvent[], b: readonly EditEvent[]): EditEvent[] {
  const byId = new Map<string, EditEvent>();
  for (const event of [...a, ...b]) if (!byId.has(event.id)) byId.set(event.id, event);
  return [...byId.values()].sort(compareEvents);
}

type Trail = Iterable<Pick<EditEvent, 'groupId' | 'action' | 'refGroupId'>>;

/** The group that a person's next undo takes back, or null. `trail`: that person's events (on one image, or of the project), newest first. */
export function nextUndo(trail: Trail): string | null {
  const undone = new Set<string>();
  for (const { groupId, action, refGroupId } of trail) {
    if (action === 'undo') undone.add(refGroupId!);
    else if (action === 'redo') {
      if (!undone.has(refGroupId!)) return refGroupId;
    } else if (!undone.has(groupId)) return groupId;
  }
  return null;
}

/** The group that the next redo brings back, or null: nothing can be redone once something new was done. */
export function nextRedo(trail: Trail): string | null {
  const redone = new Set<string>();
  for (const { action, refGroupId } of trail) {
    if (action === 'edit') return null;
    if (action === 'redo') redone.add(refGroupId!);
    else if (!redone.has(refGroupId!)) return refGroupId;
  }
  return null;
}
