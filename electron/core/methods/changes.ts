import type { HandlersOf } from '../../../shared/rpc/server.ts';
import type { Context } from '../context.ts';

export const changesMethods: HandlersOf<'changes', Context> = {
  'changes.watch': (_input, { app }, signal) => app.changes.watch(signal),
};
