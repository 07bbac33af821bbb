/** The job that gives images to people by a rule: one edit an image, all of one group. */
import { type AssignPlan, type AssignRule, planInSteps } from '../../shared/domain/assign-plan.ts';
import type { ImageFilter } from '../../shared/domain/image.ts';
import { newId } from '../../shared/domain/ids.ts';
import { addAssignment, partOf } from '../../shared/domain/review.ts';
import { imageIds } from './db/images.ts';
import { sql } from './db/statement.ts';
import type { Edits } from './edits.ts';
import type { JobRunner } from './jobs/runner.ts';
import type { Project } from './project.ts';
import { goldImages } from './quality/agreement/gold.ts';

export interface AssignParams {
  readonly filter: ImageFilter;
  readonly rule: AssignRule;
}
/** Images between two looks at whether to stop. */
const SLICE = 200;
/** Ids read in one go: 5,000 take about 5 ms. */
const PAGE = 5000;
const others = () => new Promise((resolve) => setImmediate(resolve));

/** Ids of all images of a filter, in pages between which others are served. */
export async function* idPages(db: Project['db'], filter: ImageFilter, signal?: AbortSignal): AsyncGenerator<string[]> {
  for (let offset = 0; ; offset += PAGE) {
    signal?.throwIfAborted();
    const ids = imageIds(db, filter, offset, PAGE);
    if (ids.length > 0) yield ids;
    if (ids.length < PAGE) return;
    await others();
  }
}

/** The plan for the images of the filter that no annotator was given. Gold images are those marked as such. */
export async function planFor({ db }: Pick<Project, 'db'>, { filter, rule }: AssignParams, signal?: AbortSignal): Promise<AssignPlan> {
  const free = sql(
    db,
    `SELECT value FROM json_each(?) WHERE NOT EXISTS
       (SELECT 1 FROM image JOIN assignment ON assignment.image_num = image.num WHERE image.id = json_each.value AND assignment.kind = 'annotate')`,
  ).pluck();
  const ids: string[] = [];
  for await (const page of idPages(db, filter, signal)) ids.push(...(free.all(JSON.stringify(page)) as string[]));
  const steps = planInSteps(ids, goldImages(db), rule);
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done) return step.value;
    await others();
    signal?.throwIfAborted();
  }
}

/** A job that was stopped goes on with the images that nobody was given yet. */
export function createAssignRunner(edits: Edits): JobRunner<AssignParams> {
  return async (project, params, job) => {
    const plan = await planFor(project, params, job.signal);
    const groupId = newId();
    let images = 0;
    let assignments = 0;
    for (let from = 0; from < plan.images.length && !job.signal.aborted; from += SLICE) {
      const slice = new Map(plan.images.slice(from, from + SLICE).map((one) => [one.imageId, one]));
      const { changed, refused } = await edits.change(
        [...slice.keys()],
        groupId,
        (imageId, doc) =>
          slice
            .get(imageId)!
            .personIds.filter((personId) => partOf(doc, personId) === undefined)
            .flatMap((personId) => addAssignment(project.me.userId, personId, { kind: 'annotate', blind: slice.get(imageId)!.blind })),
        job.id,
      );
      images += changed;
      for (const [id, one] of slice) if (!refused.includes(id)) assignments += one.personIds.length;
      job.progress(Math.min(from + SLICE, plan.images.length), plan.images.length);
    }
    return { kind: 'assign', images, assignments };
  };
}
