/** Makes a project from photos, does the sample work on it, exports it with every profile, and writes down what a reader must find. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { nodeSpawn } from '../../electron/core/media/node-spawn.ts';
import { createMediaPool } from '../../electron/core/media/pool.ts';
import { AUTHOR, makeTestProject, quietJob } from '../../electron/core/exporters/testing.ts';
import { type ExportParams, exportProject, uprightBy } from '../../electron/core/exporters/run-export.ts';
import * as authoring from '../../shared/domain/authoring.ts';
import { exportProfiles } from '../../shared/formats/profiles.ts';
import { molmoAnswer } from '../../shared/formats/molmo-grammar.ts';
import type { SplitLimits } from '../../electron/core/exporters/split-writer.ts';
import { sampleWork } from './sample-work.ts';

/** Small groups and files, so that 20 photos are already many of both. */
const limits: Partial<SplitLimits> = { groupBytes: 300_000, fileBytes: 900_000 };

/** Returns the folder with the exports and `expected.json`. */
export async function makeExports(photos: readonly string[], out: string): Promise<void> {
  const made = makeTestProject('Read back');
  const pool = createMediaPool({ host: { spawn: nodeSpawn, log: console.error }, mediaFolder: path.join(made.folder, 'media') });
  const expected: unknown[] = [];
  try {
    for (const [n, photo] of photos.entries()) {
      const facts = await pool.run('inspect', { path: photo, thumbs: path.join(made.folder, 'media/thumbs') });
      const work = sampleWork(path.basename(photo), n);
      const sha256 = made.add(
        `photos/${work.file}`,
        readFileSync(photo),
        (edit) => {
          for (const caption of work.captions) edit(() => authoring.addCaption(AUTHOR, caption));
          for (const set of work.sets) {
            edit(() => authoring.addPointSet(AUTHOR, set.label, set.absent ? 'absent' : 'present'));
            edit((doc) => authoring.editPointSet(doc, doc.pointSet.at(-1)!.id, { method: set.method }));
            for (const [x, y] of set.points) edit((doc) => authoring.addPoint(doc, doc.pointSet.at(-1)!.id, x, y));
          }
          for (const [first, ...rest] of work.threads) {
            edit(() => authoring.addThread(AUTHOR, ...first!));
            for (const pair of rest) edit((doc) => authoring.addTurns(doc.thread.at(-1)!.id, ...pair));
          }
          edit((doc) => authoring.setState(doc, 'accepted'));
        },
        facts,
      );
      const xy = (points: readonly (readonly [number, number])[]) => points.map(([x, y]) => ({ x, y }));
      expected.push({
        ...work,
        source: photo,
        sha256,
        width: facts.widthPx,
        height: facts.heightPx,
        molmo: work.sets.map((set) => molmoAnswer(xy(set.points), set.label, set.method)),
      });
    }
    const exports: { profile: string; folder: string; validationShare: number }[] = [];
    for (const profile of exportProfiles) {
      // Without validation too: a split without rows must be readable.
      for (const validationShare of [0.2, 0]) {
        const params: ExportParams = { profile, folder: out, states: ['accepted'], validationShare };
        const { folder } = await exportProject(made.project, params, quietJob(), { uprightBytes: uprightBy(pool, made.folder), limits });
        exports.push({ profile, folder, validationShare });
      }
    }
    mkdirSync(out, { recursive: true });
    writeFileSync(path.join(out, 'expected.json'), JSON.stringify({ images: expected, exports }));
  } finally {
    await pool.close();
    made.remove();
  }
}
