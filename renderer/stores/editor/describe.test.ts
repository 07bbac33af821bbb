import { expect, test } from 'vitest';
import { addCaption, addPoint, addPointSet, addThread, movePoint, setPresence, setText } from '../../../shared/domain/authoring.ts';
import { newId } from '../../../shared/domain/ids.ts';
import { type Doc, emptyDoc } from '../../../shared/domain/model.ts';
import { applyOps, type Op } from '../../../shared/domain/ops.ts';
import { caretAfterChange, describeChange } from './describe.ts';
import { pruneOps } from './prune.ts';

const me = newId();
const empty = emptyDoc(newId());
const after = (doc: Doc, ops: readonly Op[]) => applyOps(doc, ops).doc;

test('the caret goes behind what changed', () => {
  expect(caretAfterChange('a dog', 'a big dog')).toBe(6);
  expect(caretAfterChange('a big dog', 'a dog')).toBe(2);
  expect(caretAfterChange('', '')).toBe(0);
});

test('each kind of change is named, with where it is', () => {
  const id = newId();
  const caption = after(empty, addCaption(me, 'a dog', id));
  expect(describeChange(caption, after(caption, setText(caption, 'caption', id, 'a big dog')))).toMatchObject({ what: 'caption', id, caret: 6 });
  const thread = after(empty, addThread(me, 'How many?', 'Two'));
  expect(describeChange(empty, thread)).toMatchObject({ what: 'thread', kind: 'turn', id: thread.turn[0]!.id });
  expect(describeChange(thread, after(thread, setText(thread, 'turn', thread.turn[1]!.id, 'Three')))).toMatchObject({ what: 'answer' });
  const set = newId();
  const point = newId();
  const sets = after(empty, addPointSet(me, 'coin', 'present', set));
  expect(describeChange(empty, sets)).toMatchObject({ what: 'label', label: 'coin' });
  const points = after(sets, [...addPoint(sets, set, 1, 1, point), ...addPoint(sets, set, 2, 2)]);
  expect(describeChange(sets, points)).toMatchObject({ what: 'points', count: 2, label: 'coin' });
  expect(describeChange(points, sets)).toMatchObject({ what: 'points', count: 2, label: 'coin' });
  expect(describeChange(points, after(points, movePoint(points, point, 5, 5)))).toMatchObject({ what: 'moved', count: 1, id: point });
  expect(describeChange(points, after(points, setPresence(points, set, 'absent')))).toMatchObject({ what: 'absent', label: 'coin' });
  expect(describeChange(points, points)).toMatchObject({ what: 'nothing' });
});

test('empty rows of mine go, half-filled pairs and rows of others stay', () => {
  const other = newId();
  let doc = after(empty, [...addCaption(me, ' \n'), ...addCaption(other, ''), ...addCaption(me, 'kept')]);
  doc = after(doc, [...addThread(me, '', ''), ...addThread(me, 'How many?', ''), ...addThread(other, '', '')]);
  const pruned = after(doc, pruneOps(doc, me));
  expect(pruned.conflicts).toEqual([]);
  expect(pruned.caption.map((row) => row.text)).toEqual(['', 'kept']);
  expect(pruned.thread).toHaveLength(2);
  expect(pruned.turn.map((row) => row.text)).toEqual(['How many?', '', '', '']);
});
