/** An encoder's whole day in the real window: index a folder, search, near-duplicates, points from words, another encoder that is killed in the middle, coins. */
import type { Page } from '@playwright/test';
import { cpSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import { openDatabase } from '../../electron/core/db/open.ts';
import { writeSettings } from '../../electron/core/db/settings.ts';
import { expect, launch, quit, test } from './app.ts';
import { makeProject } from './make-project.ts';
import { addLabel, call, clickAt, coinsHit, count, counts, openPoints, panel, pidOf, saved } from './pointing.ts';
import { stored } from './project-file.ts';

const SHAPES = path.resolve(import.meta.dirname, '../../electron/core/encoder/fixtures/shapes-clip');
const PHOTOS = path.resolve(import.meta.dirname, '../../assets/sample-photos');
const shot = (page: Page, name: string) => page.screenshot({ path: path.resolve(import.meta.dirname, `../../test-results/screens/${name}.png`) });
const cells = (page: Page) => page.getByRole('gridcell');
const side = (page: Page, name: string) => page.getByRole('navigation', { name: 'Filters' }).getByRole('button', { name });

/** Some photos, four drawings of shapes, one drawing of two, and a photo that was saved again. */
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

/** Enough pictures that the first of them are indexed long before the last. */
const MORE = 40;
async function morePictures(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  for (let n = 0; n < MORE; n++) {
    const background = { r: (n * 37) % 256, g: (n * 91) % 256, b: (n * 13) % 256 };
    await sharp({ create: { width: 640, height: 480, channels: 3, background } })
      .jpeg()
      .toFile(path.join(folder, `more-${n}.jpg`));
  }
}

/** Images with a vector of this encoder, as it is on disk. */
function vectors(folder: string, encoder: string): number {
  const { db } = openDatabase(folder, false);
  try {
    return db.prepare('SELECT count(*) FROM embedding JOIN encoder ON encoder.num = encoder_num WHERE encoder.id = ?').pluck().get(encoder) as number;
  } finally {
    db.close();
  }
}

test('a folder is indexed and searched, words become points, another encoder is killed while it indexes and proposes, and nothing is lost', async ({
  home,
  projects,
}) => {
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
    // All are in; then the note about the index goes.
    await expect.poll(() => vectors(folder, 'shapes-clip'), { timeout: 60_000 }).toBe(9);
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
    await near.getByRole('button', { name: 'Close' }).first().click();
    await expect(near).toBeHidden();

    // Words become points where they are seen, once somebody asks, and nowhere else.
    await openPoints(page, 'both.png');
    await addLabel(page, 'blue square');
    await page.keyboard.press('a');
    await expect(count(page)).toHaveText(/^[1-9]/, { timeout: 20_000 });
    await expect(panel(page)).toContainText('from the words');
    await shot(page, 'proposals-words');
    expect(stored(folder, 'both.png').sets.flatMap(({ points }) => points)).toEqual([]);
    await page.keyboard.press('Shift+Enter');
    await saved(page);
    const { points } = stored(folder, 'both.png').sets[0]!;
    expect(points.length).toBeGreaterThan(0);
    for (const [xPct, yPct] of points) expect(xPct > 60 && xPct < 90 && yPct > 22 && yPct < 78, `${xPct} ${yPct} is on the square`).toBe(true);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await expect(cells(page)).toHaveCount(9);

    // Another encoder: its process is killed while it indexes, and all images are in all the same.
    await morePictures(path.join(projects, 'more'));
    await call(page, 'images.import', { paths: [path.join(projects, 'more')], mode: 'reference' });
    await expect(page.getByText(`${9 + MORE} images`).first()).toBeVisible({ timeout: 20_000 });
    await call(page, 'project.configure', { encoder: { id: 'nanodet-g', autoIndex: true } });
    await expect.poll(() => vectors(folder, 'nanodet-g'), { timeout: 20_000, intervals: [20] }).toBeGreaterThan(0);
    const indexing = pidOf(app, 'encoder-worker');
    // Held still, so that it is in the middle for sure.
    process.kill(indexing, 'SIGSTOP');
    expect(vectors(folder, 'nanodet-g')).toBeLessThan(9 + MORE);
    process.kill(indexing, 'SIGKILL');
    await expect.poll(() => vectors(folder, 'nanodet-g'), { timeout: 60_000 }).toBe(9 + MORE);
    // It knows no words, and the search says so.
    await page.keyboard.press('/');
    await page.keyboard.type('cat');
    await expect(page.getByText('NanoDet-g knows no words, so images are found by their texts alone.').first()).toBeAttached({ timeout: 20_000 });
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');

    // A coin is clicked, the process is killed, a second coin is clicked and the rest accepted.
    await openPoints(page);
    await addLabel(page, 'coin');
    await clickAt(page, 12, 18);
    await expect(count(page)).toHaveText(/^2[234]$/, { timeout: 20_000 });
    process.kill(pidOf(app, 'encoder-worker'), 'SIGKILL');
    await clickAt(page, 26.5, 19);
    await expect(counts(page)).toHaveText('coin: 2 points');
    const again = panel(page).getByRole('button', { name: 'Ask again' });
    await expect(panel(page).getByText('from 2 points').or(again)).toBeVisible({ timeout: 20_000 });
    if (await again.isVisible()) await again.click();
    await expect(panel(page)).toContainText('from 2 points', { timeout: 20_000 });
    await expect(count(page)).toHaveText(/^2[123]$/, { timeout: 20_000 });
    await page.keyboard.press('Shift+Enter');
    await expect(counts(page)).toHaveText(/coin: 2[345] points/);
    await saved(page);
    const hit = coinsHit(stored(folder, 'coins.jpg').sets[0]!.points);
    expect(hit).not.toContain(-1);
    expect(new Set(hit).size).toBe(hit.length);
  } finally {
    await quit(app);
  }
});
