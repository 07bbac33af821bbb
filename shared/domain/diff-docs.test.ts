import fc from 'fast-check';
import { expect, test } from 'vitest';
import { actionArbitrary, opsOf, startDoc } from '../testing/random-work.ts';
import { diffDocs } from './diff-docs.ts';
import type { Doc } from './model.ts';
import { applyOps, opSchema } from './ops.ts';
import { answerParts, markedSets } from './point-mark.ts';
import { cellBox, formatSweep, isExhaustive, markSeen, newSweep, nextCell, parseSweep, sweepGrid, walk } from './sweep.ts';

const actions = fc.array(actionArbitrary, { maxLength: 25 });
const work = (from: Doc, list: Parameters<typeof opsOf>[1][]) => list.reduce((doc, action) => applyOps(doc, opsOf(doc, action)).doc, from);

test('any earlier state can be brought back by ops that fit and are valid', () => {
  fc.assert(
    fc.property(actions, actions, (before, after) => {
      const then = work(startDoc(), before);
      const now = work(then, after);
      const ops = diffDocs(now, then);
      for (const op of ops) opSchema.parse(JSON.parse(JSON.stringify(op)));
      const back = applyOps(now, ops);
      expect(back.conflicts).toEqual([]);
      expect(back.doc).toEqual(then);
      expect(diffDocs(then, then)).toEqual([]);
    }),
  );
});

test('every mark in a text has its point set, whatever was done by the means of the screen', () => {
  fc.assert(
    fc.property(actions, (list) => {
      const doc = work(
        startDoc(),
        // Typing over a mark is the one thing that takes it away without its points; the screen tidies that up.
        list.filter((action) => action.what < 42 || action.what >= 50),
      );
      const sets = new Set(doc.pointSet.filter((set) => set.turnId !== undefined).map((set) => set.id));
      for (const turn of doc.turn) for (const id of markedSets(turn.text)) expect(sets.has(id) || doc.pointSet.every((set) => set.id !== id)).toBe(true);
      for (const set of doc.pointSet) if (set.turnId) expect(doc.turn.some((turn) => turn.id === set.turnId)).toBe(true);
    }),
  );
});

test('an answer is its parts, joined', () => {
  const id = '01890000-0000-7000-8000-000000000001';
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.string(), fc.constant(`<@${id}>`), fc.constant('<@nonsense>'))), (pieces) => {
      const text = pieces.join('');
      expect(
        answerParts(text)
          .map((part) => ('setId' in part ? `<@${part.setId}>` : part.text))
          .join(''),
      ).toBe(text);
    }),
  );
  expect(answerParts(`a <@${id}>.`)).toEqual([{ text: 'a ' }, { setId: id }, { text: '.' }]);
});

test('a sweep reads back as it was written, and nonsense is no sweep', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 50 }), fc.array(fc.nat(2500)), (columns, rows, cells) => {
      const sweep = cells.reduce((seen, cell) => (cell < columns * rows ? markSeen(seen, cell) : seen), newSweep(columns, rows));
      expect(parseSweep(formatSweep(sweep))).toEqual(sweep);
    }),
  );
  for (const text of [undefined, '', '2x2', '2x2:zz', '0x1:', '2x2:88', '99x99:']) expect(parseSweep(text)).toBeNull();
});

test('walking from cell to cell sees each once, next to the one before, and ends', () => {
  let sweep = newSweep(3, 2);
  expect(walk(sweep)).toEqual([0, 1, 2, 5, 4, 3]);
  const seen: number[] = [];
  for (let cell: number | null = 0; cell !== null; cell = nextCell(sweep, cell)) {
    seen.push(cell);
    sweep = markSeen(sweep, cell);
  }
  expect(seen).toEqual([0, 1, 2, 5, 4, 3]);
  expect(isExhaustive(sweep)).toBe(true);
});

test('cells are as many as it takes to show the image at the wanted zoom, and tile it', () => {
  const sweep = sweepGrid({ widthPx: 6000, heightPx: 4000 }, { widthPx: 1000, heightPx: 800 }, 0.5);
  expect([sweep.columns, sweep.rows]).toEqual([3, 3]);
  expect(sweepGrid({ widthPx: 300, heightPx: 200 }, { widthPx: 1000, heightPx: 800 }, 1)).toEqual(newSweep(1, 1));
  const boxes = sweep.seen.map((_, cell) => cellBox(sweep, cell));
  expect(boxes.reduce((sum, box) => sum + box.widthPct * box.heightPct, 0)).toBeCloseTo(10_000);
});
