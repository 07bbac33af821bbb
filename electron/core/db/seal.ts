/**
 * Seals: a hash chain over the log, one chain for each device. A seal is sha256 over the seal before it on that device and the event's content. The image goes
 * in by the hash of its bytes, because another copy of the project may know the same image by another id.
 */
import type { Database } from 'better-sqlite3';
import { createHash } from 'node:crypto';
import type { EventRow } from './events.ts';
import { sql } from './statement.ts';

/** What of an event is sealed: everything but its place in this copy. `imageId` and `sha256` are of its image. */
export type Sealed = Pick<
  EventRow,
  'id' | 'rev' | 'userId' | 'deviceId' | 'at' | 'groupId' | 'action' | 'refGroupId' | 'ops' | 'activeMs' | 'parents' | 'textInput'
> & {
  readonly imageId: string;
  readonly sha256: string;
};
const NONE = Buffer.alloc(0);

/** The content of an event as it is sealed: the same in every copy. */
export function sealedContent(event: Sealed): string {
  const ops = event.ops.replaceAll(event.imageId, '@image');
  const { id, sha256, rev, userId, deviceId, at, groupId, action, refGroupId, activeMs, parents, textInput } = event;
  // How its texts came is gathered in few projects, and came later: without it the seal is what it was.
  const gathered = textInput === null ? [] : [textInput];
  return JSON.stringify([1, id, sha256, rev, userId, deviceId, at, groupId, action, refGroupId, ops, activeMs ?? null, parents ?? null, ...gathered]);
}

/** The seal of an event after another; 32 bytes. */
export const sealOf = (prev: Buffer, event: Sealed): Buffer => createHash('sha256').update(prev).update(sealedContent(event)).digest();

/** The last seal of a device; empty where it has none. */
export const lastSeal = (db: Database, deviceId: string): Buffer =>
  (sql(db, 'SELECT hash FROM seal WHERE device_id = ? ORDER BY event_seq DESC LIMIT 1').pluck().get(deviceId) as Buffer | undefined) ?? NONE;

/** Seals an event that was just written here. Call inside the transaction that wrote it. */
export function seal(db: Database, seq: number, event: Sealed): void {
  const prev = lastSeal(db, event.deviceId);
  putSeal(db, seq, event.deviceId, prev, sealOf(prev, event), null);
}

/** Keeps a seal that was made elsewhere. */
export function putSeal(db: Database, seq: number, deviceId: string, prev: Buffer, hash: Buffer, originSeq: number | null): void {
  sql(db, 'INSERT INTO seal (event_seq, device_id, prev, hash, origin_seq) VALUES (?, ?, ?, ?, ?)').run(seq, deviceId, prev, hash, originSeq);
}

/** The last seal of each device, in hex. */
export function sealHeads(db: Database): Record<string, string> {
  const rows = sql(
    db,
    'SELECT device_id AS device, hash FROM seal WHERE event_seq IN (SELECT max(event_seq) FROM seal GROUP BY device_id) ORDER BY device_id',
  ).all();
  return Object.fromEntries((rows as { device: string; hash: Buffer }[]).map(({ device, hash }) => [device, hash.toString('hex')]));
}

/** Columns of an event as it is sealed, with `event` and `image` joined. */
export const SEALED_COLUMNS = `event.seq, event.id, event.rev, event.user_id AS userId, event.device_id AS deviceId, event.at, event.group_id AS groupId,
  event.action, event.ref_group_id AS refGroupId, event.ops, event.active_ms AS activeMs, event.parents, event.text_input AS textInput, image.id AS imageId, image.sha256`;

/** Seals a log that was written before there were seals, once: about 15 µs an event. Later an event without a seal is a finding. */
export function sealOldLog(db: Database): void {
  if (sql(db, "SELECT 1 FROM meta WHERE key = 'sealed_at'").get()) return;
  db.transaction(() => {
    const page = db.prepare(`SELECT ${SEALED_COLUMNS} FROM event JOIN image ON image.num = event.image_num WHERE event.seq > ? ORDER BY event.seq LIMIT 500`);
    for (let last = 0; ;) {
      const rows = page.all(last) as (Sealed & { seq: number })[];
      for (const row of rows) seal(db, row.seq, row);
      if (rows.length === 0) break;
      last = rows.at(-1)!.seq;
    }
    sql(db, "INSERT INTO meta (key, value) VALUES ('sealed_at', ?)").run(String(Date.now()));
  })();
}

/** One stretch of the log, checked against its seals. Problems are sentences for a log, each naming image and event. */
export function checkSeals(db: Database, after: number, limit: number): { problems: string[]; last: number | null } {
  const rows = sql(
    db,
    `SELECT ${SEALED_COLUMNS}, image.name, seal.prev, seal.hash, seal.origin_seq AS originSeq FROM event JOIN image ON image.num = event.image_num
     LEFT JOIN seal ON seal.event_seq = event.seq WHERE event.seq > ? ORDER BY event.seq LIMIT ?`,
  ).all(after, limit) as (Sealed & { seq: number; name: string; prev: Buffer | null; hash: Buffer | null; originSeq: number | null })[];
  const problems = rows.flatMap((row) => {
    const where = `${row.name}: event ${row.seq}`;
    if (row.prev === null || row.hash === null) return [`${where} has no seal: it was not written by the app`];
    if (!sealOf(row.prev, row).equals(row.hash)) return [`${where} (${row.id}) was altered after it was written`];
    if (row.prev.length === 0) return [];
    const before = sql(db, 'SELECT event_seq AS seq, origin_seq AS originSeq, device_id AS deviceId FROM seal WHERE hash = ?').get(row.prev) as
      | { seq: number; originSeq: number | null; deviceId: string }
      | undefined;
    if (!before) return sql(db, 'SELECT 1 FROM seal_stub WHERE hash = ?').get(row.prev) ? [] : [`${where}: what came before it on its device was taken out`];
    if (before.deviceId !== row.deviceId) return [`${where} was made to follow an event of another device`];
    if (before.originSeq === null && row.originSeq === null && before.seq > row.seq) return [`${where} was put before event ${before.seq}, which it followed`];
    return [];
  });
  return { problems, last: rows.at(-1)?.seq ?? null };
}

/** What seals say of the log as a whole: seals without their event, and ends that a release remembers and the log no longer has. */
export function checkSealEnds(db: Database): string[] {
  const lost = sql(db, 'SELECT event_seq AS seq FROM seal WHERE NOT EXISTS (SELECT 1 FROM event WHERE event.seq = seal.event_seq) LIMIT 20').all() as {
    seq: number;
  }[];
  const problems = lost.map(({ seq }) => `event ${seq} was taken out of the log`);
  const releases = sql(db, 'SELECT name, heads FROM release ORDER BY created_at').all() as { name: string; heads: string }[];
  const has = sql(db, 'SELECT 1 FROM seal WHERE hash = ? UNION ALL SELECT 1 FROM seal_stub WHERE hash = ?');
  for (const { name, heads } of releases) {
    for (const hash of Object.values(JSON.parse(heads) as Record<string, string>)) {
      const bytes = Buffer.from(hash, 'hex');
      if (!has.get(bytes, bytes)) problems.push(`release ${name}: the log ends before events that are part of it`);
    }
  }
  return problems;
}
