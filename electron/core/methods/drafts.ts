import type { Draft } from '../../../shared/domain/draft.ts';
import { newId } from '../../../shared/domain/ids.ts';
import type { DraftPiece } from '../../../shared/rpc/contract.ts';
import { AppError } from '../../../shared/rpc/errors.ts';
import type { HandlersOf } from '../../../shared/rpc/server.ts';
import { streamChat } from '../assistant/chat-client.ts';
import { keepKey, keyFor } from '../assistant/keys.ts';
import { promptFor, withoutThoughts } from '../assistant/prompt.ts';
import type { App, Context } from '../context.ts';
import { loadDoc } from '../db/docs.ts';
import { draftById, draftsOfImage, putDraft, settleDraft } from '../db/drafts.ts';
import { imageNum } from '../db/images.ts';
import { readSettings } from '../db/settings.ts';
import type { Project } from '../project.ts';
import { viewFor } from '../rights.ts';
import { readImageText } from '../reading/read-image.ts';

function imageOf(app: App, imageId: string): number {
  const num = imageNum(app.project().db, imageId);
  if (num === undefined) throw new AppError('not-found', `no image ${imageId}`, { key: 'no-image' });
  return num;
}

interface Ask {
  readonly imageId: string;
  readonly questionTurnId: string;
  readonly previousId: string | null;
  readonly complaint: string | null;
}
async function* ask({ imageId, questionTurnId, previousId, complaint }: Ask, { app, clientId }: Context, signal: AbortSignal): AsyncGenerator<DraftPiece> {
  const project = app.project();
  const { db, me } = project;
  const { assistant } = readSettings(db);
  if (!assistant?.enabled) throw new AppError('forbidden', 'the assistant is off', { key: 'assistant-off' });
  const num = imageOf(app, imageId);
  const { doc } = project.edits.load(imageId);
  const question = doc.turn.find((turn) => turn.id === questionTurnId && turn.role === 'question');
  if (!question || question.text.trim() === '') throw new AppError('invalid', 'no question', { key: 'assistant-no-question' });
  const previous = previousId === null ? null : (draftById(db, previousId) ?? null);
  const prompt = promptFor(doc, question, previous, complaint, await linesOf(project, imageId));
  const { endpoint, model, timeoutMs } = assistant;
  const key = keyFor(app.host.settingsFolder, endpoint);
  const askedAt = Date.now();
  let text = '';
  for await (const delta of streamChat({ endpoint, model, key, messages: prompt, timeoutMs, signal })) {
    text += delta;
    yield { delta };
  }
  text = withoutThoughts(text).toWellFormed();
  if (text === '') throw new AppError('unavailable', 'nothing but thoughts', { key: 'assistant-empty' });
  const draft: Draft = {
    id: newId(),
    threadId: question.threadId,
    questionTurnId,
    model,
    endpoint,
    prompt,
    text,
    complaint,
    previousId: previous?.id ?? null,
    verdict: 'open',
    askedBy: me.userId,
    askedAt,
    settledAt: null,
  };
  db.transaction(() => {
    // Asking again says that the one before was not right.
    if (previous?.verdict === 'open') settleDraft(db, previous.id, 'rejected', Date.now());
    putDraft(db, num, draft);
  })();
  project.notify({ topic: 'images', imageIds: [imageId], by: clientId });
  yield { draft };
}

/** What stands in the image, as far as it can be read here; an answer does not wait for a reader that fails. */
async function linesOf(project: Project, imageId: string): Promise<string[]> {
  if (!readSettings(project.db).reading.enabled) return [];
  const found = await readImageText(project, imageId, { urgent: true }).catch(() => null);
  return found?.status === 'read' ? found.lines.map(({ text }) => text) : [];
}

export const draftsMethods: HandlersOf<'drafts', Context> = {
  'drafts.ask': ask,
  'drafts.list': ({ imageId }, { app }) => {
    const project = app.project();
    const num = imageOf(app, imageId);
    const drafts = draftsOfImage(project.db, num);
    // Drafts of conversations that the person may not see go with those.
    const { doc } = project.edits.load(imageId);
    return viewFor(project, loadDoc(project.db, num)) === null ? drafts : drafts.filter(({ threadId }) => doc.thread.some(({ id }) => id === threadId));
  },
  'drafts.settle': ({ draftId, verdict }, { app }) => {
    const { db } = app.project();
    if (!draftById(db, draftId)) throw new AppError('not-found', `no draft ${draftId}`);
    settleDraft(db, draftId, verdict, Date.now());
    return draftById(db, draftId)!;
  },
  'drafts.hasKey': ({ endpoint }, { app }) => ({ kept: keyFor(app.host.settingsFolder, endpoint) !== null }),
  'drafts.keepKey': ({ endpoint, key }, { app }) => {
    keepKey(app.host.settingsFolder, endpoint, key);
    return { kept: key !== null };
  },
  'drafts.test': async ({ endpoint, model, timeoutMs }, { app }, signal) => {
    const begun = performance.now();
    const key = keyFor(app.host.settingsFolder, endpoint);
    let reply = '';
    const messages = [{ role: 'user', content: 'Answer with the one word: ready' }] as const;
    for await (const delta of streamChat({ endpoint, model, key, messages, timeoutMs, signal })) reply += delta;
    return { reply: withoutThoughts(reply).slice(0, 200), ms: Math.round(performance.now() - begun) };
  },
};
