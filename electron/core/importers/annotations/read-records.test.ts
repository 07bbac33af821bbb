import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { defaultOptions, type ImportRecord } from '../../../../shared/formats/imports/record.ts';
import { lookAt } from './look.ts';
import { readRecords } from './read-records.ts';
import { safeName } from './unpack.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'pointillist-annotations-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const fixtures = path.resolve(import.meta.dirname, '../../../../../shared/fixtures/annotations');
const real = (name: string) => path.join(fixtures, name);
/** Where the shared folder is not there, tests on it are skipped aloud. */
const absent = !existsSync(fixtures);

async function recordsOf(file: string): Promise<{ format: string; records: ImportRecord[] }> {
  const looked = await lookAt(file);
  if (!looked?.detected) throw new Error(`${file} is not recognised`);
  const records: ImportRecord[] = [];
  const { format } = looked.detected;
  for await (const group of readRecords({ path: file, shape: looked.shape, encoding: looked.encoding, format }, defaultOptions)) records.push(...group);
  return { format, records };
}
function made(name: string, content: string | Buffer): string {
  const file = path.join(folder, name);
  writeFileSync(file, content);
  return file;
}
const sum = (records: readonly ImportRecord[], count: (record: ImportRecord) => number) => records.reduce((total, record) => total + count(record), 0);
const reasons = (records: readonly ImportRecord[]) => records.flatMap((record) => record.notes.map((note) => note.reason));

test.skipIf(absent)('every caption, keypoint and conversation of the real files is read, by the numbers of the files themselves', async () => {
  const captions = JSON.parse(readFileSync(real('coco/captions_val2014_fakecap_results.json'), 'utf8')) as unknown[];
  const coco = await recordsOf(real('coco/captions_val2014_fakecap_results.json'));
  expect([coco.format, sum(coco.records, (one) => one.captions.length)]).toEqual(['coco', captions.length]);

  const people = JSON.parse(readFileSync(real('coco/mmpose_coco/test_coco.json'), 'utf8')) as { annotations: { keypoints: number[] }[] };
  const seen = people.annotations.flatMap(({ keypoints }) => keypoints.filter((value, at) => at % 3 === 2 && value > 0)).length;
  const { records } = await recordsOf(real('coco/mmpose_coco/test_coco.json'));
  expect(sum(records, (one) => one.labels.reduce((total, { points }) => total + points.length, 0))).toBe(seen);

  const chats = JSON.parse(readFileSync(real('llama-factory/mllm_demo.json'), 'utf8')) as { messages: unknown[] }[];
  const chat = await recordsOf(real('llama-factory/mllm_demo.json'));
  expect(chat.format).toBe('chat');
  expect(sum(chat.records, (one) => one.captions.length + one.threads.flat().length)).toBe(
    chats.reduce((total, { messages }) => total + messages.length / 2, 0),
  );

  const lines = readFileSync(real('llava/playground/coco2014_val_gpt4_qa_30x3.jsonl'), 'utf8').trim().split('\n');
  const llava = await recordsOf(real('llava/playground/coco2014_val_gpt4_qa_30x3.jsonl'));
  expect(sum(llava.records, (one) => one.threads.length)).toBe(lines.length);
});

test.skipIf(absent)('CVAT, Label Studio and LabelMe files are recognised, and what is no point is told', async () => {
  const xml = readFileSync(real('datumaro/cvat_dataset/for_images/train.xml'), 'utf8');
  const cvat = await recordsOf(real('datumaro/cvat_dataset/for_images/train.xml'));
  expect([cvat.format, cvat.records.length]).toEqual(['cvat', xml.split('<image ').length - 1]);
  const tasks = JSON.parse(readFileSync(real('label-studio-converter/data/test_export_yolo/data.json'), 'utf8')) as unknown[];
  const studio = await recordsOf(real('label-studio-converter/data/test_export_yolo/data.json'));
  expect([studio.format, studio.records.length]).toEqual(['label-studio', tasks.length]);
  expect(reasons(studio.records)).toContain('shape-box');
  expect(reasons((await recordsOf(real('datumaro/labelme_dataset/img1.xml'))).records)).toContain('shape-mask');
});

test('labelme and VIA points are read in pixels', async () => {
  const labelme = made(
    'a.json',
    JSON.stringify({
      shapes: [
        { label: 'dog', shape_type: 'point', points: [[3, 4]] },
        { label: 'cat', shape_type: 'rectangle', points: [] },
      ],
      imagePath: 'a.jpg',
      imageWidth: 8,
      imageHeight: 8,
    }),
  );
  const { format, records } = await recordsOf(labelme);
  expect(format).toBe('labelme');
  expect(records[0]).toMatchObject({
    image: { paths: ['a.jpg'] },
    labels: [{ label: 'dog', points: [[3, 4]], unit: 'pixels' }],
    notes: [{ reason: 'shape-box' }],
  });
  const via = made(
    'via.json',
    JSON.stringify({
      _via_settings: {},
      _via_img_metadata: {
        'b.jpg9': { filename: 'b.jpg', regions: [{ shape_attributes: { name: 'point', cx: 1, cy: 2 }, region_attributes: { label: 'cup' } }] },
      },
    }),
  );
  expect((await recordsOf(via)).records).toMatchObject([{ image: { paths: ['b.jpg'] }, labels: [{ label: 'cup', points: [[1, 2]] }] }]);
});

test('Shift-JIS and UTF-16 are read as they were written', async () => {
  const sjis = Buffer.concat([Buffer.from('file_name,text\na.jpg,'), Buffer.from([0x8c, 0xa2]), Buffer.from('\n')]);
  expect((await recordsOf(made('sjis.csv', sjis))).records[0]?.captions).toEqual(['犬']);
  const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('file_name,text\na.jpg,犬\n', 'utf16le')]);
  expect((await recordsOf(made('utf16.csv', utf16))).records[0]?.captions).toEqual(['犬']);
});

test('hostile files are told in a record each, and nothing is thrown', async () => {
  const row = '{"file_name":"a.jpg","text":"fine"}\n';
  const lines = await recordsOf(made('bad.jsonl', `${row}{"file_name": broken}\n[1]\n${'['.repeat(5000)}\n${row}`));
  expect(sum(lines.records, (one) => one.captions.length)).toBe(2);
  expect(reasons(lines.records)).toEqual(['row-broken', 'row-not-object', 'row-broken']);
  const cut = await recordsOf(made('cut.json', '[{"file_name":"a.jpg","text":"fine"},{"file_name":"b.jp'));
  expect([sum(cut.records, (one) => one.captions.length), reasons(cut.records)]).toEqual([1, ['file-unreadable']]);
  const deep = await recordsOf(made('deep.json', `[{"file_name":"a.jpg","text":"fine"},${'['.repeat(100_000)}`));
  expect(reasons(deep.records)).toContain('file-unreadable');
  const types = await recordsOf(
    made(
      'types.json',
      JSON.stringify({
        images: [{ id: 'x', file_name: 5, width: -1, height: 'wide' }],
        annotations: [{ image_id: null, keypoints: 'no', caption: 7 }, 3, null],
      }),
    ),
  );
  expect(types.format).toBe('coco');
  await expect(lookAt(made('none.json', '{broken'))).rejects.toThrow('a name is missing');
});

test('a file whose first row is longer than what is looked at first is recognised all the same', async () => {
  const row = JSON.stringify({ file_name: 'a.jpg', text: 'あ'.repeat(200_000) });
  for (const [name, content] of [
    ['long.jsonl', `${row}\n${row}\n`],
    ['long.json', `[${row},${row}]`],
  ] as const) {
    expect(
      sum((await recordsOf(made(name, content))).records, (one) => one.captions.length),
      name,
    ).toBe(2);
  }
});

test('names that lead out of an archive are no names', () => {
  for (const name of ['../a.jpg', '/etc/a.jpg', 'a/../../b.jpg', 'C:\\a.jpg', '..\\a.jpg', '.hidden/a.jpg', 'a.exe']) expect(safeName(name), name).toBeNull();
  expect(safeName('a/./b/写真.jpg')).toEqual(['a', 'b', '写真.jpg']);
});
