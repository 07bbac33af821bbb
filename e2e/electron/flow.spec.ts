/** The flow of the work: what is next, what is skipped, what was changed by whom, and the way back. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './app.ts';
import { stored } from './project-file.ts';

const MOD = process.platform === 'darwin' ? 'Meta' : 'Control';
async function openPhoto(page: Page, name: string): Promise<void> {
  await page.getByRole('gridcell', { name: new RegExp(name) }).dblclick();
  await shownImage(page, name);
  await expect(page.getByTestId('zoom')).toHaveText(/\d %/);
}
const shownImage = (page: Page, name: string) => expect(page.getByRole('application')).toHaveAccessibleName(`Image ${name}`);
const currentImage = async (page: Page) => (await page.getByRole('application').getAttribute('aria-label'))!.replace('Image ', '');
const saved = (page: Page) => expect(page.getByTestId('save-status')).toHaveText(/^Saved \d\d:\d\d:\d\d$/);

test('an image is skipped for a reason, found again, and taken up by submitting it', async ({ page, projects }) => {
  const folder = `${projects}/Sample photos`;
  await openPhoto(page, 'cat.jpg');
  await expect(page.getByTestId('foot-note')).toHaveText('15 left');
  await page.keyboard.press('Escape');
  await page.keyboard.press('s');
  await expect(page.getByRole('dialog', { name: 'Why skip this image?' })).toBeVisible();
  await page.keyboard.press('1');
  await expect(page.getByRole('application')).not.toHaveAccessibleName('Image cat.jpg');
  await expect(page.getByTestId('foot-note')).toHaveText('14 left · 1 skipped');
  const second = await currentImage(page);
  await page.keyboard.press('Alt+s');
  await page.keyboard.press('5');
  await page.keyboard.type('Too blurred, 1 of 5');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('application')).not.toHaveAccessibleName(`Image ${second}`);
  await saved(page);

  // Submitting goes to the next one that is still to do, past those that were skipped.
  await page.keyboard.press('Alt+ArrowLeft');
  await shownImage(page, second);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Shift+G');
  await page
    .getByRole('navigation', { name: 'Filters' })
    .getByRole('button', { name: /Skipped/ })
    .click();
  await expect(page.getByRole('gridcell')).toHaveCount(2);
  await expect(page.getByTitle('Too blurred, 1 of 5')).toBeVisible();
  await expect(page.getByTitle('Not sure what it shows')).toBeVisible();
  await openPhoto(page, 'cat.jpg');
  await page.keyboard.type('A cat after all.');
  await page.keyboard.press(`${MOD}+Enter`);
  await expect.poll(() => stored(folder, 'cat.jpg')).toMatchObject({ state: 'submitted', captions: ['A cat after all.'] });
});

test('the history says who did what, shows what differs, and brings a revision back', async ({ page, projects }) => {
  const folder = `${projects}/Sample photos`;
  await openPhoto(page, 'coffee.jpg');
  await page.keyboard.type('A white cup of coffee.');
  await saved(page);
  await page.waitForTimeout(1100);
  for (let i = 0; i < 7; i++) await page.keyboard.press('Backspace');
  await page.keyboard.type('tea.');
  await saved(page);
  await page.keyboard.press('Alt+h');
  const dialog = page.getByRole('dialog', { name: 'History' });
  await expect(dialog.getByRole('option')).toHaveCount(2);
  await expect(dialog.getByRole('option').first()).toContainText('changed 1 word of the caption');
  await expect(dialog.getByRole('option').nth(1)).toContainText('wrote 5 words in the caption');
  await expect(dialog.getByTestId('text-diff').locator('del')).toHaveText(/coffee/);
  await expect(dialog.getByTestId('text-diff').locator('ins')).toHaveText(/tea/);
  await page.screenshot({ path: 'test-results/screens/history.png' });
  await dialog.getByRole('option').nth(1).click();
  await dialog.getByRole('button', { name: 'Restore this revision' }).click();
  await expect(page.getByRole('textbox', { name: 'Caption' })).toHaveValue('A white cup of coffee.');
  await expect.poll(() => stored(folder, 'coffee.jpg').captions).toEqual(['A white cup of coffee.']);
  await page.keyboard.press(`${MOD}+z`);
  await expect(page.getByRole('textbox', { name: 'Caption' })).toHaveValue('A white cup of tea.');
});

test('words are replaced over the project, but for what was unticked, and one undo brings them back', async ({ page, projects }) => {
  const folder = `${projects}/Sample photos`;
  for (const name of ['cat.jpg', 'coffee.jpg']) {
    await openPhoto(page, name);
    await page.keyboard.type(`A gray thing, gray in ${name}.`);
    await saved(page);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Shift+G');
  }
  await page.keyboard.press(`${MOD}+Shift+h`);
  await expect(page.getByRole('textbox', { name: 'Find', exact: true })).toBeFocused();
  await page.keyboard.type('gray');
  await expect(page.getByTestId('find-count')).toHaveText('4 places · in 2 images');
  await page.getByLabel('Replace with').fill('grey');
  await page.getByRole('list').getByRole('checkbox').first().click({ force: true });
  await page.screenshot({ path: 'test-results/screens/find.png' });
  await page.getByRole('button', { name: 'Replace 3 places' }).click();
  await expect(page.getByTestId('find-count')).toHaveText('1 place · in 1 image');
  expect(stored(folder, 'coffee.jpg').captions).toEqual(['A grey thing, grey in coffee.jpg.']);
  expect(stored(folder, 'cat.jpg').captions).toEqual(['A gray thing, grey in cat.jpg.']);
  await page.keyboard.press('Escape');
  await page.keyboard.press(`${MOD}+z`);
  await expect.poll(() => stored(folder, 'coffee.jpg').captions).toEqual(['A gray thing, gray in coffee.jpg.']);
});

test('a command gets another key, what had it is named, and the caps and the app follow also after a restart', async ({ page }) => {
  await openPhoto(page, 'two-dogs.jpg');
  await page.keyboard.press(`${MOD}+,`);
  const dialog = page.getByRole('dialog', { name: 'Settings' });
  await dialog.getByRole('radio', { name: 'Keys' }).click();
  await dialog.getByRole('textbox', { name: 'Search by name or key' }).fill('Fit the image');
  const fit = dialog.locator('[data-command="view.fit"]');
  await fit.getByRole('button').first().click();
  // A modifier alone is no key; P is taken.
  await page.keyboard.press('Shift');
  await page.keyboard.press('p');
  await expect(dialog.getByRole('alert')).toContainText('is the key of: Place points.');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(fit.getByRole('button').first()).toHaveText('F');
  await fit.getByRole('button').first().click();
  await page.keyboard.press('p');
  await dialog.getByRole('button', { name: 'Take it over' }).click();
  await expect(fit.getByRole('button').first()).toHaveText('P');
  // Escape gives up without closing the dialog.
  await fit.getByRole('button').first().click();
  await page.keyboard.press('Escape');
  await expect(fit.getByRole('button').first()).toHaveText('P');
  await page.screenshot({ path: 'test-results/screens/keys.png' });
  await dialog.getByRole('button', { name: 'Close' }).click();
  await page.reload();
  await shownImage(page, 'two-dogs.jpg');
  await page.getByRole('application').focus();
  await page.keyboard.press('o');
  await page.keyboard.press('p');
  await expect(page.getByRole('button', { name: 'Fit', exact: true })).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByRole('radio', { name: /Pan/ })).toBeChecked();
  await page.keyboard.press(`${MOD}+,`);
  await dialog.getByRole('radio', { name: 'Keys' }).click();
  await dialog.getByRole('button', { name: 'Reset all keys' }).click();
  await expect(dialog.locator('[data-command="stage.point"]').getByRole('button').first()).toHaveText('P');
});

test('while somebody writes, key caps show the keys that work there', async ({ page }) => {
  test.skip(process.platform === 'darwin', 'caps are drawn otherwise there');
  await openPhoto(page, 'coins.jpg');
  const foot = page.getByRole('contentinfo');
  await expect(page.getByRole('textbox', { name: 'Caption' })).toBeFocused();
  await expect(page.getByRole('button', { name: 'Skip' }).last().locator('kbd')).toHaveText('Alt S');
  await expect(page.locator('kbd[data-idle]').filter({ hasText: /^P$/ })).toBeVisible();
  await expect(foot.locator('kbd')).toHaveText(['Ctrl Z', 'Alt 2', 'Alt 3', 'Ctrl Enter', 'Alt →', 'F1']);
  await expect(foot.locator('kbd[data-idle]')).toHaveCount(0);
  // The key that is promised beside a question's fields adds one from within them.
  await page.keyboard.press('Alt+2');
  await page.keyboard.type('Which coin is the oldest?');
  await expect(page.getByRole('button', { name: 'Add question' }).locator('kbd')).toHaveText('Alt Q');
  await page.keyboard.press('Alt+q');
  await expect(page.getByRole('textbox', { name: 'Question 1' })).toHaveCount(2);
  await expect(page.getByRole('textbox', { name: 'Question 1' }).last()).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Skip' }).last().locator('kbd')).toHaveText('S');
  await expect(page.locator('kbd[data-idle]')).toHaveCount(0);
});

test('history, find and replace, keys and the reasons to skip are accessible, in light and dark', async ({ page }) => {
  await openPhoto(page, 'fig-bowl.jpg');
  await page.keyboard.type('A fig in a red bowl.');
  await saved(page);
  const violations = async () => (await new AxeBuilder({ page }).setLegacyMode().analyze()).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
  const dialog = page.getByRole('dialog');
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    for (const keys of ['Alt+h', `${MOD}+Shift+h`, `${MOD}+,`, 'Alt+s']) {
      await page.keyboard.press(keys);
      await expect(dialog).toBeVisible();
      if (keys === `${MOD}+Shift+h`) {
        await page.getByRole('textbox', { name: 'Find', exact: true }).fill('fig');
        await expect(page.getByTestId('find-count')).toContainText('place');
      }
      if (keys === `${MOD}+,`) await dialog.getByRole('radio', { name: 'Keys' }).click();
      expect(await violations(), `${keys} ${colorScheme}`).toEqual([]);
      await page.keyboard.press('Escape');
      await expect(dialog).toHaveCount(0);
    }
  }
});
