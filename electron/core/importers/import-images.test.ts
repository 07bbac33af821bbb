import { execFileSync } from 'node:child_process';
import { mkdir, readFile, readdir, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Job, JobResult } from '../../../shared/domain/job.ts';
import { importProblems } from '../db/files.ts';
import { type Jobs, createJobs } from '../jobs/jobs.ts';
import type { JobRunner } from '../jobs/runner.ts';
import { madePicture, withExif, writeJpeg, writePng } from '../media/test-photos.ts';
import { type TestProject, testProject } from '../media/test-project.ts';
import { runImport } from './import-images.ts';
import { runRelink } from './relink-images.ts';

// They start processes, which takes seconds on a busy machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let project: TestProject;
let jobs: Jobs;
const none: JobRunner<never> = () => Promise.reject(new Error('not here'));
beforeEach(async () => {
  project = await testProject();
  jobs = createJobs(project, {
    import: runImport,
    relink: runRelink,
    export: none,
    verify: none,
    download: none,
    ocr: none,
    embed: none,
    duplicates: none,
    annotations: none,
  });
  await mkdir(project.files, { recursive: true });
});
afterEach(async () => {
  await jobs.close();
  await project.close();
});

const at = (...names: string[]) => path.join(project.files, ...names);
const done = async (kind: 'import' | 'relink', params: unknown): Promise<Job> => jobs.ended(jobs.start(kind, params));
const importAll = (mode: 'reference' | 'copy' = 'reference') => done('import', { paths: [project.files], mode });
const result = (job: Job): JobResult => {
  expect(job.error).toBeNull();
  return job.result!;
};
const names = (): string[] => project.db.prepare('SELECT name FROM image ORDER BY name').pluck().all() as string[];
const column = (text: string): unknown[] => project.db.prepare(text).pluck().all();

/** One photo for each number, written once; a comment behind the end marker makes as many different files of it as wanted. */
async function photos(count: number, where: (index: number) => string): Promise<void> {
  await writeJpeg(madePicture(1, 80, 60), at('..', 'one.jpg'));
  const one = await readFile(at('..', 'one.jpg'));
  for (let index = 0; index < count; index++) {
    const to = where(index);
    await mkdir(path.dirname(to), { recursive: true });
    await writeFile(to, Buffer.concat([one.subarray(0, 2), Buffer.from([0xff, 0xfe, 0, 6]), Buffer.from(String(index).padStart(4, '0')), one.subarray(2)]));
  }
}

test('images stand in the order of their folder, though small files are read sooner than large ones', async () => {
  for (let index = 0; index < 12; index++) {
    const side = index % 3 === 0 ? 2400 : 40;
    await writeJpeg(madePicture(index + 1, side, side), at(`photo-${String(index).padStart(2, '0')}.jpg`));
  }
  await importAll();
  expect(column('SELECT name FROM image ORDER BY num')).toEqual(Array.from({ length: 12 }, (_, index) => `photo-${String(index).padStart(2, '0')}.jpg`));
});

test('photos in nested folders with odd names all go in, under the names people gave them', async () => {
  const odd = ['ordinary', 'with space', 'new\nline', '写真', 'صور', '🦊', '%2e%2e', 'a'.repeat(200), 'quote\'"', '-rf', 'CON', 'tab\t'];
  await photos(300, (index) => at(odd[index % odd.length]!, `${'deep/'.repeat(index % 5)}${odd[(index * 5) % odd.length]!}-${index}.JPG`));
  const job = await importAll();
  expect(result(job)).toEqual({ kind: 'import', added: 300, duplicates: 0, known: 0, refused: 0, relinked: 0 });
  expect([job.state, job.done, job.total]).toEqual(['done', 300, 300]);
  expect(names().some((name) => name.startsWith('new\\u000aline/'))).toBe(true);
  expect(names().some((name) => name.startsWith('写真/'))).toBe(true);
  expect(names().every((name) => !name.includes('\n') && !name.startsWith('/'))).toBe(true);
  // The path itself is kept as it is.
  expect(column("SELECT count(*) FROM image WHERE path LIKE '%new' || char(10) || 'line%' AND path NOT LIKE '%000a%'")).toEqual([50]);
});

test('broken files are listed with their reasons and everything else goes in', async () => {
  await photos(5, (index) => at(`good-${index}.jpg`));
  const whole = await readFile(at('good-0.jpg'));
  await writeFile(at('cut.jpg'), whole.subarray(0, whole.length / 2));
  await writeFile(at('empty.png'), '');
  await writeFile(at('notes.txt'), 'nothing to see');
  await writeFile(at('old.bmp'), Buffer.concat([Buffer.from('BM'), Buffer.alloc(60)]));
  await symlink(at('nowhere.jpg'), at('dangling.jpg'));
  execFileSync('sh', ['-c', `printf x > "$(printf '${at('bad')}-\\377.jpg')"; mkfifo '${at('pipe.jpg')}'`]);
  const job = await importAll();
  expect(result(job)).toMatchObject({ added: 5, refused: 6 });
  const { total, problems } = importProblems(project.db, job.id, 0, 100);
  expect(total).toBe(6);
  expect(Object.fromEntries(problems.map(({ name, reason }) => [name, reason]))).toEqual({
    'bad-\ufffd.jpg': 'bad-name',
    'cut.jpg': 'truncated',
    'dangling.jpg': 'unreadable',
    'empty.png': 'empty',
    'notes.txt': 'not-an-image',
    'old.bmp': 'unsupported-format',
  });
});

test('the same bytes go in once, and the names of the copies are known', async () => {
  await photos(2, (index) => at(`${index}.jpg`));
  await writeFile(at('copy of 0.jpg'), await readFile(at('0.jpg')));
  expect(result(await importAll())).toMatchObject({ added: 2, duplicates: 1 });
  expect(column('SELECT name FROM file ORDER BY name')).toEqual(['0.jpg', '1.jpg', 'copy of 0.jpg']);
});

test('a second import reads nothing that it knows', async () => {
  await photos(30, (index) => at(`${index}.jpg`));
  await importAll();
  expect(result(await importAll())).toMatchObject({ added: 0, known: 30, duplicates: 0 });
});

test('a file that was only touched is known, one that was changed is a new image and the old one is missing', async () => {
  await photos(2, (index) => at(`${index}.jpg`));
  await importAll();
  await utimes(at('0.jpg'), new Date(), new Date(Date.now() + 5000));
  await writePng(madePicture(9), at('1.jpg'));
  expect(result(await importAll())).toMatchObject({ added: 1, known: 1 });
  expect(column('SELECT missing FROM image ORDER BY num')).toEqual([0, 1, 0]);
  expect(column('SELECT format FROM image ORDER BY num')).toEqual(['jpeg', 'jpeg', 'png']);
});

test('a file that was renamed is found again by its bytes', async () => {
  await photos(3, (index) => at('before', `${index}.jpg`));
  await importAll();
  await rename(at('before'), at('after'));
  expect(result(await importAll())).toMatchObject({ added: 0, relinked: 3 });
  expect((column('SELECT path FROM image') as string[]).every((file) => file.includes(`${path.sep}after${path.sep}`))).toBe(true);
  expect(column('SELECT count(*) FROM file')).toEqual([3]);
});

test('the relink job notices what is gone and finds it in another folder', async () => {
  await photos(4, (index) => at('before', `${index}.jpg`));
  await importAll();
  await mkdir(at('elsewhere', 'deep'), { recursive: true });
  for (const index of [0, 1, 2]) await rename(at('before', `${index}.jpg`), at('elsewhere', 'deep', `renamed ${index}.jpg`));
  await rm(at('before', '3.jpg'));
  expect(result(await done('relink', { paths: [at('elsewhere')] }))).toEqual({ kind: 'relink', relinked: 3, stillMissing: 1 });
  expect(column('SELECT missing FROM image ORDER BY name')).toEqual([0, 0, 0, 1]);
});

test('copied files stay when the originals go', async () => {
  await photos(3, (index) => at(`${index}.jpg`));
  expect(result(await importAll('copy'))).toMatchObject({ added: 3 });
  const paths = column('SELECT path FROM image ORDER BY num') as string[];
  expect(paths.every((file) => /^originals\/[0-9a-f]{2}\/[0-9a-f]{64}\.jpg$/.test(file))).toBe(true);
  await rm(project.files, { recursive: true });
  await mkdir(project.files);
  expect(result(await done('relink', { paths: [project.files] }))).toEqual({ kind: 'relink', relinked: 0, stillMissing: 0 });
  const left = await readdir(path.join(project.folder, 'media'), { recursive: true });
  expect(left.filter((file) => file.endsWith('.tmp'))).toEqual([]);
});

test('cancelled in the middle, what went in is whole; resumed, the rest follows and nothing goes in twice', async () => {
  await photos(200, (index) => at(`d${index % 7}`, `${index}.jpg`));
  const id = jobs.start('import', { paths: [project.files], mode: 'reference' });
  const stop = new AbortController();
  for await (const job of jobs.watch(stop.signal)) {
    if (job.done > 20) jobs.cancel(id);
    if (job.state !== 'running') stop.abort();
  }
  const first = await jobs.ended(id);
  expect(first.state).toBe('cancelled');
  const [count] = column('SELECT count(*) FROM image') as number[];
  expect(count).toBeGreaterThan(0);
  expect(count).toBeLessThan(200);
  expect(column('SELECT count(*) FROM file')).toEqual([count]);
  expect(column('SELECT count(*) FROM image_text')).toEqual([count]);
  expect(jobs.resume(id)).toBe(id);
  const second = await jobs.ended(id);
  expect(result(second)).toEqual({ kind: 'import', added: 200 - count!, known: count, duplicates: 0, refused: 0, relinked: 0 });
  expect(column('SELECT count(*) FROM image')).toEqual([200]);
});

test('a job that ran when the core went away is interrupted, and goes on when resumed', async () => {
  await photos(60, (index) => at(`${index}.jpg`));
  const id = jobs.start('import', { paths: [project.files], mode: 'reference' });
  await jobs.close();
  expect((await jobs.ended(id)).state).toBe('interrupted');
  jobs = createJobs(project, {
    import: runImport,
    relink: runRelink,
    export: none,
    verify: none,
    download: none,
    ocr: none,
    embed: none,
    duplicates: none,
    annotations: none,
  });
  jobs.resume(id);
  expect((await jobs.ended(id)).state).toBe('done');
  expect(column('SELECT count(*) FROM image')).toEqual([60]);
});

test('links that lead in circles end, and the project’s own folder is passed over', async () => {
  await photos(2, (index) => at('a', `${index}.jpg`));
  await symlink(at('a'), at('a', 'again'));
  await symlink(project.folder, at('a', 'project'));
  await symlink(at('a', '0.jpg'), at('link.jpg'));
  expect(result(await importAll('copy'))).toMatchObject({ added: 2, duplicates: 1, refused: 0 });
  expect(result(await done('import', { paths: [path.dirname(project.folder)], mode: 'reference' }))).toMatchObject({ added: 1 });
});

test('facts of the photo and its place in the search index are written', async () => {
  await writeJpeg(madePicture(4, 120, 90), at('plain.jpg'));
  await writeFile(at('turned.jpg'), withExif(await readFile(at('plain.jpg')), 6));
  await importAll();
  expect(project.db.prepare("SELECT width_px, height_px, orientation, taken_at, camera, needs_rendition FROM image WHERE name = 'turned.jpg'").get()).toEqual({
    width_px: 90,
    height_px: 120,
    orientation: 6,
    taken_at: Date.UTC(2024, 4, 6, 7, 8, 9),
    camera: 'Testcam 1',
    needs_rendition: 0,
  });
  expect(column("SELECT count(*) FROM image_text WHERE image_text MATCH 'name:turned'")).toEqual([1]);
});

test('a worker that is killed in the middle of an import costs no photo', async () => {
  await photos(120, (index) => at(`${index}.jpg`));
  const id = jobs.start('import', { paths: [project.files], mode: 'reference' });
  const stop = new AbortController();
  let kills = 0;
  for await (const job of jobs.watch(stop.signal)) {
    if (job.done > 10 + kills * 40 && kills < 2) {
      kills++;
      project.workers.at(-1)!.kill();
    }
    if (job.state !== 'running') stop.abort();
  }
  expect(result(await jobs.ended(id))).toMatchObject({ added: 120, refused: 0 });
  expect(project.logged.length).toBe(kills);
});
