/** Replays the log of every image and compares the result with the projection: proof that what is shown is what was written. */
import { isDeepStrictEqual } from 'node:util';
import { compareEvents, replay } from '../../shared/domain/events.ts';
import type { Point } from '../../shared/domain/model.ts';
import { opSchema } from '../../shared/domain/ops.ts';
import { stateOf } from '../../shared/domain/review.ts';
import { distancePct } from '../../shared/domain/proposal.ts';
import type { Database } from 'better-sqlite3';
import { loadDoc } from './db/docs.ts';
import { eventsOfImage } from './db/events.ts';
import { checkSealEnds, checkSeals } from './db/seal.ts';
import { countsOf } from './db/projection.ts';
import { proposalsOfImage } from './db/proposals.ts';
import { sql } from './db/statement.ts';
import type { JobRunner } from './jobs/runner.ts';
import { figureProblems, figureSumProblems, settleFigures } from './quality/figures/verify.ts';

const MAX_PROBLEMS = 100;
/** Events whose seals are checked before others are served: about 20 µs each. */
const SEALS_AT_ONCE = 500;
/** Others are served after this many milliseconds of work. */
const SLICE_MS = 20;

/** Problems of one image, as sentences for a log; none when all is well. */
export function verifyImage(db: Database, num: number): string[] {
  const problems: string[] = [];
  const image = sql(
    db,
    `SELECT id, name, rev, state, caption_count AS captions, caption_words AS words, question_count AS questions, answer_count AS answers, set_count AS sets, point_count AS points
     FROM image WHERE num = ?`,
  ).get(num) as { id: string; name: string; rev: number; state: string } & Record<string, unknown>;
  const { id, name, rev, state, ...counts } = image;
  const events = eventsOfImage(db, num);
  for (const event of events) {
    if (!event.ops.every((op) => opSchema.safeParse(op).success)) problems.push(`${name}: event ${event.seq} holds an op that is not valid`);
  }
  const replayed = replay(id, events);
  const shown = loadDoc(db, num);
  if (replayed.rev !== rev) problems.push(`${name}: revision ${rev}, by its log ${replayed.rev}`);
  for (const kind of Object.keys(replayed.doc) as (keyof typeof replayed.doc)[]) {
    if (!isDeepStrictEqual(plain(replayed.doc[kind]), plain(shown[kind]))) problems.push(`${name}: ${kind} differs from its log`);
  }
  if (stateOf(replayed.doc) !== state) problems.push(`${name}: state ${state}, by its log ${stateOf(replayed.doc)}`);
  if (!isDeepStrictEqual(countsOf(shown), counts)) problems.push(`${name}: counts differ`);
  problems.push(...proposalProblems(db, num, shown.point).map((problem) => `${name}: ${problem}`));
  problems.push(...figureProblems(db, num).map((problem) => `${name}: ${problem}`));
  const last = [...events].sort(compareEvents).at(-1);
  if (last && events.length > 0 && rev < last.rev) problems.push(`${name}: the log goes beyond its revision`);
  return problems;
}
/** Every point that came from a proposal is what that proposal's verdict says, and the other way round. */
function proposalProblems(db: Database, num: number, points: readonly Point[]): string[] {
  const proposals = proposalsOfImage(db, num);
  if (proposals.length === 0) return [];
  const image = sql(db, 'SELECT width_px AS widthPx, height_px AS heightPx FROM image WHERE num = ?').get(num) as { widthPx: number; heightPx: number };
  const byProposal = new Map(points.flatMap((point) => (point.proposalId === undefined ? [] : [[point.proposalId, point] as const])));
  return proposals.flatMap((proposal) => {
    const point = byProposal.get(proposal.id);
    const taken = proposal.verdict === 'accepted' || proposal.verdict === 'moved';
    if (!point) return taken ? [`proposal ${proposal.id} is said to be accepted and has no point`] : [];
    const moved = distancePct(image, proposal, point);
    const holds = proposal.pointId === point.id && proposal.verdict === (moved > 0 ? 'moved' : 'accepted') && proposal.movedPct === moved;
    return holds ? [] : [`proposal ${proposal.id} is said to be ${proposal.verdict}, its point says otherwise`];
  });
}
/** A log that was damaged may not even be read. */
function problemsOf(db: Database, num: number): string[] {
  try {
    return verifyImage(db, num);
  } catch (thrown) {
    return [`image ${num}: its log cannot be read (${(thrown as Error).message})`];
  }
}
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

/** The job: database integrity, then every image. */
export const runVerify: JobRunner<Record<string, never>> = async (project, _params, job) => {
  const { db } = project;
  const problems: string[] = [];
  for (const { integrity_check: line } of db.pragma('integrity_check') as { integrity_check: string }[]) if (line !== 'ok') problems.push(`database: ${line}`);
  for (const row of db.pragma('foreign_key_check') as { table: string }[]) problems.push(`database: a row of ${row.table} names one that is not there`);
  const nums = (sql(db, 'SELECT num FROM image ORDER BY num').all() as { num: number }[]).map((row) => row.num);
  await settleFigures(db, job.signal);
  let since = performance.now();
  for (const [index, num] of nums.entries()) {
    if (job.signal.aborted) break;
    if (problems.length < MAX_PROBLEMS) problems.push(...problemsOf(db, num));
    job.progress(index + 1, nums.length);
    if (performance.now() - since > SLICE_MS) {
      await new Promise((resolve) => setImmediate(resolve));
      since = performance.now();
    }
  }
  if (!job.signal.aborted) problems.push(...figureSumProblems(db));
  for (let after: number | null = 0; after !== null && !job.signal.aborted && problems.length < MAX_PROBLEMS;) {
    const { problems: found, last } = checkSeals(db, after, SEALS_AT_ONCE);
    problems.push(...found);
    after = last;
    await new Promise((resolve) => setImmediate(resolve));
  }
  problems.push(...checkSealEnds(db));
  const events = (sql(db, 'SELECT count(*) AS n FROM event').get() as { n: number }).n;
  return { kind: 'verify', images: nums.length, events, problems: problems.slice(0, MAX_PROBLEMS) };
};
