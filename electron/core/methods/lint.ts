import type { HandlersOf } from '../../../shared/rpc/server.ts';
import type { Context } from '../context.ts';

export const lintMethods: HandlersOf<'lint', Context> = {
  'lint.context': ({ imageId }, { app, roles }) => {
    const { lint, me } = app.project();
    const { commonOpenings, origins: _all, ...context } = lint.context(imageId);
    return { ...context, commonOpenings: [...commonOpenings], origins: lint.origins(imageId, roles.has('lead') ? null : me.userId) };
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
