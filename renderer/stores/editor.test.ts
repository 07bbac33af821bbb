import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { addCaption, addPoint, addPointSet, addThread, movePoint, removePoints, setPresence } from '../../shared/domain/authoring.ts';
import { newId } from '../../shared/domain/ids.ts';
import type { Doc } from '../../shared/domain/model.ts';
import { textOp } from '../../shared/domain/ops.ts';
import { createFakeCore, type FakeCore, type Weather } from './editor/fake-core.ts';
import { createEditor, type Editor, TYPING_MS } from './editor.ts';

const me = newId();
const imageA = newId();
const imageB = newId();

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

async function open(core: FakeCore, imageId = imageA): Promise<Editor> {
  const editor = createEditor(core.client);
  const opened = editor.open(imageId);
  await vi.advanceTimersByTimeAsync(50);
  await opened;
  return editor;
}
const docOf = (editor: Editor) => editor.store.getState().doc;
const bare = (doc: Doc) => ({ ...doc, conflicts: [] });
async function settle(ms = 60_000): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms);
}
/** A caption that is saved already. */
async function withCaption(core: FakeCore, editor: Editor, text: string): Promise<string> {
  const id = newId();
  editor.dispatch(addCaption(me, text, id));
  await settle(100);
  expect(core.load(imageA).doc.caption.find((row) => row.id === id)?.text).toBe(text);
  return id;
}
/** Types key by key. */
async function typeKeys(editor: Editor, id: string, keys: string, everyMs = 80): Promise<void> {
  for (const key of keys) {
    editor.type('caption', id, editor.textNow('caption', id) + key);
    await vi.advanceTimersByTimeAsync(everyMs);
  }
}

test('an edit shows at once and counts as saved only after the commit', async () => {
  const core = createFakeCore();
  const editor = await open(core);
  editor.dispatch(addCaption(me, 'a dog'));
  expect(docOf(editor).caption[0]?.text).toBe('a dog');
  expect(docOf(editor).status[0]?.state).toBe('draft');
  expect(editor.store.getState()).toMatchObject({ unsaved: 1, savedAt: null });
  await settle(100);
  expect(editor.store.getState()).toMatchObject({ unsaved: 0, rev: 1, savedAt: core.events[0]!.at, canUndo: true });
  expect(core.events).toHaveLength(1);
});

test('typing is sent at most 300 ms after the first key that was not sent, as one undo step', async () => {
  const core = createFakeCore();
  const editor = await open(core);
  const id = await withCaption(core, editor, '');
  const before = core.events.length;
  editor.type('caption', id, 'T');
  await vi.advanceTimersByTimeAsync(TYPING_MS - 10);
  expect(core.applied).toHaveLength(before);
  expect(editor.store.getState().unsaved).toBe(1);
  await vi.advanceTimersByTimeAsync(20);
  expect(core.applied).toHaveLength(before + 1);
  await typeKeys(editor, id, 'wo brown spaniels');
  await settle(1000);
  expect(core.load(imageA).doc.caption[0]?.text).toBe('Two brown spaniels');
  expect(core.events.length).toBeGreaterThan(before + 2);
  expect(new Set(core.events.slice(before).map((event) => event.groupId)).size).toBe(1);
  await Promise.all([editor.undo(), settle(200)]);
  expect(docOf(editor).caption[0]?.text).toBe('');
  expect(editor.store.getState().notice).toMatchObject({ key: 'undone', change: { what: 'caption', id, caret: 0 } });
  await Promise.all([editor.redo(), settle(200)]);
  expect(docOf(editor).caption[0]?.text).toBe('Two brown spaniels');
});

test('a pause, another field and half a minute each begin a new undo step', async () => {
  const core = createFakeCore();
  const editor = await open(core);
  const id = await withCaption(core, editor, '');
  const other = await withCaption(core, editor, 'x');
  const from = core.events.length;
  const groups = () => new Set(core.events.slice(from).map((event) => event.groupId)).size;
  await typeKeys(editor, id, 'one');
  await settle(1500);
  expect(groups()).toBe(1);
  await typeKeys(editor, id, ' two');
  await settle(400);
  expect(groups()).toBe(2);
  await typeKeys(editor, other, 'y');
  await settle(400);
  expect(groups()).toBe(3);
  await settle(2000);
  await typeKeys(editor, id, 'z'.repeat(400), 100);
  await settle(1000);
  expect(groups()).toBe(5);
});

test('a word that is replaced at once by a chosen spelling is an undo step of its own', async () => {
  const core = createFakeCore();
  const editor = await open(core);
  const id = await withCaption(core, editor, '');
  await typeKeys(editor, id, 'A cofee ');
  editor.endTyping();
  editor.type('caption', id, 'A coffee ');
  editor.endTyping();
  await typeKeys(editor, id, 'cup');
  await settle(400);
  for (const text of ['A coffee ', 'A cofee ', '']) {
    await Promise.all([editor.undo(), settle(200)]);
    expect(docOf(editor).caption[0]?.text).toBe(text);
  }
});

test('an event whose answer was lost is sent again with the same id and is there once', async () => {
  const core = createFakeCore();
  const editor = await open(core);
  const weather: Weather[] = ['unanswered', 'lost', 'unanswered'];
  core.weather = () => weather.shift() ?? 'fine';
  editor.dispatch(addCaption(me, 'kept'));
  editor.dispatch(addThread(me, 'How many?', 'Two.'));
  await settle();
  expect(core.events).toHaveLength(2);
  expect(core.applied.length).toBeGreaterThan(2);
  expect(new Set(core.applied.map((event) => event.eventId)).size).toBe(2);
  expect(editor.store.getState()).toMatchObject({ unsaved: 0, saveError: null, rev: 2 });
  expect(bare(docOf(editor))).toEqual(core.load(imageA).doc);
});

test('while the core is away edits are kept, the state says so, and all arrive in order after it is back', async () => {
  const core = createFakeCore();
  const editor = await open(core);
  core.weather = () => 'lost';
  const set = newId();
  editor.dispatch(addPointSet(me, 'coin', 'present', set));
  for (let i = 0; i < 5; i++) editor.dispatch(addPoint(docOf(editor), set, i * 10, 50));
  await settle(3000);
  expect(editor.store.getState()).toMatchObject({ unsaved: 6, savedAt: null, saveError: { code: 'unavailable' } });
  expect(docOf(editor).point).toHaveLength(5);
  const flushed = await Promise.all([editor.flush(), settle(3000)]);
  expect(flushed[0]).toBe(false);
  core.weather = () => 'fine';
  editor.retry();
  await settle(200);
  expect(editor.store.getState()).toMatchObject({ unsaved: 0, saveError: null, rev: 6 });
  expect(core.load(imageA).doc.point.map((point) => point.xPct)).toEqual([0, 10, 20, 30, 40]);
});

test('edits of two images wait side by side, and going back shows what is still unsaved', async () => {
  const core = createFakeCore();
  const editor = await open(core);
  core.weather = (method) => (method === 'edits.apply' ? 'lost' : 'fine');
  editor.dispatch(addCaption(me, 'on A'));
  await Promise.all([editor.open(imageB), settle(300)]);
  editor.dispatch(addCaption(me, 'on B'));
  expect(editor.store.getState().unsaved).toBe(2);
  await Promise.all([editor.open(imageA), settle(300)]);
  expect(docOf(editor).caption[0]?.text).toBe('on A');
  core.weather = () => 'fine';
  await settle();
  expect(core.load(imageA).doc.caption[0]?.text).toBe('on A');
  expect(core.load(imageB).doc.caption[0]?.text).toBe('on B');
  expect(editor.store.getState().unsaved).toBe(0);
});

test('a change elsewhere that does not touch ours is there after the save', async () => {
  const core = createFakeCore();
  const editor = await open(core);
  core.other(imageA, addCaption(newId(), 'theirs'));
  editor.dispatch(addThread(me, 'Q', 'A'));
  await settle();
  expect(docOf(editor).caption[0]?.text).toBe('theirs');
  expect(docOf(editor).turn).toHaveLength(2);
  expect(editor.store.getState().notice).toBe(null);
});

test('two changes of one text in different places are both kept', async () => {
  const core = createFakeCore();
  const editor = await open(core);
  const id = await withCaption(core, editor, 'a dog on a bench');
  core.other(imageA, [textOp('caption', id, 'a dog on a bench', 'a brown dog on a bench')!]);
  editor.type('caption', id, 'a dog on a red bench');
  await settle();
  expect(core.load(imageA).doc.caption[0]?.text).toBe('a brown dog on a red bench');
  expect(docOf(editor).caption[0]?.text).toBe('a brown dog on a red bench');
  expect(editor.store.getState().notice).toEqual({ key: 'merged' });
});

test('a conflict drops only what has nothing left to change', async () => {
  const core = createFakeCore();
  const editor = await open(core);
  const set = newId();
  const point = newId();
  editor.dispatch(addPointSet(me, 'coin', 'present', set));
  editor.dispatch(addPoint(docOf(editor), set, 10, 10, point));
  await settle(100);
  core.other(imageA, removePoints(core.load(imageA).doc, [point]));
  editor.dispatch(movePoint(docOf(editor), point, 20, 20));
  editor.dispatch(addPoint(docOf(editor), set, 30, 30));
  await settle();
  expect(core.load(imageA).doc.point.map((row) => row.xPct)).toEqual([30]);
  expect(editor.store.getState()).toMatchObject({ unsaved: 0, notice: { key: 'merged-dropped' } });
  expect(bare(docOf(editor))).toEqual(core.load(imageA).doc);
});

test('what was written into a caption that was removed elsewhere stays', async () => {
  const core = createFakeCore();
  const editor = await open(core);
  const id = await withCaption(core, editor, 'a');
  core.other(imageA, [{ op: 'remove', kind: 'caption', row: core.load(imageA).doc.caption[0]! }]);
  editor.type('caption', id, 'a dog');
  await settle();
  expect(core.load(imageA).doc.caption[0]?.text).toBe('a dog');
});

test('keys struck while an undo is under way are put on top of it', async () => {
  const core = createFakeCore();
  const editor = await open(core);
  const id = await withCaption(core, editor, 'one');
  await settle(2000);
  editor.type('caption', id, 'one two');
  await settle(2000);
  core.latencyMs = 100;
  const undone = editor.undo();
  await vi.advanceTimersByTimeAsync(50);
  editor.type('caption', id, 'A one two');
  await settle(5000);
  await undone;
  expect(docOf(editor).caption[0]?.text).toBe('A one');
  expect(core.load(imageA).doc.caption[0]?.text).toBe('A one');
});

test('undo without anything to undo, and without the core, is said and changes nothing', async () => {
  const core = createFakeCore();
  const editor = await open(core);
  await Promise.all([editor.undo(), settle(100)]);
  expect(editor.store.getState().notice).toEqual({ key: 'nothing-to-undo' });
  editor.dispatch(addCaption(me, 'here'));
  await settle(100);
  core.weather = () => 'lost';
  await Promise.all([editor.undo(), settle(100)]);
  expect(editor.store.getState().notice).toEqual({ key: 'undo-offline' });
  expect(docOf(editor).caption).toHaveLength(1);
});

test('undo pressed three times quickly is three undos', async () => {
  const core = createFakeCore();
  const editor = await open(core);
  for (const text of ['one', 'two', 'three', 'four']) editor.dispatch(addCaption(me, text));
  await settle(100);
  void editor.undo();
  void editor.undo();
  void editor.undo();
  await settle(500);
  expect(docOf(editor).caption.map((row) => row.text)).toEqual(['one']);
});

test('"not present" takes its points with it and one undo brings them back', async () => {
  const core = createFakeCore();
  const editor = await open(core);
  const set = newId();
  editor.dispatch(addPointSet(me, 'cat', 'present', set));
  for (let i = 0; i < 3; i++) editor.dispatch(addPoint(docOf(editor), set, i, i));
  editor.dispatch(setPresence(docOf(editor), set, 'absent'));
  expect(docOf(editor).point).toHaveLength(0);
  await settle(100);
  await Promise.all([editor.undo(), settle(100)]);
  expect(docOf(editor).point).toHaveLength(3);
  expect(docOf(editor).pointSet[0]?.presence).toBe('present');
  expect(editor.store.getState().notice).toMatchObject({ change: { what: 'absent', label: 'cat' } });
});

test('a notice of somebody else brings their change in; fields are told to read again', async () => {
  const core = createFakeCore();
  const editor = await open(core);
  const id = await withCaption(core, editor, 'mine');
  const epoch = editor.store.getState().textEpoch;
  core.other(imageA, [textOp('caption', id, 'mine', 'mine and theirs')!]);
  editor.noticed({ topic: 'images', imageIds: [imageA], by: 'elsewhere' });
  await settle(5000);
  expect(docOf(editor).caption[0]?.text).toBe('mine and theirs');
  expect(editor.store.getState().textEpoch).toBe(epoch + 1);
});

test('notices of its own edits are looked into once, then known; others still bring changes in', async () => {
  const core = createFakeCore();
  const editor = await open(core);
  const id = await withCaption(core, editor, 'mine');
  const loads = () => core.calls.filter((method) => method === 'edits.load').length;
  const before = loads();
  const doc = docOf(editor);
  editor.noticed({ topic: 'images', imageIds: [imageA], by: 'this window' });
  await settle(3000);
  expect(loads()).toBe(before + 1);
  expect(docOf(editor)).toBe(doc);
  editor.noticed({ topic: 'images', imageIds: [imageA], by: 'this window' });
  await settle(3000);
  expect(loads()).toBe(before + 1);
  core.other(imageA, [textOp('caption', id, 'mine', 'ours')!]);
  editor.noticed({ topic: 'images', imageIds: [imageA], by: 'another' });
  await settle(3000);
  expect(docOf(editor).caption[0]?.text).toBe('ours');
});

test('own typing never makes fields read their text again', async () => {
  const core = createFakeCore();
  const editor = await open(core);
  const id = await withCaption(core, editor, '');
  const epoch = editor.store.getState().textEpoch;
  await typeKeys(editor, id, 'a longer sentence, typed without a pause', 60);
  await settle(2000);
  expect(editor.store.getState().textEpoch).toBe(epoch);
});

test('a joined edit is undone with the one before it', async () => {
  const core = createFakeCore();
  const editor = await open(core);
  const id = await withCaption(core, editor, 'gone soon');
  await settle(2000);
  editor.type('caption', id, '');
  editor.commitTyping();
  editor.dispatch([{ op: 'remove', kind: 'caption', row: docOf(editor).caption[0]! }], { join: true });
  await settle(100);
  expect(core.load(imageA).doc.caption).toHaveLength(0);
  await Promise.all([editor.undo(), settle(100)]);
  expect(docOf(editor).caption[0]?.text).toBe('gone soon');
});

test('the time at work goes with the first event after it, and comes with the image', async () => {
  const core = createFakeCore();
  const known: [string, number][] = [];
  let ms = 700;
  const timed = createEditor(core.client, { known: (id, total) => known.push([id, total]), take: () => ms });
  void timed.open(imageA);
  await settle(100);
  timed.dispatch(addCaption(me, 'One'));
  ms = 0;
  timed.dispatch(addCaption(me, 'Two'));
  await settle(100);
  expect(core.applied.map((input) => input.activeMs)).toEqual([700, undefined]);
  expect(known).toEqual([[imageA, 0]]);
  expect(core.load(imageA).activeMs).toBe(700);
});
