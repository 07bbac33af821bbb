/** Folders of encoders for tests, with graphs that are real ONNX to whoever reads their signature. They can't be run: the weights are missing. */
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { EncoderManifest } from '../../../shared/domain/encoder.ts';
import { createLibrary, type EncoderLibrary, type RunEncoderTask } from './library.ts';

const varint = (value: number): number[] => (value < 128 ? [value] : [(value & 127) | 128, ...varint(Math.floor(value / 128))]);
const bytes = (field: number, content: Uint8Array | readonly number[]): Buffer =>
  Buffer.from([...varint(field * 8 + 2), ...varint(content.length), ...content]);
const text = (field: number, value: string): Buffer => bytes(field, Buffer.from(value));
const number = (field: number, value: number): Buffer => Buffer.from([...varint(field * 8), ...varint(value)]);

export type Value = readonly [name: string, ...dims: (number | string)[]];
const valueInfo = (field: number, [name, ...dims]: Value, type: number): Buffer => {
  const shape = Buffer.concat(dims.map((dim) => bytes(1, typeof dim === 'number' ? number(1, dim) : text(2, dim))));
  return bytes(field, Buffer.concat([text(1, name), bytes(2, bytes(1, Buffer.concat([number(1, type), bytes(2, shape)])))]));
};

/** An ONNX file with these inputs and outputs, and so many bytes of weights before them. */
export function onnxFile(inputs: readonly Value[], outputs: readonly Value[], weightBytes = 200_000): Buffer {
  const weights = Buffer.concat([Buffer.from([...varint(5 * 8 + 2), ...varint(weightBytes)]), Buffer.alloc(weightBytes, 7)]);
  const graph = Buffer.concat([text(2, 'graph'), weights, ...inputs.map((one) => valueInfo(11, one, 1)), ...outputs.map((one) => valueInfo(12, one, 1))]);
  const head = Buffer.concat([number(1, 8), text(2, 'test')]);
  return Buffer.concat([head, Buffer.from([...varint(7 * 8 + 2), ...varint(graph.length)]), graph]);
}

export const visionFile = (weightBytes?: number): Buffer =>
  onnxFile(
    [['pixel_values', 'n', 3, 'h', 'w']],
    [
      ['image_embeds', 'n', 16],
      ['patch_tokens', 'n', 'tokens', 16],
    ],
    weightBytes,
  );
export const textFile = (): Buffer => onnxFile([['input_ids', 'n', 'l']], [['text_embeds', 'n', 16]]);

/** A manifest of these files. */
export function manifestFor(files: Readonly<Record<string, Buffer>>, change: Partial<EncoderManifest> = {}): EncoderManifest {
  return {
    id: 'small',
    name: 'Small',
    kind: 'clip',
    licence: 'CC0-1.0',
    input_size: 32,
    patch_size: 8,
    mean: [0.5, 0.5, 0.5],
    std: [0.5, 0.5, 0.5],
    resize: 'squash',
    embed_dim: 16,
    outputs: { image: 'image_embeds', patches: 'patch_tokens', text: 'text_embeds' },
    tokenizer: 'tokenizer.json',
    files: Object.fromEntries(Object.entries(files).map(([name, content]) => [name, { bytes: content.length, sha256: sha256(content) }])),
    ...change,
  } as EncoderManifest;
}
export const sha256 = (content: Uint8Array): string => createHash('sha256').update(content).digest('hex');

export const smallFiles = (): Record<string, Buffer> => ({
  'vision_model.onnx': visionFile(),
  'text_model.onnx': textFile(),
  'tokenizer.json': Buffer.from('{"version":"1.0"}'),
});

/** Writes an encoder's folder; returns it. */
export function writeEncoder(folder: string, files: Readonly<Record<string, Buffer>> = smallFiles(), manifest: object = manifestFor(files)): string {
  for (const [name, content] of Object.entries({ ...files, 'model.json': Buffer.from(JSON.stringify(manifest)) })) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), content);
  }
  return folder;
}

/** A library in a folder, with a process that finds nothing wrong unless told otherwise. */
export function testLibrary(folder: string, answer: { check?: string | null } = {}): EncoderLibrary & { readonly asked: string[] } {
  const asked: string[] = [];
  const run = ((kind: string) => {
    asked.push(kind);
    if (kind === 'check') return Promise.resolve({ problem: answer.check ?? null });
    return Promise.resolve({ imagesPerSecond: 100, latencyMs: 10, memoryBytes: 1_000_000, threads: 2, at: 1 });
  }) as unknown as RunEncoderTask;
  return Object.assign(createLibrary({ settingsFolder: path.join(folder, 'home'), bundledFolder: path.join(folder, 'bundled'), run, log: () => {} }), {
    asked,
  });
}
