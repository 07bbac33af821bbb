import { expect, test } from 'vitest';
import { agreementSentence, importedSentence } from './agreement-words.ts';
import { MakersCount } from './makers.ts';
import { newId } from '../../../shared/domain/ids.ts';
import { emptyDoc } from '../../../shared/domain/model.ts';
import type { ImageRecord } from '../../../shared/domain/image.ts';

const [ann, bob] = [newId(), newId()];
const imageOf = (id: string) => ({ id, widthPx: 800, heightPx: 600 }) as ImageRecord;
const item = (captions: readonly (readonly [string, string])[]) => {
  const id = newId();
  return { image: imageOf(id), doc: { ...emptyDoc(id), caption: captions.map(([authorId, text]) => ({ id: newId(), authorId, text, createdAt: 1 })) } };
};

test('a card tells agreement with interval and n where work was done twice', () => {
  const makers = new MakersCount();
  for (let at = 0; at < 6; at++)
    makers.add(
      item([
        [ann, 'Two dogs sit.'],
        [bob, at < 3 ? 'Two dogs sit.' : 'A red car drives.'],
      ]),
    );
  const found = makers.all.agreement.find(({ measure }) => measure === 'claim-overlap')!;
  expect(found).toMatchObject({ value: 0.5, n: 6 });
  expect(agreementSentence(found)).toMatch(/^captions, overlap of claims \(F1\): 0\.500 \(95 % interval 0\.\d{3} to \d\.\d{3}, n = 6 images\)$/);
});

test('what was settled between two people, and what came from other tools, is counted', () => {
  const makers = new MakersCount();
  const one = item([[ann, 'Two dogs sit.']]);
  const settled = { ...one.doc, caption: one.doc.caption.map((row) => ({ ...row, parentIds: `${newId()} ${newId()}` })) };
  makers.add({ ...one, doc: settled, imported: ['coco', 'via'] });
  makers.add({ ...item([[bob, 'A cat.']]), imported: ['coco'] });
  expect(makers.all).toMatchObject({ adjudicated: 1, imported: { coco: 2, via: 1 } });
  expect(importedSentence('coco', 2)).toBe('2 images came with annotations from COCO; what was taken of them counts as the work of the person who imported it');
});

test('a card says nothing of agreement where nothing was done twice', () => {
  const makers = new MakersCount();
  makers.add(item([[ann, 'Two dogs sit.']]));
  makers.add(item([[bob, 'Two dogs sit.']]));
  expect(makers.all.agreement).toEqual([]);
});
