import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bytesOf, type Copy, copyOf, edit, takeBack, takeIn } from '../testing/copies.ts';
import { actionArbitrary, AUTHOR_ID, IMAGE_ID, opsOf, startDoc } from '../testing/random-work.ts';
import * as authoring from './authoring.ts';
import type { Conflict, Kept } from './conflict.ts';
import { docAfter, type EditEvent, mergeLogs } from './events.ts';
import { newId } from './ids.ts';
import type { Doc } from './model.ts';
import { applyOps, type Op } from './ops.ts';
import { keepStanding, takeOwn, takeSide } from './settle.ts';

const CAPTION = newId();
const THREAD = newId();
const SET = newId();
const POINTS = [newId(), newId(), newId()];

/** An image with a caption, a question, a label and three points, and two copies of it. */
function start(): { a: Copy; b: Copy; c: Copy } {
  const lead = copyOf([], startDoc());
  edit(lead, authoring.addCaption(AUTHOR_ID, 'a cat on a mat', CAPTION));
  edit(lead, authoring.addThread(AUTHOR_ID, 'what?', 'a cat', THREAD));
  edit(lead, authoring.addPointSet(AUTHOR_ID, 'cat', 'present', SET));
  for (const [n, id] of POINTS.entries()) edit(lead, authoring.addPoint(lead.doc, SET, 10 * n, 10 * n, id));
  return { a: copyOf(lead.events), b: copyOf(lead.events), c: copyOf(lead.events) };
}
const write = (copy: Copy, text: string) => edit(copy, authoring.setText(copy.doc, 'caption', CAPTION, text))!;
const move = (copy: Copy, n: number, x: number, y: number) => edit(copy, authoring.movePoint(copy.doc, POINTS[n]!, x, y))!;
function united(...copies: Copy[]): Copy {
  const all = copyOf(copies[0]!.events);
  for (const copy of copies) takeIn(all, copy);
  return all;
}
const values = ({ stands, lost }: Conflict) => [stands.value, ...lost.map((side) => side.value)];

test('two texts of one caption are one conflict, however many keystrokes each took, and both are kept whole', () => {
  const { a, b } = start();
  for (let length = 1; length <= 20; length++) write(a, `a cat on a mat${' asleep in sun'.slice(0, length)}`);
  for (const text of ['a dog on a mat', 'a big dog on a mat']) write(b, text);
  const { doc } = united(a, b);
  expect(doc.conflicts).toHaveLength(1);
  expect(doc.conflicts[0]).toMatchObject({ kind: 'caption', id: CAPTION, field: 'text', reason: 'changed-elsewhere' });
  expect(values(doc.conflicts[0]!)).toEqual(['a cat on a mat asleep in sun', 'a big dog on a mat']);
  expect(doc.conflicts[0]!.lost[0]).toMatchObject({ userId: b.device, events: [b.events.at(-1)!.id] });
  expect(doc.caption[0]!.text).toBe('a cat on a mat asleep in sun');
});

test('of three texts one stands and two are shown', () => {
  const { a, b, c } = start();
  for (const [copy, text] of [
    [a, 'one'],
    [b, 'two'],
    [c, 'three'],
  ] as const)
    write(copy, text);
  const { doc } = united(a, b, c);
  expect(doc.conflicts).toHaveLength(1);
  expect(new Set(values(doc.conflicts[0]!))).toEqual(new Set(['one', 'two', 'three']));
});

test('a point that both moved is one conflict, not one for each coordinate', () => {
  const { a, b } = start();
  move(a, 0, 50, 0);
  move(b, 0, 0, 60);
  const { doc } = united(a, b);
  expect(doc.conflicts).toMatchObject([{ kind: 'point', id: POINTS[0], field: 'position' }]);
  expect(values(doc.conflicts[0]!)).toEqual(expect.arrayContaining([[50, 0]]));
});

test('a label that one removed while the other moved and added points of it is one conflict, and comes back whole where that is decided', () => {
  const { a, b } = start();
  edit(a, authoring.removePointSet(a.doc, SET));
  move(b, 1, 70, 70);
  const added = newId();
  edit(b, authoring.addPoint(b.doc, SET, 80, 80, added));
  const all = united(a, b);
  expect(all.doc.point).toEqual([]);
  expect(all.doc.conflicts).toHaveLength(1);
  const [conflict] = all.doc.conflicts;
  expect(conflict).toMatchObject({ kind: 'pointSet', id: SET, field: null, reason: 'removed-elsewhere', stands: { userId: a.device, value: null } });
  expect((conflict!.lost[0]!.value as Kept).rows.map(({ row }) => row.id)).toEqual([SET, ...POINTS, added]);
  const decision = edit(all, takeSide(all.doc, conflict!, conflict!.lost[0]!))!;
  expect(all.doc.conflicts).toEqual([]);
  expect(all.doc.point).toHaveLength(4);
  expect(all.doc.point.find((point) => point.id === POINTS[1])).toMatchObject({ xPct: 70 });
  expect(takeBack(all, decision)).toBe(true);
  expect(all.doc.pointSet).toEqual([]);
  expect(all.doc.conflicts.map(({ lost }) => lost)).toEqual([conflict!.lost]);
});

test.each<[string, (a: Copy, b: Copy) => void]>([
  ['different rows', (a, b) => (move(a, 0, 50, 50), move(b, 1, 60, 60))],
  [
    'different fields of a row',
    (a, b) => (edit(a, authoring.editPointSet(a.doc, SET, { label: 'cats' })), edit(b, authoring.editPointSet(b.doc, SET, { method: 'counting' }))),
  ],
  ['the same result', (a, b) => (write(a, 'a dog'), write(b, 'a dog'))],
  ['the same result by different ways', (a, b) => (write(a, 'a d'), write(a, 'a dog'), write(b, 'a dog'))],
  ['both removed it', (a, b) => (edit(a, authoring.removePointSet(a.doc, SET)), edit(b, authoring.removePointSet(b.doc, SET)))],
  ['one did and undid', (a, b) => (takeBack(a, write(a, 'a dog')), write(b, 'a fox'))],
  ['one removed it and brought it back', (a, b) => (takeBack(a, edit(a, authoring.removePointSet(a.doc, SET))!), move(b, 2, 1, 1))],
  ['one moved a point and back, the other removed it', (a, b) => (takeBack(a, move(a, 0, 5, 5)), edit(b, authoring.removePoints(b.doc, [POINTS[0]!])))],
  ['both add rows of their own', (a, b) => [a, b].forEach((copy) => edit(copy, authoring.addCaption(copy.device, 'mine')))],
  [
    'both add an equal row',
    (a, b) => {
      const row = { id: newId(), authorId: AUTHOR_ID, text: 'x', createdAt: 1 };
      for (const copy of [a, b]) edit(copy, [{ op: 'add', kind: 'caption', row }]);
    },
  ],
  ['one submits, the other goes on', (a, b) => (edit(a, authoring.setState(a.doc, 'submitted')), edit(b, authoring.setState(b.doc, 'draft')))],
  [
    'both sweep the same cells',
    (a, b) => (edit(a, authoring.editPointSet(a.doc, SET, { sweep: '2x2:8' })), edit(b, authoring.editPointSet(b.doc, SET, { sweep: '2x2:1' }))),
  ],
])('no conflict is invented: %s', (_name, work) => {
  const { a, b } = start();
  work(a, b);
  const { doc } = united(a, b);
  expect(doc.conflicts).toEqual([]);
  expect(bytesOf(united(b, a).doc)).toBe(bytesOf(doc));
  const again = united(a, b);
  takeIn(again, a);
  takeIn(again, b);
  expect(bytesOf(again.doc)).toBe(bytesOf(doc));
});

test('cells that either person swept were swept', () => {
  const { a, b } = start();
  edit(a, authoring.editPointSet(a.doc, SET, { sweep: '2x2:8' }));
  edit(b, authoring.editPointSet(b.doc, SET, { sweep: '2x2:1' }));
  expect(united(a, b).doc.pointSet[0]!.sweep).toBe('2x2:9');
});

test('accepted here and returned there is for a person to decide', () => {
  const { a, b } = start();
  edit(a, authoring.setState(a.doc, 'accepted'));
  edit(b, authoring.setState(b.doc, 'returned'));
  expect(united(a, b).doc.conflicts).toMatchObject([{ kind: 'status', field: 'state' }]);
});

test('an edit of what its author had seen is no conflict, whatever the revisions say', () => {
  const { a, b } = start();
  // Busy elsewhere on the image, so that its revisions are far ahead.
  for (let n = 0; n < 10; n++) move(b, 2, n, n);
  write(a, 'a dog');
  takeIn(b, a);
  write(b, 'a fox');
  expect(united(a, b).doc.conflicts).toEqual([]);
  expect(united(a, b).doc.caption[0]!.text).toBe('a fox');
});

test('a decision holds in every copy, is undone, and what was done without having seen it is a conflict again', () => {
  const { a, b } = start();
  write(a, 'a dog');
  write(b, 'a fox');
  const lead = united(a, b);
  const [conflict] = lead.doc.conflicts;
  const unsettled = bytesOf(lead.doc);
  const kept = edit(lead, keepStanding(conflict!))!;
  expect(lead.doc.conflicts).toEqual([]);
  takeBack(lead, kept);
  expect(bytesOf(lead.doc)).toBe(unsettled);
  edit(lead, takeOwn(lead.doc, conflict!, 'a wolf'));
  expect(lead.doc.caption[0]!.text).toBe('a wolf');
  expect(united(a, lead, b).doc.conflicts).toEqual([]);
  // The one who lost goes on without having heard of it.
  const loser = conflict!.lost[0]!.userId === a.device ? a : b;
  write(loser, 'a grey fox');
  expect(united(lead, loser).doc.conflicts.map(values)).toEqual([['a wolf', 'a grey fox']]);
  takeIn(loser, lead);
  expect(loser.doc.conflicts).toHaveLength(1);
});

test('two decisions that differ are a conflict, two that agree are none', () => {
  const { a, b } = start();
  write(a, 'a dog');
  write(b, 'a fox');
  const decide = (choose: (copy: Copy, conflict: Conflict) => Op[]) => {
    const lead = united(a, b);
    edit(lead, choose(lead, lead.doc.conflicts[0]!));
    return lead;
  };
  const keep = decide((_copy, conflict) => keepStanding(conflict));
  const take = decide((copy, conflict) => takeSide(copy.doc, conflict, conflict.lost[0]!));
  const same = decide((copy, conflict) => takeSide(copy.doc, conflict, conflict.lost[0]!));
  expect(united(keep, take).doc.conflicts).toHaveLength(1);
  expect(united(take, same).doc.conflicts).toEqual([]);
});

test('logs of before merging, whose events name no parents, are read as they were', () => {
  const { a } = start();
  write(a, 'a dog');
  const old = a.events.map(({ parents: _parents, ...event }) => event);
  expect(bytesOf(docAfter(IMAGE_ID, old))).toBe(bytesOf(a.doc));
  const [left, right] = [copyOf(old), copyOf(old)];
  write(left, 'x');
  write(right, 'y');
  expect(united(left, right).doc.conflicts).toHaveLength(1);
});

interface Step {
  readonly who: number;
  readonly what: number;
  readonly action: Parameters<typeof opsOf>[1];
}
const steps = fc.array(fc.record({ who: fc.nat(2), what: fc.nat(99), action: actionArbitrary }), { maxLength: 60 });

/** Three copies: they work, take back, take in each other's work and decide, in any order. */
function play(list: readonly Step[]): Copy[] {
  const copies = [copyOf([], startDoc()), copyOf([], startDoc()), copyOf([], startDoc())];
  const own: EditEvent[][] = [[], [], []];
  for (const { who, what, action } of list) {
    const copy = copies[who]!;
    if (what < 15) takeIn(copy, copies[(who + 1 + (action.pick % 2)) % 3]!);
    else if (what < 27 && own[who]!.length > 0) takeBack(copy, own[who]!.pop()!);
    else if (what < 40 && copy.doc.conflicts.length > 0) {
      const conflict = copy.doc.conflicts[action.pick % copy.doc.conflicts.length]!;
      const ops = action.x < 50 ? keepStanding(conflict) : takeSide(copy.doc, conflict, conflict.lost[0]!);
      if (applyOps(copy.doc, ops).conflicts.length === 0) edit(copy, ops);
    } else {
      const made = edit(copy, authoring.asDraft(copy.doc, opsOf(copy.doc, action)));
      if (made) own[who]!.push(made);
    }
  }
  return copies;
}

test('any number of copies, merged in any order and grouping, any number of times, are the same bytes', () => {
  fc.assert(
    fc.property(steps, (list) => {
      const [a, b, c] = play(list) as [Copy, Copy, Copy];
      const whole = bytesOf(united(a, b, c).doc);
      for (const order of [
        [a, c, b],
        [b, a, c],
        [b, c, a],
        [c, a, b],
        [c, b, a],
      ] as const)
        expect(bytesOf(united(...order).doc)).toBe(whole);
      const grouped = united(a, united(b, c), a, united(b, a));
      expect(bytesOf(grouped.doc)).toBe(whole);
      expect(mergeLogs(grouped.events, a.events)).toEqual(grouped.events);
    }),
    { numRuns: 300 },
  );
});

test('what a copy shows after each edit is what its log says', () => {
  fc.assert(
    fc.property(steps, (list) => {
      for (const copy of play(list)) expect(bytesOf(docAfter(IMAGE_ID, copy.events))).toBe(bytesOf(copy.doc));
    }),
    { numRuns: 300 },
  );
});

test('people who change nothing that another changed have no conflict', () => {
  const own = (doc: Doc, author: string): Doc => ({
    ...doc,
    caption: doc.caption.filter((row) => row.authorId === author),
    thread: doc.thread.filter((row) => row.authorId === author),
    turn: doc.turn.filter((row) => doc.thread.some((thread) => thread.id === row.threadId && thread.authorId === author)),
    pointSet: doc.pointSet.filter((row) => row.authorId === author),
    point: doc.point.filter((row) => doc.pointSet.some((set) => set.id === row.setId && set.authorId === author)),
  });
  const mine = (ops: readonly Op[], author: string) =>
    ops
      .map((op) => (op.op === 'add' && 'authorId' in op.row ? ({ ...op, row: { ...op.row, authorId: author } } as Op) : op))
      .filter((op) => op.kind !== 'status');
  fc.assert(
    fc.property(steps, (list) => {
      const copies = [copyOf([], startDoc()), copyOf([], startDoc()), copyOf([], startDoc())];
      for (const { who, what, action } of list) {
        const copy = copies[who]!;
        if (what < 10) takeIn(copy, copies[(who + 1) % 3]!);
        else edit(copy, mine(opsOf(own(copy.doc, copy.device), action), copy.device));
      }
      expect(united(...copies).doc.conflicts).toEqual([]);
    }),
  );
});
