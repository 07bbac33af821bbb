/** What a person does with questions and answers. */
import { removeTurnPair, setText } from '../../../shared/domain/authoring.ts';
import { newId } from '../../../shared/domain/ids.ts';
import type { Doc, Turn } from '../../../shared/domain/model.ts';
import type { Op } from '../../../shared/domain/ops.ts';
import type { Editor } from '../../stores/editor.ts';
import { pairsOf } from '../../stores/editor/prune.ts';
import type { Fields } from './fields.ts';
import { type NewPair, screenStore, setScreen } from './screen-state.ts';

/** Opens an empty question, of a new conversation or as the next turn of one, with the caret in it. Nothing is saved before its first letter. */
export function openPair(fields: Fields, threadId: string | null = null): void {
  const kept = screenStore.getState().newPair;
  const fits = kept && (threadId === null ? kept.newThread : kept.threadId === threadId);
  // In this order: ids sort by creation, and a question comes before its answer.
  const pair: NewPair = fits ? kept : { threadId: threadId ?? newId(), newThread: threadId === null, questionId: newId(), answerId: newId() };
  setScreen({ tab: 'questions', newPair: pair });
  fields.focus(pair.questionId, null);
}

/** The ops that make the rows of a new pair with the first text typed into it. */
export function pairOps(authorId: string, pair: NewPair, role: Turn['role'], text: string): Op[] {
  const createdAt = Date.now();
  const turn = (id: string, of: Turn['role']): Op => ({
    op: 'add',
    kind: 'turn',
    row: { id, threadId: pair.threadId, role: of, text: role === of ? text : '', createdAt },
  });
  const thread: Op[] = pair.newThread ? [{ op: 'add', kind: 'thread', row: { id: pair.threadId, authorId, createdAt } }] : [];
  return [...thread, turn(pair.questionId, 'question'), turn(pair.answerId, 'answer')];
}

const pairWith = (doc: Doc, turnId: string): Turn[] | undefined => {
  const turn = doc.turn.find((row) => row.id === turnId);
  return turn && pairsOf(doc, turn.threadId).find((pair) => pair.some((row) => row.id === turnId));
};

/** The person left this question and answer: without any text it goes. */
export function leavePair(editor: Editor, questionId: string): void {
  editor.commitTyping();
  const { doc } = editor.store.getState();
  const pair = pairWith(doc, questionId);
  if (pair?.every((turn) => turn.text.trim() === '')) editor.dispatch(removeTurnPair(doc, questionId), { join: true });
}

/** Deletes the question and answer that one of these fields is of. Undo brings them back. */
export function deletePair(editor: Editor, turnId: string): void {
  editor.commitTyping();
  const { newPair } = screenStore.getState();
  if (newPair && (newPair.questionId === turnId || newPair.answerId === turnId)) setScreen({ newPair: null });
  editor.dispatch(removeTurnPair(editor.store.getState().doc, turnId));
}

/** The question whose card has the focus: of its question, its answer or its draft. */
export const focusedQuestion = (): string | null => document.activeElement?.closest<HTMLElement>('[data-question]')?.dataset['question'] ?? null;

/** The answer that follows a question. */
export const answerOf = (doc: Doc, questionId: string): Turn | undefined => pairWith(doc, questionId)?.find((turn) => turn.role === 'answer');

/** Makes this the text of a question, as an undo step of its own; of a new one where none is meant. */
export function putQuestion(editor: Editor, fields: Fields, me: string, questionId: string | null, text: string): void {
  editor.commitTyping();
  const { newPair } = screenStore.getState();
  const { doc } = editor.store.getState();
  if (questionId !== null && doc.turn.some((turn) => turn.id === questionId)) editor.dispatch(setText(doc, 'turn', questionId, text));
  else {
    const pair: NewPair = newPair ?? { threadId: newId(), newThread: true, questionId: newId(), answerId: newId() };
    questionId = pair.questionId;
    editor.dispatch(pairOps(me, pair, 'question', text));
    setScreen({ newPair: null });
  }
  setScreen({ tab: 'questions' });
  const field = fields.get(questionId);
  // Fields take their text anew only when others changed it.
  if (field instanceof HTMLTextAreaElement) field.value = text;
  fields.focus(questionId, text.length);
}
