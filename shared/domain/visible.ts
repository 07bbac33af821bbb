/** Blind work: what a person to whom an image was given blind may see of it. The core shows nothing else to them, and takes no edit of it from them. */
import type { LoggedEvent } from './events.ts';
import type { Assignment, Doc, ImageState, Kind, Status } from './model.ts';
import type { Op } from './ops.ts';
import type { PersonRole } from './permissions.ts';
import { rowById } from './row-ops.ts';

/** Says who wrote the row that an op is about; undefined where there is no such row. A turn is its conversation's author's, a point its label's. */
export type Authors = (op: Op) => string | undefined;

/** Authors of the rows of a document and of those that the ops add. */
export function authorsOf(doc: Doc, ops: readonly Op[]): Authors {
  type Row = { readonly id: string; readonly authorId?: string; readonly threadId?: string; readonly setId?: string };
  const added = new Map<string, Row>();
  for (const op of ops) if (op.op === 'add') added.set(`${op.kind} ${op.row.id}`, op.row);
  // Who is there already is not asked of the op, which anybody can write.
  const row = (kind: Kind, id: string) => (rowById(doc, kind, id) as Row | undefined) ?? added.get(`${kind} ${id}`);
  return (op) => {
    const own = row(op.kind, 'row' in op ? op.row.id : op.id) ?? ('row' in op ? (op.row as Row) : undefined);
    if (op.kind === 'turn') return row('thread', own?.threadId ?? '')?.authorId;
    if (op.kind === 'point') return row('pointSet', own?.setId ?? '')?.authorId;
    return own?.authorId;
  };
}

/** The part of an image that its blind annotator sees: their own rows, and what reviewers and leads say of those. */
export interface View {
  readonly personId: string;
  /** The other annotators of the image. */
  readonly fellows: ReadonlySet<string>;
  /** When it was given to them: what was said of it before was not said of their work. */
  readonly since: number;
}

/** Null where the person sees everything. */
export function viewOf(doc: Doc, personId: string, role: PersonRole | null): View | null {
  if (role === 'lead' || role === 'reviewer') return null;
  const annotating = doc.assignment.filter(({ kind }) => kind === 'annotate');
  const own = annotating.find((part) => part.personId === personId && part.blind);
  if (!own) return null;
  return { personId, since: own.createdAt, fellows: new Set(annotating.flatMap((part) => (part.personId === personId ? [] : [part.personId]))) };
}

/**
 * The state as it is for a blind annotator's own part. What a reviewer said of the image before it was given to them is not said to them: an accepted
 * image with a reference looks as any other that they are given.
 */
function ownStatus(status: readonly Status[], part: Assignment | undefined): Status[] {
  const isOld = (state: ImageState) =>
    ['accepted', 'returned', 'in-review'].includes(state) && (part === undefined || (state === 'accepted' && part.state !== state));
  return status.map((row) => (isOld(row.state) ? { id: row.id, state: 'todo', excluded: row.excluded } : row));
}

/** The document without what the view hides; the same object where it hides nothing. */
export function visibleDoc(doc: Doc, view: View | null): Doc {
  if (!view) return doc;
  const { personId, fellows } = view;
  const own = <T extends { readonly authorId: string }>(rows: readonly T[]) => rows.filter((row) => row.authorId === personId);
  const ids = (rows: readonly { readonly id: string }[]) => new Set(rows.map((row) => row.id));
  const [caption, thread, pointSet] = [own(doc.caption), own(doc.thread), own(doc.pointSet)];
  const [threads, sets] = [ids(thread), ids(pointSet)];
  const turn = doc.turn.filter((row) => threads.has(row.threadId));
  const point = doc.point.filter((row) => sets.has(row.setId));
  const targets = new Set([...ids(doc.status), ...ids(caption), ...ids(turn), ...sets, ...ids(point)]);
  const isSaid = (authorId: string, about: string) => authorId === personId || (!fellows.has(authorId) && targets.has(about));
  const comment = doc.comment.filter((row) => isSaid(row.authorId, row.targetId));
  const dismissal = doc.dismissal.filter((row) => isSaid(row.authorId, row.subjectId));
  // Nor is it told which images are blind: those with a reference are.
  const assignment = doc.assignment.filter((row) => row.personId === personId).map((row) => ({ ...row, blind: false }));
  const status = ownStatus(
    doc.status,
    assignment.find(({ kind }) => kind === 'annotate'),
  );
  const shown = { ...doc, status, caption, thread, turn, pointSet, point, comment, assignment, dismissal };
  const conflicts = doc.conflicts.filter(({ kind, id }) => shown[kind].some((row) => row.id === id));
  return { ...shown, conflicts };
}

/** Whether an edit touches what the view hides. */
export function touchesHidden(doc: Doc, ops: readonly Op[], view: View | null): boolean {
  if (!view) return false;
  const seen = visibleDoc(doc, view);
  return ops.some((op) => {
    const id = 'row' in op ? op.row.id : op.id;
    return rowById(doc, op.kind, id) !== undefined && rowById(seen, op.kind, id) === undefined;
  });
}

const withoutBlind = (op: Op): Op => (op.op === 'add' && op.kind === 'assignment' ? { ...op, row: { ...op.row, blind: false } } : op);

/**
 * The history as the view allows it: the person's own edits, and of others only that they gave it to them, what they said of the state since, and comments
 * and dismissals that are seen.
 */
export function visibleEvents<E extends LoggedEvent>(events: readonly E[], doc: Doc, view: View | null): E[] {
  if (!view) return [...events];
  const { comment, dismissal, assignment } = visibleDoc(doc, view);
  const parts = new Set(assignment.map((row) => row.id));
  const said = new Set([...comment, ...dismissal].map((row) => row.id));
  return events.flatMap((event) => {
    if (event.userId === view.personId) return [event];
    if (view.fellows.has(event.userId)) return [];
    const ops = event.ops.filter((op) => {
      if (op.kind === 'status') return event.at >= view.since;
      const id = 'row' in op ? op.row.id : op.id;
      return op.kind === 'assignment' ? parts.has(id) : said.has(id);
    });
    return ops.length > 0 ? [{ ...event, ops: ops.map(withoutBlind) }] : [];
  });
}
