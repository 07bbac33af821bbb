// The few Debian packages that a fresh machine lacks: Chromium's libraries, a virtual screen, fonts. Installed where we may, else named.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';

const LIBRARY_FOLDERS = ['/usr/lib/x86_64-linux-gnu', '/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu', '/usr/lib64', '/usr/lib'];
const onPath = (program) => ['/usr/bin', '/bin', '/usr/local/bin', '/usr/sbin'].some((folder) => existsSync(`${folder}/${program}`));
const library = (file) => LIBRARY_FOLDERS.some((folder) => existsSync(`${folder}/${file}`));
const font = () =>
  existsSync('/usr/share/fonts') &&
  readdirSync('/usr/share/fonts', { recursive: true }).some((file) => /(Noto(Sans|Serif)CJK|ipag|TakaoGothic|VL-Gothic)/i.test(file));

/** What to look for, and the package that brings it. A list: the first name that apt knows (names changed with the 64-bit time transition). */
const APP = [
  { there: () => library('libgtk-3.so.0'), names: ['libgtk-3-0t64', 'libgtk-3-0'] },
  { there: () => library('libnss3.so'), names: ['libnss3'] },
  { there: () => library('libgbm.so.1'), names: ['libgbm1'] },
  { there: () => library('libasound.so.2'), names: ['libasound2t64', 'libasound2'] },
  { there: font, names: ['fonts-noto-cjk'], optional: true },
];
const SCREEN = [{ there: () => onPath('Xvfb'), names: ['xvfb'] }];
const FALLBACK = [{ there: () => onPath('unzip'), names: ['unzip'] }];
const TESTS = [
  { there: () => onPath('xauth'), names: ['xauth'] },
  { there: () => onPath('chromium'), names: ['chromium'] },
];
export const needs = { app: APP, screen: SCREEN, fallback: FALLBACK, tests: TESTS };

/** Installs what is missing of these with apt-get, as root or with sudo that asks nothing; elsewhere stops with one line that says what to type. */
export function ensureSystem(wanted, say) {
  if (process.platform !== 'linux') return;
  const missing = wanted.filter((need) => !need.there());
  if (missing.length === 0) return;
  const needed = missing.filter((need) => !need.optional);
  if (!onPath('apt-get')) {
    const names = missing.map((need) => need.names.at(-1)).join(' ');
    if (needed.length === 0) return say(`Japanese text may show as boxes: install a CJK font (${names}).`);
    return say(`This may need what Debian calls ${names}; install them with your system's packages if the app doesn't start.`);
  }
  const asRoot = process.getuid?.() === 0 ? [] : spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0 ? ['sudo', '-n'] : null;
  if (asRoot === null) {
    const command = `sudo apt-get install -y --no-install-recommends ${missing.map((need) => aptName(need.names)).join(' ')}`;
    if (needed.length === 0) return say(`Japanese text may show as boxes; this installs a font: ${command}`);
    console.error(`Missing system libraries; install them with: ${command}`);
    process.exit(1);
  }
  install(missing, asRoot, say);
}

function install(missing, asRoot, say) {
  const apt = (...args) => {
    const [program, ...rest] = [...asRoot, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-qq', ...args];
    return spawnSync(program, rest, { stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8' });
  };
  say(`Installing system packages: ${missing.map((need) => need.names.at(-1)).join(' ')} ...`);
  apt('update');
  const names = missing.map((need) => aptName(need.names));
  const result = apt('install', '-y', '--no-install-recommends', ...names);
  const still = missing.filter((need) => !need.there() && !need.optional);
  if (still.length === 0) return;
  console.error(result.stderr.trim());
  console.error(`Could not install ${still.map((need) => aptName(need.names)).join(' ')}; try: apt-get update && apt-get install ${names.join(' ')}`);
  process.exit(1);
}

function aptName(names) {
  return names.find((name) => /Candidate: [^(]/.test(spawnSync('apt-cache', ['policy', name], { encoding: 'utf8' }).stdout ?? '')) ?? names.at(-1);
}
