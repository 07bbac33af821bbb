/** Launches the real app for a test, with settings and projects folders of its own. */
import { _electron, type ElectronApplication, test as base, type Page } from '@playwright/test';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { copyReadySample } from './ready-sample.ts';
import { ownScreen } from './screens.ts';

export { expect } from '@playwright/test';

const root = path.resolve(import.meta.dirname, '../..');

/** The runtime that `scripts/test.mjs` found, or the one a start made earlier. */
export function runtimeFolder(): string {
  const given = process.env['POINTILLIST_ELECTRON_DIST'];
  const fallback = path.join(root, '.cache/electron-33.2.1');
  const folder = given ?? (existsSync(path.join(root, 'node_modules/electron/dist/version')) ? path.join(root, 'node_modules/electron/dist') : fallback);
  if (!existsSync(folder)) throw new Error('no Electron to test: run `npm test -- e2e` or `npm start` once');
  return folder;
}

export interface Launched {
  readonly app: ElectronApplication;
  readonly page: Page;
  /** Everything the app's processes wrote to their standard streams. */
  readonly output: () => string;
}
export interface LaunchOptions {
  readonly home: string;
  readonly projects: string;
  /** Arguments of the app, such as `--project`. */
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts the app; the caller closes it. Tests that start it once get it from the fixture below. */
export async function launch({ home, projects, args = [], env = {} }: LaunchOptions): Promise<Launched> {
  // Without executablePath: then Playwright starts Electron through its own loader, which never hung in 125 launches; with it 3 of 20 did.
  process.env['ELECTRON_OVERRIDE_DIST_PATH'] = runtimeFolder();
  const inherited = Object.fromEntries(Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined));
  const app = await _electron.launch({
    cwd: root,
    args: ['--disable-gpu', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), root, ...args],
    env: {
      ...inherited,
      ...ownScreen(),
      LANGUAGE: 'en',
      LANG: 'en_US.UTF-8',
      ...env,
      POINTILLIST_HOME: home,
      POINTILLIST_PROJECTS: projects,
      POINTILLIST_NODE: process.execPath,
    },
  });
  let output = '';
  app.process().stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  app.process().stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return { app, page: await app.firstWindow(), output: () => output };
}

/** Ends the app as a person closes it; a hanging one is killed. */
export async function quit(app: ElectronApplication): Promise<void> {
  const child = app.process();
  // Not by its number: in the last moment that could be nobody's any more.
  const timer = setTimeout(() => child.kill('SIGKILL'), 10_000);
  await app.close().catch(() => {});
  clearTimeout(timer);
}

/** The pid of the running core: the app's child that runs `desktop-entry.js`. */
export function corePid(app: ElectronApplication): number {
  const parent = app.process().pid!;
  const children = readFileSync(`/proc/${parent}/task/${parent}/children`, 'utf8').trim().split(' ');
  const found = children.find((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('desktop-entry'));
  if (found === undefined) throw new Error('no core process');
  return Number(found);
}

interface Fixtures {
  /** Whether the app has never been started; else the sample project is there, indexed and read. Set with `test.use({ firstStart: true })`. */
  readonly firstStart: boolean;
  /** Folders of the test's own, removed after it. */
  readonly folders: { readonly home: string; readonly projects: string };
  readonly home: string;
  readonly projects: string;
  /** Further arguments of the app; set with `test.use({ appArgs: [...] })`. */
  readonly appArgs: readonly string[];
  readonly launched: Launched;
  readonly app: ElectronApplication;
  readonly page: Page;
}

/** Playwright's `test` with the running app: `app`, `page`, and its folders `home` and `projects`. */
export const test = base.extend<Fixtures>({
  appArgs: [[], { option: true }],
  firstStart: [false, { option: true }],
  folders: async ({ firstStart }, use) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'pointillist-e2e-'));
    const [home, projects] = [path.join(folder, 'home'), path.join(folder, 'projects')];
    if (!firstStart) copyReadySample(home, projects);
    await use({ home, projects });
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  },
  home: ({ folders }, use) => use(folders.home),
  projects: ({ folders }, use) => use(folders.projects),
  launched: async ({ home, projects, appArgs }, use, info) => {
    const launched = await launch({ home, projects, args: appArgs });
    await use(launched);
    await quit(launched.app);
    if (info.status !== info.expectedStatus) await info.attach('output of the app', { body: launched.output(), contentType: 'text/plain' });
  },
  app: ({ launched }, use) => use(launched.app),
  page: ({ launched }, use) => use(launched.page),
});
