/** Work packages: what one person may see of a project, in one file; and what they did, in a file that comes back. */
import { z } from 'zod';
import { idSchema } from './model.ts';

/** File name extension of both kinds, without the dot. */
export const PACKAGE_EXTENSION = 'pntl';
export const packageSchema = z.strictObject({
  format: z.literal('pointillist-package'),
  version: z.literal(1),
  /** `package`: work for a person. `returned`: what they did of it. */
  kind: z.enum(['package', 'returned']),
  packageId: idSchema,
  projectId: idSchema,
  projectName: z.string().min(1).max(120),
  personId: idSchema,
  personName: z.string().min(1).max(80),
  images: z.int().nonnegative(),
  madeAt: z.int().nonnegative(),
});
/** The first entry of a package file. */
export type PackageInfo = z.infer<typeof packageSchema>;

/** What came of merging one file. */
export interface MergeReport {
  readonly kind: 'merge';
  /** The file's name. */
  readonly source: string;
  /** Events that were not here before, and those that were. */
  readonly events: number;
  readonly known: number;
  /** Images that were changed, and images that were not here before. */
  readonly images: number;
  readonly newImages: number;
  readonly people: readonly { readonly name: string; readonly events: number }[];
  /** Unsettled conflicts on the images that were changed. */
  readonly conflicts: number;
  /** The copy of the database from before, or null where nothing was new. */
  readonly backup: string | null;
}
export interface PackagesReport {
  readonly kind: 'packages';
  readonly folder: string;
  readonly packages: readonly { readonly person: string; readonly file: string; readonly images: number; readonly blind: number; readonly sizeBytes: number }[];
}
