/** An encoder's `model.json`: read, judged, and hashed. */
import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { type EncoderManifest, encoderManifestSchema } from '../../../shared/domain/encoder.ts';
import { readsText } from '../../../shared/domain/encoder-abilities.ts';
import { AppError } from '../../../shared/rpc/errors.ts';

export const MANIFEST_FILE = 'model.json';
/** A manifest with the words of 10,000 classes has some 300 kB. */
export const MOST_MANIFEST_BYTES = 2_000_000;

const refuse = (key: string, message: string, details: Record<string, unknown> = {}) => new AppError('invalid', message, { key, ...details });

/** Reads the manifest in a folder. Throws AppError: `encoder-no-manifest`, `encoder-bad-manifest`. */
export async function readManifest(folder: string): Promise<EncoderManifest> {
  let text: string;
  try {
    const file = path.join(folder, MANIFEST_FILE);
    if ((await stat(file)).size > MOST_MANIFEST_BYTES) throw refuse('encoder-bad-manifest', 'model.json is too large', { field: MANIFEST_FILE });
    text = await readFile(file, 'utf8');
  } catch (thrown) {
    if (thrown instanceof AppError) throw thrown;
    throw refuse('encoder-no-manifest', `no ${MANIFEST_FILE} in the folder`, { folder });
  }
  return parseManifest(text);
}

/** Judges a manifest's text. Throws AppError `encoder-bad-manifest` that names the field. */
export function parseManifest(text: string): EncoderManifest {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw refuse('encoder-bad-manifest', 'model.json is no JSON', { field: 'JSON' });
  }
  const parsed = encoderManifestSchema.safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    throw refuse('encoder-bad-manifest', issue.message, { field: issue.path.join('.') || 'JSON' });
  }
  const manifest = parsed.data;
  if (manifest.std.some((value) => value === 0)) throw refuse('encoder-bad-manifest', 'a standard deviation of 0', { field: 'std' });
  const unlisted = filesNeeded(manifest).find((name) => !Object.hasOwn(manifest.files, name));
  if (unlisted !== undefined) throw refuse('encoder-unlisted-file', `${unlisted} is not among the files`, { file: unlisted });
  const own = Object.keys(manifest.files).find((name) => [MANIFEST_FILE, ORIGIN_FILE].includes(name.toLowerCase()));
  if (own !== undefined) throw refuse('encoder-bad-manifest', 'the manifest can not list itself', { field: `files.${own}` });
  return manifest;
}

/** Where an installed encoder came from; a file of ours beside the manifest. */
export const ORIGIN_FILE = 'installed.json';

/** Files that the manifest speaks of outside its list. */
function filesNeeded(manifest: EncoderManifest): string[] {
  const { vision, text, tokenizer } = manifest;
  return [vision, ...(readsText(manifest) ? [text] : []), ...(tokenizer === null ? [] : [tokenizer])];
}

/** sha256 over the names and hashes of the manifest's files, in the order of the names: what vectors and proposals name as their origin. */
export function encoderHash({ files }: Pick<EncoderManifest, 'files'>): string {
  const hash = createHash('sha256');
  for (const name of Object.keys(files).toSorted()) hash.update(`${name}\0${files[name]!.sha256}\n`);
  return hash.digest('hex');
}

/** All its files together, in bytes. */
export const sizeOf = ({ files }: Pick<EncoderManifest, 'files'>): number => Object.values(files).reduce((sum, { bytes }) => sum + bytes, 0);
