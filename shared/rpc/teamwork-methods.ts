/** The part of the door for work that is done apart: packages, merging, conflicts. */
import { z } from 'zod';
import type { Conflict } from '../domain/conflict.ts';
import { idSchema } from '../domain/model.ts';
import type { PackageInfo } from '../domain/package.ts';
import type { Opened } from './contract.ts';
import { command, query } from './method.ts';

const none = z.strictObject({});
const file = z.string().min(1).max(4096);

/** A conflict with the image it is on. */
export interface ImageConflict extends Conflict {
  readonly imageId: string;
  readonly name: string;
  readonly sha256: string;
}

export const teamworkMethods = {
  /** The package that the open project came from; null where it is a whole project. */
  'packages.current': query<{ info: PackageInfo | null }>()('annotate', none),
  /** Starts a job that writes one file a person into a folder. Where nothing is assigned, the images that are still to be done are dealt out first. */
  'packages.make': command<{ jobId: string }>()(
    'local',
    z.strictObject({ folder: file, people: z.array(idSchema).min(1).max(500), originals: z.boolean().default(true) }),
  ),
  /** Opens a package as a project under its person's name, and starts the job that unpacks it; a later package of the same person adds to it. */
  'packages.open': command<{ opened: Opened; jobId: string | null }>()('local', z.strictObject({ file })),
  /** Writes what the package's person did into a file below a folder. */
  'packages.handIn': command<{ file: string; images: number; events: number }>()('local', z.strictObject({ folder: file })),
  /** Starts a job for each file: a package that came back, another copy's folder, or its database. They run one after the other. */
  'merge.start': command<{ jobIds: string[] }>()('local', z.strictObject({ paths: z.array(file).min(1).max(1000) })),
  /** Conflicts that nobody settled yet, in the order of the images. */
  'merge.conflicts': query<{ total: number; images: number; conflicts: ImageConflict[] }>()(
    'annotate',
    z.strictObject({ offset: z.int().nonnegative(), limit: z.int().min(1).max(200) }),
  ),
} as const;
