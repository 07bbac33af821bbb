import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import * as authoring from '../../../shared/domain/authoring.ts';
import { type ExportOptions, exportOptionsSchema } from '../../../shared/formats/options.ts';
import type { ExportProfile } from '../../../shared/formats/profiles.ts';
import { exportProject } from './run-export.ts';
import { sampleExport } from './sample.ts';
import { AUTHOR, makeTestProject, quietJob, type TestProject, tinyPng } from './testing.ts';

let made: TestProject;
let imageId: string;
beforeEach(() => {
  made = makeTestProject();
  made.add(
    'holiday/dog.png',
    tinyPng(64, 48, [9, 9, 9]),
    (edit) => {
      edit(() => authoring.addCaption(AUTHOR, 'A dog.'));
      edit(() => authoring.addPointSet(AUTHOR, 'dog'));
      edit((doc) => authoring.addPoint(doc, doc.pointSet[0]!.id, 25, 25));
    },
    { widthPx: 64, heightPx: 48 },
  );
  imageId = made.db.prepare('SELECT id FROM image').pluck().get() as string;
});
afterEach(() => made.remove());

const tools = { uprightBytes: () => Promise.reject(new Error('not asked for')) };
const sample = (profile: ExportProfile, values: Partial<ExportOptions> = {}) =>
  sampleExport(
    made.db,
    made.folder,
    { profile, options: exportOptionsSchema.parse({ states: ['todo', 'draft'], ...values }), release: null, imageId },
    tools.uprightBytes,
  );

test('the preview shows the rows that the export writes, to the letter', async () => {
  const seen = await sample('qwen25-vl');
  const { folder } = await exportProject(
    made.project,
    { profile: 'qwen25-vl', folder: null, states: ['todo', 'draft'], validationShare: 0 },
    quietJob(),
    tools,
  );
  const lines = readFileSync(path.join(folder, 'train.jsonl'), 'utf8').trim().split('\n');
  expect(seen.tables[0]!.rows.map((row) => row['json'])).toEqual(lines.map((line) => JSON.parse(line) as unknown));
  expect(seen).toMatchObject({ leftOut: null, image: { widthPx: 64, heightPx: 48, unchanged: true } });
  expect(seen.targets.at(-1)!.points).toHaveLength(1);
});

test('what the options leave out is said, and image bytes are told by their size', async () => {
  expect(await sample('llava', { states: ['accepted'] })).toMatchObject({ leftOut: 'state' });
  expect((await sample('llava', { labels: ['cat'] })).targets.map(({ turns }) => turns[1]!.text)).toEqual(['A dog.']);
  const { tables } = await sample('pixmo-parquet');
  const image = tables[0]!.rows[0]!['image'] as { bytes: string };
  expect(image.bytes).toMatch(/^\d+ bytes$/);
});

test('a referenced image is named without the folders of this machine; a file that is gone is told, and nothing is fed of it', async () => {
  const referenced = await sample('llava', { images: 'reference' });
  expect(JSON.stringify(referenced)).not.toContain(made.folder);
  expect(referenced.image).toMatchObject({ isReference: true, path: 'holiday/dog.png' });
  await expect(sample('pixmo-parquet', { images: 'reference' })).rejects.toMatchObject({ details: { key: 'export-no-reference' } });
  rmSync(path.join(made.folder, 'media/originals'), { recursive: true });
  expect(await sample('llava')).toMatchObject({ leftOut: 'image-missing', image: null, targets: [] });
});
