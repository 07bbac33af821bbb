/** Starts the app, or the bare floor, the same way: a window of 1440 x 900 on the same runtime. */
import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');

export interface Window {
  readonly app: ElectronApplication;
  readonly page: Page;
  /** Time of the start, in milliseconds since 1970. */
  readonly begun: number;
  close(): Promise<void>;
}

async function open(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Window> {
  const inherited = Object.fromEntries(Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined));
  const begun = Date.now();
  const app = await _electron.launch({
    cwd: root,
    args: ['--disable-gpu', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), ...args],
    env: { ...inherited, LANG: 'en_US.UTF-8', ...env },
  });
  const page = await app.firstWindow();
  return { app, page, begun, close: () => app.close() };
}

/** The app on a project; `home` keeps what its window remembers. */
export const openApp = (home: string, project: string): Promise<Window> =>
  open([root, '--project', project], { POINTILLIST_HOME: home, POINTILLIST_PROJECTS: path.join(home, 'projects'), POINTILLIST_NODE: process.execPath });

/** The least that paints an image. */
export const openFloor = (image: string): Promise<Window> => open([path.join(root, 'bench/floor'), image]);

/** When the page marked its image as painted, in milliseconds since the start. */
export async function painted({ page, begun }: Window): Promise<number> {
  await page.waitForFunction(() => performance.getEntriesByName('image-painted').length > 0, null, { polling: 20 });
  return (await page.evaluate(() => performance.timeOrigin + performance.getEntriesByName('image-painted')[0]!.startTime)) - begun;
}

/** Proportional set size of the app's processes, in megabytes, by what they are. */
export const memory = (app: ElectronApplication): Map<string, number> => memoryOf(app.process().pid!);

/** The same, of the program with this process id. Only what it wrote itself (`dirty`) says whether it grows: its share of the program's file depends on who else runs it. */
export function memoryOf(root: number, dirty = false): Map<string, number> {
  const sizes = new Map<string, number>();
  const visit = (pid: number) => {
    const read = (name: string) => readFileSync(`/proc/${pid}/${name}`, 'utf8');
    const line = read('cmdline').replaceAll('\0', ' ');
    const kind = kindOf(line);
    const kiloBytes = Number((dirty ? /^Pss_Dirty:\s+(\d+)/m : /^Pss:\s+(\d+)/m).exec(read('smaps_rollup'))?.[1] ?? 0);
    sizes.set(kind, (sizes.get(kind) ?? 0) + kiloBytes / 1024);
    for (const task of readdirSync(`/proc/${pid}/task`)) {
      for (const child of read(`task/${task}/children`).trim().split(' ').filter(Boolean)) visit(Number(child));
    }
  };
  visit(root);
  return sizes;
}

/** What a process is, by its command line. */
const kindOf = (line: string): string =>
  /--type=(\S+)/.exec(line)?.[1] ?? (line.includes('desktop-entry') ? 'core' : (/core\/([a-z]+)-worker/.exec(line)?.[1] ?? 'main'));

/** Milliseconds of processor time that each kind of process took so far. */
export function cpuByKind(app: ElectronApplication): Map<string, number> {
  const taken = new Map<string, number>();
  const visit = (at: number) => {
    try {
      const stat = readFileSync(`/proc/${at}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      const kind = kindOf(readFileSync(`/proc/${at}/cmdline`, 'utf8').replaceAll('\0', ' '));
      taken.set(kind, (taken.get(kind) ?? 0) + (Number(fields[11]) + Number(fields[12])) * 10);
      for (const task of readdirSync(`/proc/${at}/task`))
        for (const child of readFileSync(`/proc/${at}/task/${task}/children`, 'utf8').trim().split(' ').filter(Boolean)) visit(Number(child));
    } catch {
      // It ended meanwhile.
    }
  };
  visit(app.process().pid!);
  return taken;
}

const total = (taken: Map<string, number>): number => [...taken.values()].reduce((sum, ms) => sum + ms, 0);

/** Waits until nothing is going on behind the screen, and says so where that is never the case. */
export async function untilIdle({ app, page }: Pick<Window, 'app' | 'page'>, longest = 120_000): Promise<void> {
  const until = Date.now() + longest;
  for (;;) {
    const before = total(cpuByKind(app));
    await page.waitForTimeout(2000);
    if (total(cpuByKind(app)) - before < 100) return;
    if (Date.now() > until) return console.log('    something is still going on behind the screen');
  }
}

/** Processor time that the page's process and the one that composes windows took so far, in milliseconds: unlike time by the clock it does not depend on who else works. */
export function cpuMs(app: ElectronApplication): number {
  const taken = cpuByKind(app);
  return (taken.get('renderer') ?? 0) + (taken.get('gpu-process') ?? 0);
}
