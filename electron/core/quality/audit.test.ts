import { afterEach, beforeEach, expect, test } from 'vitest';
import { auditFilterSchema } from '../../../shared/domain/audit.ts';
import * as authoring from '../../../shared/domain/authoring.ts';
import { newId } from '../../../shared/domain/ids.ts';
import type { Doc } from '../../../shared/domain/model.ts';
import type { Op } from '../../../shared/domain/ops.ts';
import type { PersonRole } from '../../../shared/domain/permissions.ts';
import * as review from '../../../shared/domain/review.ts';
import type { Context } from '../context.ts';
import { putPerson } from '../db/people.ts';
import { createEdits } from '../edits.ts';
import { auditMethods } from '../methods/audit.ts';
import { addImageRow, tempProject, type TempProject } from '../testing/temp-project.ts';
import { type AuditAsk, auditPage } from './audit.ts';

let temp: TempProject;
beforeEach(() => (temp = tempProject()));
afterEach(() => temp.remove());

function person(name: string, role: PersonRole) {
  const id = newId();
  putPerson(temp.db, { id, name }, role);
  return { db: temp.db, me: { userId: id, deviceId: newId() }, notify: () => {} };
}
type Acts = ReturnType<typeof person>;
function edit(by: Acts, imageId: string, opsOf: (doc: Doc) => readonly Op[]): void {
  const edits = createEdits(by);
  const { rev, doc } = edits.load(imageId);
  edits.apply({ eventId: newId(), groupId: newId(), imageId, baseRev: rev, ops: [...opsOf(doc)] }, 'w');
}
const ask = (filter: Parameters<typeof auditFilterSchema.parse>[0] = {}, more: Partial<AuditAsk> = {}): AuditAsk => ({
  filter: auditFilterSchema.parse(filter),
  below: null,
  limit: 100,
  onlyOf: null,
  ...more,
});
const told = (asked: AuditAsk) =>
  auditPage(temp.db, asked).lines.map(({ imageName, action, deeds }) => `${imageName} ${action} ${deeds.map(({ what }) => what).join(' ')}`);
const call = (by: Acts, filter: object = {}) =>
  auditMethods['audit.page'](
    { filter: auditFilterSchema.parse(filter), below: null, limit: 100 },
    { app: { project: () => by } } as unknown as Context,
    new AbortController().signal,
  );

test('pages of any size, looked through in windows of any size, are the whole log newest first', () => {
  const lea = person('Lea', 'lead');
  const images = [addImageRow(temp.db, 'a.jpg'), addImageRow(temp.db, 'b.jpg')];
  for (let at = 0; at < 11; at++) edit(lea, images[at % 2]!, () => authoring.addCaption(lea.me.userId, `Caption ${at}`));
  for (const [limit, window, budgetMs] of [
    [1, 1, 0],
    [3, 2, 0],
    [4, 100, 1000],
    [500, 3, 1000],
  ] as const) {
    const seqs: number[] = [];
    let below: number | null = null;
    let calls = 0;
    do {
      const page = auditPage(temp.db, ask({}, { below, limit }), window, budgetMs);
      expect(page.lines.length).toBeLessThanOrEqual(limit);
      seqs.push(...page.lines.map(({ seq }) => seq));
      below = page.next;
      calls++;
    } while (below !== null && calls < 50);
    expect(seqs, `${limit} ${window}`).toEqual([11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
  }
});

test('each filter leaves what it says', async () => {
  const [lea, ada] = [person('Lea', 'lead'), person('Ada', 'annotator')];
  const [first, second] = [addImageRow(temp.db, 'harbour_1.jpg'), addImageRow(temp.db, 'field.jpg')];
  edit(lea, first, () => authoring.addCaption(lea.me.userId, 'He wrote "kind":"point" here.'));
  edit(ada, second, () => authoring.addPointSet(ada.me.userId, 'dog'));
  await createEdits(ada).undo(second, 'w');
  edit(lea, second, (doc) => authoring.setState(doc, 'submitted'));
  expect(told(ask())).toEqual(['field.jpg edit state', 'field.jpg undo label-removed', 'field.jpg edit label-added', 'harbour_1.jpg edit wrote']);
  expect(told(ask({ personId: ada.me.userId }))).toHaveLength(2);
  expect(told(ask({ imageId: first }))).toEqual(['harbour_1.jpg edit wrote']);
  expect(told(ask({ imageId: newId() }))).toEqual([]);
  expect(told(ask({ imageName: 'R_1' }))).toEqual(['harbour_1.jpg edit wrote']);
  expect(told(ask({ imageName: '%' }))).toEqual([]);
  expect(told(ask({ action: 'undo' }))).toEqual(['field.jpg undo label-removed']);
  expect(told(ask({ work: 'points' }))).toEqual(['field.jpg undo label-removed', 'field.jpg edit label-added']);
  expect(told(ask({ work: 'captions' }))).toEqual(['harbour_1.jpg edit wrote']);
  const now = Date.now();
  expect(told(ask({ from: now + 60_000 }))).toEqual([]);
  expect(told(ask({ before: now + 60_000, from: now - 60_000 }))).toHaveLength(4);
});

test('annotators see their own edits alone whomever they ask for, reviewers and leads everybody’s, and who left nothing', () => {
  const [lea, rui, ada, ben] = [person('Lea', 'lead'), person('Rui', 'reviewer'), person('Ada', 'annotator'), person('Ben', 'annotator')];
  const imageId = addImageRow(temp.db);
  const set = newId();
  edit(ben, imageId, () => authoring.addPointSet(ben.me.userId, 'zebra', 'present', set));
  edit(ben, imageId, (doc) => authoring.addPoint(doc, set, 10, 10));
  // Before it was given to her blind, Ada moved what Ben had placed.
  edit(ada, imageId, (doc) => authoring.movePoint(doc, doc.point[0]!.id, 20, 20));
  expect(JSON.stringify(call(ada))).toContain('zebra');
  edit(lea, imageId, () => review.addAssignment(lea.me.userId, ada.me.userId, { kind: 'annotate', blind: true }));
  const page = call(ada) as ReturnType<typeof auditPage>;
  expect(page.lines.map(({ personId, deeds }) => [personId, deeds[0]!.what])).toEqual([[ada.me.userId, 'points-moved']]);
  expect(JSON.stringify(page)).not.toContain('zebra');
  expect(call(ada, { personId: ben.me.userId })).toEqual({ lines: [], next: null });
  for (const by of [rui, lea]) expect((call(by) as ReturnType<typeof auditPage>).lines).toHaveLength(4);
  const stranger = { ...ada, me: { userId: newId(), deviceId: newId() } };
  expect(() => call(stranger)).toThrow(expect.objectContaining({ code: 'forbidden' }));
});
