/** Importing what another tool wrote, through the window: what was recognised, the choices, the pictures with their points, the report. */
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from './app.ts';
import { call } from './pointing.ts';

const photos = path.resolve(import.meta.dirname, '../../assets/sample-photos');
/** Two photos of the sample with two points, a box and a caption in COCO's notation, and a caption of a photo that is not there. */
function cocoFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'pointillist-coco-'));
  mkdirSync(path.join(folder, 'annotations'));
  for (const name of ['brushes.jpg', 'coins.jpg']) copyFileSync(path.join(photos, name), path.join(folder, name));
  const coco = {
    images: [{ id: 1, file_name: 'brushes.jpg' }],
    categories: [{ id: 1, name: 'brush', keypoints: ['tip'] }],
    annotations: [
      { id: 1, image_id: 1, category_id: 1, keypoints: [120, 90, 2] },
      { id: 2, image_id: 1, category_id: 1, keypoints: [200, 180, 2] },
      { id: 3, image_id: 1, category_id: 1, bbox: [1, 1, 50, 60] },
      { id: 4, image_id: 1, caption: 'Brushes that somebody else described.' },
      { id: 5, image_id: 99, caption: 'Of a photo that is not there.' },
    ],
  };
  writeFileSync(path.join(folder, 'annotations', 'work.json'), JSON.stringify(coco));
  return folder;
}
const shots = process.env['POINTILLIST_SHOTS'];

test('annotation files are recognised, shown with their points, imported, reported, and taken back by one undo', async ({ app, page }) => {
  const folder = cocoFolder();
  await expect(page.getByRole('gridcell')).toHaveCount(15);
  await app.evaluate(({ dialog }, chosen) => {
    const asked: unknown[] = [];
    Object.assign(globalThis, { asked });
    // Files are looked at and none is taken; of a folder this one.
    dialog.showOpenDialog = ((_window: unknown, { filters = [] }: Electron.OpenDialogOptions) => {
      if (filters.length > 0) asked.push(...filters);
      return Promise.resolve({ canceled: false, filePaths: filters.length > 0 ? [] : [chosen] });
    }) as typeof dialog.showOpenDialog;
  }, folder);
  await page.keyboard.press('Control+i');
  const dialog = page.getByRole('dialog', { name: 'Import images' });
  await dialog.getByRole('button', { name: 'Choose files…' }).click();
  const filters = () => app.evaluate(() => (globalThis as unknown as { asked: { name: string; extensions: string[] }[] }).asked);
  await expect
    .poll(async () => (await filters()).map(({ name }) => name))
    .toEqual(['Images, annotation files and archives', 'Images', 'Annotation files and archives']);
  expect((await filters())[0]!.extensions).toEqual(expect.arrayContaining(['jpg', 'jsonl', 'parquet', 'zip']));
  await dialog.getByRole('button', { name: 'Choose a folder…' }).click();
  await expect(dialog.getByText('COCO: it has lists of images and annotations')).toBeVisible();
  await expect(
    dialog
      .getByText('1 captions', { exact: false })
      .or(dialog.getByText('2 captions', { exact: false }))
      .first(),
  ).toBeVisible();
  await expect(dialog.getByRole('img', { name: 'brushes.jpg with 1 points' }).first()).toBeVisible();
  await expect
    .poll(() =>
      dialog
        .getByRole('img')
        .first()
        .evaluate((img: HTMLImageElement) => img.naturalWidth),
    )
    .toBeGreaterThan(0);
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).include('[role="dialog"]').analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
  if (shots) {
    for (const scheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: scheme });
      await page.waitForTimeout(300);
      await page.screenshot({ path: path.join(shots, `import-${scheme}.png`) });
    }
  }
  await dialog.getByRole('button', { name: 'Import', exact: true }).click();
  await page.getByRole('button', { name: 'Show the report' }).first().click();
  const report = page.getByRole('dialog', { name: 'What was imported' });
  await expect(report.getByText('1 captions, 0 questions, 1 labels with 2 points were added to 1 images.', { exact: false })).toBeVisible();
  await expect(report.getByRole('listitem')).not.toHaveCount(0);
  if (shots) await page.screenshot({ path: path.join(shots, 'report-dark.png') });
  await report.getByRole('button', { name: /Everything/ }).click();
  await page.getByRole('option', { name: /Image not found/ }).click();
  await expect(report.getByRole('listitem')).toHaveCount(1);
  if (shots) {
    await page.emulateMedia({ colorScheme: 'light' });
    await page.screenshot({ path: path.join(shots, 'report-light.png') });
  }
  await page.keyboard.press('Escape');
  const labels = async () => ((await call(page, 'images.labels', { limit: 10 })) as { value: readonly unknown[] }).value.length;
  await expect.poll(labels).toBe(1);
  await page.keyboard.press('Control+z');
  await expect.poll(labels).toBe(0);
  await page.keyboard.press('Control+Shift+z');
  await expect.poll(labels).toBe(1);
  rmSync(folder, { recursive: true, force: true });
});
