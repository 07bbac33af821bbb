import type { HandlersOf } from '../../../shared/rpc/server.ts';
import type { EvaluationPiece } from '../../../shared/domain/evaluation.ts';
import { AppError } from '../../../shared/rpc/errors.ts';
import type { Context } from '../context.ts';
import { readSettings } from '../db/settings.ts';
import { evaluateSimilar } from '../proposals/evaluate.ts';
import { proposalReport } from '../proposals/report.ts';

async function* evaluate({ encoderId }: { encoderId: string | null }, { app }: Context, signal: AbortSignal): AsyncGenerator<EvaluationPiece> {
  const project = app.project();
  const able = (await app.encoders.list()).filter(({ abilities }) => abilities.includes('click-to-similar'));
  const id = encoderId ?? readSettings(project.db).encoder?.id ?? able[0]?.id ?? '';
  const model = able.some((one) => one.id === id) ? await app.encoders.find(id) : null;
  if (!model) throw new AppError('not-found', `no encoder ${id} that proposes points`, { key: 'no-encoder', id });
  yield* evaluateSimilar(project, model, signal);
}

export const proposalsMethods: HandlersOf<'proposals', Context> = {
  'proposals.about': ({ imageId }, { app }) => app.project().proposals.about(imageId),
  'proposals.prepare': ({ imageId }, { app }, signal) => app.project().proposals.prepare(imageId, signal),
  'proposals.ask': (ask, { app }, signal) => app.project().proposals.ask(ask, signal),
  'proposals.show': ({ askId, threshold }, { app }) => app.project().proposals.show(askId, threshold),
  'proposals.settle': ({ imageId, proposalIds, verdict }, { app }) => app.project().proposals.settle(imageId, proposalIds, verdict),
  'proposals.evaluate': evaluate,
  'proposals.report': (_input, { app }, signal) => proposalReport(app.project().db, signal),
};
