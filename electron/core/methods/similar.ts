import type { HandlersOf } from '../../../shared/rpc/server.ts';
import type { Context } from '../context.ts';

export const similarMethods: HandlersOf<'similar', Context> = {
  'similar.rank': ({ by }, { app }, signal) => app.project().similar.rank(by, signal),
};
