/** A point saved: from the call through the door to the answer after the commit, against a bare insert with the same durability. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { addPoint, addPointSet } from '../shared/domain/authoring.ts';
import { newId } from '../shared/domain/ids.ts';
import { applyOps, type Op } from '../shared/domain/ops.ts';
import { benchCore } from './lib/core.ts';
import { photoFiles } from './lib/photos.ts';
import { median, percentile, report, reportFigure } from './lib/report.ts';

const SAVES = 1000;
const home = mkdtempSync(path.join(tmpdir(), 'pointillist-bench-'));

/** `points`: how many the image holds already. */
async function saves(points: number): Promise<number[]> {
  const core = await benchCore();
  const { jobId } = await core.client.call('images.import', { paths: photoFiles().slice(0, 1), mode: 'reference' });
  await core.finish(jobId);
  const { images } = await core.client.call('images.page', { filter: {}, offset: 0, limit: 1 });
  const { me } = await core.client.call('app.info', {});
  const imageId = images[0]!.id;
  let { doc, rev } = await core.client.call('edits.load', { imageId });
  const setId = newId();
  const save = async (ops: Op[]) => {
    const begun = performance.now();
    const result = await core.client.call('edits.apply', { eventId: newId(), imageId, baseRev: rev, groupId: newId(), ops });
    const time = performance.now() - begun;
    if (result.status !== 'saved') throw new Error(result.status);
    rev = result.rev;
    doc = applyOps(doc, ops).doc;
    return time;
  };
  await save(addPointSet(me.id, 'thing', 'present', setId));
  if (points > 0) await save(Array.from({ length: points }, (_, index) => addPoint(doc, setId, index % 100, (index * 7) % 100)).flat());
  const times: number[] = [];
  for (let index = 0; index < SAVES; index++) times.push(await save(addPoint(doc, setId, Math.random() * 100, Math.random() * 100)));
  await core.close();
  return times;
}

function bare(): number[] {
  const db = new Database(path.join(home, 'bare.sqlite'));
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.exec('CREATE TABLE event (seq INTEGER PRIMARY KEY, ops TEXT)');
  const insert = db.prepare('INSERT INTO event (ops) VALUES (?)');
  const times: number[] = [];
  for (let index = 0; index < SAVES; index++) {
    const begun = performance.now();
    insert.run('x'.repeat(200));
    times.push(performance.now() - begun);
  }
  db.close();
  return times;
}

try {
  const floor = bare();
  const few = await saves(0);
  const many = await saves(10_000);
  report({ what: 'a point saved, few on the image', unit: 'ms', ours: median(few), floor: median(floor), goal: '' });
  report({ what: 'a point saved, 10,000 on the image', unit: 'ms', ours: median(many), floor: median(few), goal: '1' });
  reportFigure('a point saved, 99th percentile, few', percentile(few, 99), 'ms', '<= 8');
  reportFigure('a point saved, 99th percentile, 10,000', percentile(many, 99), 'ms', '<= 8');
} finally {
  rmSync(home, { recursive: true, force: true });
}
