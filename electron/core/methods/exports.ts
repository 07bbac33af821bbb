import type { Doc } from '../../../shared/domain/model.ts';
import { visibleDoc } from '../../../shared/domain/visible.ts';
import { formats } from '../../../shared/formats/formats.ts';
import type { HandlersOf } from '../../../shared/rpc/server.ts';
import type { Context } from '../context.ts';
import { loadDoc } from '../db/docs.ts';
import { imageNum } from '../db/images.ts';
import { viewFor } from '../rights.ts';
import { countExport } from '../exporters/count.ts';
import { discardExport, uprightBy } from '../exporters/run-export.ts';
import { sampleExport } from '../exporters/sample.ts';
import { nearGroups } from '../exporters/split-keys.ts';
import { releaseByName, releaseGroups } from '../releases.ts';

export const exportsMethods: HandlersOf<'exports', Context> = {
  'exports.start': (params, { app }) => ({ jobId: app.project().jobs.start('export', params) }),
  'exports.preview': ({ profile, release: name, ...choice }, { app }, signal) => {
    const { db } = app.project();
    const release = name === null ? null : releaseByName(db, name);
    const near = release ? releaseGroups(db, release.id) : nearGroups(db);
    return countExport(db, formats[profile], choice, { signal, moment: release, near });
  },
  'exports.sample': ({ profile, release, imageId, ...options }, { app }, signal) => {
    const project = app.project();
    const { db, folder, media } = project;
    const num = imageNum(db, imageId);
    const view = num === undefined ? null : viewFor(project, loadDoc(db, num));
    const wish = { seen: (doc: Doc) => visibleDoc(doc, view), profile, options, imageId, release: release === null ? null : releaseByName(db, release) };
    return sampleExport(db, folder, wish, uprightBy(media, folder, signal));
  },
  'exports.discard': async ({ jobId }, { app }) => ({ sizeBytes: await discardExport(app.project(), jobId) }),
};
