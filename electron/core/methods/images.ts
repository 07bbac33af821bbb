import { AppError } from '../../../shared/rpc/errors.ts';
import type { HandlersOf } from '../../../shared/rpc/server.ts';
import type { Context } from '../context.ts';
import { importProblems } from '../db/files.ts';
import { readInBackground } from '../reading/run-ocr.ts';
import { duplicates, facets, imageCard, imageIds, imagePage, imagePosition, labels } from '../db/images.ts';

export const imagesMethods: HandlersOf<'images', Context> = {
  'images.import': ({ paths, mode }, { app }) => {
    const project = app.project();
    const jobId = project.jobs.start('import', { paths, mode });
    void project.jobs.ended(jobId).then(() => app.current === project && readInBackground(project));
    return { jobId };
  },
  'images.relink': ({ paths }, { app }) => ({ jobId: app.project().jobs.start('relink', { paths }) }),
  'images.page': ({ filter, offset, limit }, { app }) => imagePage(app.project().db, filter, offset, limit),
  'images.position': ({ filter, imageId }, { app }) => imagePosition(app.project().db, filter, imageId),
  'images.ids': ({ filter, offset, limit }, { app }) => ({ ids: imageIds(app.project().db, filter, offset, limit) }),
  'images.get': ({ imageId }, { app }) => {
    const card = imageCard(app.project().db, imageId);
    if (!card) throw new AppError('not-found', `no image ${imageId}`, { key: 'no-image' });
    return card;
  },
  'images.facets': (_input, { app }) => facets(app.project().db),
  'images.problems': ({ jobId, offset, limit }, { app }) => importProblems(app.project().db, jobId, offset, limit),
  'images.duplicates': (_input, { app }) => duplicates(app.project().db),
  'images.labels': ({ prefix, limit }, { app }) => labels(app.project().db, prefix, limit),
};
