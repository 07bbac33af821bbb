/** Jobs as they are kept over restarts. */
import type { Database } from 'better-sqlite3';
import type { Job, JobKind, JobState } from '../../../shared/domain/job.ts';
import { sql } from './statement.ts';

/** A job's row; what is only known while it runs (`secondsLeft`) is not kept. */
export type StoredJob = Omit<Job, 'secondsLeft'>;
interface Row {
  id: string;
  kind: JobKind;
  state: JobState;
  done: number;
  total: number | null;
  current: string | null;
  startedAt: number;
  endedAt: number | null;
  error: string | null;
  result: string | null;
}
const COLUMNS = 'id, kind, state, done, total, current, started_at AS startedAt, ended_at AS endedAt, error, result';

const fromRow = (row: Row): StoredJob => ({
  ...row,
  error: row.error === null ? null : (JSON.parse(row.error) as StoredJob['error']),
  result: row.result === null ? null : (JSON.parse(row.result) as StoredJob['result']),
});

export function insertJob(db: Database, job: StoredJob, params: unknown): void {
  sql(db, 'INSERT INTO job (id, kind, params, state, started_at) VALUES (?, ?, ?, ?, ?)').run(
    job.id,
    job.kind,
    JSON.stringify(params),
    job.state,
    job.startedAt,
  );
}
/** Writes everything of a job but what it was started with. */
export function updateJob(db: Database, job: StoredJob): void {
  sql(db, 'UPDATE job SET state = ?, done = ?, total = ?, current = ?, started_at = ?, ended_at = ?, error = ?, result = ? WHERE id = ?').run(
    job.state,
    job.done,
    job.total,
    job.current,
    job.startedAt,
    job.endedAt,
    job.error === null ? null : JSON.stringify(job.error),
    job.result === null ? null : JSON.stringify(job.result),
    job.id,
  );
}
/** Jobs that ran when the core went away. */
export function interruptRunning(db: Database, at: number): void {
  sql(db, "UPDATE job SET state = 'interrupted', ended_at = ? WHERE state = 'running'").run(at);
}
/** The last jobs, newest first. */
export const lastJobs = (db: Database, limit: number): StoredJob[] =>
  (sql(db, `SELECT ${COLUMNS} FROM job ORDER BY started_at DESC, id DESC LIMIT ?`).all(limit) as Row[]).map(fromRow);
/** A job with what it was started with, or null. */
export function storedJob(db: Database, id: string): { job: StoredJob; params: unknown } | null {
  const row = sql(db, `SELECT ${COLUMNS}, params FROM job WHERE id = ?`).get(id) as (Row & { params: string }) | undefined;
  if (row === undefined) return null;
  const { params, ...rest } = row;
  return { job: fromRow(rest), params: JSON.parse(params) as unknown };
}
