/** Points in depth: the sweep, the loupe, and images that are shown through tiles. */
import type { ElectronApplication, Page } from '@playwright/test';
import { AxeBuilder } from '@axe-core/playwright';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import { expect, launch, quit, test } from './app.ts';
import { findOnScreen } from './find-on-screen.ts';
import { makeProject } from './make-project.ts';
import { stored } from './project-file.ts';

const shot = (page: Page, name: string) => page.screenshot({ path: path.resolve(import.meta.dirname, `../../test-results/screens/${name}.png`) });
const resize = (app: ElectronApplication, width: number, height: number) =>
  app.evaluate(({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]!.setContentSize(size.width, size.height), { width, height });

async function openPhoto(page: Page, name: string): Promise<void> {
  await page.getByRole('gridcell', { name: new RegExp(name) }).dblclick();
  await expect(page.getByRole('application')).toHaveAccessibleName(`Image ${name}`);
  await expect(page.getByTestId('zoom')).toHaveText(/\d %/);
}
async function addLabel(page: Page, label: string): Promise<void> {
  await page.keyboard.press('Alt+3');
  await expect(page.getByRole('application')).toBeFocused();
  await page.keyboard.press('l');
  await expect(page.getByRole('combobox')).toBeFocused();
  await page.keyboard.type(label);
  await page.keyboard.press('Enter');
}
async function clickAt(page: Page, x: number, y: number): Promise<void> {
  const box = (await page.getByRole('application').boundingBox())!;
  await page.mouse.click(box.x + box.width * x, box.y + box.height * y);
}
const counts = (page: Page, seen: number, total: number) => expect(page.getByTestId('sweep-count')).toHaveText(`${seen} of ${total} cells looked at`);

test('a sweep walks the image in cells, keeps what was looked at, and says when the label was searched everywhere', async ({ app, page, projects }) => {
  const folder = `${projects}/Sample photos`;
  const set = () => stored(folder, 'coins.jpg').sets[0]!;
  await resize(app, 1440, 900);
  await openPhoto(page, 'coins.jpg');
  await addLabel(page, 'coin');
  const fitted = await page.getByTestId('zoom').textContent();
  await page.keyboard.press('g');
  await expect(page.getByTestId('sweep-cell')).toBeVisible();
  await expect(page.getByTestId('zoom')).not.toHaveText(fitted!);
  const total = Number(/of (\d+)/.exec((await page.getByTestId('sweep-count').textContent())!)![1]);
  expect(total).toBeGreaterThan(1);
  const box = (await page.getByRole('application').boundingBox())!;
  const cell = (await page.getByTestId('sweep-cell').boundingBox())!;
  // The whole cell is in view, free of the tools.
  expect(cell.x).toBeGreaterThanOrEqual(box.x);
  expect(cell.y).toBeGreaterThanOrEqual(box.y + 50);
  expect(cell.x + cell.width).toBeLessThanOrEqual(box.x + box.width);

  // Points are placed as ever; Space says that the cell is done.
  await clickAt(page, 0.5, 0.5);
  await clickAt(page, 0.4, 0.6);
  await expect.poll(() => set().points.length).toBe(2);
  await page.keyboard.press('Space');
  await counts(page, 1, total);
  await page.keyboard.press('Enter');
  await counts(page, 2, total);
  await shot(page, 'sweep');
  await expect.poll(() => set().sweep).not.toBeNull();
  const kept = set().sweep!;

  // One undo takes back the run of marks, the next the last point; redo brings both back.
  await page.keyboard.press('Control+z');
  await counts(page, 0, total);
  await expect.poll(() => set().points.length).toBe(2);
  await page.keyboard.press('Control+z');
  await expect.poll(() => set().points.length).toBe(1);
  await page.keyboard.press('Control+Shift+z');
  await page.keyboard.press('Control+Shift+z');
  await counts(page, 2, total);

  // Another window size keeps the grid and the cell in view; the sweep is left and gone on with.
  await resize(app, 1280, 800);
  await counts(page, 2, total);
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('sweep-cell')).toBeHidden();
  expect(set().sweep).toBe(kept);
  await page.keyboard.press('g');
  await counts(page, 2, total);

  // The arrow keys and the map go elsewhere without saying anything.
  await page.keyboard.press('ArrowLeft');
  const map = (await page.getByTestId('sweep-map').boundingBox())!;
  await page.mouse.click(map.x + 4, map.y + 4);
  await counts(page, 2, total);
  for (let at = 2; at < total; at++) {
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Space');
  }
  for (let more = 0; more < total && (await page.getByTestId('sweep-cell').isVisible()); more++) await page.keyboard.press('Space');
  await counts(page, total, total);
  await expect(page.getByTestId('exhaustive')).toBeVisible();
  await expect(page.getByTestId('notice')).toHaveText(`All ${total} cells looked at: 2 points of “coin”.`);
  await expect(page.getByTestId('zoom')).not.toHaveText('');
  await expect.poll(() => /^\d+x\d+:[f]*[fec8]?$/.test(set().sweep ?? '')).toBe(true);
  await shot(page, 'sweep-done');
  const { violations } = await new AxeBuilder({ page: page as never }).setLegacyMode().analyze();
  expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
});

test('the loupe shows what is below the cursor four times as large, beside it, and is remembered', async ({ app, page }) => {
  await resize(app, 1440, 900);
  await openPhoto(page, 'coins.jpg');
  await addLabel(page, 'coin');
  const loupe = page.locator('[data-loupe]');
  await expect(loupe).toBeHidden();
  const box = (await page.getByRole('application').boundingBox())!;
  await page.mouse.move(box.x + box.width * 0.5, box.y + box.height * 0.5);
  await page.keyboard.press('z');
  await expect(loupe).toBeVisible();
  const at = (await loupe.boundingBox())!;
  expect(at.x).toBeGreaterThan(box.x + box.width * 0.5);
  expect(at.width).toBe(168);
  await clickAt(page, 0.52, 0.52);
  await page.mouse.move(box.x + box.width * 0.52 + 6, box.y + box.height * 0.52 + 6);
  await page.waitForTimeout(150);
  await shot(page, 'loupe');
  // Beside the far corner it changes sides.
  await page.mouse.move(box.x + box.width - 40, box.y + box.height - 80);
  await page.waitForTimeout(100);
  await page.keyboard.press('Alt+ArrowRight');
  await page.mouse.move(box.x + box.width * 0.5, box.y + box.height * 0.45);
  await expect(loupe).toBeVisible();
  // Held, the key is for that long only.
  await page.keyboard.press('z');
  await expect(loupe).toBeHidden();
  await page.keyboard.down('z');
  await page.mouse.move(box.x + box.width * 0.5, box.y + box.height * 0.5);
  await expect(loupe).toBeVisible();
  await page.waitForTimeout(500);
  await page.keyboard.up('z');
  await expect(loupe).toBeHidden();
});

test('an image of 280 megapixels opens, is sharp at one to one through its tiles, and a click on a pixel is stored there', async ({ home, projects }) => {
  test.setTimeout(240_000);
  const size = { width: 20_000, height: 14_000 };
  // Middle of a white block of 40 x 40, in pixels.
  const target = { x: 13_337.5, y: 8_888.5 };
  const block = await sharp({ create: { width: 41, height: 41, channels: 3, background: '#fff' } })
    .png()
    .toBuffer();
  const photo = await sharp(path.resolve(import.meta.dirname, '../../assets/sample-photos/stream.jpg'))
    .modulate({ brightness: 0.25 })
    .greyscale()
    .toBuffer();
  const photos = path.join(home, 'photos');
  mkdirSync(photos, { recursive: true });
  await sharp({ create: { ...size, channels: 3, background: '#222' }, limitInputPixels: false })
    .composite([
      { input: photo, tile: true },
      { input: block, left: 13_317, top: 8868 },
    ])
    .jpeg({ quality: 85 })
    .toFile(path.join(photos, 'giant.jpg'));
  const folder = path.join(projects, 'giant');
  await makeProject(folder, photos);
  const { app, page } = await launch({ home, projects, args: ['--project', folder] });
  try {
    await resize(app, 1440, 900);
    await page.emulateMedia({ colorScheme: 'dark' });
    await openPhoto(page, 'giant.jpg');
    await page.waitForFunction(() => performance.getEntriesByName('image-painted').length > 0);
    await addLabel(page, 'block');
    await shot(page, 'giant-fit');
    // No level was asked for that isn't needed.
    expect(existsSync(path.join(folder, 'media/tiles'))).toBe(false);
    // Where the block is, one to one.
    const box = (await page.getByRole('application').boundingBox())!;
    const fitted = await page.evaluate(() => document.querySelector('[data-testid=zoom]')!.textContent);
    expect(fitted).toMatch(/^[34] %$/);
    const scale = Math.min((box.width - 48) / size.width, (box.height - 48) / size.height);
    const at = { x: box.x + box.width / 2 + (target.x - size.width / 2) * scale, y: box.y + box.height / 2 + (target.y - size.height / 2) * scale };
    await page.mouse.move(at.x, at.y);
    // Zooms about the cursor until one image pixel is one screen pixel or more.
    for (let step = 0; step < 17; step++) {
      await page.mouse.wheel(0, -120);
      await page.waitForTimeout(40);
    }
    await page.keyboard.press('o');
    await expect(page.getByTestId('zoom')).toHaveText('100 %');
    const tiles = () =>
      existsSync(path.join(folder, 'media/tiles')) ? readdirSync(path.join(folder, 'media/tiles'), { recursive: true, encoding: 'utf8' }) : [];
    await expect.poll(() => tiles().filter((name) => /^[0-9a-f]{64}.0.\d+_\d+\.jpeg$/.test(name)).length, { timeout: 60_000 }).toBe(40 * 28);
    await page.mouse.move(5, 5);
    await page.waitForTimeout(1500);
    await shot(page, 'giant-one-to-one');
    for (const zoom of ['one-to-one', 'closer'] as const) {
      if (zoom === 'closer') for (let step = 0; step < 3; step++) await page.keyboard.press('=');
      await page.mouse.move(5, 5);
      await page.waitForTimeout(600);
      const seen = await findOnScreen(page, 'white');
      const before = stored(folder, 'giant.jpg').sets[0]?.points.length ?? 0;
      await page.mouse.click(seen.x, seen.y);
      await expect.poll(() => stored(folder, 'giant.jpg').sets[0]?.points.length).toBe(before + 1);
      const [xPct, yPct] = stored(folder, 'giant.jpg').sets[0]!.points.at(-1)!;
      const off = Math.max(Math.abs((xPct / 100) * size.width - target.x), Math.abs((yPct / 100) * size.height - target.y));
      expect(off, `${zoom}: stored ${xPct} ${yPct}`).toBeLessThan(0.5);
      await page.keyboard.press('Control+z');
      await expect.poll(() => stored(folder, 'giant.jpg').sets[0]?.points.length).toBe(before);
    }
  } finally {
    await quit(app);
  }
});

test('pointing by hand: count, move, nudge, delete, cancel, undo, number keys, completion, warnings and "not present"', async ({ app, page, projects }) => {
  const folder = `${projects}/Sample photos`;
  const sets = () => stored(folder, 'coins.jpg').sets;
  await resize(app, 1440, 900);
  await openPhoto(page, 'coins.jpg');
  await addLabel(page, 'coin');
  const row = (label: string) => page.getByRole('button', { name: new RegExp(`^${label}`), pressed: true });
  for (let n = 0; n < 20; n++) {
    await clickAt(page, 0.15 + (n % 5) * 0.15, 0.25 + Math.floor(n / 5) * 0.15);
    await expect(row('coin')).toContainText(String(n + 1));
  }
  await expect.poll(() => sets()[0]?.points.length).toBe(20);

  // A point is dragged; with Escape in the middle of it, it stays where it was.
  const box = (await page.getByRole('application').boundingBox())!;
  const at = (x: number, y: number) => [box.x + box.width * x, box.y + box.height * y] as const;
  const drag = async (drop: () => Promise<void>) => {
    await page.mouse.move(...at(0.15, 0.25));
    await page.mouse.down();
    await page.mouse.move(...at(0.2, 0.3), { steps: 4 });
    await drop();
  };
  const first = () => sets()[0]!.points[0]!;
  const before = first();
  await drag(async () => {
    await page.keyboard.press('Escape');
    await page.mouse.up();
  });
  await page.waitForTimeout(400);
  expect(first()).toEqual(before);
  await drag(() => page.mouse.up());
  await expect.poll(() => first()).not.toEqual(before);

  // Selected by a click, it is moved by the arrow keys, one image pixel at a time; the steps are one undo.
  await page.mouse.click(...at(0.2, 0.3));
  const dragged = first();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => first()[0]).toBeCloseTo(dragged[0] + 200 / 384, 6);
  await page.keyboard.press('Control+z');
  await expect.poll(() => first()).toEqual(dragged);

  // Without a selection Backspace takes the last point, and Ctrl+Z brings it back.
  await page.keyboard.press('Escape');
  await page.keyboard.press('Backspace');
  await expect.poll(() => sets()[0]!.points.length).toBe(19);
  await page.keyboard.press('Control+z');
  await expect.poll(() => sets()[0]!.points.length).toBe(20);

  // A label that is nearly there already is warned of; the one meant is taken by its key.
  await page.keyboard.press('l');
  await page.keyboard.type('Coins');
  await expect(page.getByText('“coin” is there already.')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('l');
  await page.keyboard.type('profile');
  await page.keyboard.press('Enter');
  await clickAt(page, 0.5, 0.8);
  await expect(row('profile')).toContainText('1');
  await page.keyboard.press('1');
  await expect(row('coin')).toBeVisible();
  await page.keyboard.press('2');
  await expect(row('profile')).toBeVisible();
  await page.keyboard.press('0');
  await expect.poll(() => sets()[1]).toMatchObject({ label: 'profile', presence: 'absent', points: [] });
  await page.keyboard.press('Control+z');
  await expect.poll(() => sets()[1]?.points.length).toBe(1);

  // On the next image the labels of the project are offered by number, and by their first letters.
  await page.keyboard.press('PageDown');
  await expect(page.getByRole('application')).not.toHaveAccessibleName('Image coins.jpg');
  await page.keyboard.press('l');
  await page.keyboard.type('pro');
  await expect(page.getByRole('option', { name: /profile/ })).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('combobox')).toHaveValue('profile');
  await page.keyboard.press('Enter');
  await expect(row('profile')).toBeVisible();
});
