/** Exporting through the window: choosing, counting, looking at what a model is fed, releases, and what lies in the folder then. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, test } from './app.ts';

const MOD = process.platform === 'darwin' ? 'Meta' : 'Control';

async function openPhoto(page: Page, name: string): Promise<void> {
  await page.getByRole('gridcell', { name: new RegExp(name) }).dblclick();
  await expect(page.getByRole('application')).toHaveAccessibleName(`Image ${name}`);
  await expect(page.getByTestId('zoom')).toHaveText(/\d %/);
}
const saved = (page: Page) => expect(page.getByTestId('save-status')).toHaveText(/^Saved \d\d:\d\d:\d\d$/);
async function point(page: Page, label: string, places: readonly (readonly [number, number])[]): Promise<void> {
  await page.keyboard.press('Alt+3');
  await page.keyboard.press('l');
  await page.keyboard.insertText(label);
  await page.keyboard.press('Enter');
  const box = (await page.getByRole('application').boundingBox())!;
  for (const [x, y] of places) await page.mouse.click(box.x + box.width * x, box.y + box.height * y);
  await saved(page);
}
const counts = (page: Page) => page.getByTestId('export-counts');
const shot = (page: Page, name: string) => page.screenshot({ path: `test-results/screens/${name}.png` });

test('an export is chosen, counted by all that is asked for, and seen as two models will see it', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 800 }).catch(() => {});
  await openPhoto(page, 'coffee.jpg');
  await page.keyboard.insertText('A white cup of coffee on a table.');
  await saved(page);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Shift+G');
  await openPhoto(page, 'coins.jpg');
  await point(page, 'coin', [
    [0.3, 0.3],
    [0.4, 0.3],
    [0.5, 0.45],
  ]);
  await point(page, 'shadow', [[0.45, 0.5]]);

  await page.keyboard.press(`${MOD}+e`);
  const dialog = page.getByRole('dialog', { name: 'Export training data' });
  await dialog.getByRole('checkbox', { name: /Draft/ }).click({ force: true });
  await expect(counts(page)).toContainText('2 images');
  await expect(counts(page).locator('[data-kind="labels"]')).toContainText('2 ');
  await shot(page, 'export-options');
  await dialog.getByRole('group', { name: 'Labels' }).getByRole('button', { name: 'Choose…' }).click();
  // By key: at 1280x800 it lies below the fold.
  await dialog.getByRole('checkbox', { name: /coin/ }).press('Space');
  await expect(counts(page).locator('[data-kind="labels"]')).toContainText('1 ');
  await dialog.getByRole('textbox', { name: 'Find a format' }).fill('resizes');
  await dialog.getByRole('option', { name: 'Qwen2.5-VL' }).click();
  await dialog.getByRole('tab', { name: 'What the model sees' }).click();
  const eye = page.getByTestId('training-eye');
  await expect(eye.getByTestId('target').last()).toContainText('"point_2d"');
  await shot(page, 'export-eye-qwen');
  const said = (await eye.getByTestId('target').last().textContent())!;
  const named = [...said.matchAll(/"point_2d":\[(\d+),(\d+)\]/g)].map(([, x, y]) => `${x}, ${y}`);
  expect(named).toHaveLength(3);
  expect(await eye.locator('[data-as]').evaluateAll((marks) => marks.map((mark) => mark.getAttribute('data-as')))).toEqual(named);

  await dialog.getByRole('textbox', { name: 'Find a format' }).fill('');
  await dialog.getByRole('option', { name: 'Molmo folders' }).click();
  await expect(eye.getByTestId('target').last()).toContainText('<points x1="');
  await expect(eye.getByTestId('seen')).toContainText('tiles of 336 px');
  await expect(eye.locator('[data-as]')).toHaveCount(3);
  await shot(page, 'export-eye-molmo');
  const violations = async () => (await new AxeBuilder({ page }).setLegacyMode().analyze()).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
  expect(await violations()).toEqual([]);
  await dialog.getByRole('option', { name: 'open_clip table' }).click();
  await dialog.getByRole('button', { name: 'coffee.jpg', exact: true }).click();
  await expect(eye.getByTestId('target').first()).toContainText(/CLIP \d+\/77/, { timeout: 15_000 });
  await page.emulateMedia({ colorScheme: 'dark' });
  await shot(page, 'export-eye-clip-dark');
  expect(await violations()).toEqual([]);
  await dialog.getByRole('tab', { name: 'What goes in' }).click();
  await shot(page, 'export-options-dark');
  expect(await violations()).toEqual([]);
});

test('a release is made, compared with what came after, and exported as it was', async ({ page, projects }) => {
  const folder = `${projects}/Sample photos`;
  await openPhoto(page, 'coffee.jpg');
  await page.keyboard.insertText('A white cup of coffee on a table.');
  await saved(page);
  await page.keyboard.press(`${MOD}+Alt+r`);
  const dialog = page.getByRole('dialog', { name: 'Releases' });
  await expect(dialog.getByText('No release yet.', { exact: false })).toBeVisible();
  await shot(page, 'releases-empty');
  await dialog.getByRole('button', { name: 'New release' }).click();
  await expect(dialog.getByLabel('Name')).toHaveValue('v1');
  await dialog.getByLabel('Note').fill('The pilot.');
  await shot(page, 'releases-new');
  await dialog.getByRole('button', { name: 'Make the release' }).click();
  await expect(dialog.getByTestId('content-hash')).toHaveText(/^[0-9a-f]{64}$/, { timeout: 15_000 });
  await expect(dialog.getByText('Nothing changed between the two.')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await page.getByRole('textbox', { name: 'Caption' }).fill('A red cup of coffee on a table.');
  await saved(page);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Shift+G');
  await openPhoto(page, 'coins.jpg');
  await point(page, 'coin', [
    [0.3, 0.3],
    [0.4, 0.3],
  ]);
  await page.keyboard.press(`${MOD}+Alt+r`);
  const changes = dialog.getByTestId('release-changes');
  await expect(changes).toContainText('2 images changed');
  await expect(changes.locator('del')).toContainText(['white']);
  await expect(changes.locator('ins').filter({ hasText: 'red' })).toHaveCount(1);
  await expect(changes).toContainText('2 points added');
  await shot(page, 'releases-changes');
  const violations = async () => (await new AxeBuilder({ page }).setLegacyMode().analyze()).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
  expect(await violations()).toEqual([]);
  await page.emulateMedia({ colorScheme: 'dark' });
  await shot(page, 'releases-changes-dark');
  expect(await violations()).toEqual([]);
  await dialog.getByRole('button', { name: 'Save as Markdown' }).click();
  await expect.poll(() => existsSync(`${folder}/exports/v1-now.md`)).toBe(true);
  expect(readFileSync(`${folder}/exports/v1-now.md`, 'utf8')).toContain('| captions changed | 1 |');

  await dialog.getByRole('button', { name: 'Export this release…' }).click();
  const exporting = page.getByRole('dialog', { name: 'Export training data' });
  await exporting.getByRole('checkbox', { name: /Draft/ }).click({ force: true });
  await exporting.getByRole('option', { name: 'LLaVA', exact: true }).click();
  await expect(counts(page)).toContainText('1 image');
  await expect(counts(page)).toContainText('1 caption');
  await exporting.getByRole('button', { name: 'Export', exact: true }).click();
  const made = `${folder}/exports/sample-photos-v1-llava`;
  await expect.poll(() => existsSync(`${made}/manifest.json`), { timeout: 20_000 }).toBe(true);
  const rows = JSON.parse(readFileSync(`${made}/train.json`, 'utf8')) as { conversations: { value: string }[] }[];
  expect(rows.map(({ conversations }) => conversations[1]!.value)).toEqual(['A white cup of coffee on a table.']);
  expect(readdirSync(made).sort()).toEqual(expect.arrayContaining(['README.md', 'findings.jsonl', 'images', 'images.jsonl', 'train.json']));
});
