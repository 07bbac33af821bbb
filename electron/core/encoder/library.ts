/** The encoders that are installed on this machine: those that came with the app and those that its person added, each in a folder with its `model.json`. */
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { EncoderManifest, EncoderMeasure, InstalledEncoder } from '../../../shared/domain/encoder.ts';
import { abilitiesOf } from '../../../shared/domain/encoder-abilities.ts';
import { AppError } from '../../../shared/rpc/errors.ts';
import { writeFileWhole } from '../settings.ts';
import { encoderHash, readManifest, sizeOf } from './manifest.ts';
import type { EncoderTaskKind, EncoderTasks, ModelRef } from './messages.ts';

/** Asks the encoder process for something; how it is started and kept alive is not the library's subject. */
export type RunEncoderTask = <K extends EncoderTaskKind>(kind: K, input: EncoderTasks[K]['in'], signal?: AbortSignal) => Promise<EncoderTasks[K]['out']>;

export interface EncoderLibrary {
  /** Where added encoders lie, and where new ones are put together (names that begin with a dot). */
  readonly folder: string;
  list(): Promise<InstalledEncoder[]>;
  /** What the encoder process needs of it; null where none of this id is installed. */
  find(id: string): Promise<ModelRef | null>;
  /** Takes it off the disk. Throws AppError `no-encoder`, or `encoder-bundled` for one that came with the app. */
  remove(id: string): Promise<void>;
  /** Measures it here and keeps what came of it. */
  measure(id: string, signal?: AbortSignal): Promise<EncoderMeasure>;
  /** Moves a finished folder in. Throws AppError `encoder-exists`. */
  adopt(staging: string, id: string): Promise<InstalledEncoder>;
  readonly run: RunEncoderTask;
}
export interface LibraryOptions {
  readonly settingsFolder: string;
  /** The encoders that came with the app; null or absent where none did. */
  readonly bundledFolder: string | null;
  readonly run: RunEncoderTask;
  readonly log: (message: string, thrown?: unknown) => void;
}
interface Entry {
  readonly folder: string;
  readonly manifest: EncoderManifest;
  readonly bundled: boolean;
}
const measureSchema = z.object({
  imagesPerSecond: z.number().positive(),
  latencyMs: z.number().positive(),
  memoryBytes: z.number().nonnegative(),
  threads: z.int().positive(),
  at: z.number(),
});
const measuresSchema = z.record(z.string(), measureSchema);
const DAY_MS = 86_400_000;
/** A partial download that nobody went on with for this long is thrown away. */
const KEEP_PARTIAL_MS = 14 * DAY_MS;

export function createLibrary({ settingsFolder, bundledFolder, run, log }: LibraryOptions): EncoderLibrary {
  const folder = path.join(settingsFolder, 'encoders');
  const measuresFile = path.join(settingsFolder, 'encoder-measures.json');
  const swept = sweep(folder).catch((thrown: unknown) => log('sweeping the encoders folder', thrown));

  /** Bundled first. One that is damaged is not offered: the log says why. */
  async function entries(): Promise<Entry[]> {
    await swept;
    const found = new Map<string, Entry>();
    for (const [parent, bundled] of [[bundledFolder, true] as const, [folder, false] as const]) {
      if (parent === null || !existsSync(parent)) continue;
      for (const child of (await readdir(parent, { withFileTypes: true })).toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
        if (!child.isDirectory() || child.name.startsWith('.')) continue;
        const entry = await readEntry(path.join(parent, child.name), bundled).catch((thrown: unknown) => log(`the encoder in ${child.name}`, thrown));
        if (entry && !found.has(entry.manifest.id)) found.set(entry.manifest.id, entry);
      }
    }
    return [...found.values()];
  }
  const find = async (id: string) => (await entries()).find(({ manifest }) => manifest.id === id) ?? null;
  const installed = async (id: string) => {
    const entry = await find(id);
    if (!entry) throw new AppError('not-found', `no encoder ${id}`, { key: 'no-encoder', id });
    return entry;
  };

  return {
    folder,
    run,
    async list() {
      const measures = await readMeasures(measuresFile);
      return (await entries()).map((entry) => describe(entry, measures));
    },
    async find(id) {
      const entry = await find(id);
      return entry && refOf(entry);
    },
    async remove(id) {
      const entry = await installed(id);
      if (entry.bundled) throw new AppError('conflict', `${id} came with the app`, { key: 'encoder-bundled', name: nameOf(entry.manifest) });
      // Gone from the list at once and as a whole, however long deleting takes.
      const away = path.join(folder, `.removed-${randomUUID()}`);
      await rename(entry.folder, away);
      await rm(away, { recursive: true, force: true, maxRetries: 3 });
    },
    async measure(id, signal) {
      const model = refOf(await installed(id));
      const measure = await run('measure', { model }, signal);
      writeFileWhole(measuresFile, JSON.stringify({ ...(await readMeasures(measuresFile)), [model.hash]: measure }, null, 2));
      return measure;
    },
    async adopt(staging, id) {
      const to = path.join(folder, id);
      if (existsSync(to) || (await find(id))) throw new AppError('conflict', `${id} is installed`, { key: 'encoder-exists', id });
      await mkdir(folder, { recursive: true });
      await rename(staging, to);
      return describe(await readEntry(to, false), await readMeasures(measuresFile));
    },
  };
}

/** Throws what is wrong with it. Files are compared by size here: hashing a gigabyte at every look would take seconds; it was hashed when it came. */
async function readEntry(folder: string, bundled: boolean): Promise<Entry> {
  const manifest = await readManifest(folder);
  for (const [name, { bytes }] of Object.entries(manifest.files)) {
    const { size } = await stat(path.join(folder, name));
    if (size !== bytes) throw new Error(`${name} has ${size} bytes, its manifest says ${bytes}`);
  }
  return { folder, manifest, bundled };
}

const nameOf = ({ name, id }: EncoderManifest): string => name ?? id;
const refOf = ({ folder, manifest }: Entry): ModelRef => ({ folder, hash: encoderHash(manifest), manifest });

function describe({ manifest, bundled }: Entry, measures: z.infer<typeof measuresSchema>): InstalledEncoder {
  const hash = encoderHash(manifest);
  return {
    id: manifest.id,
    name: nameOf(manifest),
    kind: manifest.kind,
    hash,
    licence: manifest.licence,
    source: manifest.source ?? null,
    sizeBytes: sizeOf(manifest),
    inputSize: manifest.input_size,
    patchSize: manifest.patch_size,
    embedDim: manifest.embed_dim,
    abilities: abilitiesOf(manifest),
    measured: measures[hash] ?? null,
    bundled,
  };
}

async function readMeasures(file: string): Promise<z.infer<typeof measuresSchema>> {
  try {
    return measuresSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    // Absent or damaged: measured again when somebody asks.
    return {};
  }
}

/** Removes what a process left behind that died while it installed or removed. */
async function sweep(folder: string): Promise<void> {
  if (!existsSync(folder)) return;
  for (const name of await readdir(folder)) {
    const full = path.join(folder, name);
    if (!name.startsWith('.')) continue;
    // Another process may be at work here at this moment.
    const keepMs = name.startsWith('.download-') ? KEEP_PARTIAL_MS : DAY_MS;
    if (Date.now() - (await stat(full)).mtimeMs > keepMs) await rm(full, { recursive: true, force: true });
  }
}
