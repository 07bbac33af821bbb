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

/** `near`: of now, or as a release keeps them. */
export function splitKeys(db: Database, near: readonly (readonly [number, number])[], keepFolders: boolean): SplitKeys {
  const groups = new SplitGroups();
  const sha = db.prepare('SELECT sha256 FROM image WHERE num = ?').pluck();
  const first = new Map<number, string>();
  for (const [num, group] of near) {
    const own = sha.get(num) as string | undefined;
    if (own === undefined) continue;
    const known = first.get(group);
    if (known === undefined) first.set(group, own);
    else groups.join(known, own);
  }
  if (keepFolders) {
    const folders = new Map<string, string>();
    for (const { name, sha256 } of db.prepare('SELECT name, sha256 FROM image').iterate() as Iterable<{ name: string; sha256: string }>) {
      const folder = name.slice(0, Math.max(0, name.lastIndexOf('/')));
      const known = folders.get(folder);
      if (known === undefined) folders.set(folder, sha256);
      else groups.join(known, sha256);
    }
  }
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
