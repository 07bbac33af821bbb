/** Reads a project's database beside the running app, to see what is really on disk. */
import path from 'node:path';
import { openDatabase } from '../../electron/core/db/open.ts';

export interface Stored {
  readonly captions: readonly string[];
  /** Questions and answers in their order. */
  readonly turns: readonly string[];
  /** Type and ability of each question. */
  readonly kinds: readonly (readonly [questionType: string | null, ability: string | null])[];
  /** Drafts of a language model: text, verdict, complaint. */
  readonly drafts: readonly (readonly [text: string, verdict: string, complaint: string | null])[];
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
      kinds: all("SELECT question_type, ability FROM turn WHERE image_num = ? AND role = 'question' ORDER BY thread_id, id").map(
        (row) => [row['question_type'] ?? null, row['ability'] ?? null] as const,
      ),
      drafts: all('SELECT text, verdict, complaint FROM draft WHERE image_num = ? ORDER BY asked_at, id').map(
        (row) => [row['text']!, row['verdict']!, row['complaint'] ?? null] as const,
      ),
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
