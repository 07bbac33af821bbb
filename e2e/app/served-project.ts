/** A real `pointillist serve` over a project with the sample photos, for tests in a browser. */
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, type Page, test as base } from '@playwright/test';

const root = path.resolve(import.meta.dirname, '../..');
const entry = path.join(root, 'electron/cli/main.ts');

export interface ServedProject {
  readonly folder: string;
  /** The start address with its key. */
  readonly url: string;
  /** Runs a command of the command line on the project; it must not be served meanwhile. */
  cli(...words: string[]): string;
  stop(): Promise<void>;
  /** Serves it again at the same port, as after a restart of the machine. */
  restart(): Promise<string>;
}

export async function serveSample(): Promise<ServedProject & { remove(): void }> {
  const home = mkdtempSync(path.join(tmpdir(), 'pointillist-e2e-'));
  const folder = path.join(home, 'project');
  // A copy: a build that runs meanwhile takes the files away that the open pages still ask for.
  const pages = path.join(home, 'pages');
  cpSync(path.join(root, 'dist/renderer'), pages, { recursive: true });
  const env = { ...process.env, POINTILLIST_HOME: path.join(home, 'settings'), POINTILLIST_PAGES: pages, LANG: 'en_US.UTF-8' };
  const cli = (...words: string[]) => execFileSync(process.execPath, [entry, ...words], { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  cli('new', folder, '--name', 'Sample photos');
  cli('import', folder, path.join(root, 'assets/sample-photos'), '--copy');
  const start = async (port: number) => {
    const child = spawn(process.execPath, [entry, 'serve', folder, '--port', String(port), '--json'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    const ended = new Promise<void>((resolve) => child.on('close', () => resolve()));
    const started = await new Promise<{ url: string; port: number }>((resolve, reject) => {
      let text = '';
      child.stdout.on('data', (data: Buffer) => {
        text += data.toString('utf8');
        if (text.endsWith('}\n')) resolve(JSON.parse(text) as { url: string; port: number });
      });
      child.on('close', (code) => reject(new Error(`serve ended with ${code}`)));
    });
    return { ...started, child, ended };
  };
  let running = await start(0);
  const stop = async () => {
    running.child.kill('SIGINT');
    await running.ended;
  };
  return {
    folder,
    cli,
    get url() {
      return running.url;
    },
    stop,
    restart: async () => {
      await stop();
      running = await start(running.port);
      return running.url;
    },
    remove: () => rmSync(home, { recursive: true, force: true }),
  };
}

/** `served`: one project for all tests, each of which takes images of its own. `errors`: what the page complained of; none at the end of each test. */
export const test = base.extend<{ errors: string[] }, { served: ServedProject }>({
  served: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the pattern
    async ({}, use) => {
      const served = await serveSample();
      await use(served);
      await served.stop();
      served.remove();
    },
    { scope: 'worker' },
  ],
  errors: [
    async ({ page }, use) => {
      const errors: string[] = [];
      page.on('pageerror', (error) => errors.push(String(error)));
      page.on('console', (message) => {
        if (message.type() === 'error') errors.push(message.text());
      });
      await use(errors);
      expect(errors).toEqual([]);
    },
    { auto: true },
  ],
});

/** Opens the app at its gallery; a browser that was at an image is back at it first. */
export async function openGallery(page: Page, url: string): Promise<void> {
  await page.goto(url);
  const grid = page.getByRole('grid', { name: 'Images' });
  const stage = page.getByRole('application');
  await expect(grid.or(stage)).toBeVisible();
  if (await stage.isVisible()) await toGallery(page);
  await expect(grid).toBeVisible();
}

/** From an image to the gallery by the keyboard: out of the field, which has the focus once the image is ready, then the key. */
export async function toGallery(page: Page): Promise<void> {
  await expect(page.getByRole('textbox', { name: 'Caption' })).toBeFocused();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Shift+G');
}

/** Opens an image from the gallery by its name, as a person does. */
export async function openImage(page: Page, url: string, name: string): Promise<void> {
  await openGallery(page, url);
  await page.getByRole('gridcell', { name: new RegExp(`^${name}`) }).dblclick();
  await expect(page.getByRole('application', { name: `Image ${name}` })).toBeVisible();
}

export const saved = (page: Page) => page.getByTestId('save-status').getByText(/^Saved/);
