/** Questions and answers in the real window: points inside answers, types and abilities by key, drafts of a language model, questions asked twice. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import path from 'node:path';
import { expect, test } from './app.ts';
import { stored } from './project-file.ts';

const MOD = process.platform === 'darwin' ? 'Meta' : 'Control';
const shot = (page: Page, name: string) => page.screenshot({ path: path.resolve(import.meta.dirname, `../../test-results/screens/${name}.png`) });
const saved = (page: Page) => expect(page.getByTestId('save-status')).toHaveText(/^Saved \d\d:\d\d:\d\d$/);
const answer = (page: Page, number = 1): Locator => page.getByRole('textbox', { name: `Answer ${number}` });
const chips = (page: Page): Locator => page.locator('[data-row] [data-set]');

async function openQuestions(page: Page, name: string): Promise<void> {
  await page.getByRole('gridcell', { name: new RegExp(name) }).dblclick();
  await expect(page.getByRole('application')).toHaveAccessibleName(`Image ${name}`);
  await expect(page.getByTestId('zoom')).toHaveText(/\d %/);
  await page.keyboard.press('Alt+2');
  await expect(page.getByRole('textbox', { name: 'Question 1' })).toBeFocused();
}
async function clickAt(page: Page, x: number, y: number): Promise<void> {
  const box = (await page.getByRole('application').boundingBox())!;
  await page.mouse.click(box.x + box.width * x, box.y + box.height * y);
}

test('@ in an answer points in the image, and writing goes on behind the chip', async ({ page, projects }) => {
  const folder = `${projects}/Sample photos`;
  await openQuestions(page, 'two-dogs.jpg');
  await page.keyboard.type('Where do the dogs look?');
  await page.keyboard.press('Enter');
  await expect(answer(page)).toBeFocused();
  await page.keyboard.type('The dog@', { delay: 20 });
  await expect(page.getByTestId('pointing')).toContainText('dog');
  // Escape takes it back: nothing was placed, nothing is left.
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('pointing')).toHaveCount(0);
  await expect(answer(page)).toHaveText('The dog');
  await expect(chips(page)).toHaveCount(0);
  await page.keyboard.type('@');
  await clickAt(page, 0.48, 0.33);
  await expect(answer(page)).toBeFocused();
  await clickAt(page, 0.55, 0.55);
  await expect(chips(page)).toHaveAccessibleName('Mark 1: dog, 2 points');
  await page.keyboard.type(' leans out of the window@', { delay: 20 });
  await clickAt(page, 0.45, 0.2);
  await page.keyboard.type('.');
  await expect(page.getByTestId('pointing')).toHaveCount(0);
  await expect(chips(page)).toHaveCount(2);
  await saved(page);
  await shot(page, 'answer-with-points');
  const { turns, sets } = stored(folder, 'two-dogs.jpg');
  expect(turns[1]).toMatch(/^The <@[0-9a-f-]{36}> leans out of the <@[0-9a-f-]{36}>\.$/);
  expect(sets.map(({ label, points }) => [label, points.length])).toEqual([
    ['dog', 2],
    ['window', 1],
  ]);
  const axe = await new AxeBuilder({ page: page as never }).setLegacyMode().analyze();
  expect(axe.violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
  // They are no labels.
  await page.keyboard.press('Alt+3');
  await expect(page.getByText('No labels yet.', { exact: false })).toBeVisible();
  await page.keyboard.press('Alt+2');

  // A chip is one character: Backspace takes it with its points, undo brings all of it back.
  await answer(page).focus();
  await page.keyboard.press(`${MOD}+End`);
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Backspace');
  await expect(chips(page)).toHaveCount(1);
  await expect(answer(page)).toHaveText(/leans out of the \.$/);
  await saved(page);
  expect(stored(folder, 'two-dogs.jpg').sets).toHaveLength(1);
  await page.keyboard.press(`${MOD}+z`);
  await expect(chips(page)).toHaveCount(2);
  await expect(answer(page)).toBeFocused();
  await saved(page);
  expect(stored(folder, 'two-dogs.jpg').sets).toHaveLength(2);

  // It is moved by a word, and dragged.
  await page.keyboard.press(`${MOD}+End`);
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Alt+Shift+ArrowLeft');
  await expect(answer(page)).toHaveText(/leans out of.*window.*the\s+\.$/);
  await page.keyboard.press(`${MOD}+z`);
  await expect(answer(page)).toHaveText(/the.*window.*\.$/);
  await chips(page)
    .first()
    .dragTo(answer(page), { targetPosition: { x: 15, y: 14 } });
  await expect.poll(() => stored(folder, 'two-dogs.jpg').turns[1]).toMatch(/^<@[0-9a-f-]{36}>The /);

  // Pasting is text alone; typing and deleting go letter by letter.
  await page.keyboard.press(`${MOD}+z`);
  await answer(page).focus();
  await page.keyboard.press(`${MOD}+a`);
  await page.keyboard.type('Gone');
  await expect(chips(page)).toHaveCount(0);
  await saved(page);
  await expect.poll(() => stored(folder, 'two-dogs.jpg').sets).toEqual([]);
  await page.keyboard.press(`${MOD}+z`);
  await page.keyboard.press(`${MOD}+z`);
  await expect(chips(page)).toHaveCount(2);
});

test('an input method writes around chips, and points at Japanese words', async ({ page, projects }) => {
  const folder = `${projects}/Sample photos`;
  await openQuestions(page, 'coffee.jpg');
  await page.keyboard.insertText('何がありますか？');
  await page.keyboard.press('Enter');
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Input.imeSetComposition', { text: 'こーひー', selectionStart: 4, selectionEnd: 4 });
  await cdp.send('Input.insertText', { text: '白いコーヒー' });
  await expect(answer(page)).toHaveText('白いコーヒー');
  await page.keyboard.type('@');
  await expect(page.getByTestId('pointing')).toContainText('コーヒー');
  await clickAt(page, 0.5, 0.5);
  await cdp.send('Input.imeSetComposition', { text: 'が', selectionStart: 1, selectionEnd: 1 });
  await cdp.send('Input.insertText', { text: 'があります。' });
  await saved(page);
  await expect.poll(() => stored(folder, 'coffee.jpg').turns[1]).toMatch(/^白い<@[0-9a-f-]{36}>があります。$/);
  expect(stored(folder, 'coffee.jpg').sets).toMatchObject([{ label: 'コーヒー', points: [[expect.any(Number), expect.any(Number)]] }]);
});
