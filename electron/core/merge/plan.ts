/**
 * Reads a copy of the project from end to end before anything of it is written: every row is checked as if a stranger had made it, and what is new is noted.
 * Whatever does not hold ends the merge with a sentence and leaves the project as it was.
 */
import { z } from 'zod';
import { imageFormats } from '../../../shared/domain/image.ts';
import { idSchema } from '../../../shared/domain/model.ts';
import { type Op, opSchema } from '../../../shared/domain/ops.ts';
import { textInputSchema } from '../../../shared/domain/text-origin.ts';
import { MAX_ACTIVE_MS } from '../../../shared/rpc/contract.ts';
import { AppError } from '../../../shared/rpc/errors.ts';
import type { Db } from '../db/open.ts';
import { sealedContent, type Sealed, SEALED_COLUMNS, sealOf } from '../db/seal.ts';
import { sql } from '../db/statement.ts';

/** Events that are read before others are served: checking one takes about 50 µs. */
const PAGE = 100;
const MAX_OPS_CHARACTERS = 200_000_000;
const MAX_REV = 100_000_000;

function isTextInput(text: string): boolean {
  try {
    return textInputSchema.safeParse(JSON.parse(text)).success;
  } catch {
    return false;
  }
}

const imageSchema = z.object({
  num: z.int().positive(),
  id: idSchema,
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  name: z.string().min(1).max(4096),
  path: z.string().max(8192),
  copied: z.union([z.literal(0), z.literal(1)]),
  format: z.enum(imageFormats),
  width_px: z.int().positive().max(1_000_000),
  height_px: z.int().positive().max(1_000_000),
  orientation: z.int().min(1).max(8),
  size_bytes: z.int().nonnegative(),
  phash: z.string().regex(/^[0-9a-f]{16}$/),
  taken_at: z.int().nullable(),
  camera: z.string().max(500).nullable(),
  added_at: z.int().nonnegative(),
  needs_rendition: z.union([z.literal(0), z.literal(1)]),
});
export type IncomingImage = z.infer<typeof imageSchema>;
const eventSchema = z.object({
  seq: z.int().positive(),
  id: idSchema,
  rev: z.int().min(1).max(MAX_REV),
  userId: idSchema,
  deviceId: idSchema,
  at: z.int().nonnegative(),
  groupId: idSchema,
  action: z.enum(['edit', 'undo', 'redo']),
  refGroupId: idSchema.nullable(),
  ops: z.string().max(MAX_OPS_CHARACTERS),
  /** How its texts came (`shared/domain/events.ts`). */
  textInput: z.string().max(200_000).refine(isTextInput).nullable(),
  activeMs: z.int().nonnegative().max(MAX_ACTIVE_MS).nullable(),
  parents: z
    .string()
    .max(40_000)
    .refine((text) => text === '' || text.split(' ').every((id) => idSchema.safeParse(id).success))
    .nullable(),
});
const opsSchema = z.array(opSchema).min(1).max(200_000);
const personSchema = z.object({ id: idSchema, name: z.string().trim().min(1).max(80) });

export interface Plan {
  /** Images of the other copy by their number there. `num` is their number here, null where they are new; `id` is the one that holds here. */
  readonly images: ReadonlyMap<number, { readonly num: number | null; readonly id: string; readonly row: IncomingImage }>;
  readonly people: readonly { readonly id: string; readonly name: string }[];
  /** Sequence numbers (there) of the events that are new, by the number (there) of their image, in order. */
  readonly fresh: ReadonlyMap<number, readonly number[]>;
  readonly known: number;
  /** New events by person. */
  readonly byPerson: ReadonlyMap<string, number>;
  /** Seals that the new events follow and that neither copy holds. */
  readonly stubs: readonly Buffer[];
}

const broken = (why: string, image = '', event = '') => new AppError('invalid', why, { key: 'merge-broken', image, event });

/** Checks all of `theirs` against `ours`. Throws AppError `merge-broken`, `merge-altered`, `merge-damaged`. */
export async function planMerge(ours: Db, theirs: Db, signal: AbortSignal, progress: (done: number, total: number) => void): Promise<Plan> {
  try {
    const people = (theirs.prepare('SELECT id, name FROM person').all() as unknown[]).map((row) => check(personSchema, row, 'a person'));
    const images = planImages(ours, theirs);
    const known = new Set(people.map(({ id }) => id));
    const total = theirs.prepare('SELECT count(*) FROM event').pluck().get() as number;
    const fresh = new Map<number, number[]>();
    const byPerson = new Map<string, number>();
    const stubs = new Map<string, Buffer>();
    const page = theirs.prepare(
      `SELECT ${SEALED_COLUMNS}, image.num, seal.prev, seal.hash FROM event JOIN image ON image.num = event.image_num LEFT JOIN seal ON seal.event_seq = event.seq
       WHERE event.seq > ? ORDER BY event.seq LIMIT ${PAGE}`,
    );
    let done = 0;
    let old = 0;
    for (let last = 0; ;) {
      const rows = page.all(last) as (Sealed & { seq: number; num: number; prev: unknown; hash: unknown })[];
      for (const row of rows) {
        const image = images.get(row.num)!;
        if (isKnown(ours, row, image.row.name)) old++;
        else {
          const stub = checkEvent(ours, theirs, row, image, known);
          if (stub) stubs.set(stub.toString('hex'), stub);
          const list = fresh.get(row.num);
          if (list) list.push(row.seq);
          else fresh.set(row.num, [row.seq]);
          byPerson.set(row.userId, (byPerson.get(row.userId) ?? 0) + 1);
        }
      }
      progress((done += rows.length), total);
      if (rows.length < PAGE) break;
      last = rows.at(-1)!.seq;
      await new Promise((resolve) => setImmediate(resolve));
      signal.throwIfAborted();
    }
    if (done !== total) throw broken('events of an image that is not there');
    return { images, people, fresh, known: old, byPerson, stubs: [...stubs.values()] };
  } catch (thrown) {
    if (thrown instanceof AppError || signal.aborted) throw thrown;
    // SQLite says what is wrong with a damaged file only where it is read.
    throw new AppError('invalid', (thrown as Error).message, { key: 'merge-damaged' });
  }
}

function check<T>(schema: z.ZodType<T>, row: unknown, what: string, image = '', event = ''): T {
  const parsed = schema.safeParse(row);
  if (!parsed.success) throw broken(`${what}: ${parsed.error.message}`, image, event);
  return parsed.data;
}

function planImages(ours: Db, theirs: Db): Map<number, { num: number | null; id: string; row: IncomingImage }> {
  const images = new Map<number, { num: number | null; id: string; row: IncomingImage }>();
  for (const raw of theirs.prepare('SELECT * FROM image ORDER BY num').iterate()) {
    const row = check(imageSchema, raw, 'an image');
    const here = sql(ours, 'SELECT num, id FROM image WHERE sha256 = ?').get(row.sha256) as { num: number; id: string } | undefined;
    if (!here && sql(ours, 'SELECT 1 FROM image WHERE id = ?').get(row.id)) throw broken('the same image with other bytes', row.name);
    images.set(row.num, { num: here?.num ?? null, id: here?.id ?? row.id, row });
  }
  return images;
}

/** Whether this event is here. One that is here with another content is a copy that somebody altered. */
function isKnown(ours: Db, row: Sealed, name: string): boolean {
  const here = sql(ours, `SELECT ${SEALED_COLUMNS} FROM event JOIN image ON image.num = event.image_num WHERE event.id = ?`).get(row.id) as Sealed | undefined;
  if (!here) return false;
  if (sealedContent(here) !== sealedContent(row))
    throw new AppError('invalid', `event ${row.id} differs`, { key: 'merge-altered', image: name, event: row.id });
  return true;
}

/** Checks a new event; returns the seal that it follows where neither copy holds that. */
function checkEvent(
  ours: Db,
  theirs: Db,
  row: Sealed & { readonly prev: unknown; readonly hash: unknown },
  image: { readonly row: IncomingImage },
  people: ReadonlySet<string>,
): Buffer | null {
  const { name } = image.row;
  check(eventSchema, row, 'an event', name, row.id);
  if (!people.has(row.userId)) throw broken('an event of nobody', name, row.id);
  let parsed: unknown;
  try {
    parsed = JSON.parse(row.ops);
  } catch {
    throw broken('ops that are no JSON', name, row.id);
  }
  const ops = check(opsSchema, parsed, 'ops', name, row.id);
  for (const op of ops) checkOp(op, row, name);
  const { prev, hash } = row;
  if (!(prev instanceof Buffer) || !(hash instanceof Buffer)) throw broken('an event without a seal', name, row.id);
  if (!sealOf(prev, row).equals(hash))
    throw new AppError('invalid', `event ${row.id} does not fit its seal`, { key: 'merge-altered', image: name, event: row.id });
  if (prev.length === 0) return null;
  const follows = (db: Db) => sql(db, 'SELECT device_id AS device FROM seal WHERE hash = ?').get(prev) as { device: string } | undefined;
  const before = follows(theirs) ?? follows(ours);
  if (before) {
    if (before.device !== row.deviceId) throw broken('a seal of another device', name, row.id);
    return null;
  }
  if (!sql(theirs, 'SELECT 1 FROM seal_stub WHERE hash = ?').get(prev)) throw broken('what came before it was taken out', name, row.id);
  return prev;
}

function checkOp(op: Op, { imageId, id }: Sealed, name: string): void {
  if (op.kind === 'status' && (op.op === 'add' || op.op === 'remove' || op.id !== imageId)) throw broken('the status of another image', name, id);
  if (!isWellFormed(op)) throw broken('half of a surrogate pair', name, id);
}
function isWellFormed(value: unknown): boolean {
  if (typeof value === 'string') return value.isWellFormed();
  return typeof value !== 'object' || value === null || Object.values(value).every(isWellFormed);
}
