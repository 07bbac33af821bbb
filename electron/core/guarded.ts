import { methodActions } from '../../shared/rpc/method-actions.ts';
import type { Handlers } from '../../shared/rpc/server.ts';
import type { Context } from './context.ts';
import { requireProject } from './rights.ts';

/** The handlers, those of methods that need a right behind the question whether the acting person has it. */
export function guarded(all: Handlers<Context>): Handlers<Context> {
  type Run = (input: unknown, context: Context, signal: AbortSignal) => unknown;
  const guards = Object.entries(methodActions).map(([name, action]): [string, Run] => {
    const run = all[name as keyof Handlers<Context>] as Run;
    return [
      name,
      (input, context, signal) => {
        requireProject(context.app.project(), action);
        return run(input, context, signal);
      },
    ];
  });
  return { ...all, ...Object.fromEntries(guards) };
}
