/** Imports images with what annotation files say of them: unpacks, reads, imports the images, matches, and writes one edit an image. */
import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { AnnotationsResult, UnitRead } from '../../../shared/domain/annotation-import.ts';
import { cleanRecord } from '../../../shared/formats/imports/clean.ts';
import { lastPart } from '../../../shared/formats/imports/fields.ts';
import { type AnnotationFormat, type ImportOptions, type ImportRecord, isSkip } from '../../../shared/formats/imports/record.ts';
import { guessUnit, newFacts, noteUnits, type UnitFacts, type UnitGuess } from '../../../shared/formats/imports/units.ts';
import { sql } from '../db/statement.ts';
import type { Edits } from '../edits.ts';
import type { JobHandle, JobRunner } from '../jobs/runner.ts';
import type { Project } from '../project.ts';
import { combinesLabels, type Planned, planEdit, workOfRecord } from './annotations/apply.ts';
import { findFiles, type FoundFile, removeUnpacked, unpackArchives, unpackFolder, writePictures } from './annotations/find-files.ts';
import { createFolderNames, type FolderNames, stemOf } from './annotations/folder-names.ts';
import { keepExtra } from './annotations/keep-extra.ts';
import { mayBeAnnotations } from './annotations/look.ts';
import { createMaskRule, type MaskRule } from './annotations/masks.ts';
import { createMatcher } from './annotations/match.ts';
import { readRecords } from './annotations/read-records.ts';
import { createReport, type Report } from './annotations/report.ts';
import { createStage, type Stage } from './annotations/stage.ts';
import { isArchive } from './annotations/unpack.ts';
import type { Counts } from './batch.ts';
import { importImages, sayIfFull } from './import-images.ts';

export interface AnnotationsParams {
  readonly paths: readonly string[];
  readonly mode: 'reference' | 'copy';
  /** Null: each file's by what is in it. */
  readonly format: AnnotationFormat | null;
  readonly options: ImportOptions;
}
/** Images whose records are looked at before others are served. */
const APPLY_PAGE = 8;
const MATCH_PAGE = 500;
/** Other files that lie beside data and are no pictures. */
const NO_PICTURE = /\.(md|ya?ml|html?|css|js|py|log|arrow|names|pkl|npy|lock)$/i;
const isNoPicture = (file: string): boolean => mayBeAnnotations(file) || isArchive(file) || NO_PICTURE.test(file);

interface Run {
  readonly project: Project;
  readonly edits: Edits;
  readonly params: AnnotationsParams;
  readonly job: JobHandle;
  readonly report: Report;
  readonly stage: Stage;
  readonly names: FolderNames;
  readonly files: Map<string, FoundFile>;
  readonly facts: Map<number, UnitFacts>;
  /** Pictures that a file chosen by itself names beside it. */
  readonly beside: Set<string>;
  readonly masks: MaskRule;
  readonly unpacked: string;
  readonly totals: { files: number; rows: number; changed: number; captions: number; questions: number; labels: number; points: number; known: number };
}

/** Running it again after a cancel does what is left; running it on files that are in already changes nothing. */
export function createAnnotationsRunner(edits: Edits): JobRunner<AnnotationsParams> {
  return async (project, params, job): Promise<AnnotationsResult> => {
    const unpacked = unpackFolder(project, job.id);
    const stage = createStage(project.db);
    const totals = { files: 0, rows: 0, changed: 0, captions: 0, questions: 0, labels: 0, points: 0, known: 0 };
    const report = createReport(project.folder, job.id);
    const names = createFolderNames();
    const masks = createMaskRule(names, new Set(params.paths.map((one) => path.resolve(one))));
    const run: Run = { project, edits, params, job, report, stage, names, files: new Map(), facts: new Map(), beside: new Set(), masks, unpacked, totals };
    try {
      await removeUnpacked(unpacked);
      await mkdir(unpacked, { recursive: true });
      await unpackArchives(params.paths, project, job, unpacked, report);
      await readAll(run, [...params.paths, unpacked], unpacked);
      const images = await importPictures(run, unpacked);
      await matchAll(run);
      const units = await applyAll(run);
      return { kind: 'annotations', images, ...totals, formats: formatsOf(run), units, reasons: report.close() };
    } catch (thrown) {
      throw sayIfFull(thrown, project.folder);
    } finally {
      stage.close();
      await removeUnpacked(unpacked);
    }
  };
}

async function readAll(run: Run, paths: readonly string[], unpacked: string): Promise<void> {
  const { job, params, totals, names, project } = run;
  const told = (reason: 'file-unreadable' | 'file-unknown', name: string, detail: string) => run.report.tell(reason, name, '', detail);
  let pictures = 0;
  for await (const file of findFiles(paths, project.folder, job.signal, names, params.format, told)) {
    if (job.signal.aborted) return;
    if (file.shape === 'parquet') await writePictures(file.path, path.join(unpacked, `parquet-${++pictures}`), job);
    totals.files++;
    run.files.set(file.path, { ...(run.files.get(file.path) ?? file) });
    if (file.encoding !== 'utf-8') run.report.tell('encoding-guessed', file.name, '', file.encoding);
    for await (const records of readRecords(file, params.options)) {
      if (job.signal.aborted) return;
      await stageRecords(run, file, records);
      job.progress(totals.rows, null, file.name);
    }
  }
}

async function stageRecords(run: Run, file: FoundFile, records: readonly ImportRecord[]): Promise<void> {
  const { report, stage, facts, totals, names } = run;
  const known = facts.get(file.source) ?? newFacts();
  facts.set(file.source, known);
  const staged: { source: number; file: string; record: ImportRecord }[] = [];
  for (const raw of records) {
    totals.rows++;
    const record = cleanRecord(raw);
    for (const { reason, detail } of record.notes) report.tell(reason, file.name, record.where, detail);
    for (const label of record.labels) noteUnits(known, label);
    for (const turn of record.threads.flat()) for (const place of turn.places) noteUnits(known, { ...place, usual: 'percent' });
    const says = record.captions.length + record.threads.length + record.labels.length > 0 || record.extra !== null;
    const isOnlyListed = !says && record.notes.every(({ reason }) => !isSkip(reason) || reason === 'row-empty');
    if (!says && !isOnlyListed) continue;
    const named = await unpackPicture(run, await withPicture(record, file, names), file);
    for (const mask of record.masks ?? []) {
      const folder = path.dirname(file.path);
      // Panoptic masks lie in a folder that has the name of their file.
      for (const at of [folder, path.join(folder, stemOf(path.basename(file.path)))]) run.masks.note(path.resolve(at, mask), named.image.paths[0] ?? '');
    }
    if (file.chosenAlone) for (const one of named.image.paths) await noteBeside(run, file, one);
    if (says) staged.push({ source: file.source, file: file.path, record: named });
  }
  if (staged.length > 0) stage.add(staged);
}

/** A file of one picture that names none is about the picture beside it. */
async function withPicture(record: ImportRecord, file: FoundFile, names: FolderNames): Promise<ImportRecord> {
  const { image } = record;
  if (file.picture !== undefined) return { ...record, image: { ...image, paths: [file.picture] } };
  // WebDataset's samples say the address where their picture came from.
  const namesFile = image.url === null && image.paths.length + image.stems.length > 0;
  if (namesFile || (file.shape !== 'text' && file.shape !== 'object') || file.inside !== undefined) return record;
  const beside = await names.pictureBeside(file.path);
  return beside === null ? record : { ...record, image: { ...image, paths: [beside, ...image.paths] } };
}

/** labelme puts the picture into its file, which is all that some people hand on. */
async function unpackPicture(run: Run, record: ImportRecord, file: FoundFile): Promise<ImportRecord> {
  const { picture = null, image } = record;
  if (picture === null) return record;
  for (const named of image.paths) if (await run.names.has(path.resolve(path.dirname(file.path), named.replaceAll('\\', '/')))) return record;
  const bytes = Buffer.from(picture, 'base64');
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const folder = path.join(run.unpacked, 'pictures');
  await mkdir(folder, { recursive: true });
  await writeFile(
    path.join(
      folder,
      `${sha256.slice(0, 16)}-${lastPart(image.paths[0] ?? 'picture.png')
        .replace(/[^\p{L}\p{N}._ -]/gu, '_')
        .slice(-100)}`,
    ),
    bytes,
  );
  return { ...record, image: { ...image, hashes: [sha256, ...image.hashes] } };
}

/** A path out of the folder is not followed: who sends an annotation file does not choose what is read on this machine. */
async function noteBeside(run: Run, file: FoundFile, named: string): Promise<void> {
  const folder = path.dirname(file.path);
  const at = path.resolve(folder, named);
  if (!at.startsWith(folder + path.sep) || run.beside.has(at) || isNoPicture(at)) return;
  if (await run.names.has(at)) run.beside.add(at);
}

async function importPictures(run: Run, unpacked: string): Promise<AnnotationsResult['images']> {
  const { project, params, job, beside } = run;
  const sum: Counts = { added: 0, duplicates: 0, known: 0, refused: 0, relinked: 0 };
  const parts = [
    { paths: [...params.paths, ...beside], mode: params.mode },
    { paths: [unpacked], mode: 'copy' as const },
  ];
  const leave = async (file: string): Promise<boolean> => {
    if (isNoPicture(file)) return true;
    const photo = await run.masks.photoOf(file);
    if (photo === null) return false;
    run.report.tell('mask-picture', path.join(path.basename(path.dirname(file)), path.basename(file)), '', path.basename(photo));
    return true;
  };
  for (const [index, part] of parts.entries()) {
    if (job.signal.aborted) break;
    const counts = await importImages(project, part, job, { leave, keepsProblems: index > 0 });
    for (const name of Object.keys(sum) as (keyof Counts)[]) sum[name] += counts[name];
  }
  return sum;
}

async function matchAll(run: Run): Promise<void> {
  const { stage, report, job, project } = run;
  const matcher = await createMatcher(project.db);
  try {
    let seq = 0;
    for (;;) {
      const page = stage.unmatched(seq, MATCH_PAGE);
      if (page.length === 0 || job.signal.aborted) return;
      const pairs: { seq: number; imageNum: number }[] = [];
      for (const staged of page) {
        const match = matcher.match(staged.image, staged.file);
        if ('imageNum' in match) {
          pairs.push({ seq: staged.seq, imageNum: match.imageNum });
          if (match.byStem !== undefined) report.tell('matched-by-stem', run.files.get(staged.file)?.name ?? '', staged.where, match.byStem);
        } else report.tell(match.reason, run.files.get(staged.file)?.name ?? '', staged.where, match.detail);
      }
      stage.match(pairs);
      seq = page.at(-1)!.seq;
      job.progress(seq, null, null);
      await new Promise((resolve) => setImmediate(resolve));
    }
  } finally {
    matcher.close();
  }
}

async function applyAll(run: Run): Promise<UnitRead[]> {
  const { stage, job, edits, project, totals, report } = run;
  const guesses = new Map<number, UnitGuess>();
  const read: UnitRead[] = [];
  for (const [source, facts] of run.facts) {
    const guess = guessUnit(facts, run.params.options.points, { side: stage.typicalSide(source), outside: facts.max > 100 ? stage.outside(source) : 0 });
    guesses.set(source, guess);
    const file = [...run.files.values()].find((one) => one.source === source);
    if (facts.points > 0) read.push({ file: file?.name ?? '', unit: guess.unit, because: guess.because, points: facts.points });
  }
  const total = stage.images();
  let done = 0;
  for (let last = 0; !job.signal.aborted;) {
    const page = stage.imagesAfter(last, APPLY_PAGE);
    if (page.length === 0) break;
    last = page.at(-1)!.num;
    const nums = new Map(page.map(({ id, num }) => [id, num]));
    const at = Date.now();
    const plans = new Map<string, Planned>();
    const { changed, refused } = await edits.change(
      page.map(({ id }) => id),
      // One undo takes back the whole import, also one that was resumed; and the event says which import it was.
      job.id,
      (imageId, doc) => {
        const planned = planEdit(doc, partsOf(run, nums.get(imageId)!, guesses), project.me.userId, at);
        plans.set(imageId, planned);
        return planned.ops;
      },
      'import',
    );
    for (const imageId of refused) report.tell('not-permitted', '', '', nameOf(project, nums.get(imageId)!));
    for (const [imageId, planned] of plans) if (!refused.includes(imageId)) count(run, planned, nums.get(imageId)!);
    totals.changed += changed;
    for (const { num } of page) keepExtra(project.db, num, stage.of(num), (file) => run.files.get(file), job.id, report);
    done += page.length;
    job.progress(done, total, null);
  }
  return read;
}

function count({ project, report, totals }: Run, { added, known }: Planned, num: number): void {
  if (known > 0) for (let left = known; left > 0; left--) report.tell('already-there', '', '', nameOf(project, num));
  totals.known += known;
  totals.captions += added.captions.length;
  totals.questions += added.threads.flat().length;
  totals.labels += added.labels.length;
  totals.points += added.labels.reduce((sum, { points }) => sum + points.length, 0);
  totals.points += added.threads.flat().reduce((sum, { places }) => sum + places.reduce((n, { points }) => n + points.length, 0), 0);
}

const nameOf = (project: Project, num: number): string => (sql(project.db, 'SELECT name FROM image WHERE num = ?').get(num) as { name: string }).name;

function partsOf(run: Run, num: number, guesses: ReadonlyMap<number, UnitGuess>) {
  const image = sql(run.project.db, 'SELECT width_px AS widthPx, height_px AS heightPx, orientation FROM image WHERE num = ?').get(num) as {
    widthPx: number;
    heightPx: number;
    orientation: number;
  };
  return run.stage.of(num).map(({ source, file, says }) => {
    const found = run.files.get(file);
    const tell: Parameters<typeof workOfRecord>[5] = (reason, where, detail) => run.report.tell(reason, found?.name ?? '', where, detail);
    const unit = (said: Parameters<Parameters<typeof workOfRecord>[3]>[0]) => run.params.options.points ?? said ?? guesses.get(source)!.unit;
    return workOfRecord(says, source, found ? combinesLabels(found.format) : false, unit, image, tell);
  });
}

function formatsOf(run: Run): AnnotationsResult['formats'] {
  const counts = new Map<AnnotationFormat, number>();
  for (const { format } of run.files.values()) counts.set(format, (counts.get(format) ?? 0) + 1);
  return [...counts].map(([format, files]) => ({ format, files }));
}
