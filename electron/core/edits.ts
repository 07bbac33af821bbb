/** Saving: every edit is one event and its projection, committed together. Undo and redo are edits too. */
import { docAfter, type EditEvent, type LoggedEvent, nextRedo, nextUndo } from '../../shared/domain/events.ts';
import { asDraft, setExcluded } from '../../shared/domain/authoring.ts';
import { changesBetween, diffDocs } from '../../shared/domain/diff-docs.ts';
import { newId } from '../../shared/domain/ids.ts';
import type { Doc } from '../../shared/domain/model.ts';
import { changeState } from '../../shared/domain/review.ts';
import { applyOps, type Change, invertOps, type Op } from '../../shared/domain/ops.ts';
import { visibleDoc, visibleEvents } from '../../shared/domain/visible.ts';
import type { ApplyResult, LoadedDoc, RestoreResult, UndoResult } from '../../shared/rpc/contract.ts';
import type { Input } from '../../shared/rpc/client.ts';
import type { FilmPage } from '../../shared/rpc/film-methods.ts';
import { AppError } from '../../shared/rpc/errors.ts';
import { loadDoc, pointSlices, writeConflicts } from './db/docs.ts';
import {
  activeMsOf,
  appendEvent,
  eventById,
  eventsAfter,
  eventsOfGroup,
  eventsOfImage,
  headsOfImage,
  historyOfImage,
  undoTrail,
  writeHeads,
} from './db/events.ts';
import { imageNum } from './db/images.ts';
import { notePerson } from './db/people.ts';
import { writeProjection } from './db/projection.ts';
import { followEdit } from './db/proposals.ts';
import { readSettings } from './db/settings.ts';
import { seenEdits } from './db/seen.ts';
import { sql } from './db/statement.ts';
import type { Project } from './project.ts';
import { heldByFindings, requireHandIn } from './hand-in.ts';
import { permitsEdit, requireEdit, viewFor } from './rights.ts';

export interface Edits {
  /** Reads a document that is not at hand in slices, between which others are served; what `load` then costs does not depend on how many points it has. */
  readAhead(imageId: string): Promise<void>;
  load(imageId: string): LoadedDoc;
  /** The image was changed by something else than an edit: it is read again. */
  forget(imageId: string): void;
  apply(edit: Input<'edits.apply'>, by: string): ApplyResult;
  undo(imageId: string | null, by: string): Promise<UndoResult>;
  redo(imageId: string | null, by: string): Promise<UndoResult>;
  /** The image as it was after the event `seq`. */
  at(imageId: string, seq: number): Doc;
  /** The last events of the image, newest first. */
  history(imageId: string, limit: number): LoggedEvent[];
  /** A page of the events of the image after a sequence number, oldest first. */
  film(imageId: string, after: number): FilmPage;
  /** Brings the content, or one caption, back to what it was then. Where the image stands in the work is no content. */
  restore(edit: Input<'edits.restore'>, by: string): RestoreResult;
  /** One edit an image in a group that one undo takes back, each made on what the acting person sees of it; others are served in between. Returns how many images changed, and which the person may not change. */
  change(
    imageIds: readonly string[],
    groupId: string,
    opsOf: (imageId: string, doc: Doc) => readonly Op[],
    by: string,
  ): Promise<{ changed: number; refused: readonly string[]; at: number }>;
  /** `held`: how many were not handed in because of a finding. */
  bulk(
    imageIds: readonly string[],
    change: Input<'edits.bulk'>['change'],
    by: string,
  ): Promise<{ changed: number; refused: readonly string[]; held: number; at: number }>;
}

interface Current {
  readonly num: number;
  readonly doc: Doc;
  readonly rev: number;
}
interface Edit {
  readonly id: string;
  readonly groupId: string;
  readonly action: EditEvent['action'];
  readonly refGroupId: string | null;
  readonly ops: readonly Op[];
  readonly activeMs?: number | null;
  readonly textInput?: NonNullable<EditEvent['textInput']> | null;
  /** What it removes was not called wrong: an earlier state comes back. */
  readonly takesBack?: boolean;
}
/** Documents kept at hand, so that a click on an image of 10,000 points does not read them all. */
const KEPT_DOCS = 8;
/** Images of one transaction of a bulk edit; between two, others are served. */
const BULK_SLICE = 100;
/** Images of one transaction of a change that is worked out on the way: as many as are kept at hand, so that none is read a second time to be written. */
export const CHANGE_SLICE = KEPT_DOCS;
/** Characters of one such transaction: an edited text is indexed anew, which takes about 1.3 ms for 2,000. */
export const CHANGE_CHARACTERS = 20_000;
/** Reading and comparing takes this long before it is written and others are served. */
const SLICE_MS = 12;
/** More documents than this are not sent back by an undo. */
const MAX_DOCS = 20;

export function createEdits(project: Pick<Project, 'db' | 'me' | 'notify'>): Edits {
  const { db, me } = project;
  const kept = new Map<string, Current>();

  function current(imageId: string): Current {
    const known = kept.get(imageId);
    if (known) {
      kept.delete(imageId);
      kept.set(imageId, known);
      return known;
    }
    const num = imageNum(db, imageId);
    if (num === undefined) throw new AppError('not-found', `no image ${imageId}`, { key: 'no-image' });
    return keep(imageId, { num, doc: loadDoc(db, num), rev: revOf(num) });
  }
  const revOf = (num: number): number => (sql(db, 'SELECT rev FROM image WHERE num = ?').get(num) as { rev: number }).rev;
  async function readAhead(imageId: string): Promise<void> {
    const num = imageNum(db, imageId);
    while (num !== undefined && !kept.has(imageId)) {
      const rev = revOf(num);
      const slices = pointSlices(db, num);
      let slice = slices.next();
      while (!slice.done) {
        await new Promise((resolve) => setImmediate(resolve));
        if (!db.open) throw new AppError('unavailable', 'the project was closed', { key: 'no-project' });
        slice = slices.next();
      }
      // Who changed it meanwhile has it at hand, or it is read again.
      if (!kept.has(imageId) && revOf(num) === rev) keep(imageId, { num, doc: loadDoc(db, num, slice.value), rev });
    }
  }
  function keep(imageId: string, state: Current): Current {
    kept.delete(imageId);
    kept.set(imageId, state);
    if (kept.size > KEPT_DOCS) kept.delete(kept.keys().next().value!);
    return state;
  }
  /** What of it the acting person may see. */
  const seen = (doc: Doc, now: Doc = doc): Doc => visibleDoc(doc, viewFor(project, now));
  /** A revision counts everybody's edits. Where somebody works blind those that they see. */
  function shownRev(num: number, rev: number, doc: Doc): number {
    const view = viewFor(project, doc);
    return view ? seenEdits(db, num, doc, view, rev).count : rev;
  }
  function describe(imageId: string): LoadedDoc {
    const { num, rev: last, doc: whole } = current(imageId);
    const doc = seen(whole);
    const rev = shownRev(num, last, whole);
    const trail = () => undoTrail(db, me.userId, num);
    return { imageId, rev, doc, canUndo: nextUndo(trail()) !== null, canRedo: nextRedo(trail()) !== null, activeMs: activeMsOf(db, num, me.userId) };
  }

  /** Writes one edit inside a running transaction; null when it does not fit. The caller keeps the new state once the transaction is over. */
  function write(imageId: string, edit: Edit, at: number): { seq: number; state: Current } | null {
    const { num, doc, rev } = current(imageId);
    const applied = applyOps(doc, edit.ops);
    if (applied.conflicts.length > 0) return null;
    if (!applied.changes.every(isStorable)) throw new AppError('invalid', 'half of a surrogate pair', { key: 'bad-input', field: 'text' });
    const { takesBack: _takesBack, ...said } = edit;
    const parents = headsOfImage(db, num);
    const event: EditEvent = { ...said, imageId, rev: rev + 1, userId: me.userId, deviceId: me.deviceId, at, parents };
    const seq = appendEvent(db, num, event);
    if (parents.length > 1) writeHeads(db, num, []);
    notePerson(db, num, me.userId);
    // Where something is unsettled, what an edit does to it is read off the log, which knows what each side had seen.
    const isUnsettled = doc.conflicts.length > 0 || edit.ops.some((op) => op.op === 'settle');
    const next = isUnsettled ? docAfter(imageId, eventsOfImage(db, num)) : applied.doc;
    const changes = isUnsettled ? changesBetween(doc, next) : applied.changes;
    writeProjection(db, num, event.rev, at, next, changes);
    if (isUnsettled) writeConflicts(db, num, next.conflicts);
    followEdit(db, num, { ...edit, at }, edit.ops, changes);
    return { seq, state: { num, doc: next, rev: event.rev } };
  }

  /** Commits edits of several images in slices. Returns the images that were changed. */
  async function writeAll(edits: readonly (readonly [imageId: string, edit: Edit])[], at: number, by: string): Promise<string[]> {
    const changed: string[] = [];
    for (let start = 0; start < edits.length; start += BULK_SLICE) {
      const slice = edits.slice(start, start + BULK_SLICE);
      const written: [string, Current][] = [];
      db.transaction(() => {
        for (const [imageId, edit] of slice) {
          if (!permitsEdit(project, current(imageId).doc, edit.ops)) continue;
          const result = write(imageId, edit, at);
          if (result) written.push([imageId, result.state]);
        }
      })();
      for (const [imageId, state] of written) keep(imageId, state);
      changed.push(...written.map(([imageId]) => imageId));
      if (edits.length > BULK_SLICE) await new Promise((resolve) => setImmediate(resolve));
    }
    if (changed.length > 0) project.notify({ topic: 'images', imageIds: changed.length > 1000 ? 'all' : changed, by });
    return changed;
  }

  function groupEdits(groupId: string, num: number | null, action: 'undo' | 'redo'): [string, Edit][] {
    const byImage = new Map<string, Op[]>();
    for (const event of eventsOfGroup(db, groupId, num)) {
      const ops = byImage.get(event.imageId) ?? [];
      byImage.set(event.imageId, action === 'undo' ? [...invertOps(event.ops), ...ops] : [...ops, ...event.ops]);
    }
    const own = newId();
    return [...byImage].map(([imageId, ops]) => [imageId, { id: newId(), groupId: own, action, refGroupId: groupId, ops }]);
  }

  async function step(action: 'undo' | 'redo', imageId: string | null, by: string): Promise<UndoResult> {
    const num = imageId === null ? null : current(imageId).num;
    const groupId = (action === 'undo' ? nextUndo : nextRedo)(undoTrail(db, me.userId, num));
    if (groupId === null) return { status: 'nothing' };
    const edits = groupEdits(groupId, num, action);
    // A change of very many images leaves out those that somebody changed since, rather than read them all twice.
    const blocked = edits.length > BULK_SLICE ? undefined : edits.find(([id, edit]) => applyOps(current(id).doc, edit.ops).conflicts.length > 0);
    if (blocked) return { status: 'blocked', imageId: blocked[0] };
    if (edits.length <= BULK_SLICE) for (const [id, edit] of edits) requireEdit(project, current(id).doc, edit.ops);
    const at = Date.now();
    const changed = await writeAll(edits, at, by);
    if (changed.length > MAX_DOCS) return { status: 'bulk', images: changed.length, at };
    return { status: 'done', docs: changed.map(describe), at };
  }

  function stateAt(imageId: string, seq: number): Doc {
    const { num } = current(imageId);
    return docAfter(
      imageId,
      eventsOfImage(db, num).filter((event) => event.seq <= seq),
    );
  }

  async function change(imageIds: readonly string[], groupId: string, opsOf: (imageId: string, doc: Doc) => readonly Op[], by: string) {
    const at = Date.now();
    let changed = 0;
    const refused: string[] = [];
    for (let start = 0; start < imageIds.length;) {
      const edits: [string, Edit][] = [];
      let characters = 0;
      // A slice is short also where documents are long.
      const until = performance.now() + SLICE_MS;
      while (start < imageIds.length && edits.length < CHANGE_SLICE && (edits.length === 0 || (characters < CHANGE_CHARACTERS && performance.now() < until))) {
        const imageId = imageIds[start++]!;
        const { doc } = current(imageId);
        const ops = opsOf(imageId, seen(doc));
        if (ops.length > 0 && !permitsEdit(project, doc, ops)) {
          refused.push(imageId);
          continue;
        }
        if (ops.length > 0) characters += [...doc.caption, ...doc.turn].reduce((sum, { text }) => sum + text.length, 0);
        if (ops.length > 0) edits.push([imageId, { id: newId(), groupId, action: 'edit', refGroupId: null, ops }]);
      }
      changed += (await writeAll(edits, at, by)).length;
      await new Promise((resolve) => setImmediate(resolve));
    }
    return { changed, refused, at };
  }

  /** Revisions are numbered by what is seen, each made on the one before: how many others there are, and when, is others' work too. */
  function eventsSeen(num: number, doc: Doc, view: NonNullable<ReturnType<typeof viewFor>>): LoggedEvent[] {
    const shown = visibleEvents(eventsOfImage(db, num), doc, view);
    return shown.map((event, at) => ({ ...event, rev: at + 1, parents: at === 0 ? [] : [shown[at - 1]!.id] }));
  }

  return {
    readAhead,
    load: describe,
    forget: (imageId) => void kept.delete(imageId),
    apply(edit, by) {
      const done = eventById(db, edit.eventId);
      if (done) {
        const { num, doc } = current(edit.imageId);
        return { status: 'saved', rev: shownRev(num, done.rev, doc), seq: done.seq, at: done.at, canUndo: true, canRedo: false };
      }
      const ops = edit.ops as readonly Op[];
      for (const op of ops) {
        if (op.op === 'add' && 'authorId' in op.row && op.row.authorId !== me.userId) {
          throw new AppError('invalid', 'a new row of another author', { key: 'bad-input', field: 'authorId' });
        }
        if (op.kind === 'status' && op.op !== 'set')
          throw new AppError('invalid', 'the status row is neither added nor removed', { key: 'bad-input', field: 'ops' });
        if (op.kind === 'status' && op.op === 'set' && op.id !== edit.imageId)
          throw new AppError('invalid', 'the status of another image', { key: 'bad-input', field: 'ops' });
      }
      const { num, doc } = current(edit.imageId);
      requireEdit(project, doc, ops);
      requireHandIn(project, num, doc, ops);
      const at = Date.now();
      const { eventId: id, groupId, activeMs = null } = edit;
      const textInput = edit.textInput && readSettings(db).provenance.gather ? edit.textInput : null;
      const written = db.transaction(() => write(edit.imageId, { id, groupId, action: 'edit', refGroupId: null, ops, activeMs, textInput }, at))();
      if (!written) return { status: 'conflict', ...describe(edit.imageId) };
      const wasUnsettled = kept.get(edit.imageId)!.doc.conflicts.length > 0;
      keep(edit.imageId, written.state);
      // What is unsettled may be different now: also the window that made the edit reads it again.
      project.notify({ topic: 'images', imageIds: [edit.imageId], by: wasUnsettled ? null : by });
      const { num: ownNum, rev, doc: now } = written.state;
      return { status: 'saved', rev: shownRev(ownNum, rev, now), seq: written.seq, at, canUndo: true, canRedo: false };
    },
    at: (imageId, seq) => seen(stateAt(imageId, seq), current(imageId).doc),
    history: (imageId, limit) => {
      const { num, doc } = current(imageId);
      const view = viewFor(project, doc);
      return view ? eventsSeen(num, doc, view).slice(-limit).reverse() : historyOfImage(db, num, limit);
    },
    film: (imageId, after) => {
      const { num, doc } = current(imageId);
      const view = viewFor(project, doc);
      return view ? { events: eventsSeen(num, doc, view).filter(({ seq }) => seq > after), next: null } : eventsAfter(db, num, after);
    },
    restore({ imageId, seq, captionId = null }, by) {
      const { doc: whole } = current(imageId);
      const [doc, then] = [seen(whole), seen(stateAt(imageId, seq), whole)];
      const was = then.caption.find((row) => row.id === captionId);
      const caption = [...doc.caption.filter((row) => row.id !== captionId), ...(was ? [was] : [])].sort((a, b) => (a.id < b.id ? -1 : 1));
      const { status, comment, assignment, dismissal } = doc;
      const wanted = captionId === null ? { ...then, status, comment, assignment, dismissal } : { ...doc, caption };
      const ops = asDraft(doc, diffDocs(doc, wanted), me.userId);
      if (ops.length === 0) return { status: 'same' };
      requireEdit(project, whole, ops);
      const at = Date.now();
      const written = db.transaction(() => write(imageId, { id: newId(), groupId: newId(), action: 'edit', refGroupId: null, ops, takesBack: true }, at))();
      if (!written) throw new AppError('internal', `revision ${seq} does not fit what is there now`);
      keep(imageId, written.state);
      project.notify({ topic: 'images', imageIds: [imageId], by });
      return { status: 'restored', at, ...describe(imageId) };
    },
    undo: (imageId, by) => step('undo', imageId, by),
    redo: (imageId, by) => step('redo', imageId, by),
    change,
    async bulk(imageIds, wish, by) {
      let held = 0;
      const opsOf = (imageId: string, doc: Doc) => {
        const ops = 'state' in wish ? changeState(doc, me.userId, wish.state) : setExcluded(doc, wish.excluded);
        if (heldByFindings(project, current(imageId).num, current(imageId).doc, ops).length === 0) return ops;
        held++;
        return [];
      };
      return { ...(await change(imageIds, newId(), opsOf, by)), held };
    },
  };
}

/** SQLite keeps text as UTF-8, which half of a surrogate pair has none of: it would read back as something else than the log says. */
function isStorable({ row }: Change): boolean {
  return row === null || Object.values(row).every((value) => typeof value !== 'string' || value.isWellFormed());
}
