import { mirroredPhash, phashDistance } from '../../../shared/domain/phash.ts';
import type { NearGroup } from '../../../shared/rpc/contract.ts';
import { AppError } from '../../../shared/rpc/errors.ts';
import type { HandlersOf } from '../../../shared/rpc/server.ts';
import type { Context, OpenProject } from '../context.ts';
import { imageCard, imageNum, imageRecord } from '../db/images.ts';
import { countNearGroups, decideNear, nearFoundAt, nearGroupsPage } from '../db/near.ts';

/** The members with what tells them from the first. */
function nearGroup({ db }: OpenProject, nums: readonly number[]): NearGroup {
  const cards = nums.map((num) => imageCard(db, imageRecord(db, num).id)!);
  const first = cards[0]!;
  const described = cards.map((card) => {
    const straight = phashDistance(first.phash, card.phash);
    const mirror = phashDistance(mirroredPhash(first.phash), card.phash);
    return { ...card, bits: Math.min(straight, mirror), mirrored: card !== first && mirror < straight };
  });
  return { images: described };
}

export const duplicatesMethods: HandlersOf<'duplicates', Context> = {
  'duplicates.find': (_input, { app }) => {
    const { jobs } = app.project();
    const running = jobs.list().find((job) => job.kind === 'duplicates' && job.state === 'running');
    return { jobId: running?.id ?? jobs.start('duplicates', {}) };
  },
  'duplicates.groups': ({ offset, limit }, { app }) => {
    const project = app.project();
    const groups = nearGroupsPage(project.db, offset, limit).map((nums) => nearGroup(project, nums));
    return { total: countNearGroups(project.db), foundAt: nearFoundAt(project.db), groups };
  },
  'duplicates.decide': ({ parts }, { app, clientId }) => {
    const project = app.project();
    const ids = parts.flat();
    if (new Set(ids).size < ids.length) throw new AppError('invalid', 'an image in two parts', { key: 'bad-input', field: 'parts' });
    const nums = parts.map((part) =>
      part.map((id) => {
        const num = imageNum(project.db, id);
        if (num === undefined) throw new AppError('not-found', `no image ${id}`, { key: 'no-image' });
        return num;
      }),
    );
    const at = Date.now();
    decideNear(project.db, nums, project.me.userId, at);
    project.notify({ topic: 'images', imageIds: ids.length > 1000 ? 'all' : ids, by: clientId });
    return { at };
  },
};
