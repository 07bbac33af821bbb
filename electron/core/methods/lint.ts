import type { HandlersOf } from '../../../shared/rpc/server.ts';
import type { Context } from '../context.ts';
import { blindContext } from '../quality/lint/context.ts';
import { roleOf } from '../rights.ts';
import { onlookerOf } from '../seen-cards.ts';

export const lintMethods: HandlersOf<'lint', Context> = {
  'lint.context': async ({ imageId }, { app }) => {
    const project = app.project();
    const { lint, me } = project;
    const isBlind = (await onlookerOf(project)) !== null;
    const whole = lint.context(imageId);
    const { commonOpenings, origins: _all, ...context } = isBlind ? blindContext(whole) : whole;
    return { ...context, commonOpenings: [...commonOpenings], origins: lint.origins(imageId, roleOf(project) === 'lead' ? null : me.userId) };
  },
  'lint.summary': (_input, { app }) => app.project().lint.summary(),
  'lint.findings': async ({ code, offset, limit }, { app }) => {
    const { lint } = app.project();
    return lint.findings(code, offset, limit);
  },
  'lint.exportHeld': ({ states }, { app }) => app.project().lint.exportHeld(states),
  'lint.run': ({ files }, { app }) => {
    const { jobs } = app.project();
    const running = jobs.list().find((job) => job.kind === 'lint' && job.state === 'running');
    return { jobId: running?.id ?? jobs.start('lint', { files }) };
  },
  'lint.previewFix': ({ code, filter }, { app }) => app.project().lint.previewFix(code, filter),
  'lint.fix': ({ code, filter }, { app, clientId }) => app.project().lint.fix(code, filter, clientId),
};
