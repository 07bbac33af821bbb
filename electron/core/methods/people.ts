import type { HandlersOf } from '../../../shared/rpc/server.ts';
import type { Context } from '../context.ts';
import { listPeople } from '../db/people.ts';

export const peopleMethods: HandlersOf<'people', Context> = {
  'people.rename': ({ name }, { app }) => {
    app.rename(name);
    return { id: app.profile.userId, name };
  },
  'people.list': (_input, { app }) => listPeople(app.project().db),
};
