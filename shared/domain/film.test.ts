import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bytesOf, copyOf, edit, takeIn } from '../testing/copies.ts';
import { actionArbitrary, AUTHOR_ID, IMAGE_ID, opsOf } from '../testing/random-work.ts';
import * as authoring from './authoring.ts';
import { docAfter, type EditEvent } from './events.ts';
import { createFilm } from './film.ts';
import { newId } from './ids.ts';
import { emptyDoc } from './model.ts';
import { applyOps, type Op } from './ops.ts';

const jumps = fc.array(fc.nat(), { minLength: 4, maxLength: 12 });

test('the end of the film is what the log says, and any place reached by a jump is the one reached by playing', () => {
  fc.assert(
    fc.property(fc.array(actionArbitrary, { minLength: 1, maxLength: 150 }), jumps, (actions, places) => {
      const copy = copyOf([]);
      for (const action of actions) edit(copy, opsOf(copy.doc, action));
      agrees(copy.events, places);
    }),
    { numRuns: 60 },
  );
});

test('the same holds where copies were worked on apart and merged', () => {
  const step = fc.record({ who: fc.nat(2), takesFrom: fc.option(fc.nat(2), { freq: 5 }), action: actionArbitrary });
  fc.assert(
    fc.property(fc.array(actionArbitrary, { maxLength: 12 }), fc.array(step, { minLength: 4, maxLength: 60 }), jumps, (before, steps, places) => {
      const first = copyOf([]);
      for (const action of before) edit(first, opsOf(first.doc, action));
      const copies = [0, 1, 2].map(() => copyOf(first.events));
      for (const { who, takesFrom, action } of steps) {
        const copy = copies[who]!;
        if (takesFrom !== null) takeIn(copy, copies[takesFrom]!);
        else edit(copy, opsOf(copy.doc, action));
      }
      takeIn(copies[0]!, copies[1]!);
      takeIn(copies[0]!, copies[2]!);
      agrees(copies[0]!.events, places);
    }),
    { numRuns: 60 },
  );
});

/** Plays a film to its end and jumps about in another; what is there must be what the first events alone make. */
function agrees(events: readonly EditEvent[], places: readonly number[]): void {
  const [played, sought] = [createFilm(IMAGE_ID, events), createFilm(IMAGE_ID, events.toReversed())];
  const length = played.events.length;
  const docs = Array.from({ length: length + 1 }, (_, position) => bytesOf(played.at(position)));
  expect(docs[length]).toBe(bytesOf(docAfter(IMAGE_ID, events)));
  for (const place of places) {
    const position = place % (length + 1);
    expect(bytesOf(sought.at(position))).toBe(docs[position]);
    expect(bytesOf(sought.at(position - 1))).toBe(docs[Math.max(0, position - 1)]);
    expect(docs[position]).toBe(bytesOf(docAfter(IMAGE_ID, played.events.slice(0, position))));
  }
}

test('a jump in a log of 10,000 edits applies no more than a keyframe’s worth of them', () => {
  const setId = newId();
  let doc = emptyDoc(IMAGE_ID);
  let applied = 0;
  const events: EditEvent[] = [];
  for (let rev = 1; rev <= 10_000; rev++) {
    const made = rev === 1 ? authoring.addPointSet(AUTHOR_ID, 'leaf', 'present', setId) : authoring.addPoint(doc, setId, rev % 100, (rev * 7) % 100);
    if (rev === 1) doc = applyOps(doc, made).doc;
    const id = newId();
    const parents: string[] = rev === 1 ? [] : [events.at(-1)!.id];
    const rest = { imageId: IMAGE_ID, rev, userId: AUTHOR_ID, deviceId: AUTHOR_ID, at: rev, groupId: id, action: 'edit' as const, refGroupId: null };
    events.push({ id, ...rest, parents, ops: made });
  }
  const counted = events.map((event): EditEvent => Object.defineProperty({ ...event }, 'ops', { get: (): readonly Op[] => (applied++, event.ops) }));
  const film = createFilm(IMAGE_ID, counted);
  expect(film.at(10_000).point).toHaveLength(9999);
  expect(applied).toBe(10_000);
  for (const position of [5000, 4999, 5063, 1, 9999, 6400]) {
    applied = 0;
    expect(film.at(position).point).toHaveLength(position - 1);
    expect(applied).toBeLessThan(64);
  }
});
