/**
 * A real English dictionary in Chromium's format, out of Debian's packages: one that is on the machine, else made of `hunspell-en-us` by the converter of
 * `qt6-webengine-dev-tools`, which are on the machine or fetched by apt into the cache without being installed.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';

const cache = path.resolve(import.meta.dirname, '../../.cache/dictionary');
const PACKAGES = ['qt6-webengine-dev-tools', 'hunspell-en-us'];
const CONVERTERS = ['usr/lib/qt6/libexec/qwebengine_convert_dict', 'usr/lib/qt5/bin/qwebengine_convert_dict'];
const WORDS = 'usr/share/hunspell/en_US.dic';
const FETCH_MS = 90_000;

/** The dictionary's path, or the reason for which there is none. */
export function realDictionary(): { readonly file: string } | { readonly reason: string } {
  const made = path.join(cache, 'en-US.bdic');
  for (const file of [made, '/usr/share/hunspell-bdic/en-US.bdic', '/usr/share/hunspell-bdic/en_US.bdic']) if (existsSync(file)) return { file };
  if (process.platform !== 'linux') return { reason: 'made by Debian’s packages only' };
  try {
    return { file: convert('/', made) ?? convert(fetchPackages(), made) ?? never() };
  } catch (thrown) {
    return { reason: `apt brought no ${PACKAGES.join(' and ')}: ${String(thrown).slice(0, 200)}` };
  }
}

function never(): never {
  throw new Error('the packages hold no converter');
}

/** Converts the words below this root by the converter below it; null where one of them is not there. */
function convert(below: string, to: string): string | null {
  const converter = CONVERTERS.map((name) => path.join(below, name)).find((file) => existsSync(file));
  if (converter === undefined || !existsSync(path.join(below, WORDS))) return null;
  mkdirSync(path.dirname(to), { recursive: true });
  const libraries = path.join(below, 'usr/lib/x86_64-linux-gnu');
  execFileSync(converter, [path.join(below, WORDS), `${to}.tmp`], { env: { ...process.env, LD_LIBRARY_PATH: libraries }, stdio: 'pipe' });
  renameSync(`${to}.tmp`, to);
  return to;
}

/** Unpacks the packages, with those that they need and that are not installed, into a folder. */
function fetchPackages(): string {
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(path.join(cache, 'fetch-'));
  try {
    const run = (program: string, args: string[]) => execFileSync(program, args, { cwd: folder, timeout: FETCH_MS, encoding: 'utf8', stdio: 'pipe' });
    const plan = run('apt-get', ['install', '--simulate', '--reinstall', '--no-install-recommends', ...PACKAGES]);
    const names = [...plan.matchAll(/^Inst (\S+)/gm)].map((match) => match[1]!);
    run('apt-get', ['download', ...new Set([...names, ...PACKAGES])]);
    const root = path.join(cache, 'unpacked');
    for (const file of readdirSync(folder)) run('dpkg-deb', ['--extract', file, root]);
    return root;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
