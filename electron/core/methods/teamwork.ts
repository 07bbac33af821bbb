import type { ImageConflict } from '../../../shared/rpc/teamwork-methods.ts';
import type { HandlersOf } from '../../../shared/rpc/server.ts';
import type { Context } from '../context.ts';
import { conflictsPage } from '../db/docs.ts';
import { packageOf } from '../merge/package-of.ts';
import { folderForPackage, handIn } from '../merge/work-package.ts';

export const packagesMethods: HandlersOf<'packages', Context> = {
  'packages.current': (_input, { app }) => ({ info: packageOf(app.project().db) }),
  'packages.make': (params, { app }) => ({ jobId: app.project().jobs.start('packages', params) }),
  'packages.open': async ({ file }, { app }) => {
    const { folder } = await folderForPackage(file, app.host.projectsFolder);
    const opened = await app.open(folder);
    return { opened, jobId: opened.status === 'opened' ? app.project().jobs.start('merge', { path: file }) : null };
  },
  'packages.handIn': ({ folder }, { app }, signal) => handIn(app.project(), folder, signal),
};

export const mergeMethods: HandlersOf<'merge', Context> = {
  'merge.start': ({ paths }, { app }) => {
    const { jobs } = app.project();
    return { jobIds: paths.map((path) => jobs.start('merge', { path })) };
  },
  'merge.conflicts': ({ offset, limit }, { app }): { total: number; images: number; conflicts: ImageConflict[] } =>
    conflictsPage(app.project().db, offset, limit),
};
