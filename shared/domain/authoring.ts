/** Ops for what a person does on an image. Each function returns the ops of one action, complete with the rows that go with it. */
import { newId } from './ids.ts';
import { type Doc, type ImageState, isContent, type Point, type PointSet, type Turn, statusOf } from './model.ts';
import { type Op, type Patch, textOp } from './ops.ts';
import { markedSets, pointMark } from './point-mark.ts';
import { setWorkState, stateOf, workStateOf } from './review.ts';
import { addRow as add, removeRow as remove, rowById, setFields, storable } from './row-ops.ts';

/**
 * Puts this person's work back to draft beside any change of the image's content: what is edited has to be submitted again. A reviewer's correction in the
 * midst of a review stays in review.
 */
export function asDraft(doc: Doc, ops: readonly Op[], personId: string | null = null): Op[] {
  if (!ops.some((op) => isContent(op.kind)) || ops.some((op) => op.kind === 'status' || op.kind === 'assignment')) return [...ops];
  if (stateOf(doc) === 'in-review' || workStateOf(doc, personId) === 'draft') return [...ops];
  return [...setWorkState(doc, personId, 'draft'), ...ops];
}

/** Sets where the image stands; what is submitted is no longer passed over. */
export function setState(doc: Doc, state: ImageState): Op[] {
  return setFields('status', statusOf(doc), state === 'submitted' ? { state, skipped: null } : { state });
}

/** Takes the image out of the work and of exports, or back in. */
export const setExcluded = (doc: Doc, excluded: boolean): Op[] => setFields('status', statusOf(doc), { excluded });

/** Passes the image over for a reason, or takes that back. */
export const setSkipped = (doc: Doc, reason: string | null): Op[] => setFields('status', statusOf(doc), { skipped: reason });

export function addCaption(authorId: string, text = '', id: string = newId()): Op[] {
  return [add('caption', { id, authorId, text: storable(text), createdAt: Date.now() })];
}

export function removeCaption(doc: Doc, id: string): Op[] {
  const row = rowById(doc, 'caption', id);
  return row ? [remove('caption', row)] : [];
}

/** Sets the whole text of a caption or turn; the op holds only the part that differs. */
export function setText(doc: Doc, kind: 'caption' | 'turn', id: string, text: string): Op[] {
  const row = rowById(doc, kind, id);
  const op = row && textOp(kind, id, row.text, storable(text));
  return op ? [op] : [];
}

/** A new conversation with an empty question and an empty answer. */
export function addThread(authorId: string, question = '', answer = '', id: string = newId()): Op[] {
  return [add('thread', { id, authorId, createdAt: Date.now() }), ...addTurns(id, question, answer)];
}

/** One more question and answer in a conversation. */
export function addTurns(threadId: string, question = '', answer = ''): Op[] {
  const createdAt = Date.now();
  return [
    add('turn', { id: newId(), threadId, role: 'question', text: storable(question), createdAt }),
    add('turn', { id: newId(), threadId, role: 'answer', text: storable(answer), createdAt }),
  ];
}

/** Removes a question with its answer; the last pair goes with its conversation. `turnId` is either of the two. */
export function removeTurnPair(doc: Doc, turnId: string): Op[] {
  const turn = rowById(doc, 'turn', turnId);
  if (!turn) return [];
  const turns = turnsOf(doc, turn.threadId);
  const first = Math.floor(turns.findIndex((row) => row.id === turnId) / 2) * 2;
  const pair = turns.slice(first, first + 2);
  if (pair.length === turns.length) return removeThread(doc, turn.threadId);
  return pair.flatMap((row) => removeTurn(doc, row));
}

/** A turn goes with the points that stand in its text. */
function removeTurn(doc: Doc, turn: Turn): Op[] {
  const inside = doc.pointSet.filter((set) => set.turnId === turn.id);
  return [...inside.flatMap((set) => removePointSet(doc, set.id)), remove('turn', turn)];
}

/** Says what a question asks for; null takes it back. */
export const setQuestion = (doc: Doc, turnId: string, says: Patch<Pick<Turn, 'questionType' | 'ability'>>): Op[] =>
  setFields('turn', rowById(doc, 'turn', turnId), says);

/** Remembers which draft of a language model an answer came from. */
export const setDraft = (doc: Doc, turnId: string, draftId: string | null): Op[] => setFields('turn', rowById(doc, 'turn', turnId), { draftId });

export function removeThread(doc: Doc, id: string): Op[] {
  const row = rowById(doc, 'thread', id);
  if (!row) return [];
  return [...turnsOf(doc, id).flatMap((turn) => removeTurn(doc, turn)), remove('thread', row)];
}

export function addPointSet(authorId: string, label: string, presence: PointSet['presence'] = 'present', id: string = newId()): Op[] {
  return [add('pointSet', { id, authorId, label: storable(label).trim().replace(/\s+/g, ' '), presence, method: 'pointing', createdAt: Date.now() })];
}

export function removePointSet(doc: Doc, id: string): Op[] {
  const row = rowById(doc, 'pointSet', id);
  if (!row) return [];
  return [...pointsOf(doc, id).map((point) => remove('point', point)), remove('pointSet', row)];
}

/** Changes label, method or sweep; to say that a label is not present use `setPresence`. */
export function editPointSet(doc: Doc, id: string, change: Patch<Pick<PointSet, 'label' | 'method' | 'sweep'>>): Op[] {
  return setFields('pointSet', rowById(doc, 'pointSet', id), change.label === undefined ? change : { ...change, label: storable(change.label) });
}

/** Says that the label is not in the image (its points go with that, and come back with undo) or takes that back. */
export function setPresence(doc: Doc, id: string, presence: PointSet['presence']): Op[] {
  const row = rowById(doc, 'pointSet', id);
  if (!row || row.presence === presence) return [];
  const gone = presence === 'absent' ? pointsOf(doc, id).map((point) => remove('point', point)) : [];
  return [...gone, ...setFields('pointSet', row, { presence })];
}

/**
 * Puts a mark into an answer at a UTF-16 offset, with an empty point set for the points that will stand there. `label` is the phrase that is pointed at;
 * where it stands in the text up to `until` already, the mark takes its place.
 */
export function addMark(doc: Doc, authorId: string, turnId: string, at: number, label: string, id: string = newId(), until: number = at): Op[] {
  const turn = rowById(doc, 'turn', turnId);
  if (!turn) return [];
  const row: PointSet = { id, authorId, label: storable(label).trim(), presence: 'present', method: 'pointing', createdAt: Date.now(), turnId };
  return [add('pointSet', row), ...setText(doc, 'turn', turnId, turn.text.slice(0, at) + pointMark(id) + turn.text.slice(until))];
}

/** Takes a mark out of its answer, with its points. */
export function removeMark(doc: Doc, setId: string): Op[] {
  const turn = rowById(doc, 'turn', rowById(doc, 'pointSet', setId)?.turnId ?? '');
  return [...(turn ? setText(doc, 'turn', turn.id, turn.text.replaceAll(pointMark(setId), '')) : []), ...removePointSet(doc, setId)];
}

/** Sets an answer's text; the points of marks that are no longer in it go with it. */
export function setAnswer(doc: Doc, turnId: string, text: string): Op[] {
  const turn = rowById(doc, 'turn', turnId);
  if (!turn) return [];
  const kept = new Set(markedSets(text));
  const gone = markedSets(turn.text).filter((id, index, all) => !kept.has(id) && all.indexOf(id) === index);
  return [
    ...gone.filter((id) => rowById(doc, 'pointSet', id)?.turnId === turnId).flatMap((id) => removePointSet(doc, id)),
    ...setText(doc, 'turn', turnId, text),
  ];
}

/** Removes point sets of this author whose mark is in no answer any more: another window or a merge took it out. */
export function removeLostSets(doc: Doc, authorId: string): Op[] {
  const lost = doc.pointSet.filter((set) => set.authorId === authorId && set.turnId !== undefined);
  if (lost.length === 0) return [];
  const marked = new Set(doc.turn.flatMap((turn) => markedSets(turn.text)));
  return lost.filter((set) => !marked.has(set.id)).flatMap((set) => removePointSet(doc, set.id));
}

/** Adds a point; a label that was "not present" is present by it. Coordinates in percent of the upright image. */
export function addPoint(doc: Doc, setId: string, xPct: number, yPct: number, id: string = newId()): Op[] {
  return [...setPresence(doc, setId, 'present'), add('point', { id, setId, xPct, yPct })];
}

/** Takes proposals as points of the label, each where it says or where it was dragged to. `proposalId` is how it is known later where they came from. */
export function acceptProposals(
  doc: Doc,
  setId: string,
  spots: readonly { readonly proposalId: string; readonly xPct: number; readonly yPct: number }[],
): Op[] {
  if (spots.length === 0) return [];
  return [...setPresence(doc, setId, 'present'), ...spots.map(({ proposalId, xPct, yPct }) => add('point', { id: newId(), setId, xPct, yPct, proposalId }))];
}

export const movePoint = (doc: Doc, id: string, xPct: number, yPct: number): Op[] => setFields('point', rowById(doc, 'point', id), { xPct, yPct });

export function removePoints(doc: Doc, ids: readonly string[]): Op[] {
  return ids
    .map((id) => rowById(doc, 'point', id))
    .filter((row): row is Point => row !== undefined)
    .map((row) => remove('point', row));
}

export const turnsOf = (doc: Doc, threadId: string): Turn[] => doc.turn.filter((turn) => turn.threadId === threadId);
export const pointsOf = (doc: Doc, setId: string): Point[] => doc.point.filter((point) => point.setId === setId);
