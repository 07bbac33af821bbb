import { mirroredPhash, phashDistance } from '../../../shared/domain/phash.ts';
import type { NearGroup } from '../../../shared/rpc/machine-contract.ts';
import { AppError } from '../../../shared/rpc/errors.ts';
import type { HandlersOf } from '../../../shared/rpc/server.ts';
import { COPY_LIKENESS, SAME_BITS } from '../../../shared/domain/near.ts';
import type { Context, OpenProject } from '../context.ts';
import { imageCard, imageNum, imageRecord } from '../db/images.ts';
import type { Onlooker } from '../db/seen.ts';
import { onlookerOf, seenCards } from '../seen-cards.ts';
import { countNearGroups, decideNear, lastNearStep, nearFoundAt, nearGroupsPage, nearLikeness, undoNear } from '../db/near.ts';

const changeOf = (bits: number, likeness: number | null): 'colours' | 'edited' | null => {
  if (likeness === null || bits <= SAME_BITS === likeness >= COPY_LIKENESS) return null;
  return bits <= SAME_BITS ? 'colours' : 'edited';
};

/** The members with what tells them from the first. */
function nearGroup(project: OpenProject, nums: readonly number[], onlooker: Onlooker): NearGroup {
  const { db } = project;
  const whole = nums.map((num) => imageCard(db, imageRecord(db, num).id)!);
  const cards = seenCards(project, whole, onlooker);
  const first = cards[0]!;
  const described = cards.map((card, at) => {
    const straight = phashDistance(first.phash, card.phash);
    const mirror = phashDistance(mirroredPhash(first.phash), card.phash);
    const mirrored = card !== first && mirror < straight;
    const bits = Math.min(straight, mirror);
    return { ...card, bits, mirrored, change: changeOf(bits, mirrored ? null : nearLikeness(db, nums[at]!, nums[0]!)) };
  });
  return { images: described };
}

export const duplicatesMethods: HandlersOf<'duplicates', Context> = {
  'duplicates.find': (_input, { app }) => {
    const { jobs } = app.project();
    const running = jobs.list().find((job) => job.kind === 'duplicates' && job.state === 'running');
    return { jobId: running?.id ?? jobs.start('duplicates', {}) };
  },
  'duplicates.groups': async ({ offset, limit }, { app }) => {
    const project = app.project();
    const onlooker = await onlookerOf(project);
    const groups = nearGroupsPage(project.db, offset, limit).map((nums) => nearGroup(project, nums, onlooker));
    return { total: countNearGroups(project.db), foundAt: nearFoundAt(project.db), groups, last: lastNearStep(project.db) };
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
  'duplicates.undo': ({ step }, { app, clientId }) => {
    const project = app.project();
    const nums = undoNear(project.db, step, Date.now());
    if (nums === null) return { undone: false };
    const imageIds = nums.length > 1000 ? ('all' as const) : nums.map((num) => imageRecord(project.db, num).id);
    project.notify({ topic: 'images', imageIds, by: clientId });
    return { undone: true };
  },
};
