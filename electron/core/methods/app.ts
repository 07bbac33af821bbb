import type { HandlersOf } from '../../../shared/rpc/server.ts';
import type { Context } from '../context.ts';
import { sqliteVersion } from '../db/open.ts';

export const appMethods: HandlersOf<'app', Context> = {
  'app.info': (_input, { app }) => ({
    version: app.host.version,
    sqlite: sqliteVersion(),
    host: app.host.program,
    me: { id: app.profile.userId, name: app.profile.name },
    projectsFolder: app.host.projectsFolder,
  }),
};
