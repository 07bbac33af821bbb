import { createHash } from 'node:crypto';
import type { HandlersOf } from '../../../shared/rpc/server.ts';
import { planFor } from '../assign.ts';
import type { Context } from '../context.ts';
import { imageIds, imageNum } from '../db/images.ts';
import { keepRanking } from '../db/rankings.ts';

export const reviewMethods: HandlersOf<'review', Context> = {
  'review.previewAssign': (params, { app }) => {
    const { images, perPerson } = planFor(app.project(), params);
    return { images: images.length, perPerson };
  },
  'review.assign': (params, { app }) => ({ jobId: app.project().jobs.start('assign', params) }),
  'review.sample': ({ filter, size, seed }, { app }) => {
    const { db } = app.project();
    const ids = imageIds(db, filter, 0, 1_000_000);
    // By the hash of seed and id: as good as drawn, and the same wherever it is drawn.
    const drawn = ids
      .map((id) => ({ id, at: createHash('sha1').update(`${seed}\n${id}`).digest('hex') }))
      .sort((a, b) => (a.at < b.at ? -1 : 1))
      .slice(0, size)
      .map(({ id }) => id);
    const nums = drawn.map((id) => imageNum(db, id)!);
    return {
      rankingId: keepRanking(
        db,
        nums,
        nums.map(() => null),
        null,
      ),
      imageIds: drawn,
      total: ids.length,
    };
  },
};
