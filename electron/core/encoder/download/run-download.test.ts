import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { tempFolder } from '../../testing/temp-project.ts';
import type { EncoderLibrary } from '../library.ts';
import { manifestFor, onnxFile, smallFiles, testLibrary, visionFile } from '../testing.ts';
import { cutAfter, type FileServer, startFileServer } from './file-server.ts';
import { hubPlace } from './hub-url.ts';
import { type DownloadParams, runDownload } from './run-download.ts';

let folder: string;
let server: FileServer;
let library: EncoderLibrary;
let progress: [done: number, total: number | null][];
const BIG = 3_000_000;
const files = { ...smallFiles(), 'vision_model.onnx': visionFile(BIG) };
const VISION = '/models/small/vision_model.onnx';

beforeEach(async () => {
  folder = tempFolder();
  server = await startFileServer();
  library = testLibrary(folder);
  progress = [];
  offer('/models/small', files);
});
afterEach(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

function offer(place: string, content: Readonly<Record<string, Buffer>>, manifest: object | null = manifestFor(content)): void {
  for (const [name, bytes] of Object.entries(content)) server.files.set(`${place}/${name}`, bytes);
  if (manifest) server.files.set(`${place}/model.json`, Buffer.from(JSON.stringify(manifest)));
}
function download(params: Partial<DownloadParams> = {}, signal = new AbortController().signal, onProgress = () => {}) {
  const job = {
    id: 'job',
    signal,
    progress: (done: number, total: number | null) => {
      progress.push([done, total]);
      onProgress();
    },
  };
  return runDownload(library, { address: `${server.origin}/models/small/`, variant: null, ...params }, job, { stallMs: 400, firstWaitMs: 5 });
}
const left = () => (existsSync(library.folder) ? readdirSync(library.folder) : []);
const refusal = async (key: string, params: Partial<DownloadParams> = {}) => {
  await expect(download(params)).rejects.toMatchObject({ details: { key } });
  expect(await library.list()).toEqual([]);
};
const ranges = () => server.asked.filter((one) => one.path === VISION && one.method === 'GET').map(({ range }) => range);

test('a folder with a manifest is downloaded, compared and installed', async () => {
  const total = Object.values(files).reduce((sum, { length }) => sum + length, 0);
  expect(await download()).toEqual({ kind: 'download', id: 'small', name: 'Small', sizeBytes: total, pinned: false });
  expect(progress.at(-1)).toEqual([total, total]);
  expect(left()).toEqual(['small']);
  expect(readdirSync(path.join(library.folder, 'small')).toSorted()).toEqual([
    'installed.json',
    'model.json',
    'text_model.onnx',
    'tokenizer.json',
    'vision_model.onnx',
  ]);
  expect(await library.list()).toMatchObject([{ id: 'small', sizeBytes: total }]);
  await expect(download()).rejects.toMatchObject({ details: { key: 'encoder-exists' } });
});

test('a line that breaks is taken up where it broke', async () => {
  let cuts = 0;
  server.misbehave = (one, response, content) => one.path === VISION && cuts++ === 0 && cutAfter(response, content!, 1_000_000);
  await download();
  const [first, second] = ranges();
  expect([first, ranges().length]).toEqual([null, 2]);
  expect(Number(/^bytes=(\d+)-$/.exec(second!)![1])).toBeGreaterThan(0);
});

test('a line that breaks again and again ends with a sentence, and the next download goes on from there', async () => {
  server.misbehave = (one, response, content) => one.path === VISION && cutAfter(response, content!, 500_000);
  await refusal('download-broken');
  expect(left()).toEqual([expect.stringMatching(/^\.download-/)]);
  const before = ranges().length;
  server.misbehave = () => false;
  await download();
  expect(ranges()[before]).toMatch(/^bytes=[1-9]\d*-$/);
  expect(left()).toEqual(['small']);
});

test('cancelling keeps what is here, and resuming asks for the rest alone', async () => {
  const abort = new AbortController();
  server.misbehave = (one, response, content) => {
    if (one.path !== VISION || one.range !== null) return false;
    // Slow: the first half at once, the rest when nobody listens any more.
    response.writeHead(200, { etag: '"same"', 'content-length': content!.length });
    response.write(content!.subarray(0, 1_500_000));
    return true;
  };
  const cancelled = download({}, abort.signal, () => progress.at(-1)![0] >= 1_400_000 && abort.abort());
  await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' });
  server.misbehave = (one, response, content) => {
    if (one.path !== VISION) return false;
    const start = Number(/^bytes=(\d+)-$/.exec(one.range!)![1]);
    response.writeHead(206, {
      etag: '"same"',
      'content-range': `bytes ${start}-${content!.length - 1}/${content!.length}`,
      'content-length': content!.length - start,
    });
    response.end(content!.subarray(start));
    return true;
  };
  await download();
  expect(ranges()).toEqual([null, expect.stringMatching(/^bytes=1[45]\d{5}-$/)]);
});

test('another file under the same name is fetched from its start', async () => {
  server.misbehave = (one, response, content) => one.path === VISION && cutAfter(response, content!, 800_000);
  await refusal('download-broken');
  server.misbehave = () => false;
  const other = { ...files, 'vision_model.onnx': Buffer.from(visionFile(BIG - 10)) };
  offer('/models/small', other);
  await download();
  expect(await library.list()).toMatchObject([{ sizeBytes: Object.values(other).reduce((sum, { length }) => sum + length, 0) }]);
});

test('a server that says nothing more is given up', async () => {
  server.misbehave = (one, response, content) => {
    if (one.path !== VISION) return false;
    response.writeHead(200, { 'content-length': content!.length });
    response.write(content!.subarray(0, 1000));
    return true;
  };
  await refusal('download-stalled');
});

test('wrong bytes are refused and thrown away', async () => {
  const wrong = Buffer.from(files['vision_model.onnx']!);
  wrong[500_000]! ^= 1;
  server.files.set(VISION, wrong);
  await refusal('encoder-checksum');
  expect(left()).toEqual([]);
  server.files.set(VISION, wrong.subarray(0, 2_000_000));
  await refusal('encoder-too-short');
  server.files.set(VISION, Buffer.concat([files['vision_model.onnx']!, Buffer.alloc(10)]));
  await refusal('encoder-too-long');
  expect(left()).toEqual([]);
});

test('what a server answers in its place has a sentence each', async () => {
  server.files.delete(VISION);
  await refusal('download-not-there');
  const answer = (status: number, headers = {}) => {
    server.misbehave = (one, response) => one.path === VISION && Boolean(response.writeHead(status, headers).end('no'));
  };
  answer(403);
  await refusal('download-forbidden');
  answer(500);
  await refusal('download-refused');
  answer(302, { location: VISION });
  await refusal('download-redirects');
  answer(302, { location: 'http://example.org/vision_model.onnx' });
  await refusal('download-insecure');
  await refusal('download-no-manifest', { address: `${server.origin}/models/none/` });
  await server.close();
  await refusal('download-unreachable');
});

test('redirects to a safe place are followed', async () => {
  server.files.set('/elsewhere', files['vision_model.onnx']!);
  server.misbehave = (one, response) => one.path === VISION && Boolean(response.writeHead(302, { location: '/elsewhere' }).end());
  expect(await download()).toMatchObject({ id: 'small' });
});

test('a repository of the catalogue without a manifest is described by its entry, and its hashes are pinned', async () => {
  const place = '/Xenova/dinov2-small/resolve/main/onnx';
  offer(place, { 'model_quantized.onnx': onnxFile([['pixel_values', 'n', 3, 'h', 'w']], [['last_hidden_state', 'n', 'tokens', 384]]) }, null);
  const result = await download({ address: `${server.origin}/Xenova/dinov2-small`, variant: 'quantized' });
  expect(result).toMatchObject({ id: 'dinov2-small-quantized', pinned: true });
  const { manifest } = (await library.find('dinov2-small-quantized'))!;
  expect(manifest).toMatchObject({ outputs: { hidden: 'last_hidden_state' }, last_hidden_state_has_cls: true, patch_size: 14, licence: 'Apache-2.0' });
  expect(JSON.parse(readFileSync(path.join(library.folder, manifest.id, 'installed.json'), 'utf8'))).toMatchObject({ pinned: true });
  await expect(download({ address: `${server.origin}/UCSC-VLAA/openvision-vit-tiny-patch16-160` })).rejects.toMatchObject({
    details: { key: 'download-needs-recipe' },
  });
});

test('addresses mean what people mean by them', () => {
  const base = (text: string) => hubPlace(text).base.href;
  expect(base('Xenova/dinov2-small')).toBe('https://huggingface.co/Xenova/dinov2-small/resolve/main/');
  expect(base('https://hub.example/a/b')).toBe('https://hub.example/a/b/resolve/main/');
  expect(base('https://hub.example/a/b/tree/v2/sub?x=1')).toBe('https://hub.example/a/b/resolve/v2/sub/');
  expect(base('https://hub.example/a/b/resolve/main/')).toBe('https://hub.example/a/b/resolve/main/');
  expect(base('https://files.example/deep/er/place')).toBe('https://files.example/deep/er/place/');
  expect(base('https://files.example/a/b/')).toBe('https://files.example/a/b/');
  expect(base('https://files.example/a/b/c/model.json')).toBe('https://files.example/a/b/c/');
  expect(base('http://127.0.0.1:8000/a/')).toBe('http://127.0.0.1:8000/a/');
  for (const bad of ['', 'what', 'file:///etc/passwd', 'ftp://x/y'])
    expect(() => hubPlace(bad)).toThrow(expect.objectContaining({ details: expect.objectContaining({ key: 'download-address' }) }));
  for (const bad of ['http://example.org/a/b', 'https://me:secret@example.org/a/b', 'http://127.0.0.1.example.org/a/']) {
    expect(() => hubPlace(bad)).toThrow(expect.objectContaining({ details: expect.objectContaining({ key: 'download-insecure' }) }));
  }
});
