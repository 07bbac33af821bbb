import type { HandlersOf } from '../../../shared/rpc/server.ts';
import type { Context } from '../context.ts';
import { diffReleases, listReleases, releaseByName, saveDiff } from '../releases.ts';

export const releasesMethods: HandlersOf<'releases', Context> = {
  'releases.list': (_input, { app }) => listReleases(app.project().db),
  'releases.create': ({ name, note }, { app }) => ({ jobId: app.project().jobs.start('release', { name, note }) }),
  'releases.diff': ({ from, to }, { app }, signal) => {
    const { db } = app.project();
    return diffReleases(db, releaseByName(db, from), to === null ? null : releaseByName(db, to), signal);
  },
  'releases.saveDiff': async ({ from, to }, { app }, signal) => {
    const { db, folder } = app.project();
    const diff = await diffReleases(db, releaseByName(db, from), to === null ? null : releaseByName(db, to), signal);
    return { file: await saveDiff(folder, diff) };
  },
};
