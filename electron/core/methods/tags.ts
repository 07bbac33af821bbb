import type { HandlersOf } from '../../../shared/rpc/server.ts';
import type { Context } from '../context.ts';
import { suggestTags } from '../tags/suggest-tags.ts';

export const tagsMethods: HandlersOf<'tags', Context> = {
  'tags.suggest': ({ imageId }, { app }, signal) => suggestTags(app, app.project(), imageId, signal),
};
