/** What a language model proposes as the answer, plainly marked as the machine's until a person takes it. */
import { useQueryClient } from '@tanstack/react-query';
import { Bot } from 'lucide-react';
import { type ReactElement, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { Draft } from '../../../shared/domain/draft.ts';
import { Keys } from '../../commands/Keys.tsx';
import { useQueryMethod } from '../../queries/client.ts';
import { Button } from '../../ui/Button.tsx';
import { errorSentence } from '../../ui/errors.ts';
import { TextField } from '../../ui/TextField.tsx';
import { useAnnotate, useEditor } from './context.ts';
import { askDraft, type DraftContext, draftStore, settle, stopAsking, takeDraft } from './draft-actions.ts';
import styles from './DraftBox.module.css';
import { useProjectSettings } from './project-settings.ts';

/** What drafts need of the screen. */
export function useDraftContext(): DraftContext {
  const { host, editor } = useAnnotate();
  const queries = useQueryClient();
  return useMemo(() => ({ host, editor, queries }), [host, editor, queries]);
}

/** The open draft of a question that is not in its answer yet. */
export function openDraft(drafts: readonly Draft[], questionId: string, takenId: string | undefined): Draft | null {
  return drafts.findLast((draft) => draft.questionTurnId === questionId && draft.verdict === 'open' && draft.id !== takenId) ?? null;
}

export function DraftBox({ questionId, answerId }: { questionId: string; answerId: string }): ReactElement | null {
  const { t } = useTranslation();
  const { assistant } = useProjectSettings();
  const context = useDraftContext();
  const imageId = useEditor((state) => state.imageId) ?? '';
  const isAsked = useEditor((state) => state.doc.turn.some((turn) => turn.id === questionId && turn.text.trim() !== ''));
  const isBlank = useEditor((state) => !state.doc.turn.some((turn) => turn.id === answerId && turn.text.trim() !== ''));
  const takenId = useEditor((state) => state.doc.turn.find((turn) => turn.id === answerId)?.draftId);
  const isOn = assistant?.enabled === true;
  const { data: drafts = [] } = useQueryMethod('drafts.list', { imageId }, { enabled: isOn && imageId !== '' });
  const asking = useStore(draftStore, (state) => state.asking[questionId]);
  if (!isOn) return null;
  const draft = openDraft(drafts, questionId, takenId);
  if (asking) {
    return (
      <section className={styles.box} aria-label={t('questions.draft.label', { model: assistant.model })} aria-busy={!asking.error} data-testid="draft">
        <Head model={assistant.model} />
        {asking.error ? (
          <p className={styles.error} role="alert">
            {errorSentence(asking.error)}
          </p>
        ) : (
          <p className={styles.text}>{asking.text || t('questions.draft.waiting')}</p>
        )}
        <div className={styles.buttons}>
          {asking.error ? (
            <Button onPress={() => void askDraft(context, questionId, drafts.find((one) => one.id === asking.previousId) ?? null, asking.complaint)}>
              {t('questions.draft.retry')}
            </Button>
          ) : null}
          <Button variant="quiet" onPress={() => stopAsking(questionId)}>
            {t(asking.error ? 'questions.draft.close' : 'questions.draft.stop')}
          </Button>
        </div>
      </section>
    );
  }
  if (draft) return <OpenDraft key={draft.id} draft={draft} questionId={questionId} answerId={answerId} context={context} />;
  if (!isAsked || !isBlank) return null;
  return (
    <div className={styles.ask}>
      <Button variant="quiet" onPress={() => void askDraft(context, questionId, null, null)}>
        <Bot size={15} aria-hidden />
        {t('questions.draft.ask')}
        <Keys of="questions.draft" />
      </Button>
    </div>
  );
}

function Head({ model }: { model: string }): ReactElement {
  const { t } = useTranslation();
  return (
    <p className={styles.head}>
      <Bot size={14} aria-hidden />
      {t('questions.draft.head', { model })}
    </p>
  );
}

interface OpenDraftProps {
  readonly draft: Draft;
  readonly questionId: string;
  readonly answerId: string;
  readonly context: DraftContext;
}
function OpenDraft({ draft, questionId, answerId, context }: OpenDraftProps): ReactElement {
  const { t } = useTranslation();
  const { fields } = useAnnotate();
  const [complaint, setComplaint] = useState('');
  const confirms = useStore(draftStore, (state) => state.confirm === questionId);
  const accept = () => void takeDraft(context, questionId, answerId, draft, 'accepted');
  const again = () => complaint.trim() !== '' && void askDraft(context, questionId, draft, complaint.trim());
  return (
    <section className={styles.box} aria-label={t('questions.draft.label', { model: draft.model })} data-testid="draft">
      <Head model={draft.model} />
      {draft.complaint ? <p className={styles.said}>{t('questions.draft.said', { complaint: draft.complaint })}</p> : null}
      <p className={styles.text} role="status" data-selectable>
        {draft.text}
      </p>
      {confirms ? (
        <p className={styles.warning} role="alert">
          {t('questions.draft.replaces')}
        </p>
      ) : null}
      <div className={styles.buttons}>
        <Button variant="primary" onPress={accept}>
          {t(confirms ? 'questions.draft.replace' : 'questions.draft.accept')}
          <Keys of="questions.accept" onAccent />
        </Button>
        <Button onPress={() => takeDraft(context, questionId, answerId, draft, null) && fields.focus(answerId, draft.text.length)}>
          {t('questions.draft.edit')}
          <Keys of="questions.edit-draft" />
        </Button>
        <Button variant="quiet" onPress={() => void settle(context, draft, 'rejected')}>
          {t('questions.draft.dismiss')}
          <Keys of="questions.dismiss-draft" />
        </Button>
      </div>
      <form
        className={styles.complain}
        onSubmit={(event) => {
          event.preventDefault();
          again();
        }}
      >
        <TextField
          aria-label={t('questions.draft.wrong')}
          placeholder={t('questions.draft.wrong')}
          value={complaint}
          maxLength={4000}
          onChange={setComplaint}
          after={complaint === '' ? <Keys of="questions.complain" /> : null}
        />
        <Button type="submit" isDisabled={complaint.trim() === ''}>
          {t('questions.draft.again')}
        </Button>
      </form>
    </section>
  );
}
