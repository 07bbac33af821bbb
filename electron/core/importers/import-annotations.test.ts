/** What an export writes comes back: documents with hostile texts and geometry through the real exporter and the real import. */
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import * as authoring from '../../../shared/domain/authoring.ts';
import type { Doc } from '../../../shared/domain/model.ts';
import { applyOps } from '../../../shared/domain/ops.ts';
import { newId } from '../../../shared/domain/ids.ts';
import type { ExportProfile } from '../../../shared/formats/profiles.ts';
import { defaultOptions, type ImportOptions } from '../../../shared/formats/imports/record.ts';
import { conversationsOf, labelledPointsOf, pairsOf, pointedAnswersOf, captionsOf } from '../../../shared/formats/work.ts';
import { loadDoc } from '../db/docs.ts';
import { openDatabase } from '../db/open.ts';
import { putPerson } from '../db/people.ts';
import { createEdits } from '../edits.ts';
import { exportProject, uprightBy } from '../exporters/run-export.ts';
import { quietJob, tinyPng } from '../exporters/testing.ts';
import { madePicture, withExif, writeJpeg } from '../media/test-photos.ts';
import { type TestProject, testProject } from '../media/test-project.ts';
import { verifyImage } from '../verify.ts';
import { type AnnotationsParams, createAnnotationsRunner } from './import-annotations.ts';
import { importImages } from './import-images.ts';

// They start processes and write every profile.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 60_000 });

let source: TestProject;
let target: TestProject;
beforeEach(async () => {
  [source, target] = [await testProject(), await testProject()];
  for (const project of [source, target]) putPerson(project.db, { id: project.me.userId, name: 'Test' });
  await mkdir(source.files, { recursive: true });
  await mkdir(target.files, { recursive: true });
});
afterEach(async () => {
  await source.close();
  await target.close();
});

const hostile = [
  'He said "no" & <b>left</b>',
  "it's </points> <|POINT|",
  'two\nlines\r\nand a\ttab',
  '👩‍👩‍👧‍👦 family, e\u0301',
  '犬が二匹、窓の外を見ています。',
  'שלום עולם',
  '\u202eright to left',
  'half \ud83d of a pair',
  'null\u0000byte',
  '[USER] who [ASSISTANT] me',
  'How many dogs are in the image? Point to each, then give the total.',
  '@image <|image|> at the end',
  '"',
  '1, 2; 3',
  'あ'.repeat(34_000),
];
const words = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...hostile) },
  fc.string({ minLength: 1, maxLength: 40, unit: 'binary' }),
  fc.string({ minLength: 1, maxLength: 20 }),
);
/** Words that a trainer counts are left out of its profile; here every text is to come back. `[USER]` ends a turn in pixmo-cap-qa, whose `messages` are read instead. */
const text = words.filter((one) => one.trim() !== '' && !/<image>|<video>|<audio>|<\|POINT\|>|<@/.test(one));
const label = fc
  .oneof(fc.constantFrom('dog', '赤い "傘"', "child's <hat>", '🦊', 'a\nb'), fc.string({ minLength: 1, maxLength: 12 }))
  .filter((one) => one.trim() !== '' && !/<image>|<video>|<audio>|<@/.test(one));
const coordinate = fc.oneof(
  fc.constantFrom(0, 100, 50, 99.9999),
  fc.integer({ min: 0, max: 1_000_000 }).map((n) => n / 10_000),
);
const point = fc.tuple(coordinate, coordinate);
const written = fc.record({
  captions: fc.array(text, { maxLength: 3 }),
  threads: fc.array(fc.array(fc.tuple(text, text), { minLength: 1, maxLength: 3 }), { maxLength: 3 }),
  explained: fc.array(fc.tuple(text, text, label, fc.array(point, { minLength: 1, maxLength: 3 })), { maxLength: 2 }),
  labels: fc.uniqueArray(fc.tuple(label, fc.array(point, { maxLength: 6 }), fc.boolean()), {
    maxLength: 4,
    selector: ([name]) => name.trim().replace(/\s+/g, ' ').toWellFormed().toLowerCase(),
  }),
});
type Written = typeof written extends fc.Arbitrary<infer T> ? T : never;

function docOf(empty: Doc, { captions, threads, explained, labels }: Written, inline: boolean): { ops: ReturnType<typeof authoring.addCaption> } {
  let doc = empty;
  const ops: ReturnType<typeof authoring.addCaption> = [];
  const edit = (make: (now: Doc) => ReturnType<typeof authoring.addCaption>) => {
    const more = make(doc);
    const applied = applyOps(doc, more);
    expect(applied.conflicts).toEqual([]);
    doc = applied.doc;
    ops.push(...more);
  };
  const me = source.me.userId;
  for (const caption of captions) edit(() => authoring.addCaption(me, caption));
  for (const turns of threads) {
    const id = newId();
    turns.forEach(([question, answer], at) =>
      edit(() => (at === 0 ? authoring.addThread(me, question, answer, id) : authoring.addTurns(id, question, answer))),
    );
  }
  if (inline) {
    for (const [question, answer, phrase, points] of explained) {
      const set = newId();
      edit(() => authoring.addThread(me, question, answer));
      edit((now) => authoring.addMark(now, me, now.turn.at(-1)!.id, 0, phrase, set));
      for (const [x, y] of points) edit((now) => authoring.addPoint(now, set, x, y));
    }
  }
  for (const [name, points, counted] of labels) {
    const id = newId();
    edit(() => authoring.addPointSet(me, name, points.length > 0 ? 'present' : 'absent', id));
    for (const [x, y] of points) edit((now) => authoring.addPoint(now, id, x, y));
    if (counted && points.length > 0) edit((now) => authoring.editPointSet(now, id, { method: 'counting' }));
  }
  edit((now) => authoring.setState(now, 'accepted'));
  return { ops };
}

/** One picture of a pixel, one of 4 by 2, and a photo for each way that EXIF turns one. */
async function pictures(): Promise<void> {
  await writeFile(path.join(source.files, 'pixel.png'), tinyPng(1, 1, [1, 2, 3]));
  await writeFile(path.join(source.files, 'small.png'), tinyPng(4, 2, [9, 2, 3]));
  const plain = path.join(source.files, '..', 'plain.jpg');
  for (let orientation = 1; orientation <= 8; orientation++) {
    await writeJpeg(madePicture(orientation, 60, 40), plain);
    await writeFile(path.join(source.files, `写真 ${orientation}.jpg`), withExif(await readFile(plain), orientation));
  }
  const counts = await importImages(source, { paths: [source.files], mode: 'reference' }, quietJob(), {});
  expect(counts.added).toBe(10);
}
const idsOf = (project: TestProject) => project.db.prepare('SELECT num, id FROM image ORDER BY num').all() as { num: number; id: string }[];

interface Compared {
  readonly takes: readonly ('captions' | 'threads' | 'pairs' | 'labels')[];
  /** Answers with points in them. */
  readonly inline?: boolean;
  /** How exactly points come back. */
  readonly decimals: number;
  readonly methods?: boolean;
}
function seen(doc: Doc, { takes, inline = false, decimals, methods = true }: Compared): Record<string, readonly unknown[]> {
  const round = (n: number) => Number(n.toFixed(decimals)) + 0;
  const spots = (points: readonly { x: number; y: number }[]) => points.map(({ x, y }) => [round(x), round(y)]).sort((a, b) => a[0]! - b[0]! || a[1]! - b[1]!);
  const pairs = pairsOf(doc).items;
  return {
    ...(takes.includes('captions') && { captions: captionsOf(doc) }),
    ...(takes.includes('pairs') && { pairs: pairs.map((pair) => pair.text) }),
    ...(takes.includes('threads') && { pairs: pairs.map((pair) => pair.text), conversations: conversationsOf(doc) }),
    ...(inline && {
      explained: pointedAnswersOf(doc).items.map((item) => ({ ...item, places: item.places.map((place) => ({ ...place, points: spots(place.points) })) })),
    }),
    ...(takes.includes('labels') && {
      labels: labelledPointsOf(doc)
        .items.map((item) => JSON.stringify([item.label, methods && item.points.length > 0 ? item.method : '', spots(item.points)]))
        .sort(),
    }),
  };
}

const profiles: readonly (readonly [ExportProfile, Compared])[] = [
  ['llava', { takes: ['captions', 'threads', 'labels'], decimals: 1 }],
  ['llama-factory', { takes: ['captions', 'threads', 'labels'], decimals: 1 }],
  ['pixmo-parquet', { takes: ['captions', 'threads', 'labels'], inline: true, decimals: 6 }],
  ['hf-imagefolder', { takes: ['captions', 'pairs', 'labels'], inline: false, decimals: 6 }],
  ['hf-parquet', { takes: ['captions', 'pairs', 'labels'], decimals: 6 }],
  ['webdataset', { takes: ['captions', 'pairs', 'labels'], decimals: 6 }],
  ['coco-captions', { takes: ['captions'], decimals: 6 }],
  ['coco-keypoints', { takes: ['labels'], decimals: 6, methods: false }],
  ['label-studio', { takes: ['captions', 'pairs', 'labels'], decimals: 6 }],
];

const importInto = (project: TestProject, paths: readonly string[], options: Partial<ImportOptions> = {}, change: Partial<AnnotationsParams> = {}) =>
  createAnnotationsRunner(createEdits(project))(
    project,
    { paths, mode: 'reference', format: null, options: { ...defaultOptions, ...options }, ...change },
    quietJob(),
  );

/** Documents tried for each profile are ten times this many; ROUND_TRIPS=200 looks longer. */
const RUNS = Number(process.env['ROUND_TRIPS'] ?? 3);

/** The project as it was when its pictures had gone in, without opening it anew for each run. */
async function kept(project: TestProject): Promise<() => Promise<TestProject>> {
  const file = path.join(project.folder, 'project.sqlite');
  const copy = `${file}.empty`;
  project.db.pragma('wal_checkpoint(TRUNCATE)');
  await copyFile(file, copy);
  let now = project;
  return async () => {
    now.db.close();
    for (const suffix of ['-wal', '-shm']) await rm(`${file}${suffix}`, { force: true });
    await copyFile(copy, file);
    return (now = { ...project, db: openDatabase(project.folder, false).db });
  };
}
const exported = async (from: TestProject, profile: ExportProfile) => {
  const out = await exportProject(from, { profile, folder: null, states: ['accepted'], validationShare: 0.3 }, quietJob(), {
    uprightBytes: uprightBy(from.media, from.folder),
  });
  return out.folder;
};

/** LLaVA's rows say by their id which question asks to point and is a label of the document. Found so far and mended are in the examples. */
test.each(profiles)('what %s writes is read back as it was, and a second time nothing changes', async (profile, compared) => {
  await pictures();
  const [emptied, awaiting] = [await kept(source), await kept(target)];
  let last = { folder: '', into: target };
  try {
    await fc.assert(
      fc.asyncProperty(fc.array(written, { minLength: 1, maxLength: 10 }), fc.nat(9), async (docs, first) => {
        const [from, into] = [await emptied(), await awaiting()];
        const all = idsOf(from);
        // Which pictures: those of one pixel and turned in each way in turn.
        const ids = docs.map((_, n) => all[(first + n) % all.length]!);
        let at = 0;
        await createEdits(from).change(
          ids.map(({ id }) => id),
          newId(),
          (_id, doc) => docOf(doc, docs[at++]!, compared.inline === true).ops,
          'test',
        );
        const works = (project: TestProject) =>
          idsOf(project)
            .map(({ num }) => seen(loadDoc(project.db, num), compared))
            .filter((work) => Object.values(work).some((list) => list.length > 0))
            .map((work) => JSON.stringify(work))
            .sort();
        const wanted = works(from);
        fc.pre(wanted.length > 0);
        const folder = await exported(from, profile);
        const result = await importInto(into, [folder]);
        expect(works(into)).toEqual(wanted);
        for (const { num } of idsOf(into)) expect(verifyImage(into.db, num)).toEqual([]);
        if (result.kind !== 'annotations') throw new Error(result.kind);
        expect(result.reasons.filter(({ isSkip, reason }) => isSkip && reason !== 'row-empty')).toEqual([]);
        if (last.folder !== '') await rm(last.folder, { recursive: true });
        last = { folder, into };
      }),
      { numRuns: RUNS },
    );
    expect(await importInto(last.into, [last.folder])).toMatchObject({ changed: 0, captions: 0, questions: 0, labels: 0 });
  } finally {
    // What the hooks close is what is open now.
    source = await emptied();
    target = await awaiting();
  }
});
