import { expect, test } from 'vitest';
import { addCaption, setText } from '../../../shared/domain/authoring.ts';
import { newId } from '../../../shared/domain/ids.ts';
import { createFakeCore } from './fake-core.ts';
import type { PendingEvent } from './merge.ts';
import { createMirror } from './mirror.ts';

const imageId = newId();
function memory(): Storage {
  const values = new Map<string, string>();
  return {
    get length() {
      return values.size;
    },
    key: (index) => [...values.keys()][index] ?? null,
    getItem: (name) => values.get(name) ?? null,
    setItem: (name, value) => void values.set(name, value),
    removeItem: (name) => void values.delete(name),
    clear: () => values.clear(),
  };
}
const event = (ops: PendingEvent['ops']): PendingEvent => ({ eventId: newId(), imageId, groupId: newId(), ops, baseRev: null, activeMs: 0 });
const core = () => createFakeCore(() => Promise.resolve());
const text = (from: ReturnType<typeof core>) => from.load(imageId).doc.caption.map((row) => row.text);

test('what a window left is sent once, however often it is found', async () => {
  const there = core();
  const storage = memory();
  const id = newId();
  const event1 = event(addCaption('me', 'Two', id));
  createMirror(storage).keep(imageId, 0, [event1], { kind: 'caption', id, base: 'Two', text: 'Two dogs', groupId: newId() });
  const copy = storage.getItem(storage.key(0)!)!;
  const name = storage.key(0)!;
  expect(await createMirror(storage).recover(there.client)).toEqual({ images: 1, lost: 0 });
  expect(text(there)).toEqual(['Two dogs']);
  expect(storage.length).toBe(0);
  // The window died before the storage was cleared.
  storage.setItem(name, copy);
  await createMirror(storage).recover(there.client);
  expect(text(there)).toEqual(['Two dogs']);
  expect(there.events).toHaveLength(2);
});

test('what was typed is left out when something newer was saved, for it may hold it already', async () => {
  const there = core();
  const storage = memory();
  const id = newId();
  const first = event(addCaption('me', 'A', id));
  createMirror(storage).keep(imageId, 0, [first], { kind: 'caption', id, base: 'A', text: 'A cat', groupId: newId() });
  there.other(imageId, first.ops);
  Object.assign(there.events[0]!, { id: first.eventId });
  there.other(imageId, setText(there.load(imageId).doc, 'caption', id, 'A cat sits'));
  there.other(imageId, setText(there.load(imageId).doc, 'caption', id, 'A'));
  await createMirror(storage).recover(there.client);
  expect(text(there)).toEqual(['A']);
});

test('nothing stays behind once everything is saved, and nonsense in the storage harms nobody', async () => {
  const storage = memory();
  const mirror = createMirror(storage);
  mirror.keep(imageId, 0, [event(addCaption('me', 'x'))], null);
  expect(storage.length).toBe(1);
  mirror.keep(imageId, 1, [], null);
  expect(storage.length).toBe(0);
  storage.setItem(`pointillist.unsaved.${imageId}`, '{nonsense');
  expect(await createMirror(storage).recover(core().client)).toEqual({ images: 0, lost: 0 });
  expect(storage.length).toBe(0);
});
