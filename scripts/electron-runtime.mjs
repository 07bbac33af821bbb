// Which Electron this checkout runs on: the current one where its binary can be fetched, else the pinned fallback.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { canHaveFallback, ensureFallback, FALLBACK_VERSION } from './fallback-electron.mjs';
import { cacheFolder, root } from './paths.mjs';

/** A reachable site starts to deliver within this; the rest of the download then has minutes. */
const ANSWER_MS = 6_000;
const DOWNLOAD_MS = 300_000;
const DAY_MS = 86_400_000;
const unreachable = path.join(cacheFolder, 'electron-unreachable');
const packageFolder = path.join(root, 'node_modules/electron');

/**
 * `{ folder, binary, version, kind: 'production' | 'fallback' }`. POINTILLIST_ELECTRON=production or =fallback asks for one of them alone.
 * A failure to fetch the production binary is remembered for a day, so that only the first start waits for it.
 */
export async function resolveElectron(say) {
  const wish = process.env.POINTILLIST_ELECTRON;
  if (wish !== 'fallback' && (installed() || (await fetchElectron(say, wish === 'production')))) {
    const folder = path.join(packageFolder, 'dist');
    const binary = path.join(folder, readFileSync(path.join(packageFolder, 'path.txt'), 'utf8'));
    return { folder, binary, version: packageVersion(), kind: 'production' };
  }
  if (wish === 'production')
    throw new Error('Electron could not be fetched from its release site; see the network settings, or leave POINTILLIST_ELECTRON unset');
  if (!canHaveFallback())
    throw new Error('Electron could not be fetched from its release site, and the fallback exists for Linux on x64 alone. Check the network and start again');
  const folder = await ensureFallback(say);
  return { folder, binary: path.join(folder, 'electron'), version: FALLBACK_VERSION, kind: 'fallback' };
}

/** One line for people: what the app runs on. */
export function describeRuntime(runtime) {
  if (runtime.kind === 'production') return `Runs on Electron ${runtime.version}.`;
  return `Runs on the fallback runtime, Electron ${runtime.version}: Electron ${packageVersion()} could not be fetched from its release site (asked again after a day).`;
}

const packageVersion = () => JSON.parse(readFileSync(path.join(packageFolder, 'package.json'), 'utf8')).version;

function installed() {
  try {
    const binary = readFileSync(path.join(packageFolder, 'path.txt'), 'utf8');
    return (
      readFileSync(path.join(packageFolder, 'dist/version'), 'utf8').replace(/^v/, '') === packageVersion() &&
      existsSync(path.join(packageFolder, 'dist', binary))
    );
  } catch {
    return false;
  }
}

async function fetchElectron(say, insist) {
  const failedLately = existsSync(unreachable) && Date.now() - statSync(unreachable).mtimeMs < DAY_MS;
  if (failedLately && !insist) return false;
  say(`Fetching Electron ${packageVersion()} (once) ...`);
  const done = (await answers()) && (await runInstaller()) && installed();
  if (done) rmSync(unreachable, { force: true });
  else {
    mkdirSync(cacheFolder, { recursive: true });
    writeFileSync(unreachable, new Date().toISOString());
  }
  return done;
}

/** Whether the file the installer wants can be had: a refused or silent site shall not hold up the start. */
async function answers() {
  const mirror = process.env.ELECTRON_MIRROR ?? process.env.npm_config_electron_mirror;
  // The installer knows mirrors and proxies; Node's fetch does not.
  if (mirror ?? process.env.HTTPS_PROXY ?? process.env.https_proxy) return true;
  const tag = `v${packageVersion()}`;
  const file = `https://github.com/electron/electron/releases/download/${tag}/electron-${tag}-${process.platform}-${process.arch}.zip`;
  try {
    return (await fetch(file, { method: 'HEAD', signal: AbortSignal.timeout(ANSWER_MS) })).ok;
  } catch {
    return false;
  }
}

function runInstaller() {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [path.join(packageFolder, 'install.js')], { stdio: 'ignore', timeout: DOWNLOAD_MS });
    child.on('error', () => resolve(false));
    child.on('exit', (code) => resolve(code === 0));
  });
}
