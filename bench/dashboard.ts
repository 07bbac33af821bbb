/** All figures of a dashboard over 100,000 images with 2,000,000 points, through the door, against one look at every point of the same database. */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { addCaption, addPoint, addPointSet, addThread, setState } from '../shared/domain/authoring.ts';
import type { FigureFilter } from '../shared/domain/figures.ts';
import { emptyDoc } from '../shared/domain/model.ts';
import { newId } from '../shared/domain/ids.ts';
import { applyOps, type Op } from '../shared/domain/ops.ts';
import { writeProjection } from '../electron/core/db/projection.ts';
import { openDatabase } from '../electron/core/db/open.ts';
import { appendEvent } from '../electron/core/db/events.ts';
import { settleFigures } from '../electron/core/quality/figures/verify.ts';
import { benchCore } from './lib/core.ts';
import { median, percentile, report, reportFigure } from './lib/report.ts';

const IMAGES = Number(process.env['BENCH_IMAGES'] ?? 100_000);
const WRITTEN = Math.min(2000, IMAGES);
const POINTS = 20;
const PEOPLE = 8;
const DAYS = 120;
const DAY_MS = 86_400_000;
const ROUNDS = 15;
const home = mkdtempSync(path.join(tmpdir(), 'pointillist-bench-'));
const folder = path.join(home, 'project');

/** Images written through the same code as an edit is, each another; the others are these again, some days later. */
function fill(): void {
  const { db } = openDatabase(folder, false);
  const people = Array.from({ length: PEOPLE }, () => newId());
  const person = db.prepare('INSERT INTO person (id, name) VALUES (?, ?)');
  people.forEach((id, index) => person.run(id, `Person ${index}`));
  const image = db.prepare(
    `INSERT INTO image (id, sha256, name, path, copied, format, width_px, height_px, orientation, size_bytes, phash, added_at)
     VALUES (?, ?, ?, ?, 0, 'jpeg', 640, 480, 1, 1000, '0000000000000000', ?)`,
  );
  const begun = Date.now() - DAYS * DAY_MS;
  const abilities = ['colour', 'counting', 'reading', 'place', 'action', 'material'];
  db.transaction(() => {
    for (let index = 0; index < WRITTEN; index++) {
      const id = newId();
      const sha256 = createHash('sha256').update(id).digest('hex');
      const num = Number(image.run(id, sha256, `${index}.jpg`, `/nowhere/${index}.jpg`, begun).lastInsertRowid);
      const author = people[index % PEOPLE]!;
      const [animal, thing] = [newId(), newId()];
      const labels = [`label ${index % 40}`, `rare ${index % 3000}`] as const;
      const thread = addThread(author, 'what is this', 'a thing') as Extract<Op, { op: 'add'; kind: 'thread' | 'turn' }>[];
      const typed = thread.map((op) =>
        op.kind === 'turn' && op.row.role === 'question' ? { ...op, row: { ...op.row, questionType: 'free', ability: abilities[index % 6]! } } : op,
      ) as Op[];
      const ops: Op[] = [
        ...addCaption(author, 'word '.repeat(20 + ((index * 7919) % 180))),
        ...typed,
        ...addPointSet(author, labels[0], 'present', animal),
        ...addPointSet(author, labels[1], 'present', thing),
      ];
      const withSets = applyOps(emptyDoc(id), ops).doc;
      for (let point = 0; point < POINTS; point++) ops.push(...addPoint(withSets, point % 2 === 0 ? animal : thing, point * 5, (point * 7) % 100));
      let doc = emptyDoc(id);
      let rev = 0;
      const edit = (userId: string, made: readonly Op[], at: number, activeMs: number) => {
        const applied = applyOps(doc, made);
        doc = applied.doc;
        appendEvent(db, num, {
          id: newId(),
          imageId: id,
          rev: ++rev,
          userId,
          deviceId: userId,
          at,
          groupId: newId(),
          action: 'edit',
          refGroupId: null,
          ops: made,
          activeMs,
        });
        return applied.changes;
      };
      const at = begun + Math.floor((index / WRITTEN) * 20) * DAY_MS + (index % 8) * 3_600_000;
      const changes = [...edit(author, ops, at, 30_000 + ((index * 104_729) % 400_000)), ...edit(author, setState(doc, 'submitted'), at + 60_000, 5000)];
      if (index % 3 !== 0)
        changes.push(...edit(people[(index + 1) % PEOPLE]!, setState(doc, index % 5 === 0 ? 'returned' : 'accepted'), at + (index % 9) * DAY_MS, 20_000));
      writeProjection(db, num, rev, at, doc, changes);
    }
  })();
  multiply(db);
  db.close();
}
function multiply(db: ReturnType<typeof openDatabase>['db']): void {
  const columnsOf = (table: string) => (db.pragma(`table_info(${table})`) as { name: string }[]).map(({ name }) => name);
  const random =
    "lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-7' || substr(hex(randomblob(2)), 2) || '-a' || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))";
  const copy = (table: string, changes: Record<string, string>, skip: string[] = []) => {
    const columns = columnsOf(table).filter((column) => !skip.includes(column));
    return db.prepare(
      `INSERT INTO ${table} (${columns.join(', ')}) SELECT ${columns.map((column) => changes[column] ?? column).join(', ')} FROM ${table} WHERE ${table === 'image' ? 'num' : 'image_num'} <= ${WRITTEN}`,
    );
  };
  const shifted = { image_num: 'image_num + @by' };
  const later = `+ @turn * ${2 * DAY_MS}`;
  const copies = [
    copy('image', { num: 'num + @by', id: random, sha256: 'lower(hex(randomblob(32)))', edited_at: `edited_at ${later}` }),
    copy('caption', { ...shifted, created_at: `created_at ${later}` }),
    ...['thread', 'turn', 'point_set'].map((table) => copy(table, shifted)),
    copy('point', shifted),
    copy('event', { ...shifted, id: random, at: `at ${later}` }, ['seq']),
  ];
  for (let turn = 1; turn * WRITTEN < IMAGES; turn++) db.transaction(() => copies.forEach((statement) => statement.run({ by: turn * WRITTEN, turn })))();
}

try {
  const made = await benchCore(folder);
  await made.close();
  fill();
  const { db } = openDatabase(folder, false);
  const begun = process.cpuUsage().user;
  await settleFigures(db, new AbortController().signal);
  reportFigure(`figures of ${IMAGES} images worked out anew`, (process.cpuUsage().user - begun) / 1e6, 's (cpu)', 'behind the work');
  const sizes = db.prepare("SELECT sum(pgsize) FROM dbstat WHERE name LIKE '%figure_%'").pluck();
  try {
    reportFigure('figures in the file', (sizes.get() as number) / 1e6, 'MB', '');
  } catch {
    // This SQLite has no dbstat.
  }
  const scan = () => {
    const start = performance.now();
    db.prepare('SELECT count(*) FROM point WHERE x_pct >= 0').get();
    return performance.now() - start;
  };
  scan();
  const floor = Array.from({ length: 5 }, scan);
  const somebody = db.prepare("SELECT id FROM person WHERE name = 'Person 3'").pluck().get() as string;
  const last = db.prepare('SELECT max(day) FROM figure_sum').pluck().get() as number;
  db.close();

  const core = await benchCore(path.join(home, 'other'));
  await core.client.call('project.open', { folder });
  const filters: [string, Partial<FigureFilter>][] = [
    ['everything', {}],
    ['one person', { personId: somebody }],
    ['a month, in two states', { fromDay: last - 40, toDay: last - 10, states: ['accepted', 'returned'] }],
  ];
  for (const [what, filter] of filters) {
    const times: number[] = [];
    for (let round = 0; round <= ROUNDS; round++) {
      const start = performance.now();
      const found = await core.client.call('figures.overview', { filter });
      if (round > 0) times.push(performance.now() - start);
      if (found.pending > 0 || found.images === 0) throw new Error(`${what}: ${found.images} images, ${found.pending} pending`);
    }
    report({ what: `dashboard, ${what}, against a count over all points`, unit: 'ms', ours: median(times), floor: median(floor), goal: '300 ms' });
    reportFigure(`dashboard, ${what}, 95th percentile`, percentile(times, 95), 'ms', '<= 300');
  }
  const times = Array.from({ length: ROUNDS }, () => 0);
  for (const round of times.keys()) {
    const start = performance.now();
    await core.client.call('figures.items', { kind: 'caption', least: 50, most: 1000, filter: {} });
    times[round] = performance.now() - start;
  }
  reportFigure('the images behind a figure, most of them', median(times), 'ms', '<= 300');
  await core.close();
} finally {
  rmSync(home, { recursive: true, force: true });
}
