import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { defaultEncoderFolder, hasDefaultEncoder } from '../../../scripts/default-encoder.mjs';
import { encoderManifestSchema } from '../../../shared/domain/encoder.ts';

interface Golden {
  readonly tolerance: number;
  readonly outputs: Record<string, { shape: number[]; mean: number; std: number; first8: number[]; at_middle: number[] }>;
}
const golden = JSON.parse(readFileSync(path.join(import.meta.dirname, 'testing/nanodet-g-golden.json'), 'utf8')) as Golden;
const present = hasDefaultEncoder();
if (!present) console.warn('SKIPPED: the default encoder is not there; `node scripts/default-encoder.mjs` makes it');

describe.skipIf(!present)('the default encoder', () => {
  const file = (name: string): Buffer => readFileSync(path.join(defaultEncoderFolder, name));
  const manifest = () => encoderManifestSchema.parse(JSON.parse(file('model.json').toString('utf8')));
  const load = () => InferenceSession.create(path.join(defaultEncoderFolder, manifest().vision), { intraOpNumThreads: 1 });

  it('gives the golden outputs for the golden input', async () => {
    const session = await load();
    const input = Float32Array.from({ length: 3 * 320 * 320 }, (_, i) => ((i * 7919) % 1000) / 500 - 1);
    const outputs = await session.run({ images: new Tensor('float32', input, [1, 3, 320, 320]) });
    expect(Object.keys(outputs).toSorted()).toEqual(Object.keys(golden.outputs).toSorted());
    for (const [name, wanted] of Object.entries(golden.outputs)) {
      const { dims, data } = outputs[name] as { dims: readonly number[]; data: Float32Array };
      expect(dims).toEqual(wanted.shape);
      const mean = data.reduce((sum, one) => sum + one, 0) / data.length;
      const std = Math.sqrt(data.reduce((sum, one) => sum + (one - mean) ** 2, 0) / data.length);
      const middle = data.length / 2;
      const found = [mean, std, ...data.subarray(0, 8), ...data.subarray(middle, middle + 8)];
      const expected = [wanted.mean, wanted.std, ...wanted.first8, ...wanted.at_middle];
      for (const [i, value] of found.entries()) expect(Math.abs(value - expected[i]!), `${name} ${i}`).toBeLessThan(golden.tolerance);
    }
    await session.release();
  });

  it('takes any number of images of any size that is a multiple of 32', async () => {
    const session = await load();
    const one = Float32Array.from({ length: 3 * 64 * 96 }, (_, i) => Math.sin(i));
    const alone = await session.run({ images: new Tensor('float32', one, [1, 3, 64, 96]) });
    const twice = await session.run({ images: new Tensor('float32', Float32Array.from([...one, ...one]), [2, 3, 64, 96]) });
    expect(alone['f8']!.dims).toEqual([1, 128, 8, 12]);
    expect(twice['c32']!.dims).toEqual([2, 80, 2, 3]);
    const second = (twice['f32']!.data as Float32Array).subarray(512 * 6);
    for (const [i, value] of (alone['f32']!.data as Float32Array).entries()) expect(Math.abs(second[i]! - value)).toBeLessThan(1e-4);
    await session.release();
  });

  it('has a manifest whose hashes and words hold, and both licences', () => {
    const { files, classes, kind } = manifest();
    expect(kind).toBe('detector');
    expect(new Set(classes).size).toBe(80);
    for (const [name, { bytes, sha256 }] of Object.entries(files)) {
      expect(file(name).length).toBe(bytes);
      expect(createHash('sha256').update(file(name)).digest('hex')).toBe(sha256);
    }
    expect(file('LICENSE-human-models.txt').toString()).toContain('Copyright (c) 2021 Vladimir Mandic');
    expect(file('LICENSE-nanodet.txt').toString()).toMatch(/Copyright 2020-2021 RangiLyu[^]*Apache License/);
  });
});
