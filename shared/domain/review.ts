/**
 * Where an image stands, and the ops of review. The status row holds what was said of the image as a whole; an annotator to whom it was given says in their
 * own assignment how far they are, so that people who work blind neither see nor overwrite each other's state, and copies merge without a conflict.
 */
import { newId } from './ids.ts';
import { type Assignment, type Comment, type Doc, type ImageState, statusOf } from './model.ts';
import type { Op } from './ops.ts';
import { addRow, removeRow, rowById, setFields, storable } from './row-ops.ts';

/** What a reviewer says of the whole image stands until somebody submits it again. */
const REVIEWED: readonly ImageState[] = ['in-review', 'accepted', 'returned'];

const annotating = (doc: Doc): readonly Assignment[] => doc.assignment.filter(({ kind }) => kind === 'annotate');

/**
 * The state that is shown. Without annotators assigned, the status row's. Else a reviewer's word (in review, accepted, returned) in the status row; else
 * `returned` if any annotator's part is, `submitted` once every part is, `todo` while nobody began, and `draft` in between.
 */
export function stateOf(doc: Doc): ImageState {
  const { state } = statusOf(doc);
  const parts = annotating(doc);
  if (parts.length === 0 || REVIEWED.includes(state)) return state;
  if (parts.some((part) => part.state === 'returned')) return 'returned';
  if (parts.every((part) => part.state === 'submitted' || part.state === 'accepted')) return 'submitted';
  return parts.every((part) => part.state === 'todo') && state === 'todo' ? 'todo' : 'draft';
}

/** This person's part of the image as an annotator, or undefined where it was not given to them. */
export const partOf = (doc: Doc, personId: string | null): Assignment | undefined => annotating(doc).find((part) => part.personId === personId);

/** How far this person's work is: their part where they have one, else the whole image. */
export function workStateOf(doc: Doc, personId: string | null): ImageState {
  const { state } = statusOf(doc);
  return REVIEWED.includes(state) ? state : (partOf(doc, personId)?.state ?? state);
}

/** Says how far this person's work is. What a reviewer returned is in work again by it; what is submitted is no longer passed over. */
export function setWorkState(doc: Doc, personId: string | null, state: 'todo' | 'draft' | 'submitted'): Op[] {
  const status = statusOf(doc);
  const part = partOf(doc, personId);
  const ofStatus = part && !REVIEWED.includes(status.state) ? {} : { state, ...(state === 'submitted' ? { returnReason: null } : {}) };
  return [...setFields('assignment', part, { state }), ...setFields('status', status, { ...ofStatus, ...(state === 'submitted' ? { skipped: null } : {}) })];
}

/** A reviewer looks at it: annotators leave it alone meanwhile. */
export const startReview = (doc: Doc): Op[] => setFields('status', statusOf(doc), { state: 'in-review' });

/** Accepts the image with every annotator's part. */
export function acceptImage(doc: Doc): Op[] {
  return [
    ...annotating(doc).flatMap((part) => setFields('assignment', part, { state: 'accepted' })),
    ...setFields('status', statusOf(doc), { state: 'accepted', returnReason: null }),
  ];
}

/** Gives the image back for a reason, to every annotator or to one of them. */
export function returnImage(doc: Doc, reason: string, personId: string | null = null): Op[] {
  const parts = annotating(doc).filter((part) => personId === null || part.personId === personId);
  return [
    ...parts.flatMap((part) => setFields('assignment', part, { state: 'returned' })),
    ...setFields('status', statusOf(doc), { state: 'returned', returnReason: reason }),
  ];
}

/** Sets where the image stands as this person may say it: for many images at once. */
export function changeState(doc: Doc, personId: string, state: ImageState): Op[] {
  if (state === 'accepted') return acceptImage(doc);
  if (state === 'returned') return returnImage(doc, 'other');
  if (state === 'in-review') return startReview(doc);
  return setWorkState(doc, personId, state);
}

/** Gives the image to a person. */
export function addAssignment(authorId: string, personId: string, given: Pick<Assignment, 'kind' | 'blind'>): Op[] {
  return [addRow('assignment', { id: newId(), authorId, personId, ...given, state: 'todo', createdAt: Date.now() })];
}

export function removeAssignment(doc: Doc, id: string): Op[] {
  const row = rowById(doc, 'assignment', id);
  return row ? [removeRow('assignment', row)] : [];
}

/** What a comment is pinned to: the image, a row of it, or words of a row's text. */
export type Pin = Pick<Comment, 'targetKind' | 'targetId'> & Partial<Pick<Comment, 'quote' | 'at'>>;

/** A new comment; blank text makes none. */
export function addComment(authorId: string, pin: Pin, text: string, id: string = newId()): Op[] {
  const said = storable(text).trim();
  return said === '' ? [] : [addRow('comment', { ...pin, id, authorId, createdAt: Date.now(), text: said })];
}

/** An answer to a comment; it is pinned where that is. An answer to an answer belongs to the same conversation. */
export function replyTo(doc: Doc, authorId: string, commentId: string, text: string, id: string = newId()): Op[] {
  const first = rowById(doc, 'comment', commentId);
  const said = storable(text).trim();
  if (!first || said === '') return [];
  const { targetKind, targetId } = first;
  return [addRow('comment', { id, authorId, createdAt: Date.now(), text: said, targetKind, targetId, replyTo: first.replyTo ?? first.id })];
}

/** Says that what a comment asks for is done, or that it is not. */
export const setResolved = (doc: Doc, commentId: string, resolved: boolean): Op[] =>
  setFields('comment', rowById(doc, 'comment', commentId), { resolved: resolved ? true : null });

/** Takes a comment away with its answers. */
export function removeComment(doc: Doc, commentId: string): Op[] {
  return doc.comment.filter((row) => row.id === commentId || row.replyTo === commentId).map((row) => removeRow('comment', row));
}

/** Comments that begin a conversation and are not resolved, oldest first. */
export const openComments = (doc: Doc): Comment[] => doc.comment.filter((row) => row.replyTo === undefined && row.resolved !== true);

/** Lets a finding of the checks stand, with the reason for it. */
export function addDismissal(authorId: string, code: string, subjectId: string, reason: string, id: string = newId()): Op[] {
  return [addRow('dismissal', { id, authorId, createdAt: Date.now(), code, subjectId, reason: storable(reason).trim() })];
}

export function removeDismissal(doc: Doc, id: string): Op[] {
  const row = rowById(doc, 'dismissal', id);
  return row ? [removeRow('dismissal', row)] : [];
}

/** Where the words of a comment are in the text as it is now: at their place, else the nearest same words; null where they are gone. */
export function findQuote(text: string, comment: Pick<Comment, 'quote' | 'at'>): { from: number; to: number } | null {
  const { quote, at = 0 } = comment;
  if (quote === undefined) return null;
  let best = -1;
  for (let found = text.indexOf(quote); found >= 0; found = text.indexOf(quote, found + 1)) {
    if (best < 0 || Math.abs(found - at) < Math.abs(best - at)) best = found;
  }
  return best < 0 ? null : { from: best, to: best + quote.length };
}
