import i18next from 'i18next';
import { beforeAll, expect, test } from 'vitest';
import { catalogues } from '../../shared/i18n/catalogue.ts';
import type { Client } from '../../shared/rpc/client.ts';
import { changeImages, leftOut } from './gallery.ts';

beforeAll(async () => {
  await i18next.init({ lng: 'en', resources: { en: { translation: catalogues.en } }, interpolation: { escapeValue: false } });
});

test('a change of more images than one edit takes adds up what was changed, held back and refused, and how many undos take it back', async () => {
  const answers = [
    { changed: 99_990, refused: 3, held: 7, at: 1 },
    { changed: 0, refused: 1, held: 0, at: 2 },
  ];
  const asked: number[] = [];
  const client = {
    call: (_name: string, { imageIds }: { imageIds: readonly string[] }) => (asked.push(imageIds.length), Promise.resolve(answers[asked.length - 1])),
  } as unknown as Client;
  const ids = Array.from({ length: 100_001 }, (_, n) => String(n));
  expect(await changeImages(client, ids, { state: 'submitted' })).toEqual({ changed: 99_990, refused: 4, held: 7, edits: 1 });
  expect(asked).toEqual([100_000, 1]);
});

test('images that were left as they are are told of with their number and the reason, and none where all were changed', () => {
  expect(leftOut({ refused: 0, held: 0 })).toBeNull();
  expect(leftOut({ refused: 0, held: 1 })).toMatch(/^1 was not submitted: a finding/);
  expect(leftOut({ refused: 1200, held: 2 })).toMatch(/^2 were not submitted: .* 1,200 were left as they are: they are in review or accepted/);
});
