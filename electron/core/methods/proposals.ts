import type { HandlersOf } from '../../../shared/rpc/server.ts';
import type { Context } from '../context.ts';

export const proposalsMethods: HandlersOf<'proposals', Context> = {
  'proposals.about': ({ imageId }, { app }) => app.project().proposals.about(imageId),
  'proposals.prepare': ({ imageId }, { app }, signal) => app.project().proposals.prepare(imageId, signal),
  'proposals.ask': (ask, { app }, signal) => app.project().proposals.ask(ask, signal),
  'proposals.show': ({ askId, threshold }, { app }) => app.project().proposals.show(askId, threshold),
  'proposals.settle': ({ imageId, proposalIds, verdict }, { app }) => app.project().proposals.settle(imageId, proposalIds, verdict),
};
