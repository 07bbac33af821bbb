import { expect, test } from 'vitest';
import * as authoring from '../../../shared/domain/authoring.ts';
import type { LoggedEvent } from '../../../shared/domain/events.ts';
import { newId } from '../../../shared/domain/ids.ts';
import { type Doc, emptyDoc } from '../../../shared/domain/model.ts';
import { applyOps, invertOps, type Op } from '../../../shared/domain/ops.ts';
import { historyEntries, touchesCaption } from './entries.ts';

const imageId = newId();
const me = newId();
function log() {
  const events: LoggedEvent[] = [];
  let doc: Doc = emptyDoc(imageId);
  return {
    events,
    doc: () => doc,
    push(ops: readonly Op[], groupId = newId(), action: LoggedEvent['action'] = 'edit') {
      doc = applyOps(doc, ops).doc;
      const seq = events.length + 1;
      events.push({ id: newId(), imageId, rev: seq, seq, userId: me, deviceId: me, at: seq, groupId, action, refGroupId: null, ops });
      return ops;
    },
  };
}
const told = (events: readonly LoggedEvent[]) =>
  historyEntries(emptyDoc(imageId), events).map(({ deeds }) => deeds.map(({ what, count, place, name }) => [what, count, place ?? name].join(' ')));

test('a burst of typing is one entry that says how many words', () => {
  const { events, doc, push } = log();
  const [caption, burst] = [newId(), newId()];
  push(authoring.addCaption(me, 'Tw', caption), burst);
  push(authoring.setText(doc(), 'caption', caption, 'Two do'), burst);
  push(authoring.setText(doc(), 'caption', caption, 'Two dogs run'), burst);
  push(authoring.setText(doc(), 'caption', caption, 'Two cats run'));
  push(authoring.setText(doc(), 'caption', caption, 'cats run'));
  expect(told(events)).toEqual([['wrote 3 caption'], ['rewrote 1 caption'], ['cut 1 caption']]);
});

test('points are counted by what was done and by label, and an undo says what it took back', () => {
  const { events, doc, push } = log();
  const set = newId();
  push(authoring.addPointSet(me, 'dog', 'present', set));
  push([...authoring.addPoint(doc(), set, 1, 1), ...authoring.addPoint(doc(), set, 2, 2)]);
  const move = push(doc().point.flatMap((point) => authoring.movePoint(doc(), point.id, 9, point.yPct)));
  push(invertOps(move), newId(), 'undo');
  push(authoring.setPresence(doc(), set, 'absent'));
  expect(told(events)).toEqual([
    ['label-added 1 dog'],
    ['points-added 2 dog'],
    ['points-moved 2 dog'],
    ['points-moved 2 dog'],
    ['absent 1 dog', 'points-removed 2 dog'],
  ]);
});

test('the history of one caption leaves out everything else', () => {
  const { events, doc, push } = log();
  const [mine, other] = [newId(), newId()];
  push(authoring.addCaption(me, 'mine', mine));
  push(authoring.addCaption(me, 'other', other));
  push(authoring.setSkipped(doc(), 'unsure'));
  push(authoring.setState(doc(), 'submitted'));
  const entries = historyEntries(emptyDoc(imageId), events);
  expect(entries.map((entry) => touchesCaption(entry, mine))).toEqual([true, false, false, false]);
  expect(told(events).slice(2)).toEqual([['skipped 1 unsure'], ['state 1 submitted', 'unskipped 1 ']]);
});

test('a sweep and what a question asks for are told as what they are', () => {
  const { events, doc, push } = log();
  const set = newId();
  push([...authoring.addPointSet(me, 'dog', 'present', set), ...authoring.addThread(me, 'How many?', 'Two.')]);
  push(authoring.editPointSet(doc(), set, { sweep: '2x2:c' }));
  push(authoring.setQuestion(doc(), doc().turn[0]!.id, { ability: 'counting' }));
  expect(told(events).slice(1)).toEqual([['swept 2 dog'], ['question-sorted 1 ']]);
});

test('clicks that follow each other are one entry, and what comes between parts them', () => {
  const { events, doc, push } = log();
  const set = newId();
  push(authoring.addPointSet(me, 'dog', 'present', set));
  for (let at = 1; at <= 3; at++) push(authoring.addPoint(doc(), set, at, at));
  push(authoring.removePoints(doc(), [doc().point[0]!.id]));
  push(authoring.addPoint(doc(), set, 9, 9));
  expect(told(events)).toEqual([['label-added 1 dog'], ['points-added 3 dog'], ['points-removed 1 dog'], ['points-added 1 dog']]);
  const entries = historyEntries(emptyDoc(imageId), events);
  expect(entries[1]!.before.point).toHaveLength(0);
  expect(entries[1]!.after.point).toHaveLength(3);
});
