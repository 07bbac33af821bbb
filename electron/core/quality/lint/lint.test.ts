import { afterEach, expect, test } from 'vitest';
import { addCaption, addPoint, addPointSet, addThread, setText } from '../../../../shared/domain/authoring.ts';
import { newId } from '../../../../shared/domain/ids.ts';
import { imageFilterSchema } from '../../../../shared/domain/image.ts';
import type { Op } from '../../../../shared/domain/ops.ts';
import { addDismissal } from '../../../../shared/domain/review.ts';
import { imagePage } from '../../db/images.ts';
import { writeSettings } from '../../db/settings.ts';
import { createEdits, type Edits } from '../../edits.ts';
import type { Project } from '../../project.ts';
import { addImageRow, tempProject, type TempProject } from '../../testing/temp-project.ts';
import { verifyImage } from '../../verify.ts';
import { splitOf } from './context.ts';
import { createLint, type Lint } from './lint.ts';
import { runLint } from './run-lint.ts';

let project: TempProject;
let edits: Edits;
let lint: Lint;
afterEach(() => {
  lint.close();
  project.remove();
});
function open(from = tempProject()): void {
  project = from;
  edits = createEdits({ ...project, notify: () => {} });
  lint = createLint({ ...project, host: { log: () => {} } } as unknown as Project, edits, true);
}
function apply(imageId: string, ops: readonly Op[], textInput?: Parameters<Edits['apply']>[0]['textInput']): void {
  const { rev } = edits.load(imageId);
  const result = edits.apply({ eventId: newId(), imageId, baseRev: rev, groupId: newId(), ops: ops as never, ...(textInput && { textInput }) }, 'test');
  expect(result.status).toBe('saved');
}
/** An image whose caption says three dogs, with points of two. */
function contradicted(name = 'a.jpg'): { imageId: string; captionId: string; setId: string } {
  const imageId = addImageRow(project.db, name);
  const [captionId, setId] = [newId(), newId()];
  apply(imageId, [...addCaption(project.me.userId, 'Three dogs.', captionId), ...addPointSet(project.me.userId, 'dog', 'present', setId)]);
  for (const x of [20, 70]) apply(imageId, addPoint(edits.load(imageId).doc, setId, x, 50));
  return { imageId, captionId, setId };
}
const run = (signal = new AbortController().signal, progress = () => {}) =>
  runLint({ ...project, notify: () => {} } as unknown as Project, {}, { id: newId(), signal, progress });
const codes = async (): Promise<Record<string, number>> => Object.fromEntries((await lint.summary()).codes.map(({ code, open: count }) => [code, count]));

test('what an edit brings and what it settles is known a moment later, without a job', async () => {
  open();
  const { imageId, captionId } = contradicted();
  expect(await codes()).toMatchObject({ 'count-contradicts-points': 1 });
  apply(imageId, setText(edits.load(imageId).doc, 'caption', captionId, 'Two dogs.'));
  lint.noticed({ topic: 'images', imageIds: [imageId], by: null });
  await expect.poll(() => lint.findings('count-contradicts-points', 0, 10).total).toBe(0);
});

test('a finding that was dismissed is counted by reason and person, filters no image and holds nothing back', async () => {
  open();
  const { imageId, captionId } = contradicted();
  const filter = imageFilterSchema.parse({ finding: 'count-contradicts-points' });
  expect(await edits.bulk([imageId], { state: 'submitted' }, 'test')).toMatchObject({ changed: 0, held: 1 });
  await lint.summary();
  expect(imagePage(project.db, filter, 0, 10).total).toBe(1);
  apply(imageId, addDismissal(project.me.userId, 'count-contradicts-points', captionId, 'One is hidden'));
  await lint.summary();
  expect(imagePage(project.db, filter, 0, 10).total).toBe(0);
  const { codes: counted, dismissals } = await lint.summary();
  expect(counted.find(({ code }) => code === 'count-contradicts-points')).toMatchObject({ open: 0, dismissed: 1 });
  expect(dismissals).toEqual([{ code: 'count-contradicts-points', reason: 'One is hidden', personId: project.me.userId, name: 'Ada', count: 1 }]);
  expect(await edits.bulk([imageId], { state: 'submitted' }, 'test')).toMatchObject({ changed: 1, held: 0 });
});

test('the job looks at every image once, goes on where it was stopped, and looks anew when a lead changes a rule', async () => {
  open();
  for (let i = 0; i < 50; i++) {
    const imageId = addImageRow(project.db, `${i}.jpg`);
    if (i % 2 === 0) apply(imageId, addCaption(project.me.userId, 'A short one.'));
  }
  const stop = new AbortController();
  await expect(run(stop.signal, () => stop.abort())).rejects.toThrow();
  const rest = await run();
  expect(rest).toMatchObject({ kind: 'lint', findings: 25, images: 25 });
  expect(await run()).toMatchObject({ checked: 0 });
  expect((await lint.summary()).stale).toBe(0);
  writeSettings(project.db, { lint: { rules: { 'caption-short': { on: false } }, wordMinimum: 30, yesShare: 0.7, nearPct: 0.5, pastedShare: 0.8 } });
  expect(await run()).toMatchObject({ checked: 50, findings: 0 });
});

test('answers of the whole project that lean to yes or begin alike are counted by the job', async () => {
  open();
  for (let i = 0; i < 25; i++) {
    const imageId = addImageRow(project.db, `${i}.jpg`);
    apply(imageId, addThread(project.me.userId, 'Is there a dog?', `Yes, there is a dog at place number ${i}.`));
  }
  await run();
  expect(await codes()).toMatchObject({ 'yes-bias': 25, 'answers-alike': 25 });
});

test('a fix of all is shown before, done as one edit, and taken back by one undo', async () => {
  open();
  const ids = [1, 2, 3].map((number) => {
    const imageId = addImageRow(project.db, `${number}.jpg`);
    apply(imageId, addCaption(project.me.userId, number === 3 ? 'A dog sits.' : `Um, a dog sits ${number}.`));
    return imageId;
  });
  await run();
  const filter = imageFilterSchema.parse({});
  const preview = lint.previewFix('filler', filter);
  expect(preview.images).toBe(2);
  expect(preview.examples[0]!.texts).toEqual([{ role: 'caption', before: 'Um, a dog sits 1.', after: 'A dog sits 1.' }]);
  const seqs = () => (project.db.prepare('SELECT count(*) AS n FROM event').get() as { n: number }).n;
  const before = seqs();
  expect(await lint.fix('filler', filter, 'test')).toMatchObject({ changed: 2 });
  expect(seqs()).toBe(before + 2);
  expect(ids.map((id) => edits.load(id).doc.caption[0]!.text)).toEqual(['A dog sits 1.', 'A dog sits 2.', 'A dog sits.']);
  expect(await edits.undo(null, 'test')).toMatchObject({ status: 'done' });
  expect(ids.map((id) => edits.load(id).doc.caption[0]!.text)).toEqual(['Um, a dog sits 1.', 'Um, a dog sits 2.', 'A dog sits.']);
  expect(() => lint.previewFix('caption-short', filter)).toThrow(/no fix/);
});

test('how a text came is kept only where the project gathers it, survives verify and is told of one’s own texts', () => {
  open();
  const imageId = addImageRow(project.db);
  const captionId = newId();
  const ways = { typed: 4, pasted: 40, draft: 0, spoken: 0 };
  apply(imageId, addCaption(project.me.userId, 'x'.repeat(44), captionId), { [captionId]: ways });
  expect(lint.origins(imageId, null)).toEqual({});
  writeSettings(project.db, { provenance: { gather: true } });
  apply(imageId, setText(edits.load(imageId).doc, 'caption', captionId, 'y'.repeat(44)), { [captionId]: ways });
  expect(lint.origins(imageId, project.me.userId)).toMatchObject({ [captionId]: { typed: 4, pasted: 40, edits: 2 } });
  expect(lint.origins(imageId, newId())).toEqual({});
  expect(verifyImage(project.db, 1)).toEqual([]);
});

test('findings are there again after a restart', async () => {
  open();
  contradicted();
  await run();
  lint.close();
  open(project.reopen());
  expect(lint.findings('count-contradicts-points', 0, 10)).toMatchObject({ total: 1, findings: [{ name: 'a.jpg', dismissed: false }] });
});

test('the folder of a name tells its split', () => {
  expect(['train/a.jpg', 'x/val2017/b.jpg', 'data/validation/c.jpg', 'test/d.png', 'tests/e.jpg', 'train.jpg', 'constraint/f.jpg'].map(splitOf)).toEqual([
    'train',
    'val',
    'val',
    'test',
    null,
    null,
    null,
  ]);
});
