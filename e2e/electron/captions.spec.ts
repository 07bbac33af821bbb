/** Writing captions in the real window: the guide, tokens, snippets, the clock, several captions an image, and the project's settings. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import path from 'node:path';
import { expect, launch, quit, test } from './app.ts';
import { stored } from './project-file.ts';

const MOD = process.platform === 'darwin' ? 'Meta' : 'Control';
const shot = (page: Page, name: string) => page.screenshot({ path: path.resolve(import.meta.dirname, `../../test-results/screens/${name}.png`) });
const saved = (page: Page) => expect(page.getByTestId('save-status')).toHaveText(/\d\d:\d\d:\d\d/);
const caption = (page: Page) => page.getByRole('textbox', { name: 'Caption' });
const lit = (page: Page) => page.locator('[data-check][data-lit]').evaluateAll((items) => items.map((item) => (item as HTMLElement).dataset['check']));
const seconds = async (page: Page) => {
  const [minutes, rest] = (await page.locator('[data-work-clock] b').innerText()).split(':').map(Number);
  return minutes! * 60 + rest!;
};

async function openPhoto(page: Page, name: string): Promise<void> {
  await page.getByRole('gridcell', { name: new RegExp(name) }).dblclick();
  await expect(page.getByRole('application')).toHaveAccessibleName(new RegExp(name));
  await expect(page.locator("[data-work='caption'] textarea")).toBeFocused();
}
/** Adds a snippet in the dialog that is open. */
async function addSnippet(page: Page, number: number, key: string, text: string): Promise<void> {
  await page.getByRole('button', { name: 'Add a snippet' }).click();
  await page.getByRole('textbox', { name: `Key of snippet ${number}` }).fill(key);
  await page.getByRole('textbox', { name: `Phrase of snippet ${number}` }).fill(text);
}

test('the guide lights up as the text covers it, says why, and tokens are counted', async ({ page, projects }) => {
  await openPhoto(page, 'two-dogs.jpg');
  const ring = page.locator('[data-guide-ring]');
  await expect(ring).toHaveText('0/7');
  await page.keyboard.type('Two brown cocker spaniels lean out of a window, one above the other.', { delay: 3 });
  await expect(ring).toHaveText('3/7');
  expect(await lit(page)).toEqual(['first-glance', 'counts', 'positions']);
  await expect(page.locator('[data-tokens]')).toContainText('CLIP 19/77');
  await page.keyboard.type(' The wall is made of weathered wooden boards, and a metal rail crosses it; the curly ears hang down. There is no text.', {
    delay: 2,
  });
  await expect(ring).toHaveText('6/7');

  // Hovering an item marks its words in the text, in the place where they stand.
  await page.locator("[data-check='counts']").hover();
  await expect(page.locator('[data-guide-why]')).toHaveText('“Two brown”');
  await expect(page.locator('[data-guide-overlay] mark')).toHaveText(['Two brown']);
  await page.locator("[data-check='positions']").focus();
  await page.mouse.move(300, 300);
  await expect(page.locator('[data-guide-overlay] mark')).toHaveText(['above']);
  await page.locator("[data-check='details']").hover();
  await expect(page.locator('[data-guide-overlay] mark')).toHaveText(['weathered', 'wooden', 'metal', 'curly', 'ears']);
  await shot(page, 'captions-guide');
  await page.locator("[data-check='style']").hover();
  await expect(page.locator('[data-guide-why]')).toContainText('Looks for words for style or light');

  // The full questions by a key, from inside the field; then a text that is longer than CLIP reads.
  await caption(page).click();
  await page.keyboard.press('Alt+g');
  await expect(page.locator("[data-check='text']")).toContainText('What does the text say?');
  await page.keyboard.press(`${MOD}+End`);
  await page.keyboard.type(' In soft light the colours are muted. And so on and so on and so on and so on and so on and so on and so on and so on and so on.');
  await expect(ring).toHaveText('7/7');
  await expect(page.locator('[data-tokens-over]')).toContainText('CLIP reads 77 tokens: it will not see the last');
  await shot(page, 'captions-full-questions');
  await saved(page);
  expect(stored(`${projects}/Sample photos`, 'two-dogs.jpg').captions[0]).toContain('There is no text.');
});

test('the guide reads Japanese too, also what an input method writes', async ({ page }) => {
  await expect(page.getByRole('gridcell').first()).toBeVisible();
  await page.keyboard.press(`${MOD}+k`);
  await expect(page.getByRole('combobox')).toBeFocused();
  await page.keyboard.type('Language');
  await expect(page.getByRole('option').first()).toContainText('Language');
  await page.keyboard.press('Enter');
  await openPhoto(page, 'two-dogs.jpg');
  const ring = page.locator('[data-guide-ring]');
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Input.imeSetComposition', { text: 'まどから', selectionStart: 4, selectionEnd: 4 });
  await expect(ring).toHaveText('0/7');
  await cdp.send('Input.insertText', { text: '窓から茶色の犬が二匹、' });
  await cdp.send('Input.insertText', { text: '上下に並んで顔を出しています。' });
  await cdp.send('Input.insertText', { text: '左の看板に「いぬ」と書かれています。' });
  await expect(ring).toHaveText('4/7');
  expect(await lit(page)).toEqual(['first-glance', 'counts', 'text', 'positions']);
  await page.locator("[data-check='counts']").hover();
  await expect(page.locator('[data-guide-why]')).toHaveText('「二匹」');
  await expect(page.locator("[data-work='caption'] textarea")).toHaveAttribute('lang', 'ja');
  await shot(page, 'captions-japanese');
});

test('leads set guide, targets and snippets; snippets expand and can be undone; everything is there after a restart', async ({ home, projects }) => {
  test.setTimeout(120_000);
  const folder = `${projects}/Sample photos`;
  let { app, page } = await launch({ home, projects });
  try {
    await openPhoto(page, 'coffee.jpg');
    await page.keyboard.press(`${MOD}+Alt+Comma`);
    const dialog = page.getByRole('dialog', { name: 'Project settings' });
    await expect(dialog).toBeVisible();
    await dialog.getByRole('textbox', { name: 'Words to write' }).fill('40');
    await dialog.getByRole('textbox', { name: 'Seconds to take' }).fill('30');
    await dialog.getByRole('textbox', { name: 'Short name of question 3' }).fill('Signs');
    await shot(page, 'settings-guide');
    await dialog.getByRole('tab', { name: 'Snippets' }).click();
    await addSnippet(page, 1, ';bg', 'In the background');
    await addSnippet(page, 2, ';bg', 'Twice');
    await expect(dialog.getByText('This key is used above')).toBeVisible();
    await dialog.getByRole('textbox', { name: 'Key of snippet 2' }).fill(';t');
    await dialog.getByRole('textbox', { name: 'Phrase of snippet 2' }).fill('The text says');
    await addSnippet(page, 3, 'はい', '背景には');
    await shot(page, 'settings-snippets');
    await dialog.getByRole('tab', { name: 'Questions' }).click();
    await dialog.getByRole('textbox', { name: 'Question templates' }).fill('What is in the cup?\nHow many cups are there?');
    await dialog
      .locator('input[type=file]')
      .setInputFiles({ name: 'more.csv', mimeType: 'text/csv', buffer: Buffer.from('id,question\n1,"Is it hot, or cold?"\n') });
    await expect(dialog.getByText('1 question added.')).toBeVisible();
    await shot(page, 'settings-questions');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect(dialog).toBeHidden();
    await expect(page.locator("[data-check='text']")).toContainText('Signs');
    await expect(page.getByText('words of 40')).toBeVisible();

    // A key and a space; one undo gives the key back, and redo the phrase.
    await caption(page).click();
    await page.keyboard.type('A cup of coffee. ;bg there is a table');
    await expect(caption(page)).toHaveValue('A cup of coffee. In the background there is a table');
    await saved(page);
    await page.keyboard.press(`${MOD}+z`);
    await page.keyboard.press(`${MOD}+z`);
    await expect(caption(page)).toHaveValue('A cup of coffee. ;bg ');
    await page.keyboard.press(`${MOD}+Shift+z`);
    await expect(caption(page)).toHaveValue('A cup of coffee. In the background ');
    // Enter ends a key as well; the picker puts a phrase in at the caret.
    await page.keyboard.press(`${MOD}+End`);
    await page.keyboard.type('stands a table.\n;t\n');
    await expect(caption(page)).toHaveValue('A cup of coffee. In the background stands a table.\nThe text says\n');
    await page.keyboard.press(`${MOD}+.`);
    await expect(page.getByRole('combobox')).toBeFocused();
    await page.keyboard.type('backg');
    await shot(page, 'snippets');
    await page.keyboard.press('Enter');
    await expect(caption(page)).toHaveValue('A cup of coffee. In the background stands a table.\nThe text says\nIn the background');
    await expect(caption(page)).toBeFocused();
    // While an input method composes nothing expands; what it commits does.
    const cdp = await page.context().newCDPSession(page);
    await cdp.send('Input.imeSetComposition', { text: 'はい、', selectionStart: 3, selectionEnd: 3 });
    await expect(caption(page)).toHaveValue(/In the backgroundはい、$/);
    await cdp.send('Input.insertText', { text: 'はい、' });
    await expect(caption(page)).toHaveValue(/In the background背景には、$/);
    await page.keyboard.press(`${MOD}+z`);
    await expect(caption(page)).toHaveValue(/In the backgroundはい、$/);
    // In questions too: Enter goes on to the answer, and the key before it expands.
    await page.keyboard.press('Alt+2');
    await page.keyboard.type(';t');
    await page.keyboard.press('Enter');
    await page.keyboard.type('"Cafe". ;bg it is brown. ');
    await page.keyboard.press(`${MOD}+.`);
    await expect(page.getByRole('combobox')).toBeFocused();
    await page.keyboard.type('text');
    await page.keyboard.press('Enter');
    await expect.poll(() => stored(folder, 'coffee.jpg').turns).toEqual(['The text says', '"Cafe". In the background it is brown. The text says']);
    await saved(page);

    await quit(app);
    ({ app, page } = await launch({ home, projects }));
    await expect(page.getByRole('tab', { name: /^Caption/ })).toBeVisible({ timeout: 20_000 });
    await page.getByRole('tab', { name: /^Caption/ }).click();
    await expect(page.getByText('words of 40')).toBeVisible();
    await expect(page.locator("[data-check='text']")).toContainText('Signs');
    await page.keyboard.press(`${MOD}+Alt+Comma`);
    await page.getByRole('dialog').getByRole('tab', { name: 'Questions' }).click();
    await expect(page.getByRole('textbox', { name: 'Question templates' })).toHaveValue('What is in the cup?\nHow many cups are there?\nIs it hot, or cold?');
  } finally {
    await quit(app);
  }
});

test('the clock runs while one works, stands still when the window is left, and goes on after a restart', async ({ home, projects }) => {
  test.setTimeout(120_000);
  let { app, page } = await launch({ home, projects });
  try {
    await openPhoto(page, 'coffee.jpg');
    await expect.poll(() => seconds(page)).toBeGreaterThanOrEqual(3);
    await page.evaluate(() => window.dispatchEvent(new Event('blur')));
    await expect(page.locator("[data-work-clock] b[data-paused='true']")).toBeVisible();
    const paused = await seconds(page);
    await page.waitForTimeout(2500);
    expect(await seconds(page)).toBe(paused);
    await page.keyboard.type('A cup.');
    await expect(page.locator("[data-work-clock] b[data-paused='false']")).toBeVisible();
    await expect.poll(() => seconds(page)).toBeGreaterThan(paused);
    await page.keyboard.type(' Of coffee.');
    await saved(page);
    const before = await seconds(page);
    await quit(app);
    ({ app, page } = await launch({ home, projects }));
    await expect(caption(page)).toHaveValue('A cup. Of coffee.', { timeout: 20_000 });
    await expect.poll(() => seconds(page)).toBeGreaterThanOrEqual(before - 1);
    expect(await seconds(page)).toBeLessThan(before + 60);
  } finally {
    await quit(app);
  }
});

test('several captions stand side by side, one open, each with its history', async ({ page, projects }) => {
  await openPhoto(page, 'coffee.jpg');
  await page.keyboard.type('A cup of coffee on a red saucer.');
  await page.keyboard.press(`${MOD}+Shift+Enter`);
  await expect(page.getByRole('textbox', { name: 'Caption 2' })).toBeFocused();
  await page.keyboard.type('Another view of the same cup.');
  await saved(page);
  await expect(page.getByRole('textbox')).toHaveCount(1);
  await page.getByRole('button', { name: /^Caption 1/ }).click();
  await expect(page.getByRole('textbox', { name: 'Caption 1' })).toBeFocused();
  await expect(page.getByRole('textbox', { name: 'Caption 1' })).toHaveValue('A cup of coffee on a red saucer.');
  await shot(page, 'captions-several');
  await page.getByRole('button', { name: 'History', exact: true }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  // An undo opens the caption that it changes.
  await page.keyboard.press(`${MOD}+z`);
  await expect.poll(() => stored(`${projects}/Sample photos`, 'coffee.jpg').captions).toEqual(['A cup of coffee on a red saucer.']);
  await page.keyboard.press(`${MOD}+Shift+z`);
  await expect(page.getByRole('textbox', { name: 'Caption 2' })).toHaveValue('Another view of the same cup.');
});

test('the guide, the snippets and the project’s settings are accessible, in light and dark, at 1280x800', async ({ app, page }) => {
  test.setTimeout(120_000);
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.setContentSize(1280, 800));
  const violations = async () =>
    (await new AxeBuilder({ page }).setLegacyMode().analyze()).violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 200)}`));
  await openPhoto(page, 'two-dogs.jpg');
  await page.keyboard.type(
    'Two brown cocker spaniels lean out of a window, one above the other, and both look down to the left. The upper dog rests its chin on the frame and its long curly ears hang over the sill; the lower dog stretches its neck past a white curtain. The wall is made of pale wooden boards, weathered grey near the corner, and a metal railing crosses the bottom of the picture.',
  );
  await page.keyboard.press(`${MOD}+Shift+Enter`);
  await page.keyboard.type('Two dogs.');
  await page.getByRole('button', { name: /^Caption 1/ }).click();
  for (const theme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: theme });
    await page.locator("[data-check='positions']").hover();
    await expect(page.locator('[data-guide-overlay] mark').first()).toBeAttached();
    await shot(page, `captions-1280-${theme}`);
    expect(await violations()).toEqual([]);
    await page.keyboard.press(`${MOD}+Alt+Comma`);
    for (const tab of await page.getByRole('dialog').getByRole('tab').all()) {
      await tab.click();
      await shot(page, `settings-${(await tab.innerText()).toLowerCase().replace(/\W+/g, '-')}-${theme}`);
      expect(await violations()).toEqual([]);
    }
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toBeHidden();
  }
});
