/** The editor against a core under bad weather: lost answers, other windows, undo and redo in any order. */
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { addCaption, addPoint, addPointSet, addThread, movePoint, removePointSet, removePoints, setPresence, setState } from '../../shared/domain/authoring.ts';
import { replay } from '../../shared/domain/events.ts';
import { newId } from '../../shared/domain/ids.ts';
import type { Doc } from '../../shared/domain/model.ts';
import { textOp } from '../../shared/domain/ops.ts';
import { createFakeCore, type FakeCore, type Weather } from './editor/fake-core.ts';
import { createEditor, type Editor } from './editor.ts';

const me = newId();
const imageA = newId();

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

type Step =
  | { do: 'type'; text: string }
  | { do: 'caption' | 'thread' | 'set' | 'point' | 'move' | 'unpoint' | 'unset' | 'absent' | 'submit' | 'undo' | 'redo' | 'other' }
  | { do: 'wait'; ms: number }
  | { do: 'weather'; is: Weather };
const steps: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('type' as const), text: fc.string({ maxLength: 12 }) }) },
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constantFrom('caption', 'thread', 'set', 'point', 'move', 'unpoint', 'unset', 'absent', 'submit', 'undo', 'redo', 'other') }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 0, max: 1500 }) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('weather' as const), is: fc.constantFrom<Weather>('fine', 'lost', 'unanswered') }) },
) as fc.Arbitrary<Step>;

function perform(step: Step, editor: Editor, core: FakeCore): void {
  const doc = docOf(editor);
  const set = doc.pointSet.at(-1);
  const point = doc.point.at(-1);
  if (step.do === 'caption') editor.dispatch(addCaption(me, 'new'));
  else if (step.do === 'thread') editor.dispatch(addThread(me, 'q', 'a'));
  else if (step.do === 'type') {
    const row = doc.caption.at(-1);
    if (row) editor.type('caption', row.id, step.text);
  } else if (step.do === 'set') editor.dispatch(addPointSet(me, 'thing'));
  else if (step.do === 'point' && set) editor.dispatch(addPoint(doc, set.id, 25, 75));
  else if (step.do === 'move' && point) editor.dispatch(movePoint(doc, point.id, point.yPct, (point.xPct + 1) % 100));
  else if (step.do === 'unpoint' && point) editor.dispatch(removePoints(doc, [point.id]));
  else if (step.do === 'unset' && set) editor.dispatch(removePointSet(doc, set.id));
  else if (step.do === 'absent' && set) editor.dispatch(setPresence(doc, set.id, 'absent'));
  else if (step.do === 'submit') editor.dispatch(setState(doc, 'submitted'));
  else if (step.do === 'undo') void editor.undo();
  else if (step.do === 'redo') void editor.redo();
  else if (step.do === 'other') {
    const theirs = core.load(imageA).doc;
    const row = theirs.caption.at(-1);
    core.other(imageA, row ? [textOp('caption', row.id, row.text, `${row.text}!`)!] : addCaption(newId(), 'theirs'));
  } else if (step.do === 'weather') core.weather = (method) => (method === 'edits.load' && step.is === 'unanswered' ? 'lost' : step.is);
}

test('however edits, losses, undos and other windows interleave, in the end the editor shows what the core replays', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(steps, { maxLength: 60, size: 'max' }), async (run) => {
      const core = createFakeCore();
      const editor = await open(core);
      for (const step of run) {
        if (step.do === 'wait') await vi.advanceTimersByTimeAsync(step.ms);
        else perform(step, editor, core);
        await vi.advanceTimersByTimeAsync(1);
      }
      core.weather = () => 'fine';
      editor.retry();
      await settle();
      editor.noticed({ topic: 'images', imageIds: 'all', by: null });
      await settle();
      expect(editor.store.getState()).toMatchObject({ unsaved: 0, saveError: null });
      expect(bare(docOf(editor))).toEqual(bare(replay(imageA, core.events).doc));
      expect(new Set(core.events.map((event) => event.id)).size).toBe(core.events.length);
    }),
    { numRuns: 200 },
  );
}, 60_000);
