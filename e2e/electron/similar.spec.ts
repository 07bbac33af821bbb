/** Search by likeness in the real window: index a folder, more like this, words, a part of an image, and near-duplicates taken out and back. */
import type { Page } from '@playwright/test';
import { cpSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import { openDatabase } from '../../electron/core/db/open.ts';
import { writeSettings } from '../../electron/core/db/settings.ts';
import { expect, launch, quit, test } from './app.ts';
import { makeProject } from './make-project.ts';

const SHAPES = path.resolve(import.meta.dirname, '../../electron/core/encoder/fixtures/shapes-clip');
const PHOTOS = path.resolve(import.meta.dirname, '../../assets/sample-photos');
const shot = (page: Page, name: string) => page.screenshot({ path: path.resolve(import.meta.dirname, `../../test-results/screens/${name}.png`) });
const cells = (page: Page) => page.getByRole('gridcell');
const side = (page: Page, name: string) => page.getByRole('navigation', { name: 'Filters' }).getByRole('button', { name });

/** Ten photos, four drawings of shapes, one drawing of two, and a photo that was saved again. */
async function pictures(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const draw = (name: string, width: number, shapes: string) =>
    sharp(Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="480"><rect width="100%" height="100%" fill="#404040"/>${shapes}</svg>`))
      .png()
      .toFile(path.join(folder, `${name}.png`));
  const circle = (colour: string) => `<circle cx="240" cy="240" r="130" fill="${colour}"/>`;
  const square = (colour: string, x = 110) => `<rect x="${x}" y="110" width="260" height="260" fill="${colour}"/>`;
  await draw('one', 480, circle('#d02020'));
  await draw('two', 480, square('#2040d0'));
  await draw('three', 480, circle('#e8d020'));
  await draw('four', 480, square('#20a030'));
  await draw('both', 960, circle('#d02020') + square('#2040d0', 590));
  for (const name of ['coins.jpg', 'cat.jpg', 'brushes.jpg']) cpSync(path.join(PHOTOS, name), path.join(folder, name));
  await sharp(path.join(PHOTOS, 'cat.jpg')).resize(600).jpeg({ quality: 60 }).toFile(path.join(folder, 'cat-again.jpg'));
}

test('a folder is indexed and searched by image, words and part, and near-duplicates are taken out and back', async ({ home, projects }) => {
  const photos = path.join(projects, 'pictures');
  const folder = path.join(projects, 'likeness');
  await pictures(photos);
  await makeProject(folder, photos);
  cpSync(SHAPES, path.join(home, 'encoders/shapes-clip'), { recursive: true });
  const { db } = openDatabase(folder, false);
  writeSettings(db, { encoder: { id: 'shapes-clip', autoIndex: true } });
  db.close();
  const { app, page } = await launch({ home, projects, args: ['--project', folder] });
  try {
    await expect(cells(page)).toHaveCount(9);
    // The note about the index goes when all is in.
    await expect(page.getByRole('heading', { name: 'Encoder' })).toBeHidden({ timeout: 30_000 });

    await page.getByRole('gridcell', { name: /one\.png/ }).click();
    await page.keyboard.press('m');
    await expect(page.getByRole('button', { name: /Take off the filter: Like one\.png/ })).toBeVisible({ timeout: 20_000 });
    await expect(cells(page).first()).toContainText('one.png');
    await expect(cells(page).first()).toContainText('100 %');
    await shot(page, 'similar-like');
    await page.keyboard.press('Control+Backspace');

    await page.keyboard.press('/');
    await page.keyboard.type('a photo of a blue square');
    await expect(page.getByText('text and image search')).toBeVisible({ timeout: 20_000 });
    await expect(cells(page).first()).toContainText('two.png');
    await shot(page, 'similar-words');
    await page.keyboard.press('Escape');

    await page.getByRole('gridcell', { name: /both\.png/ }).dblclick();
    await expect(page.getByRole('application')).toHaveAccessibleName('Image both.png');
    await expect(page.getByTestId('zoom')).toHaveText(/\d %/);
    await page.getByRole('application').focus();
    await page.keyboard.press('Shift+m');
    const box = (await page.getByTestId('similar-part').boundingBox())!;
    await page.mouse.move(box.x + box.width * 0.52, box.y + box.height * 0.1);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.99, box.y + box.height * 0.9, { steps: 5 });
    await shot(page, 'similar-part');
    await page.mouse.up();
    await expect(page.getByRole('button', { name: /Take off the filter: Like a part of both\.png/ })).toBeVisible({ timeout: 20_000 });
    await expect(cells(page).first()).toContainText('two.png');
    await page.keyboard.press('Control+Backspace');

    await side(page, 'Near-duplicates').click();
    const near = page.getByRole('dialog', { name: 'Near-duplicates' });
    await near.getByRole('button', { name: 'Find near-duplicates' }).click();
    const group = near.getByRole('region', { name: 'Group 1' });
    await expect(group.getByText('cat-again.jpg')).toBeVisible({ timeout: 20_000 });
    await expect(group.getByText('cat.jpg')).toBeVisible();
    await shot(page, 'near-duplicates');
    await group
      .getByRole('listitem')
      .filter({ hasText: 'cat.jpg' })
      .getByRole('button', { name: /Keep this one/ })
      .focus();
    await page.keyboard.press('k');
    await expect(near.getByText('1 image taken out of the work.')).toBeVisible();
    await expect(near.getByText('cat-again.jpg')).toBeHidden();
    await near.getByRole('button', { name: 'Undo' }).click();
    await expect(group.getByText('cat-again.jpg')).toBeVisible();
  } finally {
    await quit(app);
  }
});
