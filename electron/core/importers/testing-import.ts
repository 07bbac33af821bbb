/** For tests of imports: a project with real workers, into which small files are put and imported, again and again from empty. */
import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { AnnotationsResult } from '../../../shared/domain/annotation-import.ts';
import { workOfDoc } from '../../../shared/formats/imports/merge.ts';
import { defaultOptions } from '../../../shared/formats/imports/record.ts';
import { loadDoc } from '../db/docs.ts';
import { openDatabase } from '../db/open.ts';
import { putPerson } from '../db/people.ts';
import { createEdits } from '../edits.ts';
import { quietJob } from '../exporters/testing.ts';
import { type TestProject, testProject } from '../media/test-project.ts';
import { createAnnotationsRunner } from './import-annotations.ts';

export type Files = Readonly<Record<string, string | Buffer>>;
export interface Outcome {
  /** A line for each thing that is in the project now: `a.png | dog | 25,50`, `a.png | "A dog."`, `a.png | Who? - Me.`; `a.png |` for a picture alone. */
  readonly lines: readonly string[];
  /** What the report tells, without what was kept beside images. */
  readonly reasons: readonly string[];
  /** What was kept beside images. */
  readonly extra: string;
  readonly result: AnnotationsResult;
}
export interface ImportBench {
  /** Imports these files, or a folder that is there, into an empty project. */
  run(files: Files | string): Promise<Outcome>;
  close(): Promise<void>;
}

export async function importBench(): Promise<ImportBench> {
  const first = await testProject();
  putPerson(first.db, { id: first.me.userId, name: 'Test' });
  const file = path.join(first.folder, 'project.sqlite');
  first.db.pragma('wal_checkpoint(TRUNCATE)');
  await copyFile(file, `${file}.empty`);
  let project: TestProject = first;
  async function empty(): Promise<void> {
    project.db.close();
    for (const suffix of ['-wal', '-shm']) await rm(`${file}${suffix}`, { force: true });
    await copyFile(`${file}.empty`, file);
    project = { ...first, db: openDatabase(first.folder, false).db };
    await rm(first.files, { recursive: true, force: true });
  }
  async function write(files: Files): Promise<string> {
    for (const [name, content] of Object.entries(files)) {
      const at = path.join(first.files, name);
      await mkdir(path.dirname(at), { recursive: true });
      await writeFile(at, content);
    }
    return first.files;
  }
  return {
    async run(files) {
      await empty();
      const folder = typeof files === 'string' ? files : await write(files);
      const params = { paths: [folder], mode: 'reference', format: null, options: defaultOptions } as const;
      const result = await createAnnotationsRunner(createEdits(project))(project, params, quietJob());
      if (result.kind !== 'annotations') throw new Error(result.kind);
      const images = project.db.prepare('SELECT num, name FROM image ORDER BY name').all() as { num: number; name: string }[];
      const extra = project.db.prepare('SELECT json FROM import_extra').pluck().all() as string[];
      const reasons = result.reasons.filter(({ reason }) => reason !== 'extra-kept').map(({ reason, count }) => (count > 1 ? `${reason} x${count}` : reason));
      return { lines: images.flatMap(({ num, name }) => linesOf(project, num, name)), reasons, extra: extra.join('\n'), result };
    },
    async close() {
      project.db.close();
      await first.close();
    },
  };
}

function linesOf(project: TestProject, num: number, name: string): string[] {
  const { captions, threads, labels } = workOfDoc(loadDoc(project.db, num));
  const round = (n: number) => Number(n.toFixed(4));
  const spots = (points: readonly { x: number; y: number }[]) => points.map(({ x, y }) => `${round(x)},${round(y)}`).join(' ');
  const lines = [
    ...captions.map((text) => `"${text}"`),
    ...threads.map((turns) =>
      turns
        .map(({ question, answer, places }) => `${question} - ${answer}${places.map(({ phrase, points }) => ` (${phrase}: ${spots(points)})`).join('')}`)
        .join(' / '),
    ),
    ...labels.map(({ label, method, points }) => `${label}${method === 'counting' ? ' counted' : ''} | ${points.length === 0 ? 'absent' : spots(points)}`),
  ];
  return lines.length === 0 ? [`${name} |`] : lines.map((line) => `${name} | ${line}`);
}
