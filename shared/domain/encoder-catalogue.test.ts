import { expect, test } from 'vitest';
import { encoderManifestSchema } from './encoder.ts';
import { encoderCatalogue, fitOf, manifestOf } from './encoder-catalogue.ts';

test('every published export has a manifest that holds once its files are here, under an id of its own', () => {
  const ids = new Set<string>();
  for (const entry of encoderCatalogue) {
    for (const variant of entry.variants) {
      const manifest = manifestOf(entry, variant);
      const names = [variant.vision, ...(variant.text === null ? [] : [variant.text])];
      const files = Object.fromEntries(names.map((name) => [name, { bytes: 1, sha256: '0'.repeat(64) }]));
      expect(encoderManifestSchema.safeParse({ ...manifest, files }).error?.issues ?? []).toEqual([]);
      expect(ids.has(manifest.id)).toBe(false);
      ids.add(manifest.id);
    }
  }
  expect(ids.size).toBe(14);
});

test('the OpenVision family is whole: six sizes, and only the one of 384 pixels in patches of 14 has a rest at its edge', () => {
  const family = encoderCatalogue.filter(({ family: name }) => name === 'openvision');
  expect(family).toHaveLength(26);
  expect(family.filter(({ inputSize, patchSize }) => inputSize % patchSize !== 0).map(({ id }) => id)).toEqual(['openvision-vit-so400m-patch14-384']);
  expect(family.every(({ variants }) => variants.length === 0)).toBe(true);
  expect(new Set(encoderCatalogue.map(({ id }) => id)).size).toBe(encoderCatalogue.length);
});

test('more parameters, larger images and smaller patches ask more of a machine', () => {
  const fit = (id: string) => fitOf(encoderCatalogue.find((entry) => entry.id === id)!);
  expect(fit('openvision-vit-tiny-patch16-160')).toBe('light');
  expect(fit('clip-vit-base-patch16')).toBe('middle');
  expect(fit('openvision-vit-huge-patch14-224')).toBe('heavy');
});
