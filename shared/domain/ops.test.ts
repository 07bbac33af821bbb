import fc from 'fast-check';
import { expect, test } from 'vitest';
import { actionArbitrary, opsOf, startDoc } from '../testing/random-work.ts';
import { asDraft } from './authoring.ts';
import { compareEvents, type EditEvent, mergeLogs, nextRedo, nextUndo, replay } from './events.ts';
import { newId } from './ids.ts';
import type { Doc } from './model.ts';
import { applyOps, invertOps, opSchema, textOp, type Op } from './ops.ts';
import { AUTHOR_ID, IMAGE_ID } from '../testing/random-work.ts';

const actions = fc.array(actionArbitrary, { maxLength: 40 });
const event = (doc: Doc, rev: number, ops: readonly Op[], rest: Partial<EditEvent> = {}): EditEvent => ({
  id: newId(),
  imageId: doc.status[0]!.id,
  rev,
  userId: AUTHOR_ID,
  deviceId: AUTHOR_ID,
  at: 0,
  groupId: newId(),
  action: 'edit',
  refGroupId: null,
  ops,
  ...rest,
});

test('applying ops and then their inverse gives the document from before', () => {
  fc.assert(
    fc.property(actions, (list) => {
      let doc = startDoc();
      for (const action of list) {
        const ops = asDraft(doc, opsOf(doc, action));
        const after = applyOps(doc, ops);
        expect(after.conflicts).toEqual([]);
        const back = applyOps(after.doc, invertOps(ops));
        expect(back.conflicts).toEqual([]);
        expect(back.doc).toEqual(doc);
        doc = after.doc;
      }
    }),
  );
});

test('ops survive the door: what is made is valid, and the same after JSON', () => {
  fc.assert(
    fc.property(actions, (list) => {
      let doc = startDoc();
      for (const action of list) {
        const ops = opsOf(doc, action);
        for (const op of ops) expect(opSchema.parse(JSON.parse(JSON.stringify(op)))).toEqual(op);
        doc = applyOps(doc, ops).doc;
      }
    }),
  );
});

test('the changes that are reported turn the old rows into the new ones', () => {
  fc.assert(
    fc.property(actions, (list) => {
      let doc = startDoc();
      const tables = new Map<string, unknown>(doc.status.map((row) => [`status ${row.id}`, row]));
      for (const action of list) {
        const { doc: next, changes } = applyOps(doc, opsOf(doc, action));
        for (const change of changes) {
          if (change.row) tables.set(`${change.kind} ${change.id}`, change.row);
          else tables.delete(`${change.kind} ${change.id}`);
        }
        doc = next;
      }
      const rows = Object.entries(doc).flatMap(([kind, list]) =>
        kind === 'conflicts' ? [] : (list as unknown as { id: string }[]).map((row) => [`${kind} ${row.id}`, row] as const),
      );
      expect(new Map(rows)).toEqual(tables);
    }),
  );
});

test('a splice takes one text to the other and never cuts a character in two', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), fc.string({ unit: 'grapheme', maxLength: 40 }), (before, after) => {
      const op = textOp('caption', IMAGE_ID, before, after);
      if (before === after) {
        expect(op).toBeNull();
        return;
      }
      expect(before.slice(0, op!.at) + op!.ins + before.slice(op!.at + op!.del.length)).toBe(after);
      expect(op!.ins.isWellFormed() && op!.del.isWellFormed()).toBe(true);
    }),
  );
});

test('a splice for another text is left out and reported, so that no text is garbled', () => {
  const id = newId();
  const base = applyOps(startDoc(), [{ op: 'add', kind: 'caption', row: { id, authorId: AUTHOR_ID, text: 'a cat', createdAt: 1 } }]).doc;
  const theirs = applyOps(base, [textOp('caption', id, 'a cat', 'a grey cat')!]).doc;
  const mine = textOp('caption', id, 'a cat', 'a cat sits')!;
  const merged = applyOps(theirs, [mine]);
  expect(merged.doc.caption[0]!.text).toBe('a grey cat');
  expect(merged.conflicts).toEqual([{ kind: 'caption', id, field: 'text', reason: 'changed-elsewhere' }]);
});

/** Two copies of a project that part after some common work. */
const forked = fc.record({ common: actions, left: actions, right: actions }).map(({ common, left, right }) => {
  const log: EditEvent[] = [];
  const work = (from: { doc: Doc; rev: number }, list: typeof left, out: EditEvent[]) => {
    let { doc, rev } = from;
    for (const action of list) {
      const ops = opsOf(doc, action);
      if (ops.length === 0) continue;
      out.push(event(doc, ++rev, ops));
      doc = applyOps(doc, ops).doc;
    }
    return { doc, rev };
  };
  const base = work({ doc: startDoc(), rev: 0 }, common, log);
  const a: EditEvent[] = [...log];
  const b: EditEvent[] = [...log];
  work(base, left, a);
  work(base, right, b);
  return { a, b };
});

test('merging the same events in two orders gives the same state', () => {
  fc.assert(
    fc.property(forked, fc.infiniteStream(fc.nat()), ({ a, b }, numbers) => {
      const one = replay(IMAGE_ID, mergeLogs(a, b));
      expect(replay(IMAGE_ID, mergeLogs(b, a))).toEqual(one);
      const shuffled = [...a, ...b].map((item) => [numbers.next().value, item] as const).sort((x, y) => x[0] - y[0]);
      expect(
        replay(
          IMAGE_ID,
          mergeLogs(
            shuffled.map(([, item]) => item),
            [],
          ),
        ),
      ).toEqual(one);
    }),
  );
});

test('events in the order of replay never stand before what they were made on', () => {
  fc.assert(
    fc.property(forked, ({ a, b }) => {
      const order = mergeLogs(a, b);
      for (const log of [a, b]) expect(order.filter((item) => log.includes(item))).toEqual([...log].sort(compareEvents));
    }),
  );
});

test('what can be undone and redone next is what two stacks would say', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('edit', 'more', 'undo', 'redo'), { maxLength: 40 }), (steps) => {
      const trail: Pick<EditEvent, 'groupId' | 'action' | 'refGroupId'>[] = [];
      const undo: string[] = [];
      let redo: string[] = [];
      for (const step of steps) {
        if (step === 'edit' || (step === 'more' && (undo.length === 0 || trail[0]!.action !== 'edit'))) {
          undo.push(newId());
          redo = [];
          trail.unshift({ groupId: undo.at(-1)!, action: 'edit', refGroupId: null });
        } else if (step === 'more') {
          trail.unshift({ groupId: undo.at(-1)!, action: 'edit', refGroupId: null });
        } else {
          const group = (step === 'undo' ? undo : redo).pop();
          if (group === undefined) continue;
          (step === 'undo' ? redo : undo).push(group);
          trail.unshift({ groupId: newId(), action: step, refGroupId: group });
        }
        expect(nextUndo(trail)).toBe(undo.at(-1) ?? null);
        expect(nextRedo(trail)).toBe(redo.at(-1) ?? null);
      }
    }),
  );
});

test('ids made in one process sort in the order they were made, also when the clock steps back', () => {
  const ids = [newId(2_000_000_000_000), newId(1_000_000_000_000), ...Array.from({ length: 5000 }, () => newId(1_000))];
  expect([...ids].sort()).toEqual(ids);
  expect(new Set(ids).size).toBe(ids.length);
});
