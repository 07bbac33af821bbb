/** Ops for what a person does on an image. Each function returns the ops of one action, complete with the rows that go with it. */
import { newId } from './ids.ts';
import { type Doc, type ImageState, type Kind, type Point, type PointSet, type Rows, type Turn, statusOf } from './model.ts';
import { type Op, search, textOp } from './ops.ts';

/** Text as it can be stored: half of a surrogate pair (a cut emoji) has no UTF-8 and becomes U+FFFD. */
const storable = (text: string): string => text.toWellFormed();
const add = <K extends Kind>(kind: K, row: Rows[K]): Op => ({ op: 'add', kind, row }) as Op;
const remove = <K extends Kind>(kind: K, row: Rows[K]): Op => ({ op: 'remove', kind, row }) as Op;
const rowById = <K extends Kind>(doc: Doc, kind: K, id: string): Rows[K] | undefined => {
  const index = search(doc[kind], id);
  return index < 0 ? undefined : (doc[kind][index] as Rows[K]);
};

/** Puts the image back to draft beside any change of its content: what is edited has to be submitted again. */
export function asDraft(doc: Doc, ops: readonly Op[]): Op[] {
  if (ops.length === 0 || statusOf(doc).state === 'draft' || ops.some((op) => op.kind === 'status')) return [...ops];
  return [...setState(doc, 'draft'), ...ops];
}

export function setState(doc: Doc, state: ImageState): Op[] {
  const status = statusOf(doc);
  if (status.state === state) return [];
  return [{ op: 'set', kind: 'status', id: status.id, before: { state: status.state }, after: { state } }];
}

/** Takes the image out of the work and of exports, or back in. */
export function setExcluded(doc: Doc, excluded: boolean): Op[] {
  const status = statusOf(doc);
  if (status.excluded === excluded) return [];
  return [{ op: 'set', kind: 'status', id: status.id, before: { excluded: status.excluded }, after: { excluded } }];
}

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
  return pair.map((row) => remove('turn', row));
}

export function removeThread(doc: Doc, id: string): Op[] {
  const row = rowById(doc, 'thread', id);
  if (!row) return [];
  return [...turnsOf(doc, id).map((turn) => remove('turn', turn)), remove('thread', row)];
}

export function addPointSet(authorId: string, label: string, presence: PointSet['presence'] = 'present', id: string = newId()): Op[] {
  return [add('pointSet', { id, authorId, label: storable(label).trim().replace(/\s+/g, ' '), presence, method: 'pointing', createdAt: Date.now() })];
}

export function removePointSet(doc: Doc, id: string): Op[] {
  const row = rowById(doc, 'pointSet', id);
  if (!row) return [];
  return [...pointsOf(doc, id).map((point) => remove('point', point)), remove('pointSet', row)];
}

/** Changes label or method; to say that a label is not present use `setPresence`. */
export function editPointSet(doc: Doc, id: string, change: Partial<Pick<PointSet, 'label' | 'method'>>): Op[] {
  const row = rowById(doc, 'pointSet', id);
  if (!row) return [];
  const after = change.label === undefined ? change : { ...change, label: storable(change.label) };
  const keys = (Object.keys(after) as ('label' | 'method')[]).filter((key) => after[key] !== row[key]);
  if (keys.length === 0) return [];
  const before = Object.fromEntries(keys.map((key) => [key, row[key]]));
  return [{ op: 'set', kind: 'pointSet', id, before, after: Object.fromEntries(keys.map((key) => [key, after[key]])) }];
}

/** Says that the label is not in the image (its points go with that, and come back with undo) or takes that back. */
export function setPresence(doc: Doc, id: string, presence: PointSet['presence']): Op[] {
  const row = rowById(doc, 'pointSet', id);
  if (!row || row.presence === presence) return [];
  const gone = presence === 'absent' ? pointsOf(doc, id).map((point) => remove('point', point)) : [];
  return [...gone, { op: 'set', kind: 'pointSet', id, before: { presence: row.presence }, after: { presence } }];
}

/** Adds a point; a label that was "not present" is present by it. Coordinates in percent of the upright image. */
export function addPoint(doc: Doc, setId: string, xPct: number, yPct: number, id: string = newId()): Op[] {
  return [...setPresence(doc, setId, 'present'), add('point', { id, setId, xPct, yPct })];
}

export function movePoint(doc: Doc, id: string, xPct: number, yPct: number): Op[] {
  const row = rowById(doc, 'point', id);
  if (!row || (row.xPct === xPct && row.yPct === yPct)) return [];
  return [{ op: 'set', kind: 'point', id, before: { xPct: row.xPct, yPct: row.yPct }, after: { xPct, yPct } }];
}

export function removePoints(doc: Doc, ids: readonly string[]): Op[] {
  return ids
    .map((id) => rowById(doc, 'point', id))
    .filter((row): row is Point => row !== undefined)
    .map((row) => remove('point', row));
}

export const turnsOf = (doc: Doc, threadId: string): Turn[] => doc.turn.filter((turn) => turn.threadId === threadId);
export const pointsOf = (doc: Doc, setId: string): Point[] => doc.point.filter((point) => point.setId === setId);
