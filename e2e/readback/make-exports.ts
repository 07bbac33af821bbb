/** Makes a project from photos, does the sample work on it, exports it with every profile, and writes down what a reader must find. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { nodeSpawn } from '../../electron/core/media/node-spawn.ts';
import { createMediaPool } from '../../electron/core/media/pool.ts';
import { loadDoc } from '../../electron/core/db/docs.ts';
import { putDraft } from '../../electron/core/db/drafts.ts';
import { putPerson } from '../../electron/core/db/people.ts';
import { AUTHOR, makeTestProject, quietJob, type TestProject } from '../../electron/core/exporters/testing.ts';
import { type ExportParams, exportProject, uprightBy } from '../../electron/core/exporters/run-export.ts';
import * as authoring from '../../shared/domain/authoring.ts';
import { exportProfiles } from '../../shared/formats/profiles.ts';
import { molmoAnswer } from '../../shared/formats/grammar/molmo.ts';
import type { SplitLimits } from '../../electron/core/exporters/split-writer.ts';
import { newId } from '../../shared/domain/ids.ts';
import { type SampleImage, sampleWork } from './sample-work.ts';

/** Small groups and files, so that 20 photos are already many of both. */
const MARK_LENGTH = 39;
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
          for (const { question, parts } of work.explained) {
            edit(() => authoring.addThread(AUTHOR, question, parts.map((part) => (typeof part === 'string' ? part : '')).join('')));
            let at = 0;
            for (const part of parts) {
              if (typeof part !== 'string') {
                edit((doc) => authoring.addMark(doc, AUTHOR, doc.turn.at(-1)!.id, at, part.phrase));
                for (const [x, y] of part.points) edit((doc) => authoring.addPoint(doc, doc.pointSet.at(-1)!.id, x, y));
              }
              at += typeof part === 'string' ? part.length : MARK_LENGTH;
            }
          }
          edit((doc) => authoring.setState(doc, 'accepted'));
        },
        facts,
      );
      putDrafts(made, sha256, work.rejected);
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
      for (const validationShare of profile === 'pixmo-parquet' || profile === 'molmo-folders' ? [0.2, 0] : [0.2]) {
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

/** Drafts of the first question that a person rejected, and what was said of each when the next one was asked for. */
function putDrafts(made: TestProject, sha256: string, rejected: SampleImage['rejected']): void {
  const { num } = made.db.prepare('SELECT num FROM image WHERE sha256 = ?').get(sha256) as { num: number };
  const turn = loadDoc(made.db, num).turn[0];
  if (rejected.length === 0 || !turn) return;
  putPerson(made.db, { id: AUTHOR, name: 'Ada' });
  for (const { text, complaint } of rejected) {
    const base = { threadId: turn.threadId, questionTurnId: turn.id, model: 'test-model', endpoint: 'http://127.0.0.1', prompt: [], askedBy: AUTHOR };
    const id = newId();
    putDraft(made.db, num, { ...base, id, text, complaint: null, previousId: null, verdict: 'rejected', askedAt: 1, settledAt: 2 });
    putDraft(made.db, num, { ...base, id: newId(), text: '', complaint, previousId: id, verdict: 'open', askedAt: 3, settledAt: null });
  }
}
