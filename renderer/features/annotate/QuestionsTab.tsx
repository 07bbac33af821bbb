/** Questions and answers: each conversation is a card, its turns one below the other. */
import { CornerDownRight, Trash2 } from 'lucide-react';
import { type KeyboardEvent, type ReactElement, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useShallow } from 'zustand/react/shallow';
import { answerParts, markNumbers } from '../../../shared/domain/point-mark.ts';
import { Keys } from '../../commands/Keys.tsx';
import { runCommand } from '../../commands/registry.ts';
import { Button } from '../../ui/Button.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { AnswerField } from './AnswerField.tsx';
import answerStyles from './AnswerField.module.css';
import { useAnnotate, useEditor } from './context.ts';
import { settleTaken } from './draft-actions.ts';
import { DraftBox, useDraftContext } from './DraftBox.tsx';
import { useProjectSettings } from './project-settings.ts';
import { deletePair, leavePair, openPair, pairOps } from './question-actions.ts';
import { QuestionCommands } from './QuestionCommands.tsx';
import { FindingLines } from './findings/FindingLines.tsx';
import { Receipt } from './findings/Receipt.tsx';
import { QuestionKinds } from './QuestionKinds.tsx';
import styles from './QuestionsTab.module.css';
import { type NewPair, screenStore, setScreen, useScreen } from './screen-state.ts';
import { CommentMark } from './review/CommentMark.tsx';
import { ReadLines } from './ReadLines.tsx';
import { useWorkFocus } from './use-work-focus.ts';
import { WriteField } from './WriteField.tsx';

interface Pair {
  readonly questionId: string;
  readonly answerId: string | null;
}
interface Conversation {
  readonly id: string;
  readonly own: boolean;
  readonly pairs: readonly Pair[];
}

/** Conversations by their ids alone: typing changes none of them. */
function useConversations(): Conversation[] {
  const { me } = useAnnotate();
  const threads = useEditor(useShallow((state) => state.doc.thread.map((row) => `${row.id} ${row.authorId}`)));
  const turns = useEditor(useShallow((state) => state.doc.turn.map((row) => `${row.id} ${row.threadId}`)));
  const newPair = useScreen((state) => state.newPair);
  return useMemo(() => {
    const byThread = new Map<string, string[]>();
    for (const turn of turns) {
      const [id, threadId] = turn.split(' ') as [string, string];
      byThread.set(threadId, [...(byThread.get(threadId) ?? []), id]);
    }
    const list = threads.map((thread): Conversation => {
      const [id, authorId] = thread.split(' ') as [string, string];
      const ids = byThread.get(id) ?? [];
      const pairs: Pair[] = [];
      for (let at = 0; at < ids.length; at += 2) pairs.push({ questionId: ids[at]!, answerId: ids[at + 1] ?? null });
      return { id, own: authorId === me, pairs };
    });
    return newPair ? withNew(list, newPair) : list;
  }, [threads, turns, newPair, me]);
}

function withNew(list: Conversation[], { threadId, newThread, questionId, answerId }: NewPair): Conversation[] {
  if (list.some((entry) => entry.pairs.some((pair) => pair.questionId === questionId))) return list;
  const pair = { questionId, answerId };
  if (newThread) return [...list, { id: threadId, own: true, pairs: [pair] }];
  return list.map((entry) => (entry.id === threadId ? { ...entry, pairs: [...entry.pairs, pair] } : entry));
}

export function QuestionsTab(): ReactElement {
  const { t } = useTranslation();
  useWorkFocus('questions');
  const { fields } = useAnnotate();
  const conversations = useConversations();
  const hasTemplates = useProjectSettings().questionTemplates.length > 0;
  return (
    <div className={styles.tab} data-work="questions">
      {conversations.length === 0 ? <p className={styles.empty}>{t('annotate.questions.empty')}</p> : null}
      {conversations.map((conversation, index) => (
        <ConversationCard key={conversation.id} conversation={conversation} number={index + 1} />
      ))}
      <div className={styles.buttons}>
        <Button onPress={() => openPair(fields)}>
          {t('annotate.questions.add')}
          <Keys of="questions.add" />
        </Button>
        {hasTemplates ? (
          <Button variant="quiet" onPress={() => void runCommand('questions.template')}>
            {t('questions.template.title')}
            <Keys of="questions.template" />
          </Button>
        ) : null}
      </div>
      <QuestionCommands />
    </div>
  );
}

function ConversationCard({ conversation, number }: { conversation: Conversation; number: number }): ReactElement {
  const { t } = useTranslation();
  const { fields } = useAnnotate();
  const { id, own, pairs } = conversation;
  return (
    <section className={styles.conversation} aria-label={t('annotate.questions.conversation', { number })} data-thread={id}>
      {pairs.map((pair, index) =>
        own ? <OwnPair key={pair.questionId} pair={pair} turn={index + 1} last={index === pairs.length - 1} /> : <ReadPair key={pair.questionId} pair={pair} />,
      )}
      {own ? (
        <div className={styles.follow}>
          <Button variant="quiet" onPress={() => openPair(fields, id)}>
            <CornerDownRight size={14} aria-hidden />
            {t('annotate.questions.follow-up')}
            <Keys of="questions.follow-up" />
          </Button>
        </div>
      ) : null}
    </section>
  );
}

function OwnPair({ pair, turn, last }: { pair: Pair; turn: number; last: boolean }): ReactElement {
  const { t } = useTranslation();
  const { editor, fields, me } = useAnnotate();
  const { questionId, answerId } = pair;
  const imageId = useEditor((state) => state.imageId) ?? '';
  const reads = useEditor((state) => state.doc.turn.some((turn) => turn.id === questionId && (turn.questionType === 'reading' || turn.ability === 'ocr')));
  const drafts = useDraftContext();
  const newPair = useScreen((state) => state.newPair);
  const create = (role: 'question' | 'answer') => (text: string) => {
    if (!me || newPair?.questionId !== questionId) return;
    editor.dispatch(pairOps(me, newPair, role, text), { group: editor.typingGroup('turn', role === 'question' ? questionId : (answerId ?? questionId)) });
    setScreen({ newPair: null });
  };
  const plainEnter = (event: KeyboardEvent) => event.key === 'Enter' && !event.shiftKey && !event.ctrlKey && !event.metaKey && !event.altKey;
  const leave = (to: EventTarget | null, from: HTMLElement) => {
    // Who points in the image for the answer has not left it.
    if (!(to instanceof Node && from.contains(to)) && screenStore.getState().pointing?.turnId !== answerId) {
      leavePair(editor, questionId);
      if (answerId) settleTaken(drafts, answerId);
    }
  };
  return (
    <div className={styles.pair} data-last={last || undefined} data-question={questionId} onBlur={(event) => leave(event.relatedTarget, event.currentTarget)}>
      <div className={`${styles.row} ${styles.question}`}>
        <span className={styles.role} aria-hidden="true">
          {t('annotate.questions.q')}
        </span>
        <WriteField
          kind="turn"
          id={questionId}
          label={t('annotate.questions.question-label', { number: turn })}
          placeholder={t('annotate.questions.question-placeholder')}
          create={create('question')}
          onKeyDown={(event) => {
            if (!plainEnter(event) || !answerId) return;
            event.preventDefault();
            fields.focus(answerId, null);
          }}
        />
      </div>
      {answerId ? (
        <div className={styles.row}>
          <span className={styles.role} aria-hidden="true">
            {t('annotate.questions.a')}
          </span>
          <AnswerField
            id={answerId}
            label={t('annotate.questions.answer-label', { number: turn })}
            placeholder={t('annotate.questions.answer-placeholder')}
            create={create('answer')}
            onKeyDown={(event) => {
              if (!plainEnter(event)) return;
              event.preventDefault();
              runCommand('questions.add');
            }}
          />
        </div>
      ) : null}
      {/* Above the answer on the screen; below it for the tab key, which leads from the question to the answer. */}
      <div className={styles.kinds}>
        <QuestionKinds questionId={questionId} />
      </div>
      {answerId ? <Receipt id={answerId} /> : null}
      <CommentMark of={answerId ? [questionId, answerId] : [questionId]} />
      <FindingLines of={answerId ? [questionId, answerId] : [questionId]} />
      {answerId && reads ? <ReadLines imageId={imageId} rowId={answerId} /> : null}
      {answerId ? <DraftBox questionId={questionId} answerId={answerId} /> : null}
      <div className={styles.delete}>
        <IconButton label={t('annotate.questions.delete')} onPress={() => deletePair(editor, questionId)}>
          <Trash2 size={15} aria-hidden />
        </IconButton>
      </div>
    </div>
  );
}

function ReadPair({ pair }: { pair: Pair }): ReactElement {
  const { t } = useTranslation();
  const question = useEditor((state) => state.doc.turn.find((row) => row.id === pair.questionId)?.text ?? '');
  return (
    <dl className={styles.read} data-selectable>
      <dt>{t('annotate.questions.q')}</dt>
      <dd>
        {question} <CommentMark of={pair.answerId ? [pair.questionId, pair.answerId] : [pair.questionId]} />
      </dd>
      <dt>{t('annotate.questions.a')}</dt>
      <dd>{pair.answerId ? <ReadAnswer id={pair.answerId} /> : null}</dd>
    </dl>
  );
}

/** Somebody else's answer: words, and the numbers of its points. */
function ReadAnswer({ id }: { id: string }): ReactElement {
  const { t } = useTranslation();
  const text = useEditor((state) => state.doc.turn.find((row) => row.id === id)?.text ?? '');
  const sets = useEditor((state) => state.doc.pointSet);
  const turns = useEditor((state) => state.doc.turn);
  const numbers = useMemo(() => markNumbers({ turn: turns }), [turns]);
  return (
    <>
      {answerParts(text).map((part, index) => {
        if (!('setId' in part)) return part.text;
        const number = numbers.get(part.setId) ?? 0;
        return (
          <span key={index} className={answerStyles.chip}>
            <span className={answerStyles.number} role="img" aria-label={t('questions.mark-number', { number })}>
              {number}
            </span>
            {sets.find((set) => set.id === part.setId)?.label ?? ''}
          </span>
        );
      })}
    </>
  );
}
