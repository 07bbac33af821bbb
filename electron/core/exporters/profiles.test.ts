/** Every profile, written and read back through the real exporter, with texts and points that break careless writers. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as authoring from '../../../shared/domain/authoring.ts';
import { exportProfiles } from '../../../shared/formats/profiles.ts';
import { verifyExport } from './manifest.ts';
import { exportProject } from './run-export.ts';
import { AUTHOR, type Edit, makeTestProject, quietJob, type TestProject, tinyPng } from './testing.ts';

const tools = { uprightBytes: () => Promise.reject(new Error('not asked for')) };
const run = (made: TestProject, profile: (typeof exportProfiles)[number], validationShare = 0.3) =>
  exportProject(made.project, { profile, folder: null, states: ['accepted'], validationShare }, quietJob(), tools);
const json = (folder: string, name: string) => JSON.parse(readFileSync(path.join(folder, name), 'utf8'));
const lines = (folder: string, name: string) =>
  readFileSync(path.join(folder, name), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));

/** A caption, a conversation of two questions, three points of one label, one that is not there. */
function work(edit: Edit): void {
  edit(() => authoring.addCaption(AUTHOR, 'Two dogs.\nThey look out.'));
  edit(() => authoring.addThread(AUTHOR, 'Where are they?', 'At a window.'));
  edit((doc) => authoring.addTurns(doc.thread[0]!.id, 'Which is larger?', 'The upper one.'));
  edit(() => authoring.addPointSet(AUTHOR, 'dog'));
  for (const [x, y] of [
    [75, 50],
    [25, 25],
    [25, 0],
  ])
    edit((doc) => authoring.addPoint(doc, doc.pointSet[0]!.id, x!, y!));
  edit(() => authoring.addPointSet(AUTHOR, 'cat', 'absent'));
  edit((doc) => authoring.setState(doc, 'accepted'));
}

test('every profile writes its files, reads them back, verifies, and is the same bytes the second time', async () => {
  const made = makeTestProject();
  try {
    for (let n = 0; n < 4; n++) made.add(`${n}.png`, tinyPng(8, 4, [n, 1, 2]), work);
    for (const profile of exportProfiles) {
      if (profile === 'preference-pairs') continue;
      const first = await run(made, profile);
      expect(first, profile).toMatchObject({ images: 4, skipped: [] });
      expect((await verifyExport(first.folder)).problems, profile).toEqual([]);
      const second = await run(made, profile);
      for (const entry of readdirSync(first.folder, { recursive: true, withFileTypes: true })) {
        if (!entry.isFile()) continue;
        const name = path.relative(first.folder, path.join(entry.parentPath, entry.name));
        expect(readFileSync(path.join(second.folder, name)).equals(readFileSync(path.join(first.folder, name))), `${profile} ${name}`).toBe(true);
      }
    }
  } finally {
    made.remove();
  }
});

test('a chat keeps its conversation together, its image first, and its points in the grammar of the model', async () => {
  const made = makeTestProject();
  try {
    made.add('a.png', tinyPng(640, 480, [1, 1, 2]), work, { widthPx: 640, heightPx: 480 });
    const llava = await run(made, 'llava', 0);
    const [caption, asked, dogs, cats] = json(llava.folder, 'train.json');
    expect(caption.conversations).toEqual([
      { from: 'human', value: '<image>\nDescribe this image in detail.' },
      { from: 'gpt', value: 'Two dogs.\nThey look out.' },
    ]);
    expect(asked.conversations.map((turn: { value: string }) => turn.value)).toEqual([
      '<image>\nWhere are they?',
      'At a window.',
      'Which is larger?',
      'The upper one.',
    ]);
    expect(existsSync(path.join(llava.folder, caption.image))).toBe(true);
    expect(dogs.conversations[1].value).toBe('dog (25.0, 0.0; 25.0, 25.0; 75.0, 50.0)');
    expect(cats.conversations[1].value).toBe('There are none.');

    const qwen = await run(made, 'qwen25-vl', 0);
    expect(lines(qwen.folder, 'train.jsonl')[2].conversations[1].value).toBe(
      '[{"point_2d":[161,0],"label":"dog"},{"point_2d":[161,119],"label":"dog"},{"point_2d":[483,238],"label":"dog"}]',
    );
    const swift = lines((await run(made, 'ms-swift', 0)).folder, 'train.jsonl');
    expect(swift[2].objects).toEqual({
      ref: [],
      bbox: [
        [160, 0],
        [160, 120],
        [480, 240],
      ],
      bbox_type: 'real',
    });
    expect(swift[2].messages[1].content).toBe('<bbox><bbox><bbox>');
    const factory = await run(made, 'llama-factory', 0);
    for (const row of lines(factory.folder, 'train.jsonl')) expect(JSON.stringify(row.messages).split('<image>')).toHaveLength(1 + row.images.length);
    expect(json(factory.folder, 'dataset_info.json').pointillist_train.file_name).toBe('train.jsonl');
    const intern = await run(made, 'internvl', 0);
    expect(json(intern.folder, 'meta-train.json').pointillist_train.length).toBe(4);
    expect(lines(intern.folder, 'train.jsonl')[2].conversations[1].value).toBe('<point>[[250,0],[250,250],[750,500]]</point>');
    const pali = lines((await run(made, 'paligemma', 0)).folder, 'train.jsonl');
    expect(pali.map((row) => row.prefix)).toEqual(['caption en', 'answer en Where are they?', 'answer en Which is larger?', 'point dog', 'point cat']);
  } finally {
    made.remove();
  }
});

test('a text that holds a word which the loader counts is left out of that profile and told, and is in the others', async () => {
  const made = makeTestProject();
  try {
    made.add('a.png', tinyPng(2, 2, [1, 1, 2]), (edit) => {
      edit(() => authoring.addCaption(AUTHOR, 'It says <image> on the wall.'));
      edit(() => authoring.addCaption(AUTHOR, 'A wall.'));
      edit((doc) => authoring.setState(doc, 'accepted'));
    });
    const llava = await run(made, 'llava', 0);
    expect(json(llava.folder, 'train.json')).toHaveLength(1);
    expect(llava.skipped).toEqual([{ name: 'a.png', reason: 'token-in-text' }]);
    expect((await run(made, 'axolotl', 0)).rows).toEqual({ conversations: 2 });
  } finally {
    made.remove();
  }
});

test('COCO has unique ids from 1, the same categories in every split, and a box of one pixel around each point', async () => {
  const made = makeTestProject();
  try {
    for (let n = 0; n < 6; n++) {
      made.add(
        `${n}.png`,
        tinyPng(8, 4, [n, 1, 2]),
        (edit) => {
          edit(() => authoring.addPointSet(AUTHOR, n % 2 === 0 ? 'dog' : 'ape'));
          edit((doc) => authoring.addPoint(doc, doc.pointSet[0]!.id, 25, 50));
          edit((doc) => authoring.setState(doc, 'accepted'));
        },
        { widthPx: 8, heightPx: 4 },
      );
    }
    const { folder } = await run(made, 'coco-keypoints', 0.4);
    const all = ['train', 'validation'].map((split) => json(folder, `annotations/keypoints_${split}.json`));
    for (const [at, coco] of all.entries()) {
      expect(coco.categories.map(({ id, name }: { id: number; name: string }) => [id, name])).toEqual([
        [1, 'ape'],
        [2, 'dog'],
      ]);
      expect(coco.images.map((image: { id: number }) => image.id)).toEqual(coco.images.map((_: unknown, n: number) => n + 1));
      for (const image of coco.images) expect(existsSync(path.join(folder, at === 0 ? 'train' : 'validation', image.file_name))).toBe(true);
      expect(coco.annotations[0]).toMatchObject({ id: 1, image_id: 1, keypoints: [2, 2, 2], num_keypoints: 1, bbox: [1.5, 1.5, 1, 1], iscrowd: 0 });
    }
  } finally {
    made.remove();
  }
});

test('hostile texts and points on the edge come back from every container', async () => {
  const hostile = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.constantFrom(
      '"',
      '\t"tab',
      'a\u2028b\u2029c',
      'line\r\nbreak',
      '犬🐕‍🦺',
      '\u202eright to left',
      '<b>&amp;',
      'half \ud83d',
      '\\',
      '[',
      '],',
      '{"images":[',
      'x'.repeat(100_000).slice(0, 50_000),
    ),
  );
  const edge = fc.oneof(fc.constantFrom(0, 100, 1e-9, 99.999999999), fc.double({ min: 0, max: 100, noNaN: true }));
  await fc.assert(
    fc.asyncProperty(
      fc.array(hostile, { minLength: 1, maxLength: 4 }),
      hostile,
      fc.array(fc.tuple(edge, edge), { minLength: 1, maxLength: 4 }),
      async (captions, label, points) => {
        const made = makeTestProject();
        try {
          made.add('a.png', tinyPng(1, 1, [1, 1, 2]), (edit) => {
            for (const caption of captions) edit(() => authoring.addCaption(AUTHOR, caption));
            edit(() => authoring.addThread(AUTHOR, label, captions[0]!));
            edit(() => authoring.addPointSet(AUTHOR, label.slice(0, 200)));
            for (const [x, y] of points) edit((doc) => authoring.addPoint(doc, doc.pointSet[0]!.id, x, y));
            edit((doc) => authoring.setState(doc, 'accepted'));
          });
          // One of each container; the exporter itself compares every row with what it reads back.
          for (const profile of ['pixmo-parquet', 'molmo-folders', 'llava', 'axolotl', 'webdataset', 'open-clip-csv', 'coco-keypoints', 'trl'] as const) {
            const result = await run(made, profile, 0).catch((thrown: unknown) => thrown as { details?: { key?: string } });
            if ('details' in result) expect(result.details!.key, profile).toBe('export-empty');
            else expect((await verifyExport((result as { folder: string }).folder)).problems, profile).toEqual([]);
          }
        } finally {
          made.remove();
        }
      },
    ),
    { numRuns: 8 },
  );
});
