import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import * as authoring from '../../../shared/domain/authoring.ts';
import { newId } from '../../../shared/domain/ids.ts';
import type { Op } from '../../../shared/domain/ops.ts';
import { hidesProposals } from '../../../shared/domain/proposal.ts';
import { differenceOf, reportCsv } from '../../../shared/domain/proposal-report.ts';
import { imageNum } from '../db/images.ts';
import { readMeta, writeMeta } from '../db/meta.ts';
import { putProposals, rejectProposals } from '../db/proposals.ts';
import { writeSettings } from '../db/settings.ts';
import { createEdits, type Edits } from '../edits.ts';
import { addImageRow, tempProject, type TempProject } from '../testing/temp-project.ts';
import { proposalReport } from './report.ts';

let project: TempProject;
let edits: Edits;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] });
  project = tempProject();
  writeMeta(project.db, 'id', newId());
  edits = createEdits({ db: project.db, me: project.me, notify: () => {} });
});
afterEach(() => {
  vi.useRealTimers();
  project.remove();
});

function save(imageId: string, ops: readonly Op[], afterMs: number): void {
  vi.setSystemTime(Date.now() + afterMs);
  const { rev } = edits.load(imageId);
  expect(edits.apply({ eventId: newId(), imageId, baseRev: rev, groupId: newId(), ops: [...ops] }, 'w').status).toBe('saved');
}
const doc = (imageId: string) => edits.load(imageId).doc;

/** One coin by hand in 3 s; where proposals are shown, four more are accepted in 2 s, one of five moved, one rejected, one left. */
function work(imageId: string, label: string): void {
  const setId = newId();
  save(imageId, authoring.addPointSet(project.me.userId, label, 'present', setId), 10);
  save(imageId, authoring.addPoint(doc(imageId), setId, 50, 50), 3000);
  if (hidesProposals(imageId, readMeta(project.db, 'id'), 0.5)) {
    save(imageId, authoring.addPoint(doc(imageId), setId, 60, 50), 3000);
    return;
  }
  const shown = Array.from({ length: 6 }, (_, n) => ({ id: newId(), xPct: 10 + n * 10, yPct: 20, score: 0.9 }));
  const facts = {
    askId: newId(),
    imageNum: imageNum(project.db, imageId)!,
    label,
    encoderId: 'e',
    encoderHash: 'h',
    method: 'similar',
    shownTo: project.me.userId,
  } as const;
  putProposals(project.db, facts, shown);
  const spots = shown.slice(0, 4).map(({ id, xPct, yPct }, n) => ({ proposalId: id, xPct: n === 0 ? xPct + 3 : xPct, yPct }));
  save(imageId, authoring.acceptProposals(doc(imageId), setId, spots), 2000);
  rejectProposals(project.db, facts.imageNum, [shown[4]!.id], true);
}

test('what was shown, accepted, moved, rejected and left is added up, with the time that it saved and the difference to images without', async () => {
  writeSettings(project.db, { proposals: { hiddenShare: 0.5 } });
  const images = Array.from({ length: 60 }, () => addImageRow(project.db, 'coins.jpg', { widthPx: 300, heightPx: 400 }));
  for (const id of images) work(id, 'coin');
  const hidden = images.filter((id) => hidesProposals(id, readMeta(project.db, 'id'), 0.5)).length;
  const seen = images.length - hidden;
  const report = await proposalReport(project.db);
  expect(report).toMatchObject({ hiddenShare: 0.5, time: { handMs: 3000, handPoints: images.length + hidden, acceptedMs: 500, acceptedPoints: 4 * seen } });
  expect(report.rows).toHaveLength(1);
  const row = report.rows[0]!;
  expect(row).toMatchObject({
    label: 'coin',
    images: seen,
    shown: 6 * seen,
    accepted: 3 * seen,
    moved: seen,
    rejected: seen,
    open: seen,
    precision: 0.8,
    savedMs: 4 * seen * 2500,
  });
  // 3 % of 300 px is 9 of a diagonal of 500
  expect(row.movedMedianPct).toBeCloseTo(1.8);
  expect(row.counts).toMatchObject({
    status: 'measured',
    shownImages: seen,
    hiddenImages: hidden,
    shownMean: 5,
    hiddenMean: 2,
    difference: 3,
    low: 3,
    high: 3,
  });
  expect(row.spread.status).toBe('measured');
});

test('too little is said to be too little', async () => {
  writeSettings(project.db, { proposals: { hiddenShare: 0.5 } });
  for (let n = 0; n < 4; n++) work(addImageRow(project.db), 'coin');
  work(addImageRow(project.db), 'cup');
  for (const row of (await proposalReport(project.db)).rows) expect(row).toMatchObject({ savedMs: null, counts: { status: 'too-few' } });
  expect((await proposalReport(project.db)).rows.every((row) => row.precision === 0.8)).toBe(true);
});

test('the interval holds the true difference in about 95 of 100 cases, and is the same for the same values', () => {
  const shown = Array.from({ length: 200 }, (_, n) => (n * 7919) % 20);
  const hidden = Array.from({ length: 50 }, (_, n) => (n * 104729) % 20);
  const first = differenceOf(shown, hidden);
  expect(differenceOf(shown, hidden)).toEqual(first);
  let holds = 0;
  let state = 1;
  const random = () => (state = (state * 48271) % 2147483647) / 2147483647;
  for (let round = 0; round < 200; round++) {
    const found = differenceOf(
      Array.from({ length: 40 }, () => 5 + random() * 10),
      Array.from({ length: 40 }, () => 3 + random() * 10),
    );
    if (found.status === 'measured' && found.low <= 2 && found.high >= 2) holds++;
  }
  expect(holds / 200).toBeGreaterThan(0.88);
  expect(holds / 200).toBeLessThan(1);
});

test('the table is CSV that a spreadsheet reads, whatever a label is', () => {
  const none = { status: 'too-few', shownImages: 0, hiddenImages: 0 } as const;
  const row = {
    encoderId: 'e',
    encoderHash: 'h',
    images: 1,
    shown: 1,
    accepted: 0,
    moved: 0,
    movedMedianPct: null,
    rejected: 0,
    open: 1,
    precision: null,
    savedMs: null,
  };
  const time = { handMs: null, handPoints: 0, acceptedMs: null, acceptedPoints: 0 };
  const rows = ['=1+1', 'a "b", c', '硬貨'].map((label) => ({ ...row, label, counts: none, spread: none }));
  const lines = reportCsv({ rows, time, hiddenShare: 0 }).trimEnd().split('\r\n');
  expect(lines.slice(1).map((line) => line.split(',1,1,0,0,')[0])).toEqual(["e,h,'=1+1", 'e,h,"a ""b"", c"', 'e,h,硬貨']);
});
