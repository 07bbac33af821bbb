/** Installs an encoder from a folder with a `model.json`, or from a lone ONNX file with what a person says of it. Whole or not at all. */
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { EncoderManifest, InstalledEncoder } from '../../../shared/domain/encoder.ts';
import { abilitiesOf } from '../../../shared/domain/encoder-abilities.ts';
import { type EncoderDescription, encoderIdOf } from '../../../shared/domain/encoder-presets.ts';
import type { FoundEncoder } from '../../../shared/domain/found-encoder.ts';
import { AppError } from '../../../shared/rpc/errors.ts';
import { copyVerified, ensureRoom, explainDisk, plainFile } from './copy-verified.ts';
import { describeVision, withVision } from './describe-graph.ts';
import { finishInstall } from './finish-install.ts';
import type { EncoderLibrary } from './library.ts';
import { MANIFEST_FILE, readManifest, sizeOf } from './manifest.ts';
import { readSignature } from './onnx-signature.ts';

/** What lies at a path, before anything is copied. Throws AppError that says what is wrong with it. */
export async function inspectEncoder(given: string): Promise<FoundEncoder> {
  const place = await placeOf(given);
  if (place.kind === 'folder') {
    const manifest = await readManifest(place.folder);
    for (const name of Object.keys(manifest.files)) await plainFile(place.folder, name);
    const { id, name, licence, source } = manifest;
    return { kind: 'folder', id, name: name ?? id, licence, source: source ?? null, sizeBytes: sizeOf(manifest), abilities: abilitiesOf(manifest) };
  }
  const { path: file, bytes } = await plainFile(place.folder, place.name);
  const facts = describeVision(await readSignature(file, place.name), place.name);
  const { inputSize, patchSize, embedDim, outputs } = facts;
  return { kind: 'graph', id: encoderIdOf(place.name), file: place.name, sizeBytes: bytes, inputSize, patchSize, embedDim, outputs: Object.values(outputs) };
}

/** What a lone file is called once it is installed. */
const LONE_FILE = 'vision_model.onnx';

export interface InstallOptions {
  /** What a lone file can't say; ignored where the folder has a manifest. */
  readonly described: EncoderDescription | null;
  readonly signal: AbortSignal;
}

/** Throws AppError with a sentence for everything that can be wrong with the files; then nothing is left behind. */
export async function installEncoder(library: EncoderLibrary, given: string, { described, signal }: InstallOptions): Promise<InstalledEncoder> {
  const place = await placeOf(given);
  const staging = path.join(library.folder, `.incoming-${randomUUID()}`);
  try {
    const manifest =
      place.kind === 'folder' ? await takeFolder(library, place.folder, staging, signal) : await takeFile(library, place, described, { staging, signal });
    return await finishInstall(library, staging, manifest, { from: given, pinned: place.kind === 'file' }, signal);
  } catch (thrown) {
    if (signal.aborted) throw new AppError('cancelled', 'cancelled');
    throw explainDisk(thrown);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

async function takeFolder(library: EncoderLibrary, folder: string, staging: string, signal: AbortSignal): Promise<EncoderManifest> {
  const manifest = await readManifest(folder);
  await refuseKnown(library, manifest.id);
  await mkdir(staging, { recursive: true });
  await ensureRoom(staging, sizeOf(manifest));
  for (const [name, promised] of Object.entries(manifest.files)) {
    await copyVerified({ folder, name }, { folder: staging, name }, promised, { signal });
  }
  return manifest;
}

async function takeFile(
  library: EncoderLibrary,
  place: { folder: string; name: string },
  described: EncoderDescription | null,
  { staging, signal }: { staging: string; signal: AbortSignal },
): Promise<EncoderManifest> {
  const { path: file, bytes } = await plainFile(place.folder, place.name);
  const facts = describeVision(await readSignature(file, place.name), place.name);
  if (!described) throw new AppError('invalid', 'a lone file needs a description', { key: 'encoder-undescribed', file: place.name });
  if (facts.embedDim === null) throw new AppError('invalid', 'vectors of no fixed length', { key: 'encoder-outputs', file: place.name, found: '?' });
  await refuseKnown(library, described.id);
  await mkdir(staging, { recursive: true });
  await ensureRoom(staging, bytes);
  const found = await copyVerified(place, { folder: staging, name: LONE_FILE }, null, { signal });
  const known: EncoderManifest = {
    ...described,
    source: place.name,
    dynamic_size: facts.isDynamic,
    channels: 'rgb',
    embed_dim: facts.embedDim,
    normalised: false,
    inputs: { image: facts.image, text: 'input_ids' },
    outputs: {},
    vision: LONE_FILE,
    text: 'text_model.onnx',
    tokenizer: null,
    pad_to_context: false,
    pad_id: 0,
    files: { [LONE_FILE]: { ...found } },
  };
  return withVision(known, facts);
}

/** Before a gigabyte is copied for nothing. */
async function refuseKnown(library: EncoderLibrary, id: string): Promise<void> {
  if (await library.find(id)) throw new AppError('conflict', `${id} is installed`, { key: 'encoder-exists', id });
}

type Place = { readonly kind: 'folder'; readonly folder: string } | { readonly kind: 'file'; readonly folder: string; readonly name: string };

/** A folder, a `model.json` (its folder is meant), or a file with a graph; a graph that lies beside its manifest means the folder too. */
async function placeOf(given: string): Promise<Place> {
  const info = await stat(given).catch(() => null);
  if (!info) throw new AppError('not-found', `nothing at ${given}`, { key: 'encoder-nothing-there', path: given });
  if (info.isDirectory()) return { kind: 'folder', folder: given };
  const [folder, name] = [path.dirname(given), path.basename(given)];
  if (name === MANIFEST_FILE) return { kind: 'folder', folder };
  if (/\.(zip|tar|t?gz|7z)$/i.test(name)) throw new AppError('invalid', `${name} is packed`, { key: 'encoder-packed', file: name });
  if (/\.(onnx)$/i.test(name) && existsSync(path.join(folder, MANIFEST_FILE))) return { kind: 'folder', folder };
  return { kind: 'file', folder, name };
}
