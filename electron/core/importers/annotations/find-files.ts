/** The annotation files below what a person chose, with what each is. Archives are unpacked and pictures in parquet written out first. */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { AnnotationFormat } from '../../../../shared/formats/imports/record.ts';
import type { JobHandle } from '../../jobs/runner.ts';
import type { Project } from '../../project.ts';
import { walk } from '../walk.ts';
import type { FolderNames } from './folder-names.ts';
import { lookAt, lookAtTable, mayBeAnnotations, type Looked, type Shape } from './look.ts';
import type { AnnotationFile } from './read-records.ts';
import type { Report } from './report.ts';
import { isArchive, unpack } from './unpack.ts';

export interface FoundFile extends AnnotationFile {
  /** For people. */
  readonly name: string;
  readonly because: string;
  /** Files that are parts of one have one number. */
  readonly source: number;
  /** The folder that it counts its paths from, or above which nothing is looked for. */
  readonly chosenAlone: boolean;
  /** The picture that it is about, where that lies in another folder (YOLO's `images` and `labels`). */
  readonly picture?: string;
}
/** Numbers the sources: a big file is one by itself, small files of a picture each are one with their neighbours. */
function createSources(): { numberOf(file: { path: string; shape: Shape; format: AnnotationFormat }): number; readonly names: readonly string[] } {
  const numbers = new Map<string, number>();
  const names: string[] = [];
  return {
    names,
    numberOf({ path: file, shape, format }) {
      const isPart = shape === 'text' || shape === 'parquet' || (shape === 'object' && format !== 'coco' && format !== 'via');
      const key = isPart ? `${path.dirname(file)}\0${shape}\0${format}` : file;
      const known = numbers.get(key);
      if (known !== undefined) return known;
      names.push(isPart ? path.dirname(file) : file);
      numbers.set(key, names.length - 1);
      return names.length - 1;
    },
  };
}

/** Folders of this import's own, deleted after it. */
export const unpackFolder = (project: Pick<Project, 'folder'>, jobId: string): string => path.join(project.folder, 'media', 'unpacked', jobId);

/** Unpacks each archive below `to`; what could not be unpacked is told and passed over. */
export async function unpackArchives(paths: readonly string[], project: Project, job: JobHandle, to: string, report: Report): Promise<void> {
  let number = 0;
  let files = 0;
  for await (const found of walk(paths, project.folder, job.signal)) {
    if (found.path === null || !isArchive(found.path)) continue;
    const folder = path.join(to, String(++number));
    await mkdir(folder, { recursive: true });
    try {
      const { left } = await unpack(found.path, folder, job.signal, (name) => job.progress(++files, null, name));
      for (const name of left) report.tell('archive-entry', found.name, '', name);
    } catch (thrown) {
      if (job.signal.aborted) return;
      const { details, message } = thrown as { details?: { key?: string }; message: string };
      if (details?.key !== 'archive-broken' && details?.key !== 'archive-too-large') throw thrown;
      report.tell(details.key, found.name, '', message);
    }
  }
}

/** Annotation files in their order; those that are none are left out, those that can't be opened are told. */
export async function* findFiles(
  paths: readonly string[],
  except: string,
  signal: AbortSignal,
  names: FolderNames,
  format: AnnotationFormat | null,
  tell: (reason: 'file-unreadable' | 'file-unknown', name: string, detail: string) => void,
): AsyncGenerator<FoundFile> {
  const sources = createSources();
  const alone = new Set(paths.map((one) => path.resolve(one)));
  for await (const found of walk(paths, except, signal)) {
    if (found.path === null || !mayBeAnnotations(found.path)) continue;
    let looked: Looked | null;
    try {
      looked = await lookAt(found.path);
    } catch (thrown) {
      tell('file-unreadable', found.name, (thrown as Error).message);
      continue;
    }
    if (looked === null) continue;
    let picture: string | null = null;
    if (looked.shape === 'text' && (await names.pictureBeside(found.path)) === null) {
      picture = await pictureOfLabels(found.path, names);
      // A text without a picture is a table of them, or a note to people.
      if (picture === null) looked = (await lookAtTable(found.path)) ?? { ...looked, detected: null };
    }
    if (looked.detected === null && (format === null || looked.shape === 'text' || looked.shape === 'xml')) {
      tell('file-unknown', found.name, '');
      continue;
    }
    const decided = looked.shape === 'text' || looked.shape === 'xml' ? looked.detected?.format : (format ?? looked.detected?.format);
    if (decided === undefined) continue;
    const file = { path: found.path, shape: looked.shape, encoding: looked.encoding, format: decided, ...(looked.inside && { inside: looked.inside }) };
    const because = format !== null && decided === format && looked.detected?.format !== format ? 'chosen' : looked.detected!.because;
    yield { ...file, name: found.name, because, source: sources.numberOf(file), chosenAlone: alone.has(found.path), ...(picture !== null && { picture }) };
  }
}

/** YOLO has `labels/train/a.txt` for `images/train/a.jpg`. */
async function pictureOfLabels(file: string, names: FolderNames): Promise<string | null> {
  const at = file.lastIndexOf(`${path.sep}labels${path.sep}`);
  if (at < 0) return null;
  const twin = `${file.slice(0, at)}${path.sep}images${file.slice(at + '/labels'.length)}`;
  const name = await names.pictureBeside(twin);
  return name === null ? null : path.join(path.dirname(twin), name);
}

const ENDINGS: readonly (readonly [string, readonly number[]])[] = [
  ['jpg', [0xff, 0xd8]],
  ['png', [0x89, 0x50]],
  ['webp', [0x52, 0x49]],
  ['gif', [0x47, 0x49]],
];
/** Writes the pictures in a parquet file below `to`, each once, by its hash. */
export async function writePictures(file: string, to: string, job: JobHandle): Promise<void> {
  const { parquetPictures } = await import('../../exporters/containers/parquet-reader.ts');
  await mkdir(to, { recursive: true });
  const written = new Set<string>();
  for await (const { bytes, sha256 } of parquetPictures(file)) {
    if (job.signal.aborted) return;
    if (written.has(sha256)) continue;
    written.add(sha256);
    const ending = ENDINGS.find(([, start]) => start.every((byte, at) => bytes[at] === byte))?.[0] ?? 'img';
    await writeFile(path.join(to, `${sha256}.${ending}`), bytes);
    job.progress(written.size, null, path.basename(file));
  }
}

export const removeUnpacked = (folder: string): Promise<void> => rm(folder, { recursive: true, force: true, maxRetries: 3 });
