/** Pages of the audit: windows over the log, newest first. The ops of no more than a page are read. */
import type { Database } from 'better-sqlite3';
import { type AuditFilter, type AuditLine, type AuditPage, auditWork } from '../../../shared/domain/audit.ts';
import { deedsOfOps, type OpNames } from '../../../shared/domain/op-deeds.ts';
import type { Op } from '../../../shared/domain/ops.ts';
import { BLIND_TO } from '../db/blind.ts';
import { lastSeq } from '../db/events.ts';
import { imageNum } from '../db/images.ts';
import { sql } from '../db/statement.ts';

/** Others are served after this: the client goes on from where the page ends. */
const BUDGET_MS = 25;
/** Sequence numbers that one statement looks through; a tenth of that where it has to look into the ops. */
const WINDOW = 10_000;
/** Ops of a page in bytes of JSON: reading as much takes about as long as the budget. One edit may be larger. */
const PAGE_BYTES = 1_000_000;

export interface AuditAsk {
  readonly filter: AuditFilter;
  /** Only events below this sequence number; null: from the last. */
  readonly below: number | null;
  readonly limit: number;
  /** Who sees nothing but their own edits; null sees everybody's. */
  readonly onlyOf: string | null;
}
interface Found {
  readonly seq: number;
  readonly bytes: number;
}
type Row = Omit<AuditLine, 'deeds'> & { readonly imageNum: number; readonly ops: string };

/** `window` and `budgetMs` say how much of the log one statement and one page look through. */
export function auditPage(db: Database, ask: AuditAsk, window = ask.filter.work === null ? WINDOW : WINDOW / 10, budgetMs = BUDGET_MS): AuditPage {
  const began = performance.now();
  const num = ask.filter.imageId === null ? null : (imageNum(db, ask.filter.imageId) ?? -1);
  const { where, values } = conditions(ask, num);
  const text = `SELECT event.seq, octet_length(event.ops) AS bytes FROM event WHERE event.seq BETWEEN @low AND @high${where} ORDER BY event.seq DESC LIMIT @limit`;
  const lines: AuditLine[] = [];
  let bytes = 0;
  let high = (ask.below ?? lastSeq(db) + 1) - 1;
  while (high >= 1) {
    const low = Math.max(1, high - window + 1);
    const limit = ask.limit - lines.length;
    const found = sql(db, text).all({ ...values, low, high, limit }) as Found[];
    for (const row of found) {
      bytes += row.bytes;
      if (lines.length > 0 && bytes > PAGE_BYTES) return { lines, next: row.seq + 1 };
      lines.push(lineOf(db, row.seq, ask.onlyOf));
    }
    if (found.length === limit) return { lines, next: nextOf(found.at(-1)!.seq) };
    high = low - 1;
    if (performance.now() - began >= budgetMs) return { lines, next: nextOf(low) };
  }
  return { lines, next: null };
}
const nextOf = (seq: number) => (seq > 1 ? seq : null);

function conditions({ filter, onlyOf }: AuditAsk, num: number | null) {
  const parts: string[] = [];
  const values: Record<string, string | number> = {};
  const add = (part: string, named: Record<string, string | number>) => {
    parts.push(` AND ${part}`);
    Object.assign(values, named);
  };
  if (onlyOf !== null) add('event.user_id = @onlyOf', { onlyOf });
  if (filter.personId !== null) add('event.user_id = @personId', { personId: filter.personId });
  if (num !== null) add('event.image_num = @num', { num });
  if (filter.imageName !== '') {
    const like = `%${filter.imageName.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
    add(String.raw`(SELECT name FROM image WHERE num = event.image_num) LIKE @like ESCAPE '\'`, { like });
  }
  if (filter.action !== null) add('event.action = @action', { action: filter.action });
  if (filter.from !== null) add('event.at >= @from', { from: filter.from });
  if (filter.before !== null) add('event.at < @before', { before: filter.before });
  // Quotes inside a text are escaped in JSON, so that this is found nowhere but at an op.
  if (filter.work !== null) add(`(${auditWork[filter.work].map((kind) => `instr(event.ops, '"kind":"${kind}"')`).join(' OR ')})`, {});
  return { where: parts.join(''), values };
}

function lineOf(db: Database, seq: number, onlyOf: string | null): AuditLine {
  const text = `SELECT event.seq, event.at, event.action, event.user_id AS personId, event.image_num AS imageNum, image.id AS imageId, image.name AS imageName,
    event.ops FROM event JOIN image ON image.num = event.image_num WHERE event.seq = ?`;
  const { ops, imageNum: num, ...line } = sql(db, text).get(seq) as Row;
  return { ...line, deeds: deedsOfOps(JSON.parse(ops) as Op[], namesOf(db, num, onlyOf)) };
}

/** Names as they are now. Where a person works blind, none of what others wrote. */
function namesOf(db: Database, num: number, onlyOf: string | null): OpNames {
  const blind = onlyOf !== null && sql(db, `SELECT 1 FROM (${BLIND_TO}) WHERE image_num = ?`).get(onlyOf, num) !== undefined;
  const of = <T>(text: string, id: string) => (sql(db, text).pluck().get(num, id) as T | undefined) ?? null;
  return {
    label: (setId) => {
      const row = sql(db, 'SELECT label, author_id AS authorId FROM point_set WHERE image_num = ? AND id = ?').get(num, setId) as
        | { label: string; authorId: string }
        | undefined;
      return row && (!blind || row.authorId === onlyOf) ? row.label : null;
    },
    setOf: (pointId) => of('SELECT set_id FROM point WHERE image_num = ? AND id = ?', pointId),
    role: (turnId) => of('SELECT role FROM turn WHERE image_num = ? AND id = ?', turnId),
  };
}
