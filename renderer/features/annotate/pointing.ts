/** Points inside an answer: `@` begins, clicks in the image add points to the phrase, and writing goes on behind its chip. */
import { addMark, addPoint } from '../../../shared/domain/authoring.ts';
import { newId } from '../../../shared/domain/ids.ts';
import { applyOps } from '../../../shared/domain/ops.ts';
import { pointMark } from '../../../shared/domain/point-mark.ts';
import type { Editor } from '../../stores/editor.ts';
import type { Fields } from './fields.ts';
import { pairOps } from './question-actions.ts';
import { screenStore, setScreen } from './screen-state.ts';

export interface Pointing {
  readonly authorId: string;
  readonly turnId: string;
  readonly setId: string;
  /** Where the phrase stands in the text, as long as no point makes it a mark. */
  readonly from: number;
  readonly until: number;
  readonly phrase: string;
  /** The mark is in the text. */
  readonly isPlaced: boolean;
  /** The tool before, which comes back. */
  readonly tool: 'pan' | 'point';
}

/** Begins pointing for a phrase of an answer. Nothing is in the document before the first point, so that letting go leaves no trace. */
export function beginPointing(authorId: string, turnId: string, from: number, until: number, phrase: string): void {
  start({ authorId, turnId, setId: newId(), from, until, phrase, isPlaced: false });
}

/** Goes on pointing for a mark that is there. */
export function resumePointing(editor: Editor, authorId: string, setId: string): void {
  const set = editor.store.getState().doc.pointSet.find((row) => row.id === setId);
  if (set?.turnId) start({ authorId, turnId: set.turnId, setId, from: 0, until: 0, phrase: set.label, isPlaced: true });
}

function start(pointing: Omit<Pointing, 'tool'>): void {
  const now = screenStore.getState();
  setScreen({ pointing: { ...pointing, tool: now.pointing?.tool ?? now.tool }, tool: 'point', sweep: null, selection: [], cursor: null });
}

/** Ends pointing; points that were placed stay. */
export function endPointing(): void {
  const { pointing } = screenStore.getState();
  if (pointing) setScreen({ pointing: null, tool: pointing.tool, cursor: null, selection: [] });
}

/** Adds a point to the phrase; the first one makes it a mark. Both are one step of undo. */
export function placeMark(editor: Editor, pointing: Pointing, xPct: number, yPct: number): void {
  editor.commitTyping();
  const { doc } = editor.store.getState();
  const { turnId, setId } = pointing;
  if (doc.pointSet.some((set) => set.id === setId)) editor.dispatch(addPoint(doc, setId, xPct, yPct));
  else if (pointing.isPlaced) return endPointing();
  else {
    const { newPair } = screenStore.getState();
    const rows = newPair?.answerId === turnId ? pairOps(pointing.authorId, newPair, 'answer', '') : [];
    const mark = addMark(applyOps(doc, rows).doc, pointing.authorId, turnId, pointing.from, pointing.phrase, setId, pointing.until);
    if (mark.length === 0) return endPointing();
    editor.dispatch([...rows, ...mark, ...addPoint(doc, setId, xPct, yPct)]);
    setScreen({ ...(rows.length > 0 ? { newPair: null } : {}), pointing: { ...pointing, isPlaced: true } });
  }
  setScreen({ selection: [], line: null });
}

/** Puts the caret behind the phrase that is being pointed at, in its answer. */
export function backToAnswer(editor: Editor, fields: Fields): void {
  const { pointing } = screenStore.getState();
  if (!pointing) return;
  const text = editor.textNow('turn', pointing.turnId);
  const mark = pointMark(pointing.setId);
  const at = text.indexOf(mark);
  fields.focus(pointing.turnId, at < 0 ? pointing.until : at + mark.length);
}
