/** Files that mean harm, and files that were damaged: told in a sentence each, never thrown as anything but what a person can be told, never hanging. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { crc32, deflateRawSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, expect, test, vi } from 'vitest';
import { cleanRecord } from '../../../../shared/formats/imports/clean.ts';
import { defaultOptions, type ImportRecord } from '../../../../shared/formats/imports/record.ts';
import { AppError } from '../../../../shared/rpc/errors.ts';
import { tarHeader } from '../../exporters/containers/tar-samples.ts';
import { openParquet } from '../../exporters/containers/parquet-writer.ts';
import { OutFile } from '../../exporters/out-file.ts';
import { lookAt } from './look.ts';
import { readRecords } from './read-records.ts';
import { unpack } from './unpack.ts';

vi.setConfig({ testTimeout: 120_000 });

const folder = mkdtempSync(path.join(tmpdir(), 'pointillist-hostile-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let made = 0;
function file(name: string, content: string | Uint8Array): string {
  const own = path.join(folder, String(++made));
  mkdirSync(own);
  writeFileSync(path.join(own, name), content);
  return path.join(own, name);
}

/** All records of a file, or the key of the AppError that it was refused with. Anything else that is thrown fails the test. */
async function read(name: string): Promise<{ records: ImportRecord[] } | { refused: unknown }> {
  try {
    const looked = await lookAt(name);
    if (!looked?.detected) return { records: [] };
    const records: ImportRecord[] = [];
    const { shape, encoding } = looked;
    for await (const group of readRecords({ path: name, shape, encoding, format: looked.detected.format }, defaultOptions)) {
      for (const record of group) records.push(cleanRecord(record));
    }
    return { records };
  } catch (thrown) {
    // What can't be looked at is told by `findFiles` with the message of the error.
    if (thrown instanceof AppError) return { refused: thrown.details['key'] };
    if (thrown instanceof Error && thrown.constructor.name !== 'TypeError') return { refused: thrown.message };
    throw thrown;
  }
}
const reasonsOf = (result: Awaited<ReturnType<typeof read>>) =>
  'records' in result ? result.records.flatMap((record) => record.notes.map(({ reason }) => reason)) : [];

/** A ZIP of one stored or deflated file, its name and sizes as they are given. */
function zip(name: string, content: Buffer, { mode = 0o100644, claims = content.length } = {}): Buffer {
  const data = deflateRawSync(content);
  const names = Buffer.from(name);
  const common = Buffer.alloc(26);
  common.writeUInt16LE(20, 0);
  common.writeUInt16LE(8, 4);
  common.writeUInt32LE(crc32(content), 10);
  common.writeUInt32LE(data.length, 14);
  common.writeUInt32LE(claims, 18);
  common.writeUInt16LE(names.length, 22);
  const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, names, data]);
  const central = Buffer.concat([Buffer.from('PK\x01\x02\x14\x03', 'latin1'), common, Buffer.alloc(14), names]);
  central.writeUInt32LE((mode << 16) >>> 0, 38);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, central, end]);
}
function tarEntry(name: string, content: string, change: (header: Buffer) => void = () => {}): Buffer {
  const header = tarHeader(name, Buffer.byteLength(content));
  change(header);
  header.write('        ', 148);
  header.write(
    `${[...header]
      .reduce((sum, byte) => sum + byte, 0)
      .toString(8)
      .padStart(6, '0')}\0 `,
    148,
  );
  return Buffer.concat([header, Buffer.from(content), Buffer.alloc((512 - (Buffer.byteLength(content) % 512)) % 512)]);
}
async function unpacked(archive: string): Promise<{ files: string[]; left: string[]; key: unknown }> {
  const to = path.join(folder, `to-${++made}`, 'deep', 'down');
  mkdirSync(to, { recursive: true });
  const result = await unpack(archive, to, new AbortController().signal, () => {}).then(
    ({ left }) => ({ left, key: null }),
    (thrown: unknown) => {
      if (!(thrown instanceof AppError)) throw thrown;
      return { left: [], key: thrown.details['key'] };
    },
  );
  // Nothing of it lies above the folder.
  const above = readdirSync(path.dirname(path.dirname(to)), { recursive: true, withFileTypes: true }).filter((entry) => !entry.isDirectory());
  for (const entry of above) expect(path.join(entry.parentPath, entry.name).startsWith(to + path.sep)).toBe(true);
  return { ...result, files: above.map((entry) => entry.name) };
}

test('names that lead out of a ZIP or a tar, and links, are left out or the archive is refused', async () => {
  const text = Buffer.from('file_name,text\na.jpg,b\n');
  for (const name of ['../../evil.csv', 'a/../../../evil.csv']) {
    expect(await unpacked(file('a.zip', zip(name, text))), name).toEqual({ files: [], left: [], key: 'archive-broken' });
    expect(await unpacked(file('a.tar', Buffer.concat([tarEntry(name, 'x'), Buffer.alloc(1024)])))).toEqual({ files: [], left: [name], key: null });
  }
  expect((await unpacked(file('a.zip', zip('/etc/evil.csv', text)))).files).toEqual([]);
  expect(await unpacked(file('a.zip', zip('link.csv', Buffer.from('/etc/passwd'), { mode: 0o120777 })))).toEqual({ files: [], left: ['link.csv'], key: null });
  for (const type of ['1', '2']) {
    const link = tarEntry('link.csv', '', (header) => {
      header.write(type, 156);
      header.write('/etc/passwd', 157);
    });
    // A second entry of the link's name must not be written through it.
    const archive = file('a.tar', Buffer.concat([link, tarEntry('link.csv', 'mine'), tarEntry('/abs.csv', 'x'), Buffer.alloc(1024)]));
    expect(await unpacked(archive)).toEqual({ files: ['link.csv'], left: ['link.csv', '/abs.csv'], key: null });
  }
});

test('archives that unpack to more than they can hold, lie about sizes or are cut are refused in a sentence', async () => {
  const zeros = Buffer.alloc(120 << 20);
  expect((await unpacked(file('bomb.zip', zip('a.csv', zeros)))).key).toBe('archive-too-large');
  const tarBomb = gzipSync(Buffer.concat([tarHeader('a.csv', zeros.length), zeros, Buffer.alloc(1024)]));
  expect((await unpacked(file('bomb.tar.gz', tarBomb))).key).toBe('archive-too-large');
  expect((await unpacked(file('lie.zip', zip('a.csv', Buffer.from('x'.repeat(5000)), { claims: 10 })))).key).toBe('archive-broken');
  const whole = zip('a.csv', Buffer.from('file_name,text\n'));
  expect((await unpacked(file('cut.zip', whole.subarray(0, 40)))).key).toBe('archive-broken');
  expect((await unpacked(file('cut.tar.gz', gzipSync(tarEntry('a.csv', 'x'.repeat(3000))).subarray(0, 60)))).key).toBe('archive-broken');
  expect((await unpacked(file('none.tar.gz', 'not gzip'))).key).toBe('archive-broken');
});

test('a JSON line of two gigabytes is one sentence, and takes neither its size in memory nor minutes', async () => {
  const name = file('huge.jsonl', '{"file_name":"a.jpg","text":"fine"}\n{"file_name":"b.jpg","text":"also"}\n{"file_name":"c.jpg","text":"');
  // Sparse: zeros that the disk does not hold.
  const handle = await open(name, 'r+');
  await handle.truncate(2 ** 31);
  await handle.close();
  const before = process.memoryUsage().rss;
  const result = await read(name);
  expect(reasonsOf(result)).toEqual(['file-unreadable']);
  expect('records' in result && result.records.flatMap((record) => record.captions)).toEqual(['fine', 'also']);
  expect(process.memoryUsage().rss - before).toBeLessThan(400e6);
});

test('JSON a million deep, CSV with NULs, invalid UTF-8 and numbers without end are told and the rest is read', async () => {
  const row = '{"file_name":"a.jpg","text":"fine"}';
  expect(reasonsOf(await read(file('deep.jsonl', `${row}\n${'['.repeat(1_000_000)}\n${row}\n`)))).toEqual(['row-broken']);
  expect(reasonsOf(await read(file('deep.json', `[${row},${'{"a":'.repeat(1_000_000)}`)))).toEqual(['file-unreadable']);
  const nul = await read(file('nul.csv', 'file_name,text\na.jpg,fine\n\u0000\u0000,\u0000\nb.jpg,o\u0000k\n'));
  expect('records' in nul && nul.records.flatMap((record) => record.captions)).toEqual(expect.arrayContaining(['fine']));
  const invalid = await read(
    file('invalid.jsonl', Buffer.concat([Buffer.from('{"file_name":"a.jpg","text":"'), Buffer.from([0xff, 0xc0, 0x80]), Buffer.from(`"}\n${row}\n`)])),
  );
  expect(reasonsOf(invalid)).toEqual(['text-repaired']);
  const endless = {
    shapes: [{ label: 'dog', shape_type: 'point', points: [['1e999', null], [1e308, -5], 7] }],
    imagePath: 'a.jpg',
    imageWidth: -1,
    imageHeight: {},
  };
  expect(await read(file('a.json', JSON.stringify(endless)))).toMatchObject({ records: [{}] });
});

test('parquet with columns of other types than their names promise is read as far as it goes', async () => {
  const name = file('wrong.parquet', '');
  rmSync(name);
  const out = await OutFile.create(name);
  const table = {
    name: 'wrong',
    columns: [
      { name: 'image_url', type: 'int64' },
      { name: 'points', type: 'strings' },
      { name: 'label', type: 'points' },
    ],
  } as const;
  const parquet = openParquet(table, out);
  await parquet.writeGroup([{ image_url: 5, points: ['a'], label: [{ x: 1, y: 2 }] }]);
  await parquet.end();
  await out.close();
  expect('records' in (await read(name))).toBe(true);
  const bytes = readFileSync(name);
  bytes.fill(0xff, bytes.length - 40, bytes.length - 8);
  expect(await read(file('broken.parquet', bytes))).toHaveProperty('refused');
});

/** Small true files of every reader. */
const seeds: readonly (readonly [string, string | Buffer])[] = [
  [
    'coco.json',
    JSON.stringify({
      images: [{ id: 1, file_name: 'a.jpg', width: 8, height: 8 }],
      categories: [{ id: 1, name: 'dog', keypoints: ['nose'] }],
      annotations: [{ id: 1, image_id: 1, category_id: 1, keypoints: [1, 2, 2], caption: 'x' }],
    }),
  ],
  ['labelme.json', JSON.stringify({ shapes: [{ label: 'dog', shape_type: 'point', points: [[3, 4]] }], imagePath: 'a.jpg', imageWidth: 8, imageHeight: 8 })],
  [
    'via.json',
    JSON.stringify({
      _via_settings: {},
      _via_img_metadata: { b: { filename: 'b.jpg', regions: [{ shape_attributes: { name: 'point', cx: 1, cy: 2 }, region_attributes: { label: 'cup' } }] } },
    }),
  ],
  [
    'studio.json',
    JSON.stringify([
      {
        data: { image: 'a.jpg' },
        annotations: [{ result: [{ type: 'keypointlabels', original_width: 4, original_height: 4, value: { x: 1, y: 2, keypointlabels: ['a'] } }] }],
      },
    ]),
  ],
  [
    'chat.json',
    JSON.stringify([
      {
        image: 'a.jpg',
        conversations: [
          { from: 'human', value: '<image>\nWho?' },
          { from: 'gpt', value: 'Me.' },
        ],
      },
    ]),
  ],
  ['rows.jsonl', '{"file_name":"a.jpg","text":"b","points":[{"x":1,"y":2}],"labels":["q"]}\n{"messages":[{"role":"user","content":"hi"}]}\n'],
  ['rows.csv', 'file_name,text,points\n"a.jpg","b ""c""\nd","[{""x"":1,""y"":2}]"\n'],
  [
    'cvat.xml',
    '<?xml version="1.0"?><annotations><meta><original_size><width>8</width><height>8</height></original_size></meta><image name="a.jpg" width="8" height="8"><points label="dog" points="1,2;3,4"/></image><track label="cat"><points frame="0" outside="0" points="1,1"/></track></annotations>',
  ],
  ['labelme.xml', '<annotation><filename>a.jpg</filename><object><name>dog</name><polygon><pt><x>1</x><y>2</y></pt></polygon></object></annotation>'],
  ['caption.txt', 'A dog at a window.'],
];
const mutation = fc.oneof(
  fc.record({ kind: fc.constant('flip' as const), at: fc.double({ min: 0, max: 1, noNaN: true }), byte: fc.nat(255) }),
  fc.record({ kind: fc.constant('cut' as const), at: fc.double({ min: 0, max: 1, noNaN: true }), byte: fc.nat(40) }),
  fc.record({
    kind: fc.constant('insert' as const),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    text: fc.constantFrom('null', '[]', '{', '"', '}', ',', '1e999', '-', '\\u0000', '<x>', '&', '\ud83d', '__proto__', 'true'),
  }),
  fc.record({ kind: fc.constant('repeat' as const), at: fc.double({ min: 0, max: 1, noNaN: true }), byte: fc.nat(60) }),
);
type Mutation = typeof mutation extends fc.Arbitrary<infer T> ? T : never;
function mutate(bytes: Buffer, change: Mutation): Buffer {
  const at = Math.floor(change.at * bytes.length);
  if (change.kind === 'flip') {
    const copy = Buffer.from(bytes);
    if (at < copy.length) copy[at] = change.byte;
    return copy;
  }
  if (change.kind === 'cut') return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + change.byte)]);
  if (change.kind === 'insert') return Buffer.concat([bytes.subarray(0, at), Buffer.from(change.text), bytes.subarray(at)]);
  return Buffer.concat([bytes.subarray(0, at + change.byte), bytes.subarray(at)]);
}

test('whatever is changed in a true file, its reader answers with records or a reason', async () => {
  const target = file('x', '');
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...seeds), fc.array(mutation, { minLength: 1, maxLength: 6 }), async ([name, content], mutations) => {
      const own = path.join(path.dirname(target), name);
      writeFileSync(own, mutations.reduce(mutate, Buffer.from(content)));
      const result = await read(own);
      if ('records' in result)
        for (const { labels } of result.records) for (const { points } of labels) for (const point of points) expect(point).toHaveLength(2);
      rmSync(own);
    }),
    { numRuns: Number(process.env['FUZZ_RUNS'] ?? 600) },
  );
});

test('whatever is changed in an archive, it is unpacked inside its folder or refused', async () => {
  const tar = Buffer.concat([tarEntry('a/b.csv', 'file_name,text\n'), tarEntry('c.json', '{}'), Buffer.alloc(1024)]);
  const archives: [string, Buffer][] = [
    ['a.zip', zip('a/b.csv', Buffer.from('file_name,text\n'))],
    ['a.tar', tar],
    ['a.tar.gz', gzipSync(tar)],
  ];
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...archives), fc.array(mutation, { minLength: 1, maxLength: 4 }), async ([name, content], mutations) => {
      const archive = file(name, mutations.reduce(mutate, content));
      await unpacked(archive);
      rmSync(path.dirname(archive), { recursive: true });
    }),
    { numRuns: Number(process.env['FUZZ_RUNS'] ?? 600) / 4 },
  );
});
