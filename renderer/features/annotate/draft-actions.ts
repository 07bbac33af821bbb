/** Drafts of a language model for the questions on the screen: asking, taking, rejecting. Nothing here writes into a person's answer unasked. */
import type { QueryClient } from '@tanstack/react-query';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { setAnswer, setDraft } from '../../../shared/domain/authoring.ts';
import type { Draft, Verdict } from '../../../shared/domain/draft.ts';
import { withoutMarks } from '../../../shared/domain/point-mark.ts';
import { AppError, toAppError } from '../../../shared/rpc/errors.ts';
import type { Host } from '../../host/host.ts';
import type { Editor } from '../../stores/editor.ts';

/** A request that is under way, or failed. What came of it is in the core's list. */
export interface Asking {
  readonly text: string;
  readonly error: AppError | null;
  readonly previousId: string | null;
  readonly complaint: string | null;
  readonly abort: AbortController;
}
interface DraftState {
  readonly asking: Readonly<Record<string, Asking>>;
  /** The question whose draft would replace what a person wrote: asked once more. */
  readonly confirm: string | null;
}
/** This window's requests, by the id of their question. */
export const draftStore: StoreApi<DraftState> = createStore<DraftState>()(() => ({ asking: {}, confirm: null }));

export interface DraftContext {
  readonly host: Host;
  readonly editor: Editor;
  readonly queries: QueryClient;
}

function put(questionId: string, asking: Asking | null): void {
  const { [questionId]: _old, ...others } = draftStore.getState().asking;
  draftStore.setState({ asking: asking ? { ...others, [questionId]: asking } : others });
}

/** Asks for a draft; with a complaint, for another one than `previous`. */
export async function askDraft({ host, editor, queries }: DraftContext, questionId: string, previous: Draft | null, complaint: string | null): Promise<void> {
  const { imageId } = editor.store.getState();
  const running = draftStore.getState().asking[questionId];
  if (imageId === null || (running && !running.error)) return;
  const abort = new AbortController();
  let asking: Asking = { text: '', error: null, previousId: previous?.id ?? null, complaint, abort };
  const show = (change: Partial<Asking>) => {
    if (draftStore.getState().asking[questionId]?.abort === abort) put(questionId, (asking = { ...asking, ...change }));
  };
  put(questionId, asking);
  try {
    // The core answers the question that it knows.
    if (!(await editor.flush())) throw new AppError('unavailable', 'the question is not saved', { key: 'core-gone' });
    for await (const piece of host.client.open(
      'drafts.ask',
      { imageId, questionTurnId: questionId, previousId: previous?.id ?? null, complaint },
      abort.signal,
    )) {
      if ('delta' in piece) show({ text: asking.text + piece.delta });
    }
    await queries.invalidateQueries({ queryKey: ['drafts.list'] });
    if (draftStore.getState().asking[questionId]?.abort === abort) put(questionId, null);
  } catch (thrown) {
    show({ error: toAppError(thrown) });
  }
}

/** Stops a request, or takes its failure off the screen. */
export function stopAsking(questionId: string): void {
  draftStore.getState().asking[questionId]?.abort.abort();
  put(questionId, null);
}

export async function settle({ host, queries }: DraftContext, draft: Draft, verdict: Verdict): Promise<void> {
  draftStore.setState({ confirm: null });
  await host.client.call('drafts.settle', { draftId: draft.id, verdict });
  await queries.invalidateQueries({ queryKey: ['drafts.list'] });
}

/**
 * Puts a draft into the answer. What a person wrote there is replaced only when they say so twice (false the first time), and undo brings it back.
 * `verdict`: null leaves the draft open, for it is still being edited.
 */
export function takeDraft(context: DraftContext, questionId: string, answerId: string, draft: Draft, verdict: Verdict | null): boolean {
  const { editor } = context;
  const written = editor.textNow('turn', answerId).trim();
  const text = withoutMarks(draft.text);
  if (written !== '' && written !== text && draftStore.getState().confirm !== questionId) {
    draftStore.setState({ confirm: questionId });
    return false;
  }
  editor.commitTyping();
  const { doc } = editor.store.getState();
  editor.noteText(answerId, 'draft', editor.textNow('turn', answerId), text);
  editor.dispatch([...setAnswer(doc, answerId, text), ...setDraft(doc, answerId, draft.id)]);
  draftStore.setState({ confirm: null });
  if (verdict) void settle(context, draft, verdict);
  return true;
}

/** The person left the answer into which an open draft was taken: says whether it was changed. */
export function settleTaken(context: DraftContext, answerId: string): void {
  const { imageId, doc } = context.editor.store.getState();
  const answer = doc.turn.find((turn) => turn.id === answerId);
  if (!imageId || answer?.draftId === undefined) return;
  const list = context.queries.getQueryData<Draft[]>(['drafts.list', { imageId }]) ?? [];
  const draft = list.find((one) => one.id === answer.draftId && one.verdict === 'open');
  if (draft) void settle(context, draft, answer.text === withoutMarks(draft.text) ? 'accepted' : 'edited');
}
