import type { HandlersOf } from '../../../shared/rpc/server.ts';
import type { Context } from '../context.ts';
import { sqliteVersion } from '../db/open.ts';
import { meOf } from '../people.ts';

export const appMethods: HandlersOf<'app', Context> = {
  'app.info': (_input, { app }) => ({
    version: app.host.version,
    sqlite: sqliteVersion(),
    host: app.host.program,
    me: meOf(app.current, app.profile),
    projectsFolder: app.host.projectsFolder,
  }),
};
