/** Reads a project's database beside the running app, to see what is really on disk. */
import path from 'node:path';
import { openDatabase } from '../../electron/core/db/open.ts';

export interface Stored {
  readonly captions: readonly string[];
  /** Questions and answers in their order. */
  readonly turns: readonly string[];
  readonly sets: readonly {
    readonly label: string;
    readonly presence: string;
    readonly sweep: string | null;
    readonly points: readonly (readonly [xPct: number, yPct: number])[];
  }[];
  readonly state: string;
  /** The image's file. */
  readonly path: string;
  readonly events: number;
}

/** What people wrote on the image of this name. */
export function stored(folder: string, name: string): Stored {
  const { db } = openDatabase(path.resolve(folder), false);
  try {
    const image = db.prepare('SELECT num, state, path, copied FROM image WHERE name = ?').get(name) as {
      num: number;
      state: string;
      path: string;
      copied: number;
    };
    const all = (sql: string) => db.prepare(sql).all(image.num) as Record<string, string>[];
    const points = db.prepare('SELECT x_pct, y_pct FROM point WHERE image_num = ? AND set_id = ? ORDER BY id').raw();
    return {
      captions: all('SELECT text FROM caption WHERE image_num = ? ORDER BY id').map((row) => row['text']!),
      turns: all('SELECT text FROM turn WHERE image_num = ? ORDER BY thread_id, id').map((row) => row['text']!),
      sets: all('SELECT id, label, presence, sweep FROM point_set WHERE image_num = ? ORDER BY id').map((row) => ({
        label: row['label']!,
        presence: row['presence']!,
        sweep: row['sweep'] ?? null,
        points: points.all(image.num, row['id']) as [number, number][],
      })),
      state: image.state,
      path: image.copied === 1 ? path.join(folder, 'media', image.path) : image.path,
      events: (db.prepare('SELECT count(*) AS n FROM event WHERE image_num = ?').get(image.num) as { n: number }).n,
    };
  } finally {
    db.close();
  }
}
