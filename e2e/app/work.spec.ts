import { expect } from '@playwright/test';
import { openGallery, openImage, saved, test, toGallery } from './served-project.ts';

test('the gallery shows the sample photos', async ({ page, served }) => {
  await openGallery(page, served.url);
  await expect(page.getByRole('gridcell')).toHaveCount(15);
  await expect(page).toHaveTitle(/^Sample photos/);
  expect(page.url()).not.toContain('token');
  const pictures = page.getByRole('grid').locator('img');
  await expect.poll(() => pictures.evaluateAll((all) => all.filter((one) => (one as HTMLImageElement).naturalWidth > 0).length)).toBe(15);
});

test('a caption that was written is there after a reload, is found by its words and counts in the gallery', async ({ page, served }) => {
  const text = 'A spotted fig lies open in a red bowl. 赤い器のいちじく。';
  await openImage(page, served.url, 'fig-bowl.jpg');
  await page.getByRole('textbox', { name: 'Caption' }).fill(text);
  await expect(saved(page)).toBeVisible();
  await page.reload();
  await expect(page.getByRole('textbox', { name: 'Caption' })).toHaveValue(text);
  await toGallery(page);
  await page.getByRole('searchbox').fill('いちじく');
  await expect(page.getByRole('gridcell')).toHaveCount(1);
  await expect(page.getByRole('gridcell')).toContainText('fig-bowl.jpg');
  await expect(page.getByRole('gridcell')).toContainText('draft');
});

test('what was typed is undone and redone from the keyboard, and submitted with the next image following', async ({ page, served }) => {
  await openImage(page, served.url, 'coins.jpg');
  const caption = page.getByRole('textbox', { name: 'Caption' });
  await caption.pressSequentially('Old coins in four rows.');
  await expect(saved(page)).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(caption).toHaveValue('');
  await page.keyboard.press('Control+Shift+z');
  await expect(caption).toHaveValue('Old coins in four rows.');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('application', { name: 'Image dandelions.jpg' })).toBeVisible();
  await toGallery(page);
  await expect(page.getByRole('gridcell', { name: /^coins\.jpg/ })).toContainText('submitted');
});

test('two browsers see each other’s work', async ({ page, served, browser }) => {
  const context = await browser.newContext();
  const other = await context.newPage();
  await openImage(other, served.url, 'stream.jpg');
  await openImage(page, served.url, 'stream.jpg');
  await page.getByRole('textbox', { name: 'Caption' }).fill('A stream runs over mossy stones.');
  await expect(saved(page)).toBeVisible();
  await expect(other.getByRole('textbox', { name: 'Caption' })).toHaveValue('A stream runs over mossy stones.');
  await context.close();
});

test('a point that was set is there after a reload', async ({ page, served }) => {
  await openImage(page, served.url, 'cat.jpg');
  await page.getByRole('tab', { name: /^Points/ }).click();
  await page.keyboard.press('p');
  await page
    .getByRole('combobox')
    .or(page.getByRole('textbox', { name: /label/i }))
    .first()
    .fill('eye');
  await page.keyboard.press('Enter');
  const stage = page.getByRole('application', { name: 'Image cat.jpg' });
  const box = (await stage.boundingBox())!;
  await page.mouse.click(box.x + box.width * 0.4, box.y + box.height * 0.5);
  await page.mouse.click(box.x + box.width * 0.6, box.y + box.height * 0.5);
  await expect(page.getByRole('tab', { name: 'Points 2' })).toBeVisible();
  await expect(saved(page)).toBeVisible();
  await page.reload();
  await expect(page.getByRole('tab', { name: 'Points 2' })).toBeVisible();
});

test('a caption that is written while the server restarts is saved once the browser has the new key', async ({ page, served, errors }) => {
  await openImage(page, served.url, 'room.jpg');
  const caption = page.getByRole('textbox', { name: 'Caption' });
  await caption.fill('A drum');
  await expect(saved(page)).toBeVisible();
  const url = await served.restart();
  await caption.fill('A drum stands in a room.');
  const again = await page.context().newPage();
  await again.goto(url);
  await expect(saved(page)).toBeVisible({ timeout: 20_000 });
  await openImage(again, url, 'room.jpg');
  await expect(again.getByRole('textbox', { name: 'Caption' })).toHaveValue('A drum stands in a room.');
  // The page tells of every connection that was refused meanwhile, and of its own parts that it asked for with the old key.
  for (const error of errors) expect(error).toMatch(/WebSocket|ERR_CONNECTION_REFUSED|401 \(Unauthorized\)|its MIME type \('text\/html'\)/);
  errors.length = 0;
});
