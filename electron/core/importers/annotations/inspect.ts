/** Looks at annotation files before they are imported: what each is, how its points would be read, its first items with their pictures. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { AnnotationReason, InspectedSource, Inspection, SampleItem } from '../../../../shared/domain/annotation-import.ts';
import { cleanRecord } from '../../../../shared/formats/imports/clean.ts';
import { lastPart, objectOf } from '../../../../shared/formats/imports/fields.ts';
import { readableTurn } from '../../../../shared/formats/imports/merge.ts';
import { type AnnotationFormat, type ImportOptions, type ImportReason, type ImportRecord, isSkip } from '../../../../shared/formats/imports/record.ts';
import { textFields } from '../../../../shared/formats/imports/rows.ts';
import { guessUnit, newFacts, noteUnits } from '../../../../shared/formats/imports/units.ts';
import { rememberSample } from '../../media/samples.ts';
import { thumbsOf } from '../../media/pool.ts';
import { Refused } from '../../media/refused.ts';
import type { Project } from '../../project.ts';
import { walk } from '../walk.ts';
import { workOfRecord } from './apply.ts';
import { findFiles, type FoundFile } from './find-files.ts';
import { createFolderNames } from './folder-names.ts';
import { lookAt } from './look.ts';
import { readRecords } from './read-records.ts';
import { isArchive, unpack } from './unpack.ts';

/** Rows of a source that are looked at. */
const ROWS = 2000;
const SAMPLES = 3;
/** Sources that are told of one by one. */
const SOURCES = 20;
/** Files of an archive that are looked at. */
const UNPACKED = 300;
/** Pictures below what was chosen that are known by name. */
const PICTURES = 50_000;
/** Annotation files of one source that are opened: a folder may have one a picture. */
const FILES = 200;

interface Looking {
  readonly project: Project;
  readonly format: AnnotationFormat | null;
  readonly options: ImportOptions;
  readonly signal: AbortSignal;
}
interface Gathered {
  readonly files: FoundFile[];
  count: number;
}

export async function inspectAnnotations(
  project: Project,
  { paths, format, options }: { readonly paths: readonly string[]; readonly format: AnnotationFormat | null; readonly options: ImportOptions },
  signal: AbortSignal,
): Promise<Inspection> {
  const looking: Looking = { project, format, options, signal };
  const folder = await mkdtemp(path.join(tmpdir(), 'pointillist-look-'));
  const archives: string[] = [];
  try {
    const pictures = new Map<string, string>();
    for await (const found of walk([...paths], project.folder, signal)) {
      if (found.path === null) continue;
      if (isArchive(found.path)) {
        archives.push(found.name);
        // What is broken is told by the import.
        await unpack(found.path, path.join(folder, String(archives.length)), signal, () => {}, UNPACKED).catch(() => {});
      }
    }
    const all = archives.length > 0 ? [...paths, folder] : [...paths];
    for await (const found of walk(all, project.folder, signal)) {
      if (found.path !== null && pictures.size < PICTURES && /\.(jpe?g|png|webp|gif|heic|tiff?|avif)$/i.test(found.path))
        pictures.set(path.basename(found.path).toLowerCase(), found.path);
    }
    const sources = new Map<number, Gathered>();
    for await (const file of findFiles(all, project.folder, signal, createFolderNames(), format, () => {})) {
      const known = sources.get(file.source) ?? { files: [], count: 0 };
      sources.set(file.source, known);
      known.count++;
      if (known.files.length < FILES) known.files.push(file);
    }
    const told: InspectedSource[] = [];
    for (const gathered of [...sources.values()].slice(0, SOURCES)) told.push(await inspectSource(looking, gathered, pictures));
    return { sources: told, archives, more: Math.max(0, sources.size - SOURCES) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function inspectSource(looking: Looking, { files, count }: Gathered, pictures: ReadonlyMap<string, string>): Promise<InspectedSource> {
  const facts = newFacts();
  const reasons = new Map<ImportReason, AnnotationReason & { count: number }>();
  const counts = { rows: 0, captions: 0, questions: 0, labels: 0, points: 0 };
  const kept: { file: FoundFile; record: ImportRecord }[] = [];
  let isAll = true;
  reading: for (const file of files) {
    for await (const records of readRecords(file, looking.options)) {
      for (const raw of records) {
        if (looking.signal.aborted || counts.rows >= ROWS) {
          isAll = false;
          break reading;
        }
        const record = cleanRecord(raw);
        counts.rows++;
        counts.captions += record.captions.length;
        counts.questions += record.threads.flat().length;
        counts.labels += record.labels.length;
        counts.points += record.labels.reduce((sum, { points }) => sum + points.length, 0);
        for (const label of record.labels) noteUnits(facts, label);
        for (const { reason, detail } of record.notes) {
          const known = reasons.get(reason) ?? {
            reason,
            count: 0,
            isSkip: isSkip(reason),
            examples: [{ reason, file: file.name, where: record.where, detail }],
          };
          reasons.set(reason, { ...known, count: known.count + 1 });
        }
        if (kept.length < SAMPLES && record.captions.length + record.threads.length + record.labels.length > 0) kept.push({ file, record });
      }
    }
  }
  const first = files[0]!;
  const looked = await lookAt(first.path);
  const shown = kept.map(({ file, record }) => ({ file, record, picture: pictureOf(file, record, pictures) }));
  const sizes = await Promise.all(shown.map(({ picture }) => measure(looking, picture)));
  const side = sizes.find((size) => size !== null);
  const guess = guessUnit(facts, looking.options.points, { side: side ? Math.max(side.widthPx, side.heightPx) : null, outside: outsideOf(shown, sizes) });
  const samples = shown.map(({ record, picture }, at): SampleItem => {
    const size = sizes[at] ?? { widthPx: record.image.size?.widthPx ?? 100, heightPx: record.image.size?.heightPx ?? 100, orientation: 1, pictureId: null };
    const work = workOfRecord(
      { ...record, size: record.image.size },
      0,
      false,
      (said) => looking.options.points ?? said ?? guess.unit,
      size,
      () => {},
    );
    return {
      where: record.where,
      name: picture === null ? (record.image.paths[0] ?? record.image.stems[0] ?? '') : path.basename(picture),
      pictureId: size.pictureId,
      captions: work.captions.map((text) => text.slice(0, 400)),
      questions: work.threads.flat().map((turn) => ({ question: turn.question.slice(0, 300), answer: readableTurn(turn).slice(0, 300) })),
      labels: work.labels.map(({ label, points }) => ({ label, points: points.slice(0, 500) })),
    };
  });
  return {
    name: first.name,
    files: count,
    format: first.format,
    because: first.because,
    ...counts,
    isAll: isAll && count <= FILES,
    unit:
      counts.points === 0
        ? null
        : {
            file: first.name,
            unit: facts.points === 0 ? (looking.options.points ?? kept.flatMap(({ record }) => record.labels)[0]?.unit ?? guess.unit) : guess.unit,
            because: facts.points === 0 && looking.options.points === null ? 'format' : guess.because,
            points: counts.points,
          },
    textFields: first.shape === 'text' || first.shape === 'xml' ? [] : textFields(objectOf(looked?.first[0])).slice(0, 30),
    reasons: [...reasons.values()].sort((a, b) => b.count - a.count),
    samples,
  };
}

/** The share of the shown items' points that lie outside of their pictures, taken as pixels. */
function outsideOf(
  shown: readonly { readonly record: ImportRecord }[],
  sizes: readonly ({ readonly widthPx: number; readonly heightPx: number } | null)[],
): number {
  let [all, out] = [0, 0];
  for (const [at, { record }] of shown.entries()) {
    const size = record.image.size ?? sizes[at];
    if (!size) continue;
    for (const [x, y] of record.labels.flatMap((label) => (label.unit === null ? label.points : []))) {
      all++;
      if (x > size.widthPx || y > size.heightPx) out++;
    }
  }
  return all === 0 ? 0 : out / all;
}

/** The picture of a record among those that were chosen with it. */
function pictureOf(file: FoundFile, { image }: ImportRecord, pictures: ReadonlyMap<string, string>): string | null {
  const named = [...image.paths.map(lastPart), ...image.stems.flatMap((stem) => ['jpg', 'jpeg', 'png'].map((ending) => `${stem}.${ending}`))];
  for (const name of named) {
    const found = pictures.get(name.toLowerCase());
    if (found !== undefined) return found;
  }
  const first = image.paths[0];
  if (named.length === 0) {
    const stem = path.basename(file.path).replace(/\.[^.]*$/, '');
    for (const ending of ['jpg', 'jpeg', 'png', 'webp']) {
      const found = pictures.get(`${stem}.${ending}`.toLowerCase());
      if (found !== undefined) return found;
    }
  }
  if (first === undefined) return null;
  const beside = path.resolve(path.dirname(file.path), first);
  return beside.startsWith(path.dirname(file.path) + path.sep) ? beside : null;
}

/** Size and thumbnail of a picture that is no part of the project yet. */
async function measure(
  { project, signal }: Looking,
  picture: string | null,
): Promise<{ widthPx: number; heightPx: number; orientation: number; pictureId: string | null } | null> {
  if (picture === null) return null;
  try {
    const thumbs = thumbsOf(project.media);
    const { widthPx, heightPx, orientation, sha256 } = await project.media.run('inspect', { path: picture, thumbs }, signal);
    return { widthPx, heightPx, orientation, pictureId: rememberSample(project, thumbs, sha256) };
  } catch (thrown) {
    if (thrown instanceof Refused || (thrown as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw thrown;
  }
}
