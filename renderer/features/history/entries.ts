/** The log of an image as people read it: each edit with what it did, bursts and bulk edits as one. */
import type { LoggedEvent } from '../../../shared/domain/events.ts';
import { compareEvents } from '../../../shared/domain/events.ts';
import { type Doc, type Kind, type Rows, statusOf } from '../../../shared/domain/model.ts';
import type { Deed } from '../../../shared/domain/op-deeds.ts';
import { applyOps } from '../../../shared/domain/ops.ts';
import { readableAnswer } from '../../../shared/domain/point-mark.ts';
import { newSweep, parseSweep, seenCount } from '../../../shared/domain/sweep.ts';
import { countWords } from '../../../shared/text/count.ts';
import { diffText } from '../../../shared/text/diff.ts';

export interface Entry {
  /** The last event of the group: the revision that is shown and restored. */
  readonly seq: number;
  readonly groupId: string;
  readonly userId: string;
  readonly at: number;
  readonly action: LoggedEvent['action'];
  readonly deeds: readonly Deed[];
  readonly before: Doc;
  readonly after: Doc;
}

/** Oldest first. `base`: the document before the first of these events. */
export function historyEntries(base: Doc, events: readonly LoggedEvent[]): Entry[] {
  const entries: Entry[] = [];
  let doc = base;
  for (const event of [...events].sort(compareEvents)) {
    const before = doc;
    doc = applyOps(doc, event.ops).doc;
    const last = entries.at(-1);
    const same = last && last.groupId === event.groupId && last.userId === event.userId;
    if (same) entries.pop();
    const from = same ? last.before : before;
    const { seq, groupId, userId, at, action } = event;
    entries.push({ seq, groupId, userId, at, action, deeds: [], before: from, after: doc });
  }
  return joinClicks(entries.map((entry) => ({ ...entry, deeds: deedsOf(entry.before, entry.after) })));
}

/** Clicks that follow each other this closely are one line. */
const CLICKS_MS = 60_000;

/** Twenty clicks for one label are one line of the history, though each is an edit that can be undone. */
function joinClicks(entries: readonly Entry[]): Entry[] {
  const result: Entry[] = [];
  for (const entry of entries) {
    const last = result.at(-1);
    const [before, now] = [last?.deeds[0], entry.deeds[0]];
    const alike =
      last &&
      before &&
      now &&
      last.deeds.length === 1 &&
      entry.deeds.length === 1 &&
      now.what.startsWith('points-') &&
      before.what === now.what &&
      before.name === now.name;
    if (alike && last.userId === entry.userId && last.action === 'edit' && entry.action === 'edit' && entry.at - last.at < CLICKS_MS) {
      result[result.length - 1] = { ...entry, before: last.before, deeds: [{ ...now, count: before.count + now.count }] };
    } else result.push(entry);
  }
  return result;
}

export interface RowChange<Row> {
  readonly id: string;
  readonly before: Row | null;
  readonly after: Row | null;
}

/** Rows that came, went or changed, in the order of their making. */
export function changedRows<K extends Kind>(before: Doc, after: Doc, kind: K): RowChange<Rows[K]>[] {
  const was = before[kind] as readonly Rows[K][];
  const is = after[kind] as readonly Rows[K][];
  if (was === is) return [];
  const old = new Map(was.map((row) => [row.id, row]));
  const changes: RowChange<Rows[K]>[] = [];
  for (const row of is) {
    const other = old.get(row.id);
    old.delete(row.id);
    if (other !== row && (!other || JSON.stringify(other) !== JSON.stringify(row))) changes.push({ id: row.id, before: other ?? null, after: row });
  }
  for (const row of old.values()) changes.push({ id: row.id, before: row, after: null });
  return changes.sort((a, b) => (a.id < b.id ? -1 : 1));
}

const deed = (what: Deed['what'], more: Partial<Deed> = {}): Deed => ({ what, count: 1, place: null, name: '', ...more });

/** What happened between two states, the most telling first. */
export function deedsOf(before: Doc, after: Doc): Deed[] {
  const deeds = [...textDeeds(before, after), ...labelDeeds(before, after), ...pointDeeds(before, after), ...statusDeeds(before, after)];
  return deeds.length > 0 ? deeds : [deed('nothing')];
}

function textDeeds(before: Doc, after: Doc): Deed[] {
  const captions = changedRows(before, after, 'caption').map((row) => textDeed(row.before?.text ?? null, row.after?.text ?? null, 'caption'));
  const turns = changedRows(before, after, 'turn').map((row) => {
    const { role } = (row.after ?? row.before)!;
    return textDeed(row.before && readableAnswer(before, row.before), row.after && readableAnswer(after, row.after), role);
  });
  const sorted = changedRows(before, after, 'turn').filter(
    (row) => row.before && row.after && (row.before.questionType !== row.after.questionType || row.before.ability !== row.after.ability),
  );
  return [...captions, ...turns, ...(sorted.length > 0 ? [deed('question-sorted')] : [])].filter((made) => made !== null);
}

function textDeed(before: string | null, after: string | null, place: 'caption' | 'question' | 'answer'): Deed | null {
  if (after === null) return before === '' ? null : deed('text-removed', { place });
  const parts = diffText(before ?? '', after);
  const words = (kind: 'added' | 'removed') => parts.reduce((sum, part) => sum + (part.kind === kind ? countWords(part.text) : 0), 0);
  const [added, removed] = [words('added'), words('removed')];
  if (added === 0 && removed === 0) return (before ?? '') === after ? null : deed('rewrote', { place, count: 0 });
  if (removed === 0) return deed('wrote', { place, count: added });
  return added === 0 ? deed('cut', { place, count: removed }) : deed('rewrote', { place, count: Math.max(added, removed) });
}

function labelDeeds(before: Doc, after: Doc): Deed[] {
  return changedRows(before, after, 'pointSet').flatMap((row) => {
    const [was, is] = [row.before, row.after];
    // Points inside an answer come and go with its text.
    if ((is ?? was)!.turnId !== undefined) return [];
    if (!is) return [deed('label-removed', { name: was!.label })];
    if (!was) return [deed(is.presence === 'absent' ? 'absent' : 'label-added', { name: is.label })];
    if (was.presence !== is.presence) return [deed(is.presence, { name: is.label })];
    const swept = was.sweep === is.sweep ? [] : [deed('swept', { name: is.label, count: seenCount(parseSweep(is.sweep) ?? newSweep(1, 1)) })];
    return was.label === is.label ? swept : [deed('label-changed', { name: is.label }), ...swept];
  });
}

function pointDeeds(before: Doc, after: Doc): Deed[] {
  const labels = new Map([...before.pointSet, ...after.pointSet].map((set) => [set.id, set.label]));
  const counts = new Map<string, Deed>();
  for (const row of changedRows(before, after, 'point')) {
    const what = !row.before ? 'points-added' : !row.after ? 'points-removed' : 'points-moved';
    const name = labels.get((row.after ?? row.before)!.setId) ?? '';
    const known = counts.get(`${what} ${name}`);
    counts.set(`${what} ${name}`, deed(what, { name, count: (known?.count ?? 0) + 1 }));
  }
  return [...counts.values()];
}

function statusDeeds(before: Doc, after: Doc): Deed[] {
  const [was, is] = [statusOf(before), statusOf(after)];
  const deeds: Deed[] = [];
  if (was.state !== is.state && is.state !== 'draft') deeds.push(deed('state', { name: is.state }));
  if (was.excluded !== is.excluded) deeds.push(deed(is.excluded ? 'taken-out' : 'taken-in'));
  if (was.skipped !== is.skipped) deeds.push(is.skipped === undefined ? deed('unskipped') : deed('skipped', { name: is.skipped }));
  return deeds;
}

/** Whether an entry changed this caption. */
export const touchesCaption = (entry: Entry, captionId: string): boolean =>
  changedRows(entry.before, entry.after, 'caption').some((row) => row.id === captionId);
