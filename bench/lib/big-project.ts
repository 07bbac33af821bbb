/** A project of as many images as wanted: a few hundred real photos, and rows made by script that share their thumbnails. */
import { createHash } from 'node:crypto';
import { linkSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { newId } from '../../shared/domain/ids.ts';
import { thumbPath, thumbsFolder } from '../../electron/core/media/media-folder.ts';
import { openDatabase } from '../../electron/core/db/open.ts';
import { indexImage } from '../../electron/core/db/search.ts';
import { benchCore } from './core.ts';
import { photoFiles } from './photos.ts';

const WORDS = 'dog coin window street tree blue old small standing beside table light shadow 犬 窓 光 山'.split(' ');

/** Makes the project at `folder`. Images of the rows beyond the real ones have a thumbnail and a caption, and no file. */
export async function makeBigProject(folder: string, images: number): Promise<void> {
  const core = await benchCore(folder);
  const { jobId } = await core.client.call('images.import', { paths: photoFiles().slice(0, images), mode: 'reference' });
  await core.finish(jobId);
  await core.close();
  const { db } = openDatabase(folder, false);
  const real = db.prepare('SELECT * FROM image ORDER BY num').all() as Record<string, string | number | null>[];
  const columns = Object.keys(real[0]!).filter((column) => column !== 'num');
  const insert = db.prepare(`INSERT INTO image (${columns.join(', ')}) VALUES (${columns.map((column) => `@${column}`).join(', ')})`);
  const caption = db.prepare('INSERT INTO caption (image_num, id, author_id, text, created_at) VALUES (?, ?, ?, ?, 0)');
  const author = db.prepare('SELECT id FROM person').pluck().get() as string;
  const thumbs = thumbsFolder(folder);
  const text = (index: number) => Array.from({ length: 12 }, (_, word) => WORDS[(index * 7 + word * (1 + (index % 5))) % WORDS.length]).join(' ');
  db.transaction(() => {
    for (let index = real.length; index < images; index++) {
      const source = real[index % real.length]!;
      const sha256 = createHash('sha256').update(`row ${index}`).digest('hex');
      const state = index % 3 === 0 ? 'submitted' : 'todo';
      const num = Number(
        insert.run({ ...source, id: newId(), sha256, name: `rows/${String(index).padStart(6, '0')}.jpg`, state, caption_count: 1, caption_words: 12 })
          .lastInsertRowid,
      );
      caption.run(num, newId(), author, text(index));
      indexImage(db, num);
      const thumb = thumbPath(thumbs, sha256);
      mkdirSync(path.dirname(thumb), { recursive: true });
      linkSync(thumbPath(thumbs, source['sha256'] as string), thumb);
    }
  })();
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.close();
}
