import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import * as authoring from '../../../shared/domain/authoring.ts';
import { mergeLogs, replay } from '../../../shared/domain/events.ts';
import { newId } from '../../../shared/domain/ids.ts';
import type { Op } from '../../../shared/domain/ops.ts';
import { actionArbitrary, opsOf, PROPOSAL_IDS } from '../../../shared/testing/random-work.ts';
import { eventsOfImage } from '../db/events.ts';
import { imageNum } from '../db/images.ts';
import { proposalsOfImage, putProposals, rejectProposals } from '../db/proposals.ts';
import { createEdits, type Edits } from '../edits.ts';
import { addImageRow, tempProject, type TempProject } from '../testing/temp-project.ts';
import { verifyImage } from '../verify.ts';

let project: TempProject;
let edits: Edits;
let imageId: string;
let num: number;
const setId = '01890000-0000-7000-8000-00000000000a';

function start(from: TempProject): void {
  project = from;
  edits = createEdits({ db: project.db, me: project.me, notify: () => {} });
}
/** Shows twelve proposals at (10, 20) and on. */
function show(): void {
  imageId = addImageRow(project.db, 'coins.jpg', { widthPx: 300, heightPx: 400 });
  num = imageNum(project.db, imageId)!;
  const facts = {
    askId: newId(),
    imageNum: num,
    label: 'coin',
    encoderId: 'nanodet-g',
    encoderHash: 'h',
    method: 'similar',
    shownTo: project.me.userId,
  } as const;
  putProposals(
    project.db,
    facts,
    PROPOSAL_IDS.map((id, n) => ({ id, xPct: 10 + n, yPct: 20, score: 1 - n / 20 })),
  );
}
beforeEach(() => {
  start(tempProject());
  show();
  save(authoring.addPointSet(project.me.userId, 'coin', 'present', setId));
});
afterEach(() => project.remove());

function save(ops: readonly Op[]): void {
  const { doc, rev } = edits.load(imageId);
  const result = edits.apply({ eventId: newId(), imageId, baseRev: rev, groupId: newId(), ops: authoring.asDraft(doc, ops) }, 'w');
  expect(result.status).toBe('saved');
}
const doc = () => edits.load(imageId).doc;
const accept = (...which: number[]) =>
  save(
    authoring.acceptProposals(
      doc(),
      setId,
      which.map((n) => ({ proposalId: PROPOSAL_IDS[n]!, xPct: 10 + n, yPct: 20 })),
    ),
  );
const verdicts = () =>
  proposalsOfImage(project.db, num)
    .map(({ verdict }) => verdict[0])
    .join('');

test('a proposal is no point until an edit says so', () => {
  expect(doc().point).toEqual([]);
  expect(rejectProposals(project.db, num, [PROPOSAL_IDS[0]!], true)).toBe(1);
  expect(doc().point).toEqual([]);
  accept(1);
  expect(doc().point.map((point) => point.proposalId)).toEqual([PROPOSAL_IDS[1]]);
});

test('accepting many is one undo, which opens them again; redo accepts them again', async () => {
  accept(0, 1, 2);
  expect(verdicts()).toBe('aaaooooooooo');
  await edits.undo(imageId, 'w');
  expect(verdicts()).toBe('oooooooooooo');
  expect(doc().point).toEqual([]);
  await edits.redo(imageId, 'w');
  expect(verdicts()).toBe('aaaooooooooo');
});

test('moving an accepted point, now or later, says how far in percent of the diagonal', () => {
  accept(0);
  // 3 % of 300 px is 9, 3 % of 400 px is 12: 15 of the diagonal's 500
  save(authoring.movePoint(doc(), doc().point[0]!.id, 13, 23));
  expect(proposalsOfImage(project.db, num)[0]).toMatchObject({ verdict: 'moved', movedPct: 3, pointId: doc().point[0]!.id });
  save(authoring.movePoint(doc(), doc().point[0]!.id, 10, 20));
  expect(proposalsOfImage(project.db, num)[0]).toMatchObject({ verdict: 'accepted', movedPct: 0 });
  save(authoring.acceptProposals(doc(), setId, [{ proposalId: PROPOSAL_IDS[1]!, xPct: 11, yPct: 25 }]));
  expect(proposalsOfImage(project.db, num)[1]).toMatchObject({ verdict: 'moved', movedPct: 4 });
});

test('deleting an accepted point says that it was wrong, and undo takes that back; deleting the whole label says nothing', async () => {
  accept(0, 1);
  save(authoring.removePoints(doc(), [doc().point[0]!.id]));
  expect(verdicts()).toBe('raoooooooooo');
  await edits.undo(imageId, 'w');
  expect(verdicts()).toBe('aaoooooooooo');
  save(authoring.removePointSet(doc(), setId));
  expect(verdicts()).toBe('oooooooooooo');
});

test('what was rejected is not accepted by rejecting it again, and an accepted one can’t be rejected beside its point', () => {
  accept(0);
  expect(rejectProposals(project.db, num, PROPOSAL_IDS.slice(0, 2), true)).toBe(1);
  expect(verdicts()).toBe('aroooooooooo');
  expect(rejectProposals(project.db, num, PROPOSAL_IDS.slice(0, 2), false)).toBe(1);
  expect(verdicts()).toBe('aooooooooooo');
});

test('whatever people do, undo and redo, verdicts say what the points say, also after a restart, and two copies’ logs keep where points came from', async () => {
  const mine = (ops: readonly Op[]): Op[] => JSON.parse(JSON.stringify(ops), (key, value) => (key === 'authorId' ? project.me.userId : value)) as Op[];
  const step = fc.oneof({ weight: 8, arbitrary: actionArbitrary }, { weight: 2, arbitrary: fc.constantFrom('undo', 'redo', 'restart', 'reject') });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      project.remove();
      start(tempProject());
      show();
      for (const action of steps) {
        if (action === 'restart') start(project.reopen());
        else if (action === 'undo') await edits.undo(imageId, 'w');
        else if (action === 'redo') await edits.redo(imageId, 'w');
        else if (action === 'reject') rejectProposals(project.db, num, PROPOSAL_IDS.slice(0, 4), true);
        else {
          const ops = mine(opsOf(doc(), action));
          if (ops.length > 0) save(ops);
        }
      }
      expect(verifyImage(project.db, num)).toEqual([]);
      const events = eventsOfImage(project.db, num);
      const half = Math.ceil(events.length / 2);
      const merged = mergeLogs(events.slice(0, half + 1), events.slice(half));
      expect(replay(imageId, merged).doc.point).toEqual(doc().point);
    }),
    { numRuns: 60 },
  );
});
