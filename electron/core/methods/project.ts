import { existsSync } from 'node:fs';
import path from 'node:path';
import type { HandlersOf } from '../../../shared/rpc/server.ts';
import type { App, Context } from '../context.ts';
import { DATABASE_FILE } from '../db/open.ts';
import { readSettings, writeSettings } from '../db/settings.ts';
import { readInBackground } from '../reading/run-ocr.ts';
import { makeSampleProject } from '../sample-project.ts';
import { forgetRecent, loadRecent } from '../settings.ts';

const recent = (app: App) =>
  loadRecent(app.host.settingsFolder).map((project) => ({ ...project, exists: existsSync(path.join(project.folder, DATABASE_FILE)) }));

export const projectMethods: HandlersOf<'project', Context> = {
  'project.current': (_input, { app }) => app.current?.info() ?? { id: null },
  'project.recent': (_input, { app }) => recent(app),
  'project.forget': ({ folder }, { app }) => {
    forgetRecent(app.host.settingsFolder, folder);
    return recent(app);
  },
  'project.create': ({ folder, name }, { app }) => app.open(folder, { name }),
  'project.open': ({ folder }, { app }) => app.open(folder),
  'project.openSample': (_input, { app }) => makeSampleProject(app),
  'project.close': async (_input, { app }) => {
    const closed = app.current !== null;
    await app.close();
    return { closed };
  },
  'project.verify': (_input, { app }) => ({ jobId: app.project().jobs.start('verify', {}) }),
  'project.settings': (_input, { app }) => readSettings(app.project().db),
  'project.configure': (changes, { app }) => {
    const project = app.project();
    writeSettings(project.db, changes);
    project.notify({ topic: 'project' });
    readInBackground(project);
    if (changes.encoder) project.indexing.auto('changed').catch((thrown: unknown) => app.host.log('indexing by itself', thrown));
    return readSettings(project.db);
  },
};
