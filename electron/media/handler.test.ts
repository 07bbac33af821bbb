import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createMediaHandler, imageIn } from './handler.ts';

const ID = '01930000-0000-7000-8000-000000000001';
const LARGE = '01930000-0000-7000-8000-000000000002';
const EMPTY = '01930000-0000-7000-8000-000000000003';
const GONE = '01930000-0000-7000-8000-000000000004';
const FOLDER = '01930000-0000-7000-8000-000000000005';
const BROKEN = '01930000-0000-7000-8000-000000000006';
const small = Uint8Array.from({ length: 1000 }, (_, i) => i % 251);
const large = Uint8Array.from({ length: 3 * 2 ** 20 + 7 }, (_, i) => (i * 31) % 253);
let folder: string;
let handle: (request: Request) => Promise<Response>;
const asked: string[] = [];

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'pointillist-media-'));
  writeFileSync(path.join(folder, 'small'), small);
  writeFileSync(path.join(folder, 'large'), large);
  writeFileSync(path.join(folder, 'empty'), '');
  const files: Record<string, string> = { [ID]: 'small', [LARGE]: 'large', [EMPTY]: 'empty', [GONE]: 'gone', [FOLDER]: '.' };
  handle = createMediaHandler((kind, id) => {
    asked.push(`${kind} ${id}`);
    if (id === BROKEN) return Promise.reject(new Error('/secret/path is broken'));
    const name = files[id];
    return Promise.resolve(name === undefined ? null : { path: path.join(folder, name), mime: 'image/webp' });
  });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const get = (url: string, headers: Record<string, string> = {}, method = 'GET') => handle(new Request(`app://pointillist${url}`, { headers, method }));
const bytes = async (response: Response) => new Uint8Array(await response.arrayBuffer());

test('a small file comes whole, with its type and length', async () => {
  const response = await get(`/media/image/${ID}`);
  expect(response.status).toBe(200);
  expect(Object.fromEntries(response.headers)).toMatchObject({ 'content-type': 'image/webp', 'content-length': '1000', 'x-content-type-options': 'nosniff' });
  expect(await bytes(response)).toEqual(small);
});

test('a large file is streamed, and every byte arrives', async () => {
  const response = await get(`/media/image/${LARGE}`);
  expect(response.headers.get('content-length')).toBe(String(large.length));
  expect(Buffer.compare(await bytes(response), large)).toBe(0);
});

test('an empty file is an empty answer', async () => {
  const response = await get(`/media/thumb/${EMPTY}`);
  expect([response.status, response.headers.get('content-length'), (await bytes(response)).length]).toEqual([200, '0', 0]);
});

test('the kind and the id of the URL are what is asked for', async () => {
  asked.length = 0;
  await get(`/media/thumb/${ID}`);
  await get(`/media/image/${ID}?v=abc`);
  expect(asked).toEqual([`thumb ${ID}`, `image ${ID}`]);
});

test.each([
  ['bytes=0-0', 0, 0],
  ['bytes=10-19', 10, 19],
  ['bytes=990-', 990, 999],
  ['bytes=-5', 995, 999],
  ['bytes=0-99999', 0, 999],
])('the range %s is bytes %i to %i', async (range, first, last) => {
  const response = await get(`/media/image/${ID}`, { Range: range });
  expect([response.status, response.headers.get('content-range')]).toEqual([206, `bytes ${first}-${last}/1000`]);
  expect(await bytes(response)).toEqual(small.subarray(first, last + 1));
});

test('a range of a large file starts and ends where it says', async () => {
  const response = await get(`/media/image/${LARGE}`, { Range: 'bytes=1000-2500000' });
  expect(Buffer.compare(await bytes(response), large.subarray(1000, 2_500_001))).toBe(0);
});

test('a range beyond the end is refused with the size', async () => {
  const response = await get(`/media/image/${ID}`, { Range: 'bytes=1000-' });
  expect([response.status, response.headers.get('content-range')]).toEqual([416, 'bytes */1000']);
});

test('with a version it may be kept forever, without one it is asked for again and not sent twice', async () => {
  expect((await get(`/media/image/${ID}?v=abc`)).headers.get('cache-control')).toContain('immutable');
  const first = await get(`/media/image/${ID}`);
  expect(first.headers.get('cache-control')).toBe('private, no-cache');
  const again = await get(`/media/image/${ID}`, { 'If-None-Match': first.headers.get('etag')! });
  expect([again.status, (await bytes(again)).length]).toEqual([304, 0]);
});

test('a changed file has another tag, and a range of the old one becomes the whole', async () => {
  const tag = (await get(`/media/image/${ID}`)).headers.get('etag')!;
  const { atime } = statSync(path.join(folder, 'small'));
  const { utimesSync } = await import('node:fs');
  utimesSync(path.join(folder, 'small'), atime, new Date(Date.now() + 5000));
  const response = await get(`/media/image/${ID}`, { Range: 'bytes=0-9', 'If-Range': tag });
  expect([response.status, response.headers.get('etag') === tag]).toEqual([200, false]);
});

test('HEAD tells the same without the bytes; other methods are refused', async () => {
  const head = await get(`/media/image/${ID}`, {}, 'HEAD');
  expect([head.status, head.headers.get('content-length'), (await bytes(head)).length]).toEqual([200, '1000', 0]);
  expect((await get(`/media/image/${ID}`, {}, 'POST')).status).toBe(405);
});

test.each([
  ['/media/image/01930000-0000-7000-8000-000000000009', 404],
  [`/media/image/${GONE}`, 404],
  [`/media/image/${FOLDER}`, 404],
  ['/media/image/..%2f..%2fetc%2fpasswd', 400],
  ['/media/image/%2e%2e/%2e%2e/etc/passwd', 404],
  [`/media/image/${ID}/..%2fx`, 400],
  [`/media/image/${ID.toUpperCase()}x`, 400],
  [`/media/tile/${ID}`, 400],
  [`/media/tile/${ID}/0/0/9999`, 400],
  [`/media/tile/${ID}/0/-1/0`, 400],
  ['/media/', 400],
  ['/other', 404],
  [`/media/image/${BROKEN}`, 503],
])('%s is answered with %i and no detail', async (url, status) => {
  const response = await get(url);
  expect([response.status, await response.text()]).toEqual([status, '']);
});

test.each([
  [`picture://pointillist/media/image/${ID}?v=0011`, ID],
  [`picture://pointillist/media/thumb/${ID}`, null],
  [`picture://pointillist/media/tile/${ID}/0/0/0`, null],
  [`picture://pointillist/media/image/${ID}/../x`, null],
  ['picture://pointillist/etc/passwd', null],
  ['picture://pointillist/media/image/../../etc/passwd', null],
  ['no url', null],
])('%s asks for the file of %s', (url, id) => {
  expect(imageIn(url)).toBe(id);
});
