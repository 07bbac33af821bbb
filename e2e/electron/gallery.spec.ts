/** The gallery and its dialogs, in the real window, on the sample photos. */
import AxeBuilder from '@axe-core/playwright';
import type { ElectronApplication, Page } from '@playwright/test';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from './app.ts';

const photos = path.resolve(import.meta.dirname, '../../assets/sample-photos');
const cells = (page: Page) => page.getByRole('gridcell');
const focused = (page: Page) => page.locator('[role="gridcell"]:focus');
const choice = (page: Page, group: string, name: string) =>
  page
    .getByRole('navigation', { name: 'Filters' })
    .locator('section', { has: page.getByRole('heading', { name: group, exact: true }) })
    .getByRole('button', { name });
/** The next folder dialog answers with this folder. */
const answerPicker = (app: ElectronApplication, folder: string) =>
  app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
  }, folder);

test.beforeEach(async ({ page }) => {
  await expect(cells(page)).toHaveCount(15);
  await expect(focused(page)).toHaveAttribute('data-index', '0');
});

test('the keyboard alone moves, selects, submits and undoes', async ({ page }) => {
  await page.keyboard.press('ArrowRight');
  await expect(focused(page)).toContainText('brushes.jpg');
  await page.keyboard.press('Control+End');
  await expect(focused(page)).toHaveAttribute('data-index', '14');
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('x');
  await page.keyboard.press('Shift+ArrowRight');
  await expect(page.locator('[role="gridcell"][aria-selected="true"]')).toHaveCount(2);
  await page.keyboard.press('s');
  await expect(page.getByText('2 images submitted.')).toBeVisible();
  await expect(choice(page, 'State', 'Submitted')).toContainText('2');
  await expect(focused(page)).toContainText('submitted');
  await page.keyboard.press('Control+z');
  await expect(choice(page, 'State', 'Submitted')).toContainText('0');
  await page.keyboard.press('Control+Shift+z');
  await expect(choice(page, 'State', 'Submitted')).toContainText('2');
  await page.keyboard.press('Control+a');
  await expect(page.getByText('15 selected')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByText('15 selected')).toBeHidden();
});

test('searching and filtering narrow the list, and a chip or one key gives all back', async ({ page }) => {
  await page.keyboard.press('/');
  await page.keyboard.type('mountain');
  await expect(cells(page)).toHaveCount(2);
  await expect(page.getByRole('search').getByRole('status')).toContainText('2 of 15');
  await page.keyboard.press('Enter');
  await expect(focused(page)).toContainText('mountain');
  await choice(page, 'Has', 'Caption').click();
  await expect(page.getByText('Nothing that people wrote matches')).toBeVisible();
  await page.getByRole('button', { name: 'Take off the filter: has a caption' }).click();
  await expect(cells(page)).toHaveCount(2);
  await page.keyboard.press('Control+Backspace');
  await expect(cells(page)).toHaveCount(15);
});

test('coming back from an image, that image has the focus', async ({ page }) => {
  await page.keyboard.press('Control+End');
  await page.keyboard.press('Enter');
  await expect(cells(page)).toHaveCount(0);
  // The caption takes the focus once it is there; before that, keys would go into it.
  await expect(page.locator('textarea:focus')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('application')).toBeFocused();
  await page.keyboard.press('Shift+G');
  await expect(focused(page)).toHaveAttribute('data-index', '14');
});

test('an imported folder comes in, and what did not is told with its reason', async ({ app, page }) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'pointillist-import-'));
  try {
    mkdirSync(path.join(folder, 'more'));
    copyFileSync(path.join(photos, 'cat.jpg'), path.join(folder, 'more', 'the same cat.jpg'));
    writeFileSync(path.join(folder, 'empty.jpg'), '');
    writeFileSync(path.join(folder, 'letter.txt'), 'no image');
    await answerPicker(app, folder);
    await page.keyboard.press('Control+i');
    const dialog = page.getByRole('dialog', { name: 'Import images' });
    await expect(dialog.getByRole('button', { name: 'Import', exact: true })).toBeDisabled();
    await dialog.getByRole('button', { name: 'Choose a folder…' }).click();
    await expect(dialog.getByText(path.basename(folder), { exact: true })).toBeVisible();
    await dialog.getByRole('button', { name: 'Import', exact: true }).click();
    await expect(dialog).toBeHidden();
    await page.getByRole('button', { name: 'Show', exact: true }).click();
    const problems = page.getByRole('dialog', { name: 'Files that need a look' });
    await expect(problems.getByText('empty.jpg')).toBeVisible();
    await expect(problems.getByText('The file is empty.')).toBeVisible();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('the export dialog says beforehand that there is nothing to export', async ({ app, page }) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'pointillist-export-'));
  try {
    await answerPicker(app, folder);
    await page.keyboard.press('Control+e');
    const dialog = page.getByRole('dialog', { name: 'Export training data' });
    await expect(dialog.getByText('No image in these states has anything to export.', { exact: false })).toBeVisible();
    await expect(dialog.getByRole('button', { name: 'Export', exact: true })).toBeDisabled();
    await dialog.getByRole('group', { name: 'Folder', exact: true }).getByRole('button', { name: 'Choose…' }).click();
    await expect(dialog.getByText(folder)).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('gallery and dialogs have no accessibility violation', async ({ page }) => {
  const violations = async () => (await new AxeBuilder({ page }).setLegacyMode().withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']).analyze()).violations;
  expect(await violations()).toEqual([]);
  await page.keyboard.press('Control+e');
  await expect(page.getByRole('dialog')).toBeVisible();
  expect(await violations()).toEqual([]);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+i');
  await expect(page.getByRole('dialog')).toBeVisible();
  expect(await violations()).toEqual([]);
});
