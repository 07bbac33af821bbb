/** The part of the door behind which the dashboards' figures lie. */
import { z } from 'zod';
import { type DashboardFigures, figureFilterSchema, figureItemsSchema } from '../domain/figures.ts';
import { command, query } from './method.ts';

export const figuresMethods = {
  /** All figures of the dashboards under a filter. */
  'figures.overview': query<DashboardFigures>()('lead', z.strictObject({ filter: figureFilterSchema.prefault({}) })),
  /** Keeps the list of the images behind a figure. It is named in a filter, like a ranking by likeness. */
  'figures.items': command<{ rankingId: string; count: number }>()('lead', figureItemsSchema),
  /** Writes a table into the project's exports folder; a name that is taken gets a number. */
  'figures.save': command<{ file: string }>()(
    'local',
    z.strictObject({
      name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,60}$/),
      format: z.enum(['csv', 'jsonl']),
      text: z.string().min(1).max(20_000_000),
    }),
  ),
} as const;
