import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Client, createClient } from '../../../shared/rpc/client.ts';
import { wirePair } from '../../../shared/rpc/wire.ts';
import { type Core, createCore } from '../core.ts';
import { startFileServer } from '../encoder/download/file-server.ts';
import { manifestFor, smallFiles, writeEncoder } from '../encoder/testing.ts';
import { nodeSpawn } from '../media/node-spawn.ts';
import { tempFolder } from '../testing/temp-project.ts';

// A process of its own loads ONNX Runtime, which takes seconds on a busy machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const SHAPES = path.resolve(import.meta.dirname, '../encoder/fixtures/shapes-clip');

let folder: string;
let core: Core;
let client: Client;

beforeEach(async () => {
  folder = tempFolder();
  core = createCore({
    program: 'cli',
    version: '0.0.0-test',
    settingsFolder: path.join(folder, 'home'),
    projectsFolder: folder,
    assetsFolder: folder,
    bundledEncodersFolder: null,
    spawn: nodeSpawn,
    log: () => {},
  });
  const { client: near, server: far } = wirePair();
  core.connect(far, { roles: new Set(['annotate', 'lead', 'local']), clientId: 'test' });
  client = createClient(near);
});
afterEach(async () => {
  await core.close();
  rmSync(folder, { recursive: true, force: true });
});
const open = () => client.call('project.create', { folder: path.join(folder, 'project'), name: 'Encoders' });

test('a real encoder is tried out, installed, measured, chosen, and taken off again', async () => {
  await open();
  expect(await client.call('encoders.inspect', { path: SHAPES })).toMatchObject({ kind: 'folder', id: 'shapes-clip', licence: 'CC0-1.0' });
  const installed = await client.call('encoders.install', { path: SHAPES, described: null });
  expect(installed.abilities).toEqual(['image-search', 'text-search', 'tags', 'click-to-similar', 'text-to-points']);
  const measured = await client.call('encoders.measure', { id: 'shapes-clip' });
  expect(measured.imagesPerSecond).toBeGreaterThan(0);
  expect(await client.call('encoders.list', {})).toMatchObject([{ id: 'shapes-clip', measured }]);
  await client.call('project.configure', { encoder: { id: 'shapes-clip', autoIndex: true } });
  await client.call('encoders.remove', { id: 'shapes-clip' });
  expect(await client.call('encoders.list', {})).toEqual([]);
  expect((await client.call('project.settings', {})).encoder).toBeNull();
});

test('a real encoder whose manifest says another length of its vectors is refused by trying it', async () => {
  const copy = path.join(folder, 'copy');
  const names = ['vision_model.onnx', 'text_model.onnx', 'tokenizer.json'];
  const files = Object.fromEntries(names.map((name) => [name, readFileSync(path.join(SHAPES, name))]));
  const { files: _files, ...manifest } = JSON.parse(readFileSync(path.join(SHAPES, 'model.json'), 'utf8')) as Record<string, unknown>;
  writeEncoder(copy, files, { ...manifest, files: manifestFor(files).files, embed_dim: 64 });
  await expect(client.call('encoders.install', { path: copy, described: null })).rejects.toMatchObject({ details: { key: 'encoder-check' } });
  expect(await client.call('encoders.list', {})).toEqual([]);
});

test('graphs that the runtime does not take are refused, and the core goes on', async () => {
  const copy = writeEncoder(path.join(folder, 'copy'));
  await expect(client.call('encoders.install', { path: copy, described: null })).rejects.toMatchObject({ details: { key: 'encoder-check' } });
  writeFileSync(path.join(copy, 'vision_model.onnx'), smallFiles()['tokenizer.json']!);
  await expect(client.call('encoders.install', { path: copy, described: null })).rejects.toMatchObject({ details: { key: 'encoder-too-short' } });
});

test('a download is a job of the project', async () => {
  await open();
  const server = await startFileServer();
  const manifest = JSON.parse(readFileSync(path.join(SHAPES, 'model.json'), 'utf8')) as { files: Record<string, unknown> };
  for (const name of ['model.json', ...Object.keys(manifest.files)]) server.files.set(`/m/shapes/resolve/main/${name}`, readFileSync(path.join(SHAPES, name)));
  await expect(client.call('encoders.download', { address: 'http://example.org/a/b', variant: null })).rejects.toMatchObject({
    details: { key: 'download-insecure' },
  });
  const { jobId } = await client.call('encoders.download', { address: `${server.origin}/m/shapes`, variant: null });
  for await (const job of client.open('jobs.watch', {})) {
    if (job.id !== jobId || job.state === 'running') continue;
    expect(job).toMatchObject({ state: 'done', result: { kind: 'download', id: 'shapes-clip', pinned: false } });
    break;
  }
  await server.close();
  expect(await client.call('encoders.list', {})).toMatchObject([{ id: 'shapes-clip' }]);
});
