import { AppError } from '../../../shared/rpc/errors.ts';
import type { HandlersOf } from '../../../shared/rpc/server.ts';
import type { Context } from '../context.ts';
import { importProblems } from '../db/files.ts';
import { readInBackground } from '../reading/run-ocr.ts';
import { onlookerOf, seenCards } from '../seen-cards.ts';
import { duplicates, facets, imageCard, imageIds, imagePage, imagePosition, labels } from '../db/images.ts';

export const imagesMethods: HandlersOf<'images', Context> = {
  'images.import': ({ paths, mode }, { app }) => {
    const project = app.project();
    const jobId = project.jobs.start('import', { paths, mode });
    void project.jobs.ended(jobId).then(() => app.current === project && readInBackground(project));
    return { jobId };
  },
  'images.relink': ({ paths }, { app }) => ({ jobId: app.project().jobs.start('relink', { paths }) }),
  'images.page': async ({ filter, offset, limit }, { app }) => {
    const project = app.project();
    const onlooker = await onlookerOf(project);
    const page = imagePage(project.db, filter, offset, limit, onlooker);
    return { ...page, images: seenCards(project, page.images, onlooker) };
  },
  'images.position': async ({ filter, imageId }, { app }) => imagePosition(app.project().db, filter, imageId, await onlookerOf(app.project())),
  'images.ids': async ({ filter, offset, limit }, { app }) => ({ ids: imageIds(app.project().db, filter, offset, limit, await onlookerOf(app.project())) }),
  'images.get': async ({ imageId }, { app }) => {
    const project = app.project();
    const onlooker = await onlookerOf(project);
    const card = imageCard(project.db, imageId);
    if (!card) throw new AppError('not-found', `no image ${imageId}`, { key: 'no-image' });
    return seenCards(project, [card], onlooker)[0]!;
  },
  'images.facets': async (_input, { app }) => facets(app.project().db, await onlookerOf(app.project())),
  'images.problems': ({ jobId, offset, limit }, { app }) => importProblems(app.project().db, jobId, offset, limit),
  'images.duplicates': (_input, { app }) => duplicates(app.project().db),
  'images.labels': async ({ prefix, limit }, { app }) => labels(app.project().db, prefix, limit, await onlookerOf(app.project())),
};
