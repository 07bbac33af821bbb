import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addCaption, setText } from './authoring.ts';
import { docAfter, type EditEvent } from './events.ts';
import { newId } from './ids.ts';
import { emptyDoc } from './model.ts';
import { applyOps, type Op } from './ops.ts';
import { originsOf, sharesOf, type TextInput, textWays } from './text-origin.ts';

const IMAGE = '01890000-0000-7000-8000-000000000001';
const ME = '01890000-0000-7000-8000-0000000000aa';
const ways = (input: Partial<TextInput[string]>): TextInput[string] => ({ typed: 0, pasted: 0, draft: 0, spoken: 0, ...input });

/** One caption, edited step by step: the text after each step and how its characters came. */
function edited(steps: readonly (readonly [text: string, input: Partial<TextInput[string]> | null])[]): { events: EditEvent[]; id: string } {
  const id = newId();
  let doc = emptyDoc(IMAGE);
  const events: EditEvent[] = [];
  const push = (ops: readonly Op[], textInput: TextInput | null) => {
    doc = applyOps(doc, ops).doc;
    events.push({
      id: newId(),
      imageId: IMAGE,
      rev: events.length + 1,
      userId: ME,
      deviceId: ME,
      at: 0,
      groupId: newId(),
      action: 'edit',
      refGroupId: null,
      ops,
      activeMs: 1000,
      textInput,
    });
  };
  push(addCaption(ME, '', id), null);
  for (const [text, input] of steps) push(setText(doc, 'caption', id, text), input && { [id]: ways(input) });
  return { events, id };
}
const originOf = (...steps: Parameters<typeof edited>[0]) => {
  const { events, id } = edited(steps);
  return originsOf(events).get(id)!;
};

test('every character keeps the way in which it came, and one that was removed counts for nothing', () => {
  expect(originOf(['A dog', { typed: 5 }], ['A dog sits.', { pasted: 6 }])).toMatchObject({ typed: 5, pasted: 6, unknown: 0, edits: 3, activeMs: 3000 });
  expect(originOf(['pasted words', { pasted: 12 }], ['', null], ['My own', { typed: 6 }])).toMatchObject({ typed: 6, pasted: 0 });
  expect(originOf(['abcdef', { pasted: 6 }], ['abXYef', { typed: 2 }])).toMatchObject({ typed: 2, pasted: 4 });
});

test('what nobody gathered is said to be unknown', () => {
  expect(originOf(['A dog', null], ['A dog sits', { typed: 5 }])).toMatchObject({ typed: 5, unknown: 5 });
});

test('shares are whole percents that add up, and nothing is said where nothing is known', () => {
  expect(sharesOf(originOf(['abc', { typed: 3 }]))).toEqual({ typed: 100 });
  expect(sharesOf(originOf(['t'.repeat(92), { typed: 92 }], ['t'.repeat(92) + 'p'.repeat(8), { pasted: 8 }]))).toEqual({ typed: 92, pasted: 8 });
  expect(sharesOf(originOf(['a', { typed: 1 }], ['ab', { pasted: 1 }], ['abc', { draft: 1 }]))).toEqual({ typed: 34, pasted: 33, draft: 33 });
  expect(sharesOf(originOf(['abc', null]))).toBeNull();
});

test('whatever is typed over whatever, the ways add up to the text', () => {
  const step = fc.tuple(fc.string({ maxLength: 20 }), fc.constantFrom(...textWays, null));
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
      const { events, id } = edited(steps.map(([text, way]) => [text, way && { [way]: text.length }]));
      const origin = originsOf(events).get(id)!;
      const length = docAfter(IMAGE, events).caption[0]!.text.length;
      expect(textWays.reduce((sum, way) => sum + origin[way], origin.unknown)).toBe(length);
      // The order in which a merge brings events does not matter.
      expect(originsOf([...events].reverse()).get(id)).toEqual(origin);
      const shares = sharesOf(origin);
      if (shares) expect(Object.values(shares).reduce((sum, share) => sum + share, 0)).toBe(100);
    }),
  );
});
