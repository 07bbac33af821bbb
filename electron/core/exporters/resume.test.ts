/** Exports that were stopped at any point: nothing looks finished, and the next run goes on to the very same bytes. */
import { spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import * as authoring from '../../../shared/domain/authoring.ts';
import { newId } from '../../../shared/domain/ids.ts';
import type { ExportProfile } from '../../../shared/formats/profiles.ts';
import { AppError } from '../../../shared/rpc/errors.ts';
import { JOURNAL } from './leftover.ts';
import { verifyExport } from './manifest.ts';
import { discardPartial } from './partial-folders.ts';
import { type ExportTools, exportProject } from './run-export.ts';
import { AUTHOR, type Edit, makeTestProject, quietJob, smallLimits, type TestProject, tinyPng } from './testing.ts';

// Each kill starts a process, which takes a second on a busy machine.
vi.setConfig({ testTimeout: 180_000 });

const IMAGES = 60;
const PROFILES = ['pixmo-parquet', 'molmo-folders', 'webdataset', 'llava', 'coco-keypoints'] as const satisfies readonly ExportProfile[];
let made: TestProject;
let out: string;
const whole = new Map<ExportProfile, Map<string, string>>();

function work(n: number): (edit: Edit) => void {
  return (edit) => {
    edit(() => authoring.addCaption(AUTHOR, `Caption ${n} 犬 🐕`));
    edit(() => authoring.addPointSet(AUTHOR, `label ${n % 7}`));
    for (let i = 0; i <= n % 4; i++) edit((doc) => authoring.addPoint(doc, doc.pointSet[0]!.id, 100 / (i + 1), n + i / 7));
    edit(() => authoring.addThread(AUTHOR, `Question ${n}?`, `Answer ${n}.`));
    edit((doc) => authoring.setState(doc, 'accepted'));
  };
}
/** Every image is made upright, so that the exporter asks for each that it does not take over. */
function counting(asked: { images: number }, stopAt = Infinity, stop = () => {}): ExportTools {
  return {
    async uprightBytes(_image, file) {
      if (++asked.images === stopAt) stop();
      return await Promise.resolve(readFileSync(file));
    },
    limits: smallLimits,
  };
}
const params = (profile: ExportProfile, folder: string) => ({ profile, folder, states: ['accepted' as const], validationShare: 0.3 });
function bytesOf(folder: string): Map<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const names = files.map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name))).sort();
  return new Map(names.map((name) => [name, readFileSync(path.join(folder, name), 'latin1')]));
}
const partialsIn = (folder: string) => readdirSync(folder).filter((name) => name.startsWith('.partial-'));

beforeAll(async () => {
  made = makeTestProject();
  out = mkdtempSync(path.join(tmpdir(), 'pointillist-resume-'));
  for (let n = 0; n < IMAGES; n++) made.add(`${n}.png`, tinyPng(2, 2, [n, 1, 7]), work(n), { orientation: 6 });
  for (const profile of PROFILES) {
    const asked = { images: 0 };
    const { folder } = await exportProject(made.project, params(profile, path.join(out, 'whole')), quietJob(), counting(asked));
    if (asked.images !== IMAGES) throw new Error(`${asked.images} images were made`);
    whole.set(profile, bytesOf(folder));
  }
});
afterAll(() => {
  made.remove();
  rmSync(out, { recursive: true, force: true });
});

test.each(PROFILES)('killed again and again, %s leaves nothing that looks finished, goes on, and ends in the same bytes', (profile) => {
  const target = path.join(out, `killed-${profile}`);
  const id = newId();
  const program = path.join(import.meta.dirname, 'export-target.ts');
  const asked: number[] = [];
  for (const [dieAt, delayMs] of [
    [40 + Math.floor(Math.random() * 15), 0],
    [3 + Math.floor(Math.random() * 9), Math.random() * 4],
    [0, 0],
  ] as const) {
    const { status, signal, stdout, stderr } = spawnSync(process.execPath, [program, made.folder, target, id, profile, String(dieAt), String(delayMs)], {
      encoding: 'utf8',
    });
    if (signal === 'SIGKILL') {
      expect(readdirSync(target)).toEqual(partialsIn(target));
      continue;
    }
    expect(status, stderr).toBe(0);
    const result = JSON.parse(stdout) as { folder: string; asked: number };
    asked.push(result.asked);
    expect(bytesOf(result.folder)).toEqual(whole.get(profile));
    break;
  }
  // The last run may be any of the three: the second may be through before its time is over.
  expect(asked).toHaveLength(1);
  expect(asked[0], 'images that the last run made anew').toBeLessThan(IMAGES);
  expect(partialsIn(target)).toEqual([]);
});

test('cancelled at any image and resumed, an export is the same bytes, and its finished images are not made again', async () => {
  for (const profile of ['pixmo-parquet', 'llava'] as const) {
    for (const stopAt of [1, 7, 20, 41, IMAGES]) {
      const target = path.join(out, `cancelled-${profile}-${stopAt}`);
      const id = newId();
      const abort = new AbortController();
      const asked = { images: 0 };
      await expect(
        exportProject(
          made.project,
          params(profile, target),
          { ...quietJob(abort.signal), id },
          counting(asked, stopAt, () => abort.abort()),
        ),
      ).rejects.toThrow();
      expect(existsSync(target) ? readdirSync(target) : []).toEqual(existsSync(target) ? partialsIn(target) : []);
      const again = { images: 0 };
      const { folder } = await exportProject(made.project, params(profile, target), { ...quietJob(), id }, counting(again));
      expect(bytesOf(folder)).toEqual(whole.get(profile));
      if (stopAt >= 41) expect(again.images).toBeLessThan(IMAGES);
    }
  }
});

/** An export of `pixmo-parquet` that was cancelled after many images; its hidden folder. */
async function stopped(target: string, id = newId(), profile: ExportProfile = 'pixmo-parquet'): Promise<string> {
  const abort = new AbortController();
  const tools = counting({ images: 0 }, 45, () => abort.abort());
  await expect(exportProject(made.project, params(profile, target), { ...quietJob(abort.signal), id }, tools)).rejects.toThrow();
  return path.join(target, `.partial-${id}`);
}

test('a kept file that was changed, cut or taken away meanwhile is made again', async () => {
  for (const spoil of [
    (file: string) => appendFileSync(file, 'x'),
    (file: string) => writeFileSync(file, ''),
    (file: string) => rmSync(file),
    (file: string) => writeFileSync(file, Buffer.from(readFileSync(file)).fill(0, 10, 20)),
  ]) {
    for (const profile of ['pixmo-parquet', 'llava'] as const) {
      const target = mkdtempSync(path.join(out, 'spoilt-'));
      const id = newId();
      const partial = await stopped(target, id, profile);
      const kept = readdirSync(partial, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && /tmp$|png$/.test(entry.name));
      expect(kept.length).toBeGreaterThan(0);
      spoil(path.join(kept[0]!.parentPath, kept[0]!.name));
      const { folder } = await exportProject(made.project, params(profile, target), { ...quietJob(), id }, counting({ images: 0 }));
      expect(bytesOf(folder)).toEqual(whole.get(profile));
    }
  }
});

test('a torn or hostile journal costs what it would have saved and nothing else', async () => {
  for (const journal of [
    (text: string) => text.slice(0, -7),
    () => 'not json\n',
    () => '',
    (text: string) => text.replaceAll('"path":"', '"path":"../../'),
    (text: string) => text.replace(/"rows":\d+/, '"rows":1'),
    (text: string) => text.replace(/"digest":"./, '"digest":"0'),
  ]) {
    const target = mkdtempSync(path.join(out, 'torn-'));
    const id = newId();
    const partial = await stopped(target, id);
    const file = path.join(partial, JOURNAL);
    writeFileSync(file, journal(readFileSync(file, 'utf8')));
    const { folder } = await exportProject(made.project, params('pixmo-parquet', target), { ...quietJob(), id }, counting({ images: 0 }));
    expect(bytesOf(folder)).toEqual(whole.get('pixmo-parquet'));
  }
});

test('work that changed meanwhile is in the resumed export, although the log says nothing of it', async () => {
  const target = path.join(out, 'changed');
  const id = newId();
  await stopped(target, id);
  const [{ text }] = made.db.prepare('SELECT text FROM caption ORDER BY image_num LIMIT 1').all() as [{ text: string }];
  made.db.prepare("UPDATE caption SET text = 'said otherwise' WHERE text = ?").run(text);
  try {
    const { folder } = await exportProject(made.project, params('pixmo-parquet', target), { ...quietJob(), id }, counting({ images: 0 }));
    expect((await verifyExport(folder)).problems).toEqual([]);
    expect([...bytesOf(folder).values()].some((bytes) => bytes.includes('said otherwise'))).toBe(true);
  } finally {
    made.db.prepare("UPDATE caption SET text = ? WHERE text = 'said otherwise'").run(text);
  }
});

test('the same export started anew takes over what another left; a different one leaves it alone, and it can be thrown away', async () => {
  const target = path.join(out, 'anew');
  const id = newId();
  const partial = await stopped(target, id);
  await exportProject(made.project, params('llava', target), quietJob(), counting({ images: 0 }));
  expect(existsSync(partial)).toBe(true);
  const asked = { images: 0 };
  const { folder } = await exportProject(made.project, params('pixmo-parquet', target), quietJob(), counting(asked));
  expect(bytesOf(folder)).toEqual(whole.get('pixmo-parquet'));
  expect(asked.images).toBeLessThan(IMAGES);
  expect(partialsIn(target)).toEqual([]);
  await stopped(target, id);
  expect(await discardPartial(target, id)).toBeGreaterThan(1000);
  expect(partialsIn(target)).toEqual([]);
});

test('a disk that is full leaves nothing that looks finished, and when there is room the export goes on', async (context) => {
  const disk = mkdtempSync(path.join(tmpdir(), 'pointillist-disk-'));
  const mount = (size: string, option = '') => spawnSync('mount', ['-t', 'tmpfs', '-o', `${option}size=${size}`, 'pointillist', disk]).status === 0;
  if (!mount('96k')) {
    rmSync(disk, { recursive: true });
    console.log('SKIPPED: a small disk can be mounted by root only');
    return context.skip();
  }
  try {
    for (const profile of ['pixmo-parquet', 'llava'] as const) {
      const target = path.join(disk, profile);
      mkdirSync(target);
      const id = newId();
      const job = { ...quietJob(), id };
      const ballast = path.join(disk, 'ballast');
      writeFileSync(ballast, Buffer.alloc(profile === 'llava' ? 60_000 : 40_000));
      const thrown = await exportProject(made.project, params(profile, target), job, counting({ images: 0 })).then(
        () => null,
        (error: unknown) => error,
      );
      expect(thrown).toBeInstanceOf(AppError);
      expect((thrown as AppError).details['key']).toBe('disk-full');
      expect(readdirSync(target)).toEqual([`.partial-${id}`]);
      rmSync(ballast);
      expect(mount('4m', 'remount,')).toBe(true);
      const asked = { images: 0 };
      const { folder } = await exportProject(made.project, params(profile, target), job, counting(asked));
      expect(bytesOf(folder)).toEqual(whole.get(profile));
      expect(asked.images).toBeLessThan(IMAGES);
      rmSync(target, { recursive: true });
      expect(mount('96k', 'remount,')).toBe(true);
    }
  } finally {
    spawnSync('umount', [disk]);
    rmSync(disk, { recursive: true, force: true });
  }
});
