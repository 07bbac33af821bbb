import { formats } from '../../../shared/formats/formats.ts';
import type { HandlersOf } from '../../../shared/rpc/server.ts';
import type { Context } from '../context.ts';
import { countExport } from '../exporters/count.ts';

export const exportsMethods: HandlersOf<'exports', Context> = {
  'exports.start': (params, { app }) => ({ jobId: app.project().jobs.start('export', params) }),
  'exports.preview': ({ profile, states }, { app }) => countExport(app.project().db, formats[profile], states),
};
