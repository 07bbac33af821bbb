import type { HandlersOf } from '../../../shared/rpc/server.ts';
import type { Context } from '../context.ts';
import { saveTable } from '../quality/save-table.ts';

export const figuresMethods: HandlersOf<'figures', Context> = {
  'figures.overview': ({ filter }, { app }, signal) => app.project().figures.overview(filter, signal),
  'figures.items': (what, { app }) => app.project().figures.items(what),
  'figures.save': async ({ name, format, text }, { app }) => ({ file: await saveTable(app.project().folder, name, format, text) }),
};
