/** Points in depth: the sweep, the loupe, and images that are shown through tiles. */
import type { ElectronApplication, Page } from '@playwright/test';
import { AxeBuilder } from '@axe-core/playwright';
import path from 'node:path';
import { expect, test } from './app.ts';
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
