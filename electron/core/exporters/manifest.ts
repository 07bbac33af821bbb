/** What a finished export says about itself, and the check that it is still whole. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { exportOptionsSchema } from '../../../shared/formats/options.ts';
import { exportProfiles } from '../../../shared/formats/profiles.ts';
import { AppError } from '../../../shared/rpc/errors.ts';
import { hashFile } from './out-file.ts';

export const MANIFEST = 'manifest.json';
const count = z.int().nonnegative();
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
export const manifestSchema = z.strictObject({
  format: z.literal('pointillist-export'),
  version: z.literal(2),
  app: z.strictObject({ name: z.literal('pointillist'), version: z.string() }),
  /** `seq` is the number of the last event of the project's log that is in it. */
  project: z.strictObject({ id: z.string(), name: z.string(), seq: count }),
  /** The release that it is an export of; null where it is of the project as it was. */
  release: z.strictObject({ name: z.string(), contentHash: sha256 }).nullable(),
  options: exportOptionsSchema.extend({ profile: z.enum(exportProfiles) }),
  images: count,
  /** Rows by table and split. */
  rows: z.record(z.string(), z.record(z.string(), count)),
  /** How often each thing was found that is not, or not quite, in the export; one line each in findings.jsonl. */
  findings: z.record(z.string(), count),
  files: z.array(z.strictObject({ path: z.string(), sizeBytes: count, sha256, rows: count.optional() })),
});
export type Manifest = z.infer<typeof manifestSchema>;

/** The manifest of an export folder. Throws AppError `not-an-export`. */
export async function readManifest(folder: string): Promise<Manifest> {
  try {
    return manifestSchema.parse(JSON.parse(await readFile(path.join(folder, MANIFEST), 'utf8')));
  } catch {
    throw new AppError('invalid', 'no export in this folder', { key: 'not-an-export', folder });
  }
}

export interface ExportCheck {
  readonly manifest: Manifest;
  readonly files: number;
  readonly sizeBytes: number;
  /** One sentence each, empty when the export is whole: a file is missing, differs, or does not belong. */
  readonly problems: readonly string[];
}

/** Hashes every file of an export again and compares it with the manifest. */
export async function verifyExport(folder: string, signal?: AbortSignal): Promise<ExportCheck> {
  const manifest = await readManifest(folder);
  const problems: string[] = [];
  let sizeBytes = 0;
  for (const file of manifest.files) {
    signal?.throwIfAborted();
    try {
      const found = await hashFile(path.join(folder, file.path), signal);
      sizeBytes += found.sizeBytes;
      if (found.sizeBytes !== file.sizeBytes) problems.push(`${file.path}: ${found.sizeBytes} bytes instead of ${file.sizeBytes}`);
      else if (found.sha256 !== file.sha256) problems.push(`${file.path}: other bytes than were written`);
    } catch (thrown) {
      signal?.throwIfAborted();
      problems.push(`${file.path}: ${(thrown as NodeJS.ErrnoException).code === 'ENOENT' ? 'missing' : 'cannot be read'}`);
    }
  }
  const known = new Set([MANIFEST, ...manifest.files.map((file) => file.path)]);
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isDirectory()) continue;
    const name = path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/');
    if (!known.has(name)) problems.push(`${name}: not part of the export`);
  }
  return { manifest, files: manifest.files.length, sizeBytes, problems };
}
