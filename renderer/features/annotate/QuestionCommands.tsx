/** Keys for the question and answer that one writes at. */
import { useCommands } from '../../commands/registry.ts';
import { toast } from '../../ui/toasts.ts';
import { errorSentence } from '../../ui/errors.ts';
import { toAppError } from '../../../shared/rpc/errors.ts';
import { questionTypes } from '../../../shared/domain/model.ts';
import type { Draft } from '../../../shared/domain/draft.ts';
import { useAnnotate } from './context.ts';
import { askDraft, settle, takeDraft } from './draft-actions.ts';
import { openDraft, useDraftContext } from './DraftBox.tsx';
import { useProjectSettings } from './project-settings.ts';
import { EDIT_PHRASE } from './answer-phrase.ts';
import { answerOf, focusedQuestion } from './question-actions.ts';
import { abilityNames, acceptSuggestion, chooseKind, type Kind, KIND_KEYS, typeAt } from './question-kinds.ts';

/** Registers them; shows nothing. */
export function QuestionCommands(): null {
  const { editor, fields, me } = useAnnotate();
  const context = useDraftContext();
  const { moreAbilities, assistant } = useProjectSettings();
  const isOn = assistant?.enabled === true;
  const choose = (kind: Kind, valueAt: (index: number) => string | undefined) => (index: number) => {
    const questionId = focusedQuestion();
    const value = valueAt(index);
    if (me && questionId && value !== undefined) chooseKind(editor, me, questionId, kind, value);
  };
  const draftHere = (): { draft: Draft; questionId: string; answerId: string } | null => {
    const questionId = focusedQuestion();
    const { imageId, doc } = editor.store.getState();
    const answer = questionId === null ? undefined : answerOf(doc, questionId);
    if (!isOn || questionId === null || !answer || imageId === null) return null;
    const drafts = context.queries.getQueryData<Draft[]>(['drafts.list', { imageId }]) ?? [];
    const draft = openDraft(drafts, questionId, answer.draftId);
    return draft && { draft, questionId, answerId: answer.id };
  };
  const isHere = () => focusedQuestion() !== null;
  const abilityAt = (index: number) => abilityNames(moreAbilities)[index];
  const guarded = (work: Promise<unknown>) => void work.catch((thrown: unknown) => toast('bad', errorSentence(toAppError(thrown))));
  const numbered = (
    kind: Kind,
    count: number,
    keys: string,
    title: 'questions.command.type' | 'questions.command.ability',
    at: (index: number) => string | undefined,
  ) =>
    Array.from({ length: count }, (_, index) => ({
      id: `questions.${kind === 'ability' ? 'ability' : 'type'}-${index + 1}`,
      title,
      section: 'questions' as const,
      keys: [`${keys}${index + 1}`],
      inText: true,
      hidden: true,
      enabled: isHere,
      run: () => choose(kind, at)(index),
    }));
  useCommands(
    [
      ...numbered('questionType', questionTypes.length, '$mod+Shift+Digit', 'questions.command.type', typeAt),
      ...numbered('ability', KIND_KEYS, '$mod+Digit', 'questions.command.ability', abilityAt),
      {
        id: 'questions.accept',
        title: 'questions.command.accept',
        section: 'questions',
        keys: ['Alt+Enter'],
        inText: true,
        enabled: isHere,
        run: () => {
          const here = draftHere();
          const questionId = focusedQuestion();
          if (here) {
            if (takeDraft(context, here.questionId, here.answerId, here.draft, 'accepted')) fields.focus(here.answerId, here.draft.text.length);
          } else if (questionId) acceptSuggestion(editor, questionId);
        },
      },
      {
        id: 'questions.phrase',
        title: 'questions.command.phrase',
        section: 'questions',
        keys: ['F2'],
        inText: true,
        enabled: () => document.activeElement?.matches('[data-row]') === true && document.activeElement.querySelector('[data-set]') !== null,
        run: () => void document.activeElement?.dispatchEvent(new CustomEvent(EDIT_PHRASE)),
      },
      {
        id: 'questions.draft',
        title: 'questions.command.draft',
        section: 'questions',
        keys: ['$mod+KeyD'],
        inText: true,
        enabled: () => isOn && isHere(),
        run: () => {
          const questionId = focusedQuestion();
          if (questionId) guarded(askDraft(context, questionId, null, null));
        },
      },
      {
        id: 'questions.edit-draft',
        title: 'questions.command.edit-draft',
        section: 'questions',
        keys: ['Alt+KeyE'],
        inText: true,
        enabled: () => draftHere() !== null,
        run: () => {
          const here = draftHere();
          if (here && takeDraft(context, here.questionId, here.answerId, here.draft, null)) fields.focus(here.answerId, here.draft.text.length);
        },
      },
      {
        id: 'questions.complain',
        title: 'questions.command.complain',
        section: 'questions',
        keys: ['Alt+KeyW'],
        inText: true,
        enabled: () => draftHere() !== null,
        run: () => document.querySelector<HTMLElement>(`[data-question='${focusedQuestion()}'] form input`)?.focus(),
      },
      {
        id: 'questions.dismiss-draft',
        title: 'questions.command.dismiss-draft',
        section: 'questions',
        keys: ['Alt+KeyX'],
        inText: true,
        enabled: () => draftHere() !== null,
        run: () => {
          const here = draftHere();
          if (!here) return;
          guarded(settle(context, here.draft, 'rejected'));
          fields.focus(here.answerId, null);
        },
      },
    ],
    [editor, fields, me, context, moreAbilities, isOn],
  );
  return null;
}
