import { expect, test } from 'vitest';
import { addCaption, setText } from '../../../shared/domain/authoring.ts';
import { newId } from '../../../shared/domain/ids.ts';
import { emptyDoc } from '../../../shared/domain/model.ts';
import { applyOps } from '../../../shared/domain/ops.ts';
import { typingOf } from './typing.ts';

const id = newId();
const doc = applyOps(emptyDoc(newId()), addCaption(newId(), 'A cat sleeps.', id)).doc;

test('what is about to be written is seen letter by letter where it will stand, an emoji whole', () => {
  const next = { ops: setText(doc, 'caption', id, 'A 🐈‍ cat sleeps.') };
  expect(typingOf(doc, next, 0)).toEqual({ id, before: 'A ', after: 'cat sleeps.' });
  expect(typingOf(doc, next, 0.4)).toEqual({ id, before: 'A 🐈', after: 'cat sleeps.' });
  expect(typingOf(doc, next, 1)).toEqual({ id, before: 'A 🐈‍ ', after: 'cat sleeps.' });
});

test('what is replaced stands until the first letter comes', () => {
  const next = { ops: setText(doc, 'caption', id, 'A dog sleeps.') };
  expect(typingOf(doc, next, 0)).toEqual({ id, before: 'A ', after: 'cat sleeps.' });
  expect(typingOf(doc, next, 0.7)).toEqual({ id, before: 'A do', after: ' sleeps.' });
});

test('an edit that was made for another text types nothing', () => {
  const other = applyOps(doc, setText(doc, 'caption', id, 'Something else.')).doc;
  expect(typingOf(other, { ops: setText(doc, 'caption', id, 'A dog sleeps.') }, 0.5)).toBeNull();
  expect(typingOf(doc, undefined, 0.5)).toBeNull();
});
