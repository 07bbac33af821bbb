import { createHash } from 'node:crypto';
import type { HandlersOf } from '../../../shared/rpc/server.ts';
import { idPages, planFor } from '../assign.ts';
import type { Context } from '../context.ts';
import { imageNum } from '../db/images.ts';
import { keepRanking } from '../db/rankings.ts';

interface Drawn {
  readonly id: string;
  readonly at: string;
}
const byChance = (a: Drawn, b: Drawn): number => (a.at < b.at ? -1 : 1);

export const reviewMethods: HandlersOf<'review', Context> = {
  'review.previewAssign': async (params, { app }, signal) => {
    const { images, perPerson } = await planFor(app.project(), params, signal);
    return { images: images.length, perPerson };
  },
  'review.assign': (params, { app }) => ({ jobId: app.project().jobs.start('assign', params) }),
  'review.sample': async ({ filter, size, seed }, { app }, signal) => {
    const { db } = app.project();
    let drawn: Drawn[] = [];
    let total = 0;
    for await (const ids of idPages(db, filter, signal)) {
      total += ids.length;
      // By the hash of seed and id: as good as drawn, and the same wherever it is drawn.
      const page = ids.map((id) => ({ id, at: createHash('sha1').update(`${seed}\n${id}`).digest('hex') }));
      drawn = [...drawn, ...page].sort(byChance).slice(0, size);
    }
    const nums = drawn.map(({ id }) => imageNum(db, id)!);
    const scores = nums.map(() => null);
    return { rankingId: keepRanking(db, nums, scores, null), imageIds: drawn.map(({ id }) => id), total };
  },
};
