/** The job that downloads an encoder: its manifest, then its files, then the same checks as any other installation. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { EncoderManifest } from '../../../../shared/domain/encoder.ts';
import { type CatalogueEncoder, type CatalogueVariant, encoderCatalogue, manifestOf } from '../../../../shared/domain/encoder-catalogue.ts';
import type { JobResult } from '../../../../shared/domain/job.ts';
import { AppError, toAppError } from '../../../../shared/rpc/errors.ts';
import type { JobHandle } from '../../jobs/runner.ts';
import { ensureRoom, explainDisk, hashInPlace, type Promised } from '../copy-verified.ts';
import { describeVision, withText, withVision } from '../describe-graph.ts';
import { finishInstall } from '../finish-install.ts';
import type { EncoderLibrary } from '../library.ts';
import { MANIFEST_FILE, MOST_MANIFEST_BYTES, parseManifest, sizeOf } from '../manifest.ts';
import { readSignature } from '../onnx-signature.ts';
import { fetchFile } from './fetch-file.ts';
import { fileUrl, type HubPlace, hubPlace } from './hub-url.ts';
import { readText, request } from './request.ts';

export interface DownloadParams {
  /** A page of a hub, `owner/name`, or the folder's address. */
  readonly address: string;
  /** Which export of a catalogue entry; null takes the one that the folder describes. */
  readonly variant: CatalogueVariant['id'] | null;
}
export interface DownloadOptions {
  readonly stallMs?: number;
  readonly firstWaitMs?: number;
}
/** The largest of the family, a 632 million parameter tower with its texts, has less than 4 GB in float32; graphs of more than 2 GB keep weights beside them. */
const MOST_FILE_BYTES = 8_000_000_000;
/** Places that are being downloaded from: two jobs must not write one file. */
const busy = new Set<string>();

interface Plan {
  readonly manifest: EncoderManifest;
  /** Null for files that nobody stated size and hash of. */
  readonly files: readonly { readonly name: string; readonly promised: Promised | null }[];
  readonly pinned: boolean;
}

/** Throws AppError for everything that can go wrong on the way. A download that was cut off goes on where it stopped when it is asked again. */
export async function runDownload(library: EncoderLibrary, params: DownloadParams, job: JobHandle, options: DownloadOptions = {}): Promise<JobResult> {
  const place = hubPlace(params.address);
  const key = createHash('sha256')
    .update(`${place.base.href} ${params.variant ?? ''}`)
    .digest('hex')
    .slice(0, 24);
  if (busy.has(key)) throw new AppError('conflict', 'it is being downloaded', { key: 'download-running' });
  busy.add(key);
  const folder = path.join(library.folder, `.download-${key}`);
  let keep = false;
  try {
    const plan = await planOf(place, params.variant, job.signal);
    if (await library.find(plan.manifest.id)) throw new AppError('conflict', 'installed', { key: 'encoder-exists', id: plan.manifest.id });
    const found = await fetchAll(place, plan, folder, job, options);
    const files = path.join(folder, 'files');
    const manifest = await complete(plan, found, files);
    const { id, name, sizeBytes } = await finishInstall(library, files, manifest, { from: place.base.href, pinned: plan.pinned }, job.signal);
    return { kind: 'download', id, name, sizeBytes, pinned: plan.pinned };
  } catch (thrown) {
    const error = toAppError(explainDisk(thrown));
    keep = job.signal.aborted || error.code === 'unavailable' || error.code === 'cancelled';
    throw error.code === 'internal' ? thrown : error;
  } finally {
    busy.delete(key);
    if (!keep) await rm(folder, { recursive: true, force: true });
  }
}

/** What is to be fetched: as the folder's own manifest says, or else as the catalogue knows the repository. */
async function planOf(place: HubPlace, wanted: CatalogueVariant['id'] | null, signal: AbortSignal): Promise<Plan> {
  const entry = encoderCatalogue.find(({ source }) => source.toLowerCase() === place.repository?.toLowerCase());
  const variant = entry?.variants.find(({ id }) => id === wanted);
  if (entry && variant) return planByCatalogue(entry, variant);
  try {
    const manifest = parseManifest(await readText(fileUrl(place, MANIFEST_FILE), MANIFEST_FILE, MOST_MANIFEST_BYTES, signal));
    return { manifest, files: Object.entries(manifest.files).map(([name, promised]) => ({ name, promised })), pinned: false };
  } catch (thrown) {
    if (toAppError(thrown).details['key'] !== 'download-not-there') throw thrown;
    const [first] = entry?.variants ?? [];
    if (entry && first) return planByCatalogue(entry, first);
    // Known, and known to have no ONNX: the recipe is what helps.
    const key = entry ? 'download-needs-recipe' : 'download-no-manifest';
    throw new AppError('not-found', 'no manifest there', { key, place: place.repository ?? place.base.href, name: entry?.name ?? '' });
  }
}

function planByCatalogue(entry: CatalogueEncoder, variant: CatalogueVariant): Plan {
  const names = [variant.vision, variant.text, variant.tokenizer].filter((name) => name !== null);
  return { manifest: manifestOf(entry, variant), files: names.map((name) => ({ name, promised: null })), pinned: true };
}

async function fetchAll(place: HubPlace, plan: Plan, folder: string, job: JobHandle, options: DownloadOptions): Promise<Map<string, Promised>> {
  await mkdir(path.join(folder, 'parts'), { recursive: true });
  const sizes = await Promise.all(plan.files.map(async ({ name, promised }) => promised?.bytes ?? sizeThere(fileUrl(place, name), job.signal)));
  const total = sizes.some((size) => size === null) ? null : sizes.reduce<number>((sum, size) => sum + size!, 0);
  await ensureRoom(folder, total ?? sizeOf(plan.manifest));
  const found = new Map<string, Promised>();
  let done = 0;
  for (const [index, { name, promised }] of plan.files.entries()) {
    const to = path.join(folder, 'files', name);
    await mkdir(path.dirname(to), { recursive: true });
    const fetched =
      (await fetchedBefore(to, promised, job.signal)) ??
      (await fetchFile({
        url: fileUrl(place, name),
        name,
        to,
        part: path.join(folder, 'parts', String(index)),
        promised,
        mostBytes: MOST_FILE_BYTES,
        signal: job.signal,
        onBytes: (bytes) => job.progress(done + bytes, total, name),
        ...options,
      }));
    found.set(name, fetched);
    done += fetched.bytes;
    job.progress(done, total, name);
  }
  return found;
}

/** A file that came whole before a restart, unless the place promises another one by now. */
async function fetchedBefore(file: string, promised: Promised | null, signal: AbortSignal): Promise<Promised | null> {
  if (!existsSync(file)) return null;
  const found = await hashInPlace(file, signal);
  return promised && promised.sha256 !== found.sha256 ? null : found;
}

/** How large a file is at the server, if it says so. */
async function sizeThere(url: URL, signal: AbortSignal): Promise<number | null> {
  const response = await request(url, { method: 'HEAD', signal });
  const length = response.headers.get('content-length');
  return response.ok && length !== null && /^\d+$/.test(length) ? Number(length) : null;
}

/** Fills in what nobody had stated: names of the graphs' outputs, sizes and hashes of what came. */
async function complete(plan: Plan, found: ReadonlyMap<string, Promised>, files: string): Promise<EncoderManifest> {
  if (!plan.pinned) return plan.manifest;
  const { vision, text } = plan.manifest;
  const stated = Object.fromEntries([...found].map(([name, { bytes, sha256 }]) => [name, { bytes, sha256 }]));
  const manifest = withVision({ ...plan.manifest, files: stated }, describeVision(await readSignature(path.join(files, vision), vision), vision));
  return found.has(text) ? withText(manifest, await readSignature(path.join(files, text), text), text) : manifest;
}
