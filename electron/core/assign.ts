/** The job that gives images to people by a rule: one edit an image, all of one group. */
import { type AssignPlan, type AssignRule, planAssignments } from '../../shared/domain/assign-plan.ts';
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
const MOST = 1_000_000;

/** The plan for the images of the filter that no annotator was given. Gold images are those marked as such. */
export function planFor({ db }: Pick<Project, 'db'>, { filter, rule }: AssignParams): AssignPlan {
  const given = new Set(sql(db, "SELECT image.id FROM assignment JOIN image ON image.num = image_num WHERE kind = 'annotate'").pluck().all() as string[]);
  return planAssignments(
    imageIds(db, filter, 0, MOST).filter((id) => !given.has(id)),
    goldImages(db),
    rule,
  );
}

/** A job that was stopped goes on with the images that nobody was given yet. */
export function createAssignRunner(edits: Edits): JobRunner<AssignParams> {
  return async (project, params, job) => {
    const plan = planFor(project, params);
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
