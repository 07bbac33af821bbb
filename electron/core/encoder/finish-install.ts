/** The last steps of every installation, wherever the files came from: the graphs are checked, everything is flushed, and the folder moves in as a whole. */
import { open, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { EncoderManifest, InstalledEncoder } from '../../../shared/domain/encoder.ts';
import { readsText } from '../../../shared/domain/encoder-abilities.ts';
import { AppError } from '../../../shared/rpc/errors.ts';
import type { EncoderLibrary } from './library.ts';
import { encoderHash, MANIFEST_FILE, ORIGIN_FILE } from './manifest.ts';
import { type GraphSignature, readSignature } from './onnx-signature.ts';

/** Where an encoder came from, kept beside it. */
export interface Origin {
  readonly from: string;
  /** Nobody had stated the hashes: those of the manifest are of what came. */
  readonly pinned: boolean;
}

/** `staging` holds the files, verified. Throws AppError for graphs that are not what the manifest says; the caller clears the folder then. */
export async function finishInstall(
  library: EncoderLibrary,
  staging: string,
  manifest: EncoderManifest,
  origin: Origin,
  signal: AbortSignal,
): Promise<InstalledEncoder> {
  await checkGraphs(staging, manifest);
  const model = { folder: staging, hash: encoderHash(manifest), manifest };
  const { problem } = await library.run('check', { model }, signal);
  if (problem !== null) throw new AppError('invalid', problem, { key: 'encoder-check', problem });
  signal.throwIfAborted();
  await write(staging, MANIFEST_FILE, manifest);
  await write(staging, ORIGIN_FILE, { ...origin, at: Date.now() });
  await syncFolders(staging);
  const adopted = await library.adopt(staging, manifest.id);
  await syncFolder(library.folder);
  return adopted;
}

/** The names that the manifest gives, against those that the graphs have: clearer than what a runtime says, and before anything is loaded. */
async function checkGraphs(folder: string, manifest: EncoderManifest): Promise<void> {
  const { vision, text, inputs, outputs, kind } = manifest;
  const names = (...roles: string[]) => roles.map((role) => outputs[role]).filter((name): name is string => typeof name === 'string');
  // A detector has outputs of its own, which its process knows.
  const wanted = kind === 'detector' ? Object.values(outputs).filter((name): name is string => typeof name === 'string') : names('image', 'patches', 'hidden');
  compareNames(vision, await readSignature(path.join(folder, vision), vision), inputs.image, wanted);
  if (readsText(manifest)) compareNames(text, await readSignature(path.join(folder, text), text), inputs.text, names('text'));
}

function compareNames(file: string, signature: GraphSignature, input: string, wanted: readonly string[]): void {
  const has = (list: GraphSignature['inputs'], name: string) => list.some((value) => value.name === name);
  const said = (list: GraphSignature['inputs']) =>
    list
      .slice(0, 12)
      .map(({ name }) => name)
      .join(', ');
  if (!has(signature.inputs, input)) {
    throw new AppError('invalid', `${file} has no input ${input}`, { key: 'encoder-lacks-input', file, wanted: input, found: said(signature.inputs) });
  }
  const lacks = wanted.find((name) => !has(signature.outputs, name));
  if (lacks !== undefined || wanted.length === 0) {
    const details = { key: 'encoder-lacks-output', file, wanted: lacks ?? '-', found: said(signature.outputs) };
    throw new AppError('invalid', `${file} has no output ${lacks ?? ''}`, details);
  }
}

const write = (folder: string, name: string, value: unknown): Promise<void> =>
  writeFile(path.join(folder, name), `${JSON.stringify(value, null, 2)}\n`, { flush: true });

async function syncFolders(folder: string): Promise<void> {
  for (const child of await readdir(folder, { withFileTypes: true })) if (child.isDirectory()) await syncFolders(path.join(folder, child.name));
  await syncFolder(folder);
}
async function syncFolder(folder: string): Promise<void> {
  // Windows opens no folders, and needs none flushed.
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
