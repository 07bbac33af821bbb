import type { HandlersOf } from '../../../shared/rpc/server.ts';
import type { Context } from '../context.ts';
import { noteAttention } from '../attention.ts';
import { findTexts, replaceTexts } from '../find-text.ts';

export const editsMethods: HandlersOf<'edits', Context> = {
  'edits.load': async ({ imageId }, { app }) => {
    const project = app.project();
    // Somebody looks at it: what an encoder can say of it is needed first.
    noteAttention(project.db);
    project.indexing.focus(imageId);
    await project.edits.readAhead(imageId);
    return project.edits.load(imageId);
  },
  'edits.apply': (edit, { app, clientId }) => {
    const { db, edits } = app.project();
    noteAttention(db);
    return edits.apply(edit, clientId);
  },
  'edits.undo': ({ imageId }, { app, clientId }) => app.project().edits.undo(imageId, clientId),
  'edits.redo': ({ imageId }, { app, clientId }) => app.project().edits.redo(imageId, clientId),
  'edits.bulk': async ({ imageIds, change }, { app, clientId }) => {
    const { changed, refused, held, at } = await app.project().edits.bulk(imageIds, change, clientId);
    return { changed, refused: refused.length, held, at };
  },
  'edits.at': ({ imageId, seq }, { app }) => app.project().edits.at(imageId, seq),
  'edits.restore': (edit, { app, clientId }) => app.project().edits.restore(edit, clientId),
  'edits.findText': (query, { app }, signal) => findTexts(app.project(), query, signal),
  'edits.replaceText': (edit, { app, clientId }) => replaceTexts(app.project().edits, edit, clientId),
  'edits.history': ({ imageId, limit }, { app }) => app.project().edits.history(imageId, limit),
};
