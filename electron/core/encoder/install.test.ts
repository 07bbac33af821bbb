import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { encoderPresets } from '../../../shared/domain/encoder-presets.ts';
import { tempFolder } from '../testing/temp-project.ts';
import { inspectEncoder, installEncoder } from './install.ts';
import { manifestFor, onnxFile, smallFiles, testLibrary, visionFile, writeEncoder } from './testing.ts';

let folder: string;
let from: string;
beforeEach(() => {
  folder = tempFolder();
  from = path.join(folder, 'given');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const install = (library = testLibrary(folder), signal = new AbortController().signal) => installEncoder(library, from, { described: null, signal });
const left = () => (existsSync(path.join(folder, 'home/encoders')) ? readdirSync(path.join(folder, 'home/encoders')) : []);
const refusal = async (key: string, details: Record<string, unknown> = {}, library = testLibrary(folder)) => {
  await expect(install(library)).rejects.toMatchObject({ details: { key, ...details } });
  expect(left()).toEqual([]);
  expect(await library.list()).toEqual([]);
};

test('a folder is installed whole, checked by the process, and can do what its graphs allow', async () => {
  writeEncoder(from);
  const library = testLibrary(folder);
  const installed = await install(library);
  expect(installed).toMatchObject({ id: 'small', name: 'Small', licence: 'CC0-1.0', bundled: false, measured: null });
  expect(installed.abilities).toEqual(['image-search', 'text-search', 'tags', 'click-to-similar', 'text-to-points']);
  expect(library.asked).toEqual(['check']);
  expect(await library.list()).toEqual([installed]);
  expect(left()).toEqual(['small']);
  expect(JSON.parse(readFileSync(path.join(library.folder, 'small/installed.json'), 'utf8'))).toMatchObject({ from, pinned: false });
  await expect(install(library)).rejects.toMatchObject({ code: 'conflict', details: { key: 'encoder-exists', id: 'small' } });
});

test('what was measured is kept for the files that were measured', async () => {
  writeEncoder(from);
  const library = testLibrary(folder);
  await install(library);
  const measured = await library.measure('small');
  expect((await testLibrary(folder).list())[0]).toMatchObject({ measured });
  await library.remove('small');
  expect(left()).toEqual([]);
  const files = { ...smallFiles(), 'vision_model.onnx': visionFile(5) };
  writeEncoder(from, files, manifestFor(files));
  expect(await install(library)).toMatchObject({ measured: null });
  await expect(library.measure('other')).rejects.toMatchObject({ details: { key: 'no-encoder' } });
});

test('files that are not what the manifest promised are refused by name', async () => {
  const files = smallFiles();
  const manifest = manifestFor(files);
  const flipped = Buffer.from(files['vision_model.onnx']!);
  flipped[1000]! ^= 1;
  writeEncoder(from, { ...files, 'vision_model.onnx': flipped }, manifest);
  await refusal('encoder-checksum', { file: 'vision_model.onnx' });
  writeEncoder(from, { ...files, 'vision_model.onnx': files['vision_model.onnx']!.subarray(0, 90_000) }, manifest);
  await refusal('encoder-too-short', { file: 'vision_model.onnx' });
  writeEncoder(from, { ...files, 'vision_model.onnx': Buffer.concat([files['vision_model.onnx']!, Buffer.from('x')]) }, manifest);
  await refusal('encoder-too-long', { file: 'vision_model.onnx' });
  writeEncoder(from, files, manifest);
  rmSync(path.join(from, 'tokenizer.json'));
  await refusal('encoder-missing-file', { file: 'tokenizer.json' });
});

test('a link is refused, also one in the middle of a path, and so is a name that leads out of the folder', async () => {
  const files = smallFiles();
  writeEncoder(from, files);
  writeFileSync(path.join(folder, 'secret'), files['tokenizer.json']!);
  rmSync(path.join(from, 'tokenizer.json'));
  symlinkSync(path.join(folder, 'secret'), path.join(from, 'tokenizer.json'));
  await refusal('encoder-link', { file: 'tokenizer.json' });
  rmSync(from, { recursive: true });
  const deep = { 'onnx/vision_model.onnx': visionFile() };
  writeEncoder(path.join(folder, 'elsewhere'), { 'vision_model.onnx': visionFile() });
  mkdirSync(from);
  symlinkSync(path.join(folder, 'elsewhere'), path.join(from, 'onnx'));
  writeFileSync(path.join(from, 'model.json'), JSON.stringify(manifestFor(deep, { vision: 'onnx/vision_model.onnx', kind: 'features', tokenizer: null })));
  await refusal('encoder-link', { file: 'onnx/vision_model.onnx' });
  for (const name of ['../secret', '/etc/passwd', 'a/../../secret', 'C:\\x', 'a\\b']) {
    writeFileSync(path.join(from, 'model.json'), JSON.stringify(manifestFor({ [name]: visionFile() }, { vision: name, kind: 'features', tokenizer: null })));
    await refusal('encoder-bad-manifest');
  }
});

test('graphs with other names than the manifest gives are refused with the names they have', async () => {
  const other = { ...smallFiles(), 'vision_model.onnx': onnxFile([['pixel_values', 'n', 3, 32, 32]], [['logits', 'n', 1000]]) };
  writeEncoder(from, other);
  await refusal('encoder-lacks-output', { file: 'vision_model.onnx', wanted: 'image_embeds', found: 'logits' });
  const input = { ...smallFiles(), 'vision_model.onnx': onnxFile([['x', 'n', 3, 32, 32]], [['image_embeds', 'n', 16]]) };
  writeEncoder(from, input);
  await refusal('encoder-lacks-input', { wanted: 'pixel_values', found: 'x' });
  writeEncoder(from);
  await refusal('encoder-check', { problem: 'vectors of 4 numbers' }, testLibrary(folder, { check: 'vectors of 4 numbers' }));
});

test('what is no ONNX is told apart from one that ends too early', async () => {
  for (const content of [
    Buffer.from('<!DOCTYPE html><html>Not found</html>'),
    Buffer.from('version https://git-lfs.github.com/spec/v1\noid sha256:1\n'),
    Buffer.alloc(0),
  ]) {
    writeEncoder(from, { ...smallFiles(), 'vision_model.onnx': content });
    await refusal('encoder-not-onnx', { file: 'vision_model.onnx' });
  }
  writeEncoder(from, { ...smallFiles(), 'vision_model.onnx': visionFile().subarray(0, 100_000) });
  await refusal('encoder-cut-off', { file: 'vision_model.onnx' });
});

test('manifests that say too little or nonsense name the field', async () => {
  await refusal('encoder-nothing-there');
  mkdirSync(from);
  await refusal('encoder-no-manifest');
  writeEncoder(from, smallFiles(), { ...manifestFor(smallFiles()), patch_size: 0 });
  await refusal('encoder-bad-manifest', { field: 'patch_size' });
  writeFileSync(path.join(from, 'model.json'), '{');
  await refusal('encoder-bad-manifest', { field: 'JSON' });
  writeEncoder(from, smallFiles(), { ...manifestFor(smallFiles()), tokenizer: 'vocab.json' });
  await refusal('encoder-unlisted-file', { file: 'vocab.json' });
});

test('a lone file needs what it can not say, and tells the rest', async () => {
  from = path.join(folder, 'My DINO (small).onnx');
  writeFileSync(from, onnxFile([['pixel_values', 'batch', 3, 224, 224]], [['last_hidden_state', 'batch', 257, 384]]));
  expect(await inspectEncoder(from)).toMatchObject({
    kind: 'graph',
    id: 'my-dino-small',
    inputSize: 224,
    patchSize: 14,
    embedDim: 384,
    outputs: ['last_hidden_state'],
  });
  await refusal('encoder-undescribed');
  const { inputSize: input_size, patchSize: patch_size, hasCls: last_hidden_state_has_cls, ...preset } = encoderPresets.dinov2;
  const described = { ...preset, id: 'mine', name: 'Mine', licence: 'Apache-2.0', input_size, patch_size, last_hidden_state_has_cls };
  const library = testLibrary(folder);
  const installed = await installEncoder(library, from, { described, signal: new AbortController().signal });
  expect(installed).toMatchObject({ id: 'mine', inputSize: 224, patchSize: 14, embedDim: 384, abilities: ['image-search', 'click-to-similar'] });
  const { manifest } = (await library.find('mine'))!;
  expect(manifest).toMatchObject({ last_hidden_state_has_cls: true, outputs: { hidden: 'last_hidden_state' }, resize: 'squash' });
  writeFileSync(from, onnxFile([['input_ids', 'n', 'l']], [['text_embeds', 'n', 16]]));
  await expect(inspectEncoder(from)).rejects.toMatchObject({ details: { key: 'encoder-inputs' } });
});

test('what is packed is to be unpacked first', async () => {
  from = path.join(folder, 'all.zip');
  writeFileSync(from, 'PK');
  await refusal('encoder-packed', { file: 'all.zip' });
});

test('cancelling in the middle leaves nothing', async () => {
  writeEncoder(from);
  const abort = new AbortController();
  const library = testLibrary(folder);
  const under = Object.assign({}, library, { run: () => (abort.abort(), Promise.resolve({ problem: null })) });
  await expect(install(under as never, abort.signal)).rejects.toMatchObject({ code: 'cancelled' });
  expect(left()).toEqual([]);
});

test('an encoder that came with the app is listed first and stays', async () => {
  writeEncoder(path.join(folder, 'bundled/small'));
  const library = testLibrary(folder);
  expect(await library.list()).toMatchObject([{ id: 'small', bundled: true }]);
  await expect(library.remove('small')).rejects.toMatchObject({ details: { key: 'encoder-bundled' } });
  // One that lost a file is not offered.
  rmSync(path.join(folder, 'bundled/small/text_model.onnx'));
  expect(await testLibrary(folder).list()).toEqual([]);
});
