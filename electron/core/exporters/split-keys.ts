/** What an export must not part: near-duplicates as they are grouped, and where it is asked for the images of one folder. */
import type { Database } from 'better-sqlite3';
import type { ImageRecord } from '../../../shared/domain/image.ts';
import { SplitGroups } from '../../../shared/formats/split.ts';

export interface SplitKeys {
  /** The key that an image is split by: its own sha256, or the least of its group's. */
  keyOf(image: Pick<ImageRecord, 'sha256'>): string;
  /** Keys of the images that are listed by name or sha256, and how many of the list are no image of the project. */
  fixed(list: readonly string[]): { readonly keys: ReadonlySet<string>; readonly unknown: number };
}

/** Image number and group of near-duplicates as they are now. */
export const nearGroups = (db: Database): [number, number][] =>
  db.prepare('SELECT image_num, group_num FROM near_member ORDER BY image_num').raw().all() as [number, number][];

/** Rows read between two steps: a few milliseconds. */
const PAGE = 5000;

/** Joins in steps, so that somebody who waits can be served in between. */
function* gather(db: Database, near: readonly (readonly [number, number])[], keepFolders: boolean): Generator<void, SplitGroups> {
  const groups = new SplitGroups();
  const sha = db.prepare('SELECT sha256 FROM image WHERE num = ?').pluck();
  const first = new Map<number, string>();
  for (const [at, [num, group]] of near.entries()) {
    const own = sha.get(num) as string | undefined;
    if (own === undefined) continue;
    const known = first.get(group);
    if (known === undefined) first.set(group, own);
    else groups.join(known, own);
    if (at % PAGE === PAGE - 1) yield;
  }
  const folders = new Map<string, string>();
  const page = db.prepare('SELECT num, name, sha256 FROM image WHERE num > ? ORDER BY num LIMIT ?');
  for (let last = 0; keepFolders;) {
    const rows = page.all(last, PAGE) as { num: number; name: string; sha256: string }[];
    for (const { name, sha256 } of rows) {
      const folder = name.slice(0, Math.max(0, name.lastIndexOf('/')));
      const known = folders.get(folder);
      if (known === undefined) folders.set(folder, sha256);
      else groups.join(known, sha256);
    }
    if (rows.length < PAGE) break;
    last = rows.at(-1)!.num;
    yield;
  }
  return groups;
}

/** `near`: of now, or as a release keeps them. */
export function splitKeys(db: Database, near: readonly (readonly [number, number])[], keepFolders: boolean): SplitKeys {
  const steps = gather(db, near, keepFolders);
  for (;;) {
    const step = steps.next();
    if (step.done) return keysOf(db, step.value);
  }
}

/** The same, with others served in between. */
export async function splitKeysInSteps(
  db: Database,
  near: readonly (readonly [number, number])[],
  keepFolders: boolean,
  signal?: AbortSignal,
): Promise<SplitKeys> {
  const steps = gather(db, near, keepFolders);
  for (;;) {
    const step = steps.next();
    if (step.done) return keysOf(db, step.value);
    await new Promise((resolve) => setImmediate(resolve));
    signal?.throwIfAborted();
  }
}

function keysOf(db: Database, groups: SplitGroups): SplitKeys {
  return {
    keyOf: ({ sha256 }) => groups.keyOf(sha256),
    fixed(list) {
      const byName = db.prepare('SELECT sha256 FROM image WHERE sha256 = ? OR name = ?').pluck();
      const keys = new Set<string>();
      let unknown = 0;
      for (const entry of list) {
        const found = byName.all(entry, entry) as string[];
        if (found.length === 0) unknown++;
        for (const own of found) keys.add(groups.keyOf(own));
      }
      return { keys, unknown };
    },
  };
}
