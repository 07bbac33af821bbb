/** Data as other people have it: made on other machines, by other programs, with the oddities that these leave. Each goes through the real import. */
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { tinyPng } from '../exporters/testing.ts';
import { type Files, type ImportBench, importBench } from './testing-import.ts';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 60_000 });

let bench: ImportBench;
beforeAll(async () => {
  bench = await importBench();
});
afterAll(() => bench.close());

/** A picture of 40 by 20: (10, 10) is at 25 and 50 percent. */
const png = (shade: number, width = 40, height = 20) => tinyPng(width, height, [shade, 7, 3]);
const a = png(1);
const b = png(2);
const j = (value: unknown): string => JSON.stringify(value);
const chat = (image: unknown, question = '<image>\nWho?', answer = 'Me.') => ({
  id: 'x',
  image,
  conversations: [
    { from: 'human', value: question },
    { from: 'gpt', value: answer },
  ],
});
const coco = (annotation: object, image: object = {}) => ({
  images: [{ id: 1, file_name: 'a.png', width: 40, height: 20, ...image }],
  categories: [{ id: 1, name: 'dog', keypoints: ['nose'] }],
  annotations: [{ id: 1, image_id: 1, category_id: 1, ...annotation }],
});
const labelme = (over: object = {}) => ({
  version: '5.0',
  flags: {},
  shapes: [{ label: 'dog', points: [[10, 10]], shape_type: 'point' }],
  imagePath: 'a.png',
  imageData: null,
  imageHeight: 20,
  imageWidth: 40,
  ...over,
});
const via = (filename: string) => ({
  filename,
  size: 1,
  regions: [{ shape_attributes: { name: 'point', cx: 10, cy: 10 }, region_attributes: { label: 'dog' } }],
  file_attributes: { caption: 'A dog.' },
});
const who = 'a.png | Who? - Me.';
const dog = 'a.png | dog | 25,50';

type Case = readonly [name: string, files: Files, lines: readonly string[], reasons?: readonly string[]];

const written: readonly Case[] = [
  [
    'JSON with a mark at its start and Windows line ends',
    { 'a.png': a, 'd.json': `\ufeff${JSON.stringify([chat('a.png')], null, 2).replace(/\n/g, '\r\n')}` },
    [who],
  ],
  ['JSON lines with a mark, empty lines and Windows line ends', { 'a.png': a, 'd.jsonl': `\ufeff${j(chat('a.png'))}\r\n\r\n` }, [who]],
  ['CSV with a mark and Windows line ends', { 'a.png': a, 'd.csv': '\ufefffile_name,text\r\na.png,"A, dog"\r\n' }, ['a.png | "A, dog"']],
  ['a sentence with commas and no quotes', { 'a.png': a, 'd.csv': 'image,caption\na.png,A dog, a cat, and a hat.\n' }, ['a.png | "A dog, a cat, and a hat."']],
  ['bars between columns', { 'a.png': a, 'd.csv': 'image_name| comment_number| comment\na.png| 0| A dog\n' }, ['a.png | "A dog"']],
  ['a table without names', { 'a.png': a, 'd.csv': 'a.png,A dog\n' }, ['a.png | "A dog"']],
  [
    'numbered captions in a text file',
    { 'a.png': a, 'captions.token.txt': 'a.png#0\tA dog .\na.png#1\tTwo dogs .\n' },
    ['a.png | "A dog ."', 'a.png | "Two dogs ."'],
  ],
  ['a table in a text file', { 'a.png': a, 'captions.txt': 'image,caption\na.png,A dog\n' }, ['a.png | "A dog"']],
  ['compressed JSON', { 'a.png': a, 'd.json.gz': gzipSync(j([chat('a.png')])) }, [who]],
  ['compressed JSON lines', { 'a.png': a, 'd.jsonl.gz': gzipSync(`${j(chat('a.png'))}\n`) }, [who]],
  ['compressed CSV', { 'a.png': a, 'd.csv.gz': gzipSync('file_name,text\na.png,A dog\n') }, ['a.png | "A dog"']],
  [
    'JSON with NaN',
    { 'a.png': a, 'd.json': '[{"image":"a.png","score":NaN,"x":-Infinity,"text":"A NaN, Infinity"}]' },
    ['a.png | "A NaN, Infinity"'],
    ['number-repaired'],
  ],
  ['JSON lines with NaN', { 'a.png': a, 'd.jsonl': '{"image":"a.png","score":NaN,"text":"A dog"}\n' }, ['a.png | "A dog"'], ['number-repaired']],
  ['rows in a list of one object', { 'a.png': a, 'd.json': j({ info: { year: 2024 }, data: [{ image: 'a.png', caption: 'A dog' }] }) }, ['a.png | "A dog"']],
  [
    'texts by the names of pictures',
    { 'a.png': a, 'b.png': b, 'd.json': j({ 'a.png': 'A dog', 'b.png': ['A cat', 'A hat'] }) },
    ['a.png | "A dog"', 'b.png | "A cat"', 'b.png | "A hat"'],
  ],
  ['fields by the names of pictures', { 'a.png': a, 'd.json': j({ 'a.png': { caption: 'A dog', tags: ['x'] } }) }, ['a.png | "A dog"']],
  [
    'a WebDataset sample that says where its picture came from',
    { '000.png': a, '000.json': j({ caption: 'A dog', url: 'https://x.org/b.jpg' }) },
    ['000.png | "A dog"'],
  ],
  [
    'sentences of an image',
    {
      'a.png': a,
      'd.json': j({ dataset: 'x', images: [{ filename: 'a.png', filepath: 'val', sentids: [1], sentences: [{ raw: 'A dog.', tokens: ['a', 'dog'] }] }] }),
    },
    ['a.png | "A dog."'],
  ],
];
const named: readonly Case[] = [
  ['backslashes', { 'images/a.png': a, 'd.jsonl': `${j(chat('images\\a.png'))}\n` }, ['images/a.png | Who? - Me.']],
  ['a path of a Windows machine', { 'images/a.png': a, 'd.json': j([chat('C:\\Users\\me\\images\\a.png')]) }, ['images/a.png | Who? - Me.']],
  ['a path of another machine', { 'images/a.png': a, 'd.json': j([chat('/home/other/images/a.png')]) }, ['images/a.png | Who? - Me.']],
  [
    'equal names in several folders, by the path',
    { 'data/x/a.png': a, 'data/y/a.png': b, 'd.json': j([chat('/mnt/x/a.png', 'q1?'), chat('y\\a.png', 'q2?'), chat('a.png', 'q3?')]) },
    ['data/x/a.png | q1? - Me.', 'data/y/a.png | q2? - Me.'],
    ['image-ambiguous'],
  ],
  ['letters in two parts', { ['é.png'.normalize('NFD')]: a, 'd.json': j([chat('é.png'.normalize('NFC'))]) }, ['é.png | Who? - Me.']],
  [
    'a folder with letters in two parts',
    { [`${'ガ'.normalize('NFD')}/a.png`]: a, 'x/a.png': b, 'd.json': j([chat('ガ/a.png')]) },
    ['x/a.png |', 'ガ/a.png | Who? - Me.'],
  ],
  ['capitals', { 'A.PNG': a, 'd.json': j([chat('a.png')]) }, ['A.PNG | Who? - Me.']],
  ['another ending', { 'a.png': a, 'd.json': j([chat('a.jpg')]) }, [who], ['matched-by-stem']],
  ['no ending', { '000123.png': a, 'd.json': j([chat('000123')]) }, ['000123.png | Who? - Me.'], ['matched-by-stem']],
  ['a path as it stands in addresses', { 'a b.png': a, 'd.jsonl': `${j({ image: 'a%20b.png', caption: 'A dog' })}\n` }, ['a b.png | "A dog"']],
  ['an address', { 'a b.png': a, 'd.jsonl': `${j({ image_url: 'https://x.org/a%20b.png?x=1', caption: 'A dog' })}\n` }, ['a b.png | "A dog"']],
  ['a number', { '000000000042.png': a, 'd.jsonl': `${j({ image_id: 42, caption: 'A dog' })}\n` }, ['000000000042.png | "A dog"']],
  ['a picture in its own file', { 'a.json': j(labelme({ imageData: a.toString('base64') })) }, [expect.stringMatching(/-a\.png \| dog \| 25,50$/) as string]],
];
const numbers: readonly Case[] = [
  [
    'ids that are words, text in one place and numbers in another',
    { 'a.png': a, 'd.json': j({ ...coco({ image_id: 7, category_id: '1', keypoints: ['10', '10', 2] }, { id: '7' }) }) },
    [dog],
  ],
  ['keypoints without what is seen of them', { 'a.png': a, 'd.json': j(coco({ keypoints: [10, 10] })) }, [dog]],
  ['keypoints as lists', { 'a.png': a, 'd.json': j(coco({ keypoints: [[10, 10, 2]] })) }, [dog]],
  ['a size that the picture was made smaller from', { 'a.png': a, 'd.json': j(coco({ keypoints: [20, 20, 2] }, { width: 80, height: 40 })) }, [dog]],
  ['no size', { 'a.png': a, 'a.json': j(labelme({ imageHeight: null, imageWidth: undefined })) }, [dog]],
  [
    'COCO in shares of the side',
    {
      'a.png': a,
      'd.json': j({ ...coco({}), annotations: Array.from({ length: 20 }, (_, n) => ({ id: n, image_id: 1, category_id: 1, keypoints: [0.25, n / 20, 2] })) }),
    },
    [`a.png | dog | ${Array.from({ length: 20 }, (_, n) => `25,${n * 5}`).join(' ')}`],
  ],
  ['shares of the side', { 'a.png': a, 'd.jsonl': `${j({ image: 'a.png', label: 'dog', points: [[0.25, 0.5]] })}\n` }, [dog]],
  ['percent', { 'a.png': a, 'd.jsonl': `${j({ image: 'a.png', label: 'dog', points: [[25, 50]] })}\n` }, [dog]],
  ['thousandths', { 'a.png': a, 'd.jsonl': `${j({ image: 'a.png', label: 'dog', points: [[250, 500]] })}\n` }, [dog]],
  ['pixels', { 'a.png': png(1, 400, 200), 'd.jsonl': `${j({ image: 'a.png', label: 'dog', points: [[100, 150]] })}\n` }, ['a.png | dog | 25,75']],
];
const masks: readonly Case[] = [
  ['labelme’s masks in a folder', { 'a.png': a, 'a.json': j(labelme()), 'masks/a.png': b }, [dog], ['mask-picture']],
  ['masks in a folder beside that of the images', { 'images/train/a.png': a, 'masks/train/a.png': b }, ['images/train/a.png |'], ['mask-picture']],
  ['VOC’s classes', { 'JPEGImages/a.png': a, 'SegmentationClass/a.png': b }, ['JPEGImages/a.png |'], ['mask-picture']],
  ['a mask beside its image', { 'a.png': a, 'a_mask.png': b }, ['a.png |'], ['mask-picture']],
  [
    'a mask that a row names',
    { 'train/a.png': a, 'train/x/other.png': b, 'train/metadata.jsonl': `${j({ file_name: 'a.png', text: 'dog', mask_file_name: 'x/other.png' })}\n` },
    ['train/a.png | "dog"'],
    ['mask-picture'],
  ],
  ['photos in a folder of this name that are no masks of others', { 'masks/a.png': a, 'masks/b.png': b }, ['masks/a.png |', 'masks/b.png |']],
];
const tools: readonly Case[] = [
  ['VIA’s project', { 'a.png': a, 'v.json': j({ _via_settings: {}, _via_img_metadata: { x: via('a.png') } }) }, ['a.png | "A dog."', dog]],
  ['VIA’s list of regions', { 'a.png': a, 'v.json': j({ 'a.png1': via('a.png') }) }, ['a.png | "A dog."', dog]],
  [
    'VIA’s CSV',
    {
      'a.png': a,
      'v.csv':
        'filename,file_size,file_attributes,region_count,region_id,region_shape_attributes,region_attributes\n' +
        'a.png,1,"{""caption"":""A dog.""}",2,0,"{""name"":""point"",""cx"":10,""cy"":10}","{""label"":""dog""}"\n' +
        'a.png,1,"{}",2,1,"{""name"":""rect"",""x"":1,""y"":1,""width"":3,""height"":3}","{""label"":""cat""}"\n',
    },
    ['a.png | "A dog."', dog],
    ['shape-box'],
  ],
  [
    'VIA 3',
    {
      'a.png': a,
      'v.json': j({
        project: { pid: 'x' },
        config: {},
        attribute: { 1: { aname: 'label', type: 3, options: { k: 'dog' } }, 2: { aname: 'caption', type: 1 } },
        file: { 1: { fid: 1, fname: 'a.png', type: 2 } },
        metadata: {
          m1: { vid: '1', z: [], xy: [1, 10, 10], av: { 1: 'k' } },
          m2: { vid: '1', z: [], xy: [2, 1, 1, 5, 5], av: { 1: 'k' } },
          m3: { vid: '1', z: [], xy: [], av: { 2: 'A dog.' } },
          m4: { vid: '1', z: [1.5], xy: [1, 10, 10], av: { 1: 'k' } },
        },
        view: { 1: { fid_list: [1] } },
      }),
    },
    ['a.png | "A dog."', dog],
    ['shape-other', 'shape-box'],
  ],
  [
    'X-AnyLabeling with questions, a chat and attributes',
    {
      'a.png': a,
      'a.json': j(
        labelme({
          description: 'A dog in a yard.',
          chat_history: [
            { role: 'user', content: 'Whose?' },
            { role: 'assistant', content: 'Mine.' },
          ],
          vqaData: { 'Who?': 'Me.', 'Which?': ['one', 'two'] },
          shapes: [
            { label: 'dog', points: [[10, 10]], shape_type: 'point', attributes: { colour: 'red' }, kie_linking: [], difficult: false },
            {
              label: 'cat',
              points: [
                [1, 1],
                [5, 5],
              ],
              shape_type: 'rectangle',
            },
          ],
        }),
      ),
    },
    ['a.png | "A dog in a yard."', 'a.png | Whose? - Mine.', who, 'a.png | Which? - one, two', dog],
    ['shape-box'],
  ],
  [
    'CVAT’s video',
    {
      'frame_000010.png': a,
      'frame_000013.png': b,
      'annotations.xml':
        '<annotations><meta><task><original_size><width>40</width><height>20</height></original_size></task></meta><track id="0" label="dog">' +
        '<points frame="10" outside="0" keyframe="1" points="10,10"/><points frame="13" outside="0" keyframe="0" points="20,10"/><points frame="16" outside="1" keyframe="1" points="1,1"/></track></annotations>',
    },
    ['frame_000010.png | dog | 25,50', 'frame_000013.png |'],
    ['machine-made'],
  ],
  [
    'Label Studio’s predictions are no person’s work',
    {
      'a.png': a,
      'd.json': j([{ id: 1, data: { image: '/data/upload/1/0a1b2c3d-a.png' }, annotations: [], predictions: [{ result: [{ type: 'choices', value: {} }] }] }]),
    },
    ['a.png |'],
    ['machine-made'],
  ],
  [
    'a preference pair',
    {
      'a.png': a,
      'd.jsonl': `${j({ images: ['a.png'], conversations: [{ from: 'human', value: '<image>Who?' }], chosen: { from: 'gpt', value: 'Me.' }, rejected: { from: 'gpt', value: 'You.' } })}\n`,
    },
    [who],
  ],
  [
    'a conversation about several images',
    {
      'a.png': a,
      'b.png': b,
      'd.json': j([
        {
          id: 1,
          images: ['a.png', 'b.png'],
          messages: [
            { role: 'user', content: '<image><image>Which?' },
            { role: 'assistant', content: 'b.' },
          ],
        },
      ]),
    },
    ['a.png |', 'b.png |'],
    ['several-images'],
  ],
  [
    'a question whose answer is elsewhere is no caption',
    { 'a.png': a, 'q.jsonl': `${j({ question_id: 0, image: 'a.png', text: 'What colour?' })}\n` },
    ['a.png |'],
  ],
  [
    'YOLO’s boxes and a file of something else',
    { 'images/a.png': a, 'labels/a.txt': '0 0.5 0.5 0.1 0.1\n', 'other.json': j({ hello: 'world' }) },
    ['images/a.png |'],
    ['not-a-caption', 'file-unknown'],
  ],
  [
    'a category of the whole picture, a licence and a crowd',
    { 'a.png': a, 'd.json': j(coco({ iscrowd: 1 }, { license: 4, date_captured: '2013-11-14' })) },
    ['a.png |'],
  ],
];

const told = (answer: string, question = '<image>\nPoint to the dog.'): Files => ({ 'a.png': a, 'd.json': j([chat('a.png', question, answer)]) });
const swift = (text: string, answer: string, objects: object): Files => ({
  'a.png': a,
  'd.jsonl': `${j({
    messages: [
      { role: 'user', content: text },
      { role: 'assistant', content: answer },
    ],
    images: ['a.png'],
    objects,
  })}\n`,
});
/** The golden row of each grammar: 25 percent of an image, once as a label and once within a sentence. */
const grammars: readonly Case[] = [
  ['Molmo’s point', told('<point x="25.0" y="50.0" alt="dog">dog</point>'), [dog]],
  [
    'Molmo’s count',
    told('Counting the <points x1="25.0" y1="50.0" x2="30.5" y2="4" alt="dogs">dogs</points> shows a total of 2.'),
    ['a.png | dogs counted | 25,50 30.5,4'],
  ],
  [
    'Molmo’s point in a sentence',
    told('The <point x="25.0" y="50.0" alt="dog">dog</point> sits.', 'Who sits?'),
    ['a.png | Who sits? - The <|POINT|> sits. (dog: 25,50)'],
  ],
  ['Molmo 2’s points', told('<points coords="1 1 250 500 2 911 800">dog</points>'), ['a.png | dog | 25,50 91.1,80']],
  [
    'Molmo 2’s points in two images stay as they are written',
    told('<points coords="1 1 250 500;2 1 911 800">dog</points>', 'Where?'),
    ['a.png | Where? - <points coords="1 1 250 500;2 1 911 800">dog</points>'],
  ],
  ['Qwen’s list in a fence', told('```json\n[{"point_2d":[250,500],"label":"dog"},{"point_2d":[100,0],"label":"cat"}]\n```'), [dog, 'a.png | cat | 10,0']],
  ['InternVL’s tag in a sentence', told('See <ref>dog</ref><point>[[250,500]]</point>.', 'Where?'), ['a.png | Where? - See <|POINT|>. (dog: 25,50)']],
  [
    'PaliGemma’s tokens',
    { 'a.png': a, 'd.jsonl': `${j({ image: 'a.png', prefix: 'point dog', suffix: '<loc0512><loc0256> dog' })}\n` },
    ['a.png | dog | 25.0244,50.0489'],
  ],
  [
    'PaliGemma’s box is no point',
    { 'a.png': a, 'd.jsonl': `${j({ image: 'a.png', prefix: 'detect dog', suffix: '<loc0000><loc0000><loc0512><loc0256> dog' })}\n` },
    ['a.png | detect dog - <loc0000><loc0000><loc0512><loc0256> dog'],
  ],
  [
    'ms-swift’s objects',
    swift('<image>Point to <ref-object>', '<bbox>', { ref: ['the dog'], bbox: [[10, 10]], bbox_type: 'real' }),
    ['a.png | the dog | 25,50'],
  ],
  [
    'ms-swift’s objects from 0 to 1',
    swift('<image>Point to <ref-object>', '<bbox>', { ref: ['the dog'], bbox: [[0.25, 0.5]], bbox_type: 'norm1' }),
    ['a.png | the dog | 25,50'],
  ],
  [
    'ms-swift’s boxes are kept beside the image',
    swift('<image>Find <ref-object>', '<bbox>', { ref: ['the dog'], bbox: [[1, 1, 9, 9]] }),
    ['a.png | Find <ref-object> - <bbox>'],
  ],
  ['a broken tag stays text', told('<point x="25.0">dog</point>', 'Where?'), ['a.png | Where? - <point x="25.0">dog</point>']],
];

const all = [...written, ...named, ...numbers, ...masks, ...tools, ...grammars].map(([name, files, lines, reasons = []]) => ({ name, files, lines, reasons }));
test.each(all)('$name', async ({ files, lines, reasons }) => {
  const outcome = await bench.run(files);
  expect(outcome.lines.map((line) => line.normalize('NFC'))).toEqual(lines);
  expect(outcome.reasons).toEqual(reasons);
});

test('what has no place in a project is kept beside the image, to the last field', async () => {
  const kept = async (files: Files) => (await bench.run(files)).extra;
  const fields = await kept({
    'a.png': a,
    'd.json': j(coco({ iscrowd: 1, segmentation: { counts: [0, 9], size: [20, 40] }, mood: 'calm' }, { license: 4, date_captured: '2013' })),
  });
  for (const part of ['"iscrowd":1', '"counts":[0,9]', '"category":"dog"', '"mood":"calm"', '"license":4', '"date_captured":"2013"'])
    expect(fields).toContain(part);
  const shape = { label: 'dog', points: [[10, 10]], shape_type: 'point', group_id: 3, attributes: { colour: 'red' } };
  expect(await kept({ 'a.png': a, 'a.json': j(labelme({ shapes: [shape] })) })).toContain('"group_id":3,"attributes":{"colour":"red"}');
  const several = {
    images: ['a.png', 'b.png'],
    messages: [
      { role: 'user', content: 'Which?' },
      { role: 'assistant', content: 'The second.' },
    ],
  };
  expect(await kept({ 'a.png': a, 'b.png': b, 'd.json': j([several]) })).toContain('The second.');
  expect(await kept({ 'images/a.png': a, 'labels/a.txt': '0 0.5 0.5 0.1 0.1\n' })).toContain('0 0.5 0.5 0.1 0.1');
});

test('a compressed file that unpacks to more than it can honestly hold is told', async () => {
  const bomb = gzipSync(Buffer.alloc(120 << 20, 32));
  expect((await bench.run({ 'a.png': a, 'd.jsonl.gz': bomb })).reasons).toEqual(['file-unknown']);
  const rows = gzipSync(Buffer.concat([Buffer.from(`${j({ image: 'a.png', text: 'A dog' })}\n`), Buffer.alloc(120 << 20, 10)]));
  expect((await bench.run({ 'a.png': a, 'd.jsonl.gz': rows })).reasons).toEqual(['file-unreadable']);
});
