/** Saying what a question asks for: its type and the ability it needs. */
import { setQuestion } from '../../../shared/domain/authoring.ts';
import { questionTypes, type Turn } from '../../../shared/domain/model.ts';
import { abilities } from '../../../shared/domain/settings.ts';
import { type QuestionKind, suggestKind } from '../../../shared/text/question-kind.ts';
import type { Editor } from '../../stores/editor.ts';
import { pairOps } from './question-actions.ts';
import { screenStore, setScreen } from './screen-state.ts';

export type Kind = 'questionType' | 'ability';

/** The names of all abilities of a project: the six and those that a lead added. */
export const abilityNames = (more: readonly string[]): readonly string[] => [
  ...abilities,
  ...more.filter((name) => !(abilities as readonly string[]).includes(name)),
];
/** Digits that choose one: as many as there are keys. */
export const KIND_KEYS = 9;

/** Sets the type or the ability, or takes it back where it is that already. */
export function chooseKind(editor: Editor, me: string, questionId: string, kind: Kind, value: string): void {
  editor.commitTyping();
  const { newPair } = screenStore.getState();
  if (newPair?.questionId === questionId) {
    editor.dispatch(pairOps(me, newPair, 'question', ''));
    setScreen({ newPair: null });
  }
  const { doc } = editor.store.getState();
  const now = doc.turn.find((turn) => turn.id === questionId)?.[kind];
  editor.dispatch(setQuestion(doc, questionId, { [kind]: now === value ? null : value }));
}

export const typeAt = (index: number): string | undefined => questionTypes[index];

/** What the words of a question speak for and nobody has said yet. */
export function openSuggestion(turn: Turn | undefined): QuestionKind | null {
  if (!turn) return null;
  const { questionType, ability } = suggestKind(turn.text);
  const open = { questionType: turn.questionType === undefined ? questionType : null, ability: turn.ability === undefined ? ability : null };
  return open.questionType === null && open.ability === null ? null : open;
}

/** Takes what is suggested, as one edit. */
export function acceptSuggestion(editor: Editor, questionId: string): boolean {
  editor.commitTyping();
  const { doc } = editor.store.getState();
  const open = openSuggestion(doc.turn.find((turn) => turn.id === questionId));
  if (!open) return false;
  editor.dispatch(
    setQuestion(doc, questionId, { ...(open.questionType ? { questionType: open.questionType } : {}), ...(open.ability ? { ability: open.ability } : {}) }),
  );
  return true;
}
