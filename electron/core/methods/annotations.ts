import type { HandlersOf } from '../../../shared/rpc/server.ts';
import type { Context } from '../context.ts';
import { reportLines } from '../importers/annotations/report.ts';

export const annotationsMethods: HandlersOf<'annotations', Context> = {
  'annotations.inspect': async (choices, { app }, signal) =>
    (await import('../importers/annotations/inspect.ts')).inspectAnnotations(app.project(), choices, signal),
  'annotations.import': (params, { app }) => ({ jobId: app.project().jobs.start('annotations', params) }),
  'annotations.report': async ({ jobId, reason, offset, limit }, { app }) => ({ lines: await reportLines(app.project().folder, jobId, reason, offset, limit) }),
};
