import { encoderCatalogue } from '../../../shared/domain/encoder-catalogue.ts';
import type { HandlersOf } from '../../../shared/rpc/server.ts';
import type { Context } from '../context.ts';
import { readSettings, writeSettings } from '../db/settings.ts';
import { hubPlace } from '../encoder/download/hub-url.ts';
import { inspectEncoder, installEncoder } from '../encoder/install.ts';

export const encodersMethods: HandlersOf<'encoders', Context> = {
  'encoders.list': (_input, { app }) => app.encoders.list(),
  'encoders.catalogue': () => encoderCatalogue,
  'encoders.inspect': ({ path }) => inspectEncoder(path),
  'encoders.install': async ({ path, described }, { app }, signal) => {
    const installed = await installEncoder(app.encoders, path, { described, signal });
    app.changes.publish({ topic: 'encoders' });
    return installed;
  },
  'encoders.download': (params, { app }) => {
    // A wrong address is told at once, not by a job that fails.
    hubPlace(params.address);
    return { jobId: app.project().jobs.start('download', params) };
  },
  'encoders.remove': async ({ id }, { app }) => {
    await app.encoders.remove(id);
    const project = app.current;
    if (project && readSettings(project.db).encoder?.id === id) {
      writeSettings(project.db, { encoder: null });
      project.notify({ topic: 'project' });
    }
    app.changes.publish({ topic: 'encoders' });
    return { removed: true };
  },
  'encoders.measure': async ({ id }, { app }, signal) => {
    const measure = await app.encoders.measure(id, signal);
    app.changes.publish({ topic: 'encoders' });
    return measure;
  },
  'encoders.index': async (_input, { app }) => ({ jobId: await app.project().indexing.start() }),
  'encoders.status': (_input, { app }) => app.project().indexing.status(),
};
