import type { HandlersOf } from '../../../shared/rpc/server.ts';
import type { Context } from '../context.ts';

export const filmMethods: HandlersOf<'film', Context> = {
  'film.events': ({ imageId, after }, { app }) => app.project().edits.film(imageId, after),
};
