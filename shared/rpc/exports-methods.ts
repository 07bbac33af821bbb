/** The part of the door through which training data leaves. */
import { z } from 'zod';
import { idSchema } from '../domain/model.ts';
import { releaseName } from '../domain/release.ts';
import type { WorkKind } from '../formats/format.ts';
import { exportOptionsSchema } from '../formats/options.ts';
import type { ExportSample } from '../formats/preview/sample.ts';
import { exportProfiles } from '../formats/profiles.ts';
import { command, query } from './method.ts';

/** Methods of exports. */
export const exportsMethods = {
  /** Starts a job that writes the profile's files into a new folder below `folder` (the project's exports folder where null). */
  'exports.start': command<{ jobId: string }>()(
    'local',
    z.strictObject({
      profile: z.enum(exportProfiles),
      folder: z.string().min(1).max(4096).nullable(),
      /** Name of a release; null for the project as it is. */
      release: releaseName.nullable().default(null),
      ...exportOptionsSchema.shape,
    }),
  ),
  /** How many images, and how much of what was written on them, an export would have, before it is made. */
  'exports.preview': query<{ images: number; work: Partial<Record<WorkKind, number>>; validation: number; unknown: number }>()(
    'annotate',
    z.strictObject({ profile: z.enum(exportProfiles), release: releaseName.nullable().default(null), ...exportOptionsSchema.shape }),
  ),

  /** What a loader is fed of this image, exactly, with what the model makes of the picture. Where the options leave it out, what it would be. */
  'exports.sample': query<ExportSample>()(
    'annotate',
    z.strictObject({ profile: z.enum(exportProfiles), release: releaseName.nullable().default(null), imageId: idSchema, ...exportOptionsSchema.shape }),
  ),

  /** Takes away the hidden files that a stopped export keeps so that it can go on; answers with the room that this gives back. */
  'exports.discard': command<{ sizeBytes: number }>()('local', z.strictObject({ jobId: idSchema })),
};
