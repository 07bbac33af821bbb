/** The read-back lane: exports of real photos, read by pyarrow and `datasets`. Says aloud when Python has neither, and then skips. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { makeExports } from './make-exports.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** A Python that has what is needed, made by the workshop's script where there is one, or null. */
function findPython(): string | null {
  const made = path.join(homedir(), '.cache/pointillist-venv/bin/python');
  const candidates = [process.env['POINTILLIST_PYTHON'], made, 'python3'].filter((name) => name !== undefined);
  const works = (python: string) => spawnSync(python, ['-c', 'import datasets, pyarrow, numpy, PIL'], { stdio: 'ignore' }).status === 0;
  const found = candidates.find(works);
  if (found !== undefined) return found;
  const script = path.join(root, '../shared/tools/venv.sh');
  if (!existsSync(script)) return null;
  spawnSync('bash', [script], { stdio: ['ignore', 'ignore', 'inherit'], timeout: 180_000 });
  return works(made) ? made : null;
}

/** The sample photos, and where they are at hand files that must be turned or brought to RGB first. */
function photos(): string[] {
  const samples = path.join(root, 'assets/sample-photos');
  const list = readdirSync(samples)
    .filter((name) => name.endsWith('.jpg'))
    .sort()
    .map((name) => path.join(samples, name));
  const odd = path.join(root, '../shared/fixtures/odd');
  const more = [
    'exif-orientation/Landscape_6.jpg',
    'exif-orientation/Portrait_3.jpg',
    'pillow/pil_sample_cmyk.jpg',
    'sharp/Flag_of_the_Netherlands-16bit.png',
    'sharp/full-transparent.png',
    'libavif/draw_points_idat_progressive.avif',
    'libheif/example.heic',
    'sharp/8bit_depth.tiff',
    'sharp/rotating-squares.gif',
    'libavif/kodim03_grayscale_cicp.png',
    // EXIF that makes PIL raise.
    'libavif/paris_icc_exif_xmp.png',
    'pillow/invalid-exif.jpg',
  ]
    .map((name) => path.join(odd, name))
    .filter((file) => existsSync(file));
  if (more.length === 0) console.log('note    no odd images at hand (../shared/fixtures): only the sample photos are read back');
  return [...list, ...more];
}

async function main(): Promise<number> {
  const python = findPython();
  if (python === null) {
    console.log('SKIPPED exports are not read back: no Python with `datasets`, `pyarrow` and `pillow` (POINTILLIST_PYTHON names one)');
    console.log('0 passed, 0 failed, 1 skipped');
    return 0;
  }
  const out = mkdtempSync(path.join(tmpdir(), 'pointillist-readback-'));
  try {
    await makeExports(photos(), out);
    const { stdout, status } = spawnSync(python, [path.join(import.meta.dirname, 'readback.py'), out], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, HF_HOME: path.join(out, '.hf'), HF_HUB_OFFLINE: '1', HF_DATASETS_DISABLE_PROGRESS_BARS: '1', PYTHONIOENCODING: 'utf-8' },
    });
    const lines = stdout.trimEnd().split('\n');
    const last = lines.pop() ?? '';
    console.log(lines.join('\n'));
    const counts = status === 0 && last.startsWith('{') ? (JSON.parse(last) as { passed: number; failed: number }) : { passed: 0, failed: 1 };
    if (status !== 0) console.log('FAILED  the reader ended early:', last);
    console.log(`${counts.passed} passed, ${counts.failed} failed, 0 skipped`);
    return counts.failed === 0 ? 0 : 1;
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

process.exitCode = await main();
