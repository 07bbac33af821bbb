/** Keeps what a project has no place for beside the image, with the file that said it. */
import type { Database } from 'better-sqlite3';
import { sql } from '../../db/statement.ts';
import type { FoundFile } from './find-files.ts';
import type { Report } from './report.ts';
import type { Says } from './stage.ts';

/** Characters kept of one image and file: outlines and masks of a picture's things are below it. */
const MOST = 4_000_000;

/** Writes the fields of an image's records, a row a file, so that a file that is imported again says the same once. The row tells also where work came from. */
export function keepExtra(
  db: Database,
  imageNum: number,
  staged: readonly { readonly file: string; readonly says: Says }[],
  fileOf: (file: string) => Pick<FoundFile, 'name' | 'format'> | undefined,
  jobId: string,
  report: Report,
): void {
  const byFile = new Map<string, Says[]>();
  for (const { file, says } of staged) byFile.set(file, [...(byFile.get(file) ?? []), says]);
  db.transaction(() => {
    for (const [file, list] of byFile) {
      const found = fileOf(file);
      if (!found) continue;
      const rows = list.map(({ where, extra }) => (extra === null ? { where } : { where, fields: extra }));
      for (const { where, extra } of list) if (extra !== null) report.tell('extra-kept', found.name, where, Object.keys(extra).join(', '));
      let json = JSON.stringify({ format: found.format, rows });
      if (json.length > MOST) {
        report.tell('extra-too-large', found.name, list[0]!.where, String(json.length));
        json = JSON.stringify({ format: found.format, rows: list.map(({ where }) => ({ where })) });
      }
      sql(
        db,
        `INSERT INTO import_extra (image_num, source, json, job_id) VALUES (?, ?, ?, ?)
         ON CONFLICT (image_num, source) DO UPDATE SET json = excluded.json, job_id = excluded.job_id WHERE json <> excluded.json`,
      ).run(imageNum, found.name, json, jobId);
    }
  })();
}
