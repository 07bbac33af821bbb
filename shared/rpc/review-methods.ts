/** The part of the door behind which images are given to people and samples are drawn for review. */
import { z } from 'zod';
import { type AssignPlan, assignRuleSchema } from '../domain/assign-plan.ts';
import { imageFilterSchema } from '../domain/image.ts';
import { command, query } from './method.ts';

const assign = z.strictObject({ filter: imageFilterSchema, rule: assignRuleSchema });

export const reviewMethods = {
  /** What `review.assign` would do with the images of the filter that nobody was given yet. */
  'review.previewAssign': query<{ images: number; perPerson: AssignPlan['perPerson'] }>()('lead', assign),
  /** Starts a job that gives them to people. One undo in the gallery takes all of it back. */
  'review.assign': command<{ jobId: string }>()('lead', assign),
  /** Draws so many images of the filter at random, the same for the same seed, and keeps them as a list that a filter can name. */
  'review.sample': command<{ rankingId: string; imageIds: string[]; total: number }>()(
    'lead',
    z.strictObject({ filter: imageFilterSchema, size: z.int().min(1).max(2000), seed: z.string().max(100) }),
  ),
} as const;
