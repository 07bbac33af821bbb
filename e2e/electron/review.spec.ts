/** Review on one machine: the lead returns an image with a comment pinned to a word, the annotator mends it, the lead accepts it. */
import type { Page } from '@playwright/test';
import { expect, test } from './app.ts';
import { stored } from './project-file.ts';

const MOD = process.platform === 'darwin' ? 'Meta' : 'Control';
const saved = (page: Page) => expect(page.getByTestId('save-status')).toHaveText(/^Saved \d\d:\d\d:\d\d$/);
const review = (page: Page) => page.getByRole('region', { name: 'Review' });
async function openPhoto(page: Page, name: string): Promise<void> {
  await page.getByRole('gridcell', { name: new RegExp(name) }).dblclick();
  await expect(page.getByRole('application')).toHaveAccessibleName(`Image ${name}`);
  await expect(page.getByTestId('zoom')).toHaveText(/\d %/);
}
async function workAs(page: Page, name: string, before: string): Promise<void> {
  await page.getByRole('button', { name: `${before}: menu` }).click();
  await page.getByRole('menuitem', { name: /Who works here/ }).click();
  const reloaded = page.waitForEvent('load');
  await page
    .getByRole('dialog', { name: 'Who works here' })
    .getByRole('button', { name: new RegExp(`^${name}`) })
    .click();
  await reloaded;
  await expect(page.getByRole('button', { name: `${name}: menu` })).toBeVisible();
}

test('a lead returns an image with a comment on a word, the annotator mends it, and the lead accepts it', async ({ page, projects }) => {
  const folder = `${projects}/Sample photos`;
  await expect(page.getByRole('gridcell').first()).toBeVisible();
  const menu = await page.getByRole('button', { name: /: menu$/ }).getAttribute('aria-label');
  const lead = (menu ?? (await page.getByRole('button', { name: /: menu$/ }).innerText())).replace(/^.*?([^\n]+): menu$/s, '$1');

  // The lead adds an annotator, who writes and submits.
  await page.keyboard.press('F8');
  await page.getByRole('tab', { name: 'People and assignments' }).click();
  await page.getByLabel('New person').fill('Ben');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(page.getByRole('rowheader', { name: 'Ben' })).toBeVisible();
  await workAs(page, 'Ben', lead);
  await openPhoto(page, 'cat.jpg');
  await page.keyboard.type('A grey dog on a wall.');
  await saved(page);
  await page.keyboard.press(`${MOD}+Enter`);
  await expect.poll(() => stored(folder, 'cat.jpg')).toMatchObject({ state: 'submitted' });

  // The lead finds it in the queue, pins a comment to the wrong word and returns it.
  await workAs(page, lead, 'Ben');
  await page.keyboard.press('F8');
  await page.getByRole('tab', { name: 'Review queue' }).click();
  await page.getByRole('button', { name: /cat\.jpg/ }).click();
  const caption = page.locator('[data-caption] p', { hasText: 'A grey dog' });
  await expect(caption).toBeVisible();
  await caption.evaluate((element) => {
    const range = document.createRange();
    range.setStart(element.firstChild!, 7);
    range.setEnd(element.firstChild!, 10);
    window.getSelection()!.removeAllRanges();
    window.getSelection()!.addRange(range);
  });
  await page.keyboard.press('Alt+c');
  await page.getByRole('textbox', { name: 'Comment' }).fill('It is a cat.');
  await page.keyboard.press(`${MOD}+Enter`);
  await expect(review(page).getByRole('button', { name: 'dog' })).toBeVisible();
  await page.keyboard.press('Alt+b');
  await page.keyboard.press('3');
  await page.keyboard.press('Enter');
  await expect.poll(() => stored(folder, 'cat.jpg')).toMatchObject({ state: 'returned' });

  // The annotator sees why, goes to the word by key, mends it, answers and submits again.
  await workAs(page, 'Ben', lead);
  await openPhoto(page, 'cat.jpg');
  await expect(review(page)).toContainText('Returned: A detail is invented');
  await expect(review(page)).toContainText('It is a cat.');
  await page.keyboard.press('Alt+n');
  await expect.poll(() => page.evaluate(() => document.activeElement instanceof HTMLTextAreaElement && document.activeElement.selectionStart)).toBe(7);
  await page.keyboard.type('cat');
  await saved(page);
  await review(page).getByRole('button', { name: 'Resolve' }).click();
  await page.keyboard.press(`${MOD}+Enter`);
  await expect.poll(() => stored(folder, 'cat.jpg')).toMatchObject({ state: 'submitted', captions: ['A grey cat on a wall.'] });

  // The lead accepts it; from then on the annotator is told that it is closed, and nothing changes.
  await workAs(page, lead, 'Ben');
  await page.keyboard.press('F8');
  await page.getByRole('tab', { name: 'Review queue' }).click();
  await page.getByRole('button', { name: /cat\.jpg/ }).click();
  await expect(review(page).getByRole('button', { name: /Accept/ })).toBeVisible();
  await page.keyboard.press('Alt+a');
  await expect.poll(() => stored(folder, 'cat.jpg')).toMatchObject({ state: 'accepted' });
  await workAs(page, 'Ben', lead);
  await openPhoto(page, 'cat.jpg');
  await expect(review(page)).toContainText('Accepted. You can comment on it, but not change it.');
  await page.keyboard.type('x');
  await expect(page.getByTestId('notice')).toContainText('not changed');
  expect(stored(folder, 'cat.jpg')).toMatchObject({ state: 'accepted', captions: ['A grey cat on a wall.'] });
});
