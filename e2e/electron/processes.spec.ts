/** The app's processes: what dies comes back, what closes has saved, what ends takes everything with it. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { corePid, expect, launch, quit, runtimeFolder, test } from './app.ts';
import { ownScreen } from './screens.ts';

const running = (pid: number) => existsSync(`/proc/${pid}`);
const shown = (page: Page) => page.getByText('astronaut.jpg').first();

interface Frame {
  readonly t: string;
  readonly id: number;
  readonly value?: unknown;
}
interface Bridge {
  send(frame: object): void;
  onMessage(listener: (frame: Frame) => void): void;
  onCore(listener: (alive: boolean) => void): void;
  onBeforeClose(listener: () => Promise<void>): void;
  reveal(folder: string): Promise<void>;
}
/** One call through the page's own bridge, beside the page's client. */
const call = (page: Page, method: string, input: object) =>
  page.evaluate(
    ([name, data]) => {
      const bridge = (window as unknown as { pointillist: Bridge }).pointillist;
      const id = 1_000_000 + Math.floor(Math.random() * 1e9);
      return new Promise<Frame>((resolve) => {
        bridge.onMessage((frame) => frame.id === id && resolve(frame));
        bridge.send({ t: 'call', id, method: name, input: data });
      });
    },
    [method, input] as const,
  );

test('a core that is killed comes back with the same project, and the page is told', async ({ app, page }) => {
  await expect(shown(page)).toBeVisible();
  await page.evaluate(() => {
    const told: boolean[] = [];
    Object.assign(window, { told });
    (window as unknown as { pointillist: Bridge }).pointillist.onCore((alive) => told.push(alive));
  });
  const before = (await call(page, 'project.current', {})).value;
  const pid = corePid(app);
  process.kill(pid, 'SIGKILL');
  await expect.poll(() => page.evaluate(() => (window as unknown as { told: boolean[] }).told)).toEqual([false, true]);
  expect(corePid(app)).not.toBe(pid);
  expect((await call(page, 'project.current', {})).value).toEqual(before);
});

test('thumbnails are there again after the core was killed', async ({ app, page }) => {
  await expect(shown(page)).toBeVisible();
  process.kill(corePid(app), 'SIGKILL');
  await page.reload();
  await expect(shown(page)).toBeVisible();
  await expect.poll(() => page.evaluate(() => [...document.images].filter((image) => image.naturalWidth > 0).length)).toBeGreaterThan(5);
});

test('the window waits for the page to save, and for three seconds at most', async ({ home, projects }) => {
  const saving = await launch({ home, projects });
  await expect(shown(saving.page)).toBeVisible();
  await saving.page.evaluate(() => {
    const bridge = (window as unknown as { pointillist: Bridge }).pointillist;
    bridge.onBeforeClose(async () => {
      await new Promise((resolve) => setTimeout(resolve, 300));
      bridge.send({ t: 'call', id: 2_000_000, method: 'people.rename', input: { name: 'Saved while closing' } });
    });
  });
  await quit(saving.app);
  const hanging = await launch({ home, projects });
  await expect(shown(hanging.page)).toBeVisible();
  expect((await call(hanging.page, 'app.info', {})).value).toMatchObject({ me: { name: 'Saved while closing' } });
  await hanging.page.evaluate(() => (window as unknown as { pointillist: Bridge }).pointillist.onBeforeClose(() => new Promise(() => {})));
  const pid = hanging.app.process().pid!;
  await hanging.app.close();
  await expect.poll(() => running(pid)).toBe(false);
});

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  test(`${signal} ends the app, its core and its workers`, async ({ home, projects }) => {
    const { app, page } = await launch({ home, projects });
    await expect(shown(page)).toBeVisible();
    const pids = [app.process().pid!, corePid(app)];
    process.kill(pids[0]!, signal);
    await expect.poll(() => pids.filter(running), { timeout: 10_000 }).toEqual([]);
  });
}

test('the core ends when the main process is killed, and releases the project', async ({ home, projects }) => {
  const first = await launch({ home, projects });
  await expect(shown(first.page)).toBeVisible();
  const core = corePid(first.app);
  process.kill(first.app.process().pid!, 'SIGKILL');
  await expect.poll(() => running(core), { timeout: 10_000 }).toBe(false);
  const second = await launch({ home, projects });
  await expect(shown(second.page)).toBeVisible();
  await quit(second.app);
});

test('a second start hands its project to the first window and ends', async ({ page, home, projects }) => {
  await expect(shown(page)).toBeVisible();
  const sample = `${projects}/Sample photos`;
  const created = await call(page, 'project.create', { folder: `${projects}/Other`, name: 'Other' });
  expect(created.value).toMatchObject({ status: 'opened', project: { name: 'Other' } });
  const second = spawn(`${runtimeFolder()}/electron`, ['--disable-gpu', '--no-sandbox', '.', '--project', sample], {
    env: { ...process.env, ...ownScreen(), POINTILLIST_HOME: home, POINTILLIST_PROJECTS: projects },
    stdio: 'ignore',
  });
  expect(await new Promise((resolve) => second.on('exit', resolve))).toBe(0);
  await expect.poll(async () => (await call(page, 'project.current', {})).value).toMatchObject({ folder: sample });
});

test('the last project opens again, in a window where it was', async ({ home, projects }) => {
  const first = await launch({ home, projects });
  await expect(shown(first.page)).toBeVisible();
  await call(first.page, 'project.create', { folder: `${projects}/Mine`, name: 'Mine' });
  const bounds = { x: 40, y: 60, width: 1100, height: 700 };
  await first.app.evaluate(({ BrowserWindow }, rectangle) => BrowserWindow.getAllWindows()[0]!.setBounds(rectangle), bounds);
  await quit(first.app);
  const second = await launch({ home, projects });
  expect((await call(second.page, 'project.current', {})).value).toMatchObject({ name: 'Mine' });
  expect(await second.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.getBounds())).toEqual(bounds);
  await quit(second.app);
});

test('only folders that the core named or the person picked are shown in the file browser', async ({ app, page, projects }) => {
  await expect(shown(page)).toBeVisible();
  await app.evaluate(({ dialog, shell }) => {
    const opened: string[] = [];
    Object.assign(globalThis, { opened });
    shell.openPath = (folder) => {
      opened.push(folder);
      return Promise.resolve('');
    };
    dialog.showOpenDialog = (() => Promise.resolve({ canceled: false, filePaths: ['/picked'] })) as typeof dialog.showOpenDialog;
  });
  const reveal = (folder: string) =>
    page.evaluate(
      (path) =>
        (window as unknown as { pointillist: Bridge }).pointillist.reveal(path).then(
          () => 'shown',
          () => 'refused',
        ),
      folder,
    );
  expect(await reveal('/etc')).toBe('refused');
  expect(await reveal(`${projects}/Sample photos/..`)).toBe('refused');
  expect(await reveal(`${projects}/Sample photos`)).toBe('shown');
  const picked = await page.evaluate(() =>
    (window as unknown as { pointillist: { pickFolder(options: object): Promise<string[]> } }).pointillist.pickFolder({ title: 'Pick', button: 'Pick' }),
  );
  expect(picked).toEqual(['/picked']);
  expect(await reveal('/picked')).toBe('shown');
  expect(await app.evaluate(() => (globalThis as unknown as { opened: string[] }).opened)).toEqual([`${projects}/Sample photos`, '/picked']);
});

test('a project that can’t be opened is told of, and the app goes on', async ({ home, projects }) => {
  const { app, page } = await launch({ home, projects, args: ['--project', `${projects}/nothing here`] });
  await expect(page.locator('#root')).not.toBeEmpty();
  expect((await call(page, 'project.current', {})).value).toEqual({ id: null });
  await quit(app);
});
